"""Values written over in a header: what stands around them stays, whatever their form."""

import pytest

from pipeline.edit.header import changed
from tests.support import programme_of

BODY = "---\n\n# Build the plan\n\nThe plan, status: open.\n"


def written(header: str, body: str = BODY, **values: object) -> str:
    text = f"---\nid: WI-001\n{header}{body}"
    programme, _ = programme_of({"WI-001.md": text})
    artifact = programme.artifacts["WI-001"]
    after = changed("WI-001.md", text.encode(), {"WI-001": values}, [artifact]).decode()
    read, _ = programme_of({"WI-001.md": after})
    for name, value in values.items():
        assert read.artifacts["WI-001"].fields[name] == value
    assert after.startswith("---\nid: WI-001\n")
    return after.removeprefix("---\nid: WI-001\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("team: Team A\n", "team: Team B\n"),
        ("team: Team A  # as planned\n", "team: Team B  # as planned\n"),
        ('team: "Team # 1" # as planned\n', "team: Team B # as planned\n"),
        ("team: 'it''s # us'\n", "team: Team B\n"),
        ("team: >\n  Team\n  A\npoints: 3\n", "team: Team B\npoints: 3\n"),
        ("team:\n  Team A\n", "team: Team B\n"),
        ("team: # none yet\npoints: 3\n", "team: Team B # none yet\npoints: 3\n"),
        ("team:\n", "team: Team B\n"),
        ("team: Team#A\n", "team: Team B\n"),
        ("# team: Team A\nteams: x\n", "# team: Team A\nteams: x\nteam: Team B\n"),
        ("tags: [team]\n", "tags: [team]\nteam: Team B\n"),
    ],
)
def test_a_value_is_written_over_and_the_rest_stays(before: str, after: str):
    assert written(before, team="Team B") == after + BODY


@pytest.mark.parametrize(
    "before",
    ["part_of: [WI-002]\n", "part_of:\n  - WI-002\n", "part_of:\n- WI-002\n", "part_of: [\n  WI-002\n  ]\n"],
)
def test_a_list_is_written_over_in_each_of_its_forms(before: str):
    assert written(f"{before}type: story\n", part_of=["WI-003"]) == f"part_of: [WI-003]\ntype: story\n{BODY}"


def test_a_title_is_written_into_the_heading_or_where_it_is_stated():
    assert written("type: story\n", title="Build it") == "type: story\n" + BODY.replace(
        "Build the plan", "Build it"
    )
    body = "---\n\nThe plan.\n"
    assert written("title: Build the plan\n", body, title="Build it") == "title: Build it\n" + body


def test_sections_of_one_file_are_written_from_the_last_to_the_first():
    one = "## WI-001 One\n\n> ```yaml {.artifact}\n> points: 1\n> ```\n\nOne.\n\n"
    two = "## WI-002 Two\n\n```yaml {.artifact}\ntype: story\n```\n\nTwo.\n"
    text = f"\ufeff---\ntitle: Work\n---\n\n# Work\n\n{one}{two}"
    programme, _ = programme_of({"work.md": text})
    values = {"WI-001": {"points": 2, "team": "T"}, "WI-002": {"title": "Three", "points": 5}}
    artifacts = [programme.artifacts[name] for name in ("WI-001", "WI-002")]
    after = changed("work.md", text.encode(), values, artifacts).decode()
    assert "type: story\npoints: 5\n```" in after
    assert "## WI-002 Three\n" in after
    assert '> points: 2\n> team: "T"\n> ```' in after
    assert after.startswith("\ufeff---\ntitle: Work\n")
