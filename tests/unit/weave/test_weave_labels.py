"""The labels around an artifact's text are in its language; those of a page of ours in that of the site."""

import re

from msgspec import structs

from pipeline.checks import CHECKS
from pipeline.model import WEIGHTS
from pipeline.weave.site import weave_site
from pipeline.weave.states import state_words
from pipeline.weave.tree import SiteTree
from pipeline.weave.words import word
from tests.support import programme_of

TEXTS = {
    "besoins.md": """---
title: Besoins
lang: fr
defaults: {lang: fr, status: approved, version: "1.0"}
---
# Besoins

## BN-001 Des plans plus rapides

```yaml {.artifact}
shelf: reduce
nested: {box_number: 3, sure: true}
```

Voir REQ-101.
""",
    "requirements.md": """---
title: Requirements
defaults: {status: draft, version: "0.1"}
---
# Requirements

## REQ-101 Recalculate

```yaml {.artifact}
level: system
satisfies: [BN-001]
```

It rests on BN-001.

## REQ-102 Recalculate more

```yaml {.artifact}
level: software
satisfies: [BN-001]
```

It rests on REQ-101.
""",
}


def site(lang: str = "fr") -> SiteTree:
    """The site, its needs with two fields of a project's own, one in words of several languages."""
    programme, texts = programme_of(TEXTS)
    need = programme.kinds["business-need"]
    own = {
        "shelf": {
            "title": "Shelf",
            "x-labels": {"fr": "Rayon"},
            "enum": ["reduce"],
            "x-values": {"reduce": {"fr": "réduire"}},
        },
        "nested": {
            "title": "Nested",
            "properties": {"sure": {"title": "Sure", "x-labels": {"fr": "Certain"}}},
        },
    }
    schema = {**need.schema, "properties": {**need.schema["properties"], **own}}
    kinds = {**programme.kinds, "business-need": structs.replace(need, schema=schema)}
    changed = structs.replace(programme, kinds=kinds)
    return weave_site(changed, texts, "internal", title="Programme", day="2026-03-31", lang=lang)


def page(tree: SiteTree, path: str) -> str:
    text = tree.files[path]
    assert isinstance(text, str)
    return text


def labels(text: str) -> list[str]:
    return re.findall(r"^- \*\*(.+?)\*\*", text, re.MULTILINE)


def test_a_card_in_french_is_in_french_with_a_gap_before_the_colon_on_any_site():
    for lang in ("fr", "en"):
        text = page(site(lang), "besoins.md")
        # The last is a title that has no words in French.
        assert labels(text) == ["Satisfait par\u00a0:", "Rayon\u00a0:", "Nested\u00a0:"]
        assert "- **Rayon\u00a0:** réduire" in text
        assert "- **Nested\u00a0:** Box number\u00a0: 3\u00a0; Certain\u00a0: oui" in text
        assert ">version 1.0<" in text


def test_a_card_in_english_stays_in_english_on_a_french_site():
    found = set(labels(page(site("fr"), "requirements.md")))
    assert {"Satisfies:", "Mentioned in:"} <= found
    assert not any("\u00a0" in label for label in found)


def test_a_register_is_in_the_language_of_the_site():
    text = page(site("fr"), "kinds/requirement.md")
    assert "| ID | Titre | Statut | Version | Responsable | Satisfait |" in text
    assert '<div class="paraph-described" lang="en" markdown="1">' in text
    assert 'data-all="{name}\u00a0: tout"' in text
    assert "paraph-described" not in page(site("en"), "kinds/requirement.md")


def test_a_state_stands_before_its_count_so_that_it_need_not_agree():
    assert "\n    projet 2\n" in page(site("fr"), "index.md") + "\n"


def test_a_classification_is_a_badge_in_the_language_of_a_table():
    assert [state_words("classification", "limited", lang) for lang in ("en", "fr", "nl")] == [
        "limited",
        "diffusion limitée",
        "beperkte verspreiding",
    ]


def test_the_pages_of_kinds_are_in_the_language_of_the_site():
    tree = site("fr")
    text = page(tree, "handbook/kinds/requirement.md")
    assert "# Exigence\n" in text
    assert "## Statuts\n" in text
    assert "| `approved` (approuvé) | fait foi, d’autres peuvent s’y appuyer |" in text
    assert "### `priority` {#priority}\n\n**Priorité**" in text
    assert "- Une valeur parmi `must` (indispensable), " in text
    assert "Lu depuis l’autre bout\u00a0: *satisfait par*." in text
    (below,) = (item["Types et champs"] for item in tree.nav if "Types et champs" in item)
    assert {"Exigence": "handbook/kinds/requirement.md"} in below


def test_the_rules_say_what_they_do_in_the_language_of_the_site_and_that_the_rest_is_english():
    programme, texts = programme_of(TEXTS)
    more = {"title": "Programme", "day": "2026-03-31", "rules": CHECKS}
    french = page(weave_site(programme, texts, "internal", lang="fr", **more), "checks.md")
    assert '*Bloque.*\n\n<div class="paraph-described" lang="en" markdown="1">' in french
    assert re.search(
        r'^## <span class="id">REF-DRAFT</span> <span lang="en">.+</span> {#REF-DRAFT}$', french, re.MULTILINE
    )
    english = page(weave_site(programme, texts, "internal", **more), "checks.md")
    assert "lang=" not in english
    # The words of the pages are those of the command.
    for weight, words in WEIGHTS.items():
        assert word(f"weight {weight}", "en") == words.capitalize()
        assert len({word(f"weight {weight}", lang) for lang in ("en", "fr", "nl", "de")}) == 4


def test_in_english_they_are_as_they_were():
    text = page(site("en"), "handbook/kinds/requirement.md")
    assert "lang=" not in text
    assert "| `approved` | firm: counts, others may rest on it |" in text
    assert "- One of `must`, `should`, " in text
    assert "Read from the other end: *satisfied by*." in text
