"""What may be published under which name, and what the list of versions says then."""

import json

import pytest

from pipeline.errors import CouldNotRun
from pipeline.publish.release import Release, check_names, plan


def release(version, alias=None, commit="c1"):
    return Release(version, commit, "internal", alias)


def published(*releases, standing=()):
    """The list of versions after some releases, one after the other, and the plan of the last."""
    listed, names, planned = "", set(standing), None
    for each in releases:
        planned = plan(listed, names, each)
        listed, names = planned.versions, {*names, each.version, *planned.aliases}
    return json.loads(listed), planned


@pytest.mark.parametrize("version", ["1", "1.0", "v2.1.3", "2026.11.1.4", "3.0-rc.1"])
def test_a_version_begins_with_a_figure(version):
    check_names(version, "latest")


@pytest.mark.parametrize(
    "version", ["", "latest", "1.", "../1.0", "1.0/a", ".", "-1", "1.0 ", "1.0\n", "1.0.0.0.0"]
)
def test_what_is_no_version_is_refused(version):
    with pytest.raises(CouldNotRun, match="is no version"):
        check_names(version, None)


@pytest.mark.parametrize("alias", ["1.0", "../a", ".git", "a/b", "a b", "-a"])
def test_what_is_no_alias_is_refused(alias):
    with pytest.raises(CouldNotRun, match="is no alias"):
        check_names("1.0", alias)


def test_the_newest_is_the_latest_also_when_an_older_one_is_published_after_it():
    listed, planned = published(release("1.0"), release("10.0"), release("2.0"))
    assert [(item["version"], item["aliases"]) for item in listed] == [
        ("10.0", ["latest"]),
        ("2.0", []),
        ("1.0", []),
    ]
    assert planned.aliases == ()
    assert planned.front == "latest"


def test_a_stated_alias_moves_and_none_is_given_where_none_is_wanted():
    listed, planned = published(release("1.0", ""), release("2.0", "stable"), release("1.1", "stable"))
    assert [(item["version"], item["aliases"]) for item in listed] == [
        ("2.0", []),
        ("1.1", ["stable"]),
        ("1.0", []),
    ]
    assert planned.front == "2.0"


def test_the_list_says_of_which_commit_and_for_whom_a_version_is():
    listed, _ = published(release("1.0", commit="abc"))
    assert listed[0]["properties"] == {"commit": "abc", "audience": "internal"}


def test_the_commit_of_a_version_that_is_there_is_known():
    assert published(release("1.0", commit="abc"), release("1.0", commit="def"))[1].before == "abc"
    assert published(release("1.0"), release("1.1"))[1].before is None


@pytest.mark.parametrize(
    ("releases", "words"),
    [
        ([release("1.0", "v1"), release("2.0", "1.0")], "1.0 is a version"),
        ([release("1.0", "v2"), release("v2")], "v2 is an alias"),
        ([release("7.0")], "7.0 is there, but"),
        ([release("1.0", "images")], "images is there, but"),
    ],
)
def test_a_name_that_is_taken_is_refused(releases, words):
    with pytest.raises(CouldNotRun, match=words):
        published(*releases, standing=("7.0", "images"))


@pytest.mark.parametrize("listed", ["{", "[1]", '{"a": 1}', '[{"version": "1.0"}]'])
def test_a_list_that_cannot_be_read_is_said_to_be(listed):
    with pytest.raises(CouldNotRun, match="cannot be read"):
        plan(listed, (), release("1.0"))
