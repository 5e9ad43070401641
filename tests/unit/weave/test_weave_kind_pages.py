"""The reference pages of the kinds say all that the schemas say, and nothing of what is hidden."""

import re
from posixpath import dirname, join, normpath

import pytest

from pipeline.weave.site import weave_site
from pipeline.weave.tree import SiteTree
from tests.support import programme_of

NEED = """\
## BN-003 Plans follow payments

```yaml {.artifact}
status: approved
classification: %s
```

The offices need to know each debtor's balance.
"""


def site(classification: str = "internal", audience: str = "internal") -> SiteTree:
    programme, texts = programme_of({"needs.md": NEED % classification})
    return weave_site(programme, texts, audience, title="Programme", day="2026-03-31")


def page(tree: SiteTree, path: str) -> str:
    text = tree.files[path]
    assert isinstance(text, str)
    return text


KINDS = programme_of({})[0].kinds


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_page_holds_every_field_state_and_allowed_value_of_its_kind(name: str):
    kind, text = KINDS[name], page(site(), f"handbook/kinds/{name}.md")
    wanted = set(kind.schema["properties"]) - {"kind"} | set(kind.states)
    wanted |= {str(value) for field in kind.schema["properties"].values() for value in field.get("enum", ())}
    assert {word for word in wanted if f"`{word}`" not in text} == set()
    assert kind.description in text


def test_links_between_the_pages_lead_somewhere():
    tree = site()
    links = {
        normpath(join(dirname(path), target))
        for path in tree.files
        if path.startswith("handbook/kinds/")
        for target in re.findall(r"\]\(([^)#]*\.md)\)", page(tree, path))
    }
    assert {"handbook/kinds/requirement.md", "kinds/business-need.md"} <= links
    assert links - tree.files.keys() == set()


def test_they_stand_in_the_navigation():
    (below,) = (item["Kinds and their fields"] for item in site().nav if "Kinds and their fields" in item)
    assert below[0] == "handbook/kinds/index.md"
    assert {"Requirement": "handbook/kinds/requirement.md"} in below


def test_an_example_that_names_a_hidden_id_is_not_shown():
    assert "satisfies: [BN-003]" in page(site(), "handbook/kinds/requirement.md")
    hidden = site("limited")
    assert [path for path, text in hidden.files.items() if "BN-003" in str(text)] == []


def test_a_kind_of_which_all_is_hidden_has_no_page_and_is_not_named_as_a_target():
    tree = site("limited")
    assert "handbook/kinds/business-need.md" not in tree.files
    assert "business-need" not in page(tree, "handbook/kinds/requirement.md")
