"""Permanent addresses: one for each artifact that the reader may see, leading to where it stands."""

import re
from html import unescape
from posixpath import join, normpath
from urllib.parse import unquote

import pytest

from pipeline.weave.permanent import address_of
from tests.unit.weave.test_weave_audience import HIDDEN, woven_site
from tests.unit.weave.test_weave_site import MEETING, site


def targets(tree):
    """Where each permanent address leads, seen from the top of the site."""
    found = {}
    for path, text in tree.files.items():
        if match := re.fullmatch(r"id/([^/]+)/index\.html", path):
            (address,) = set(re.findall(r'(?:url=|a href=")([^"]+)"', text))
            page, _, fragment = unescape(address).partition("#")
            found[match[1]] = (normpath(join("id", match[1], unquote(page))), fragment)
    return found


def test_an_address_leads_to_the_page_of_a_file_and_to_the_section_of_an_artifact():
    found = targets(site())
    assert found["MTG-010"] == ("meetings/MTG-010-tenth", "")
    assert found["REQ-101"] == ("requirements/plans", "REQ-101")


def test_every_address_leads_to_a_page_of_the_tree():
    tree = site(**{"a & b__MTG-010-%22_é": MEETING, "meetings__index": "# Meetings\n"})
    pages = {normpath(address_of(path) or ".") for path in tree.files if path.endswith(".md")}
    found = targets(tree)
    assert found["MTG-010"] == ("a & b/MTG-010-%22_é", "")
    assert {page for page, _ in found.values()} <= pages


@pytest.mark.parametrize("audience", HIDDEN)
def test_what_the_reader_may_not_see_has_none(audience):
    found = targets(woven_site(audience))
    assert found
    assert [identity for identity in found if identity.endswith(tuple(HIDDEN[audience]))] == []
    assert targets(woven_site("limited")).keys() > found.keys()


def test_a_page_of_the_authors_is_not_replaced():
    tree = site(**{"id__MTG-010": "# Ours\n", "meetings__MTG-010-tenth": MEETING})
    assert "id/MTG-010/index.html" not in tree.files
    assert "id/MTG-010.md" in tree.files


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("README.md", ""),
        ("a/index.md", "a/"),
        ("a/b.md", "a/b/"),
        ("a/b.pdf", "a/b.pdf"),
        ("a/index.html", "a/"),
    ],
)
def test_pages_have_addresses_without_an_ending(path, address):
    assert address_of(path) == address
