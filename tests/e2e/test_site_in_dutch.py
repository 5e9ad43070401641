"""`paraph site` on a small programme in Dutch: no label of a schema is left in English."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from pipeline.kinds import build_catalogue, read_schemas
from tests.e2e.commands import call
from tests.e2e.projects import ROOT

FILES = {
    "paraph.toml": 'title = "Klein programma"\nlang = "nl"\n',
    "docs_src/index.md": """\
---
title: Start
lang: nl
---

# Klein programma

```yaml {.view}
view: table
kind: requirement
columns: [id, title, priority, type, verified_by, acceptance_criteria, classification]
```
""",
    "docs_src/betrokkenen.md": """\
---
title: Betrokkenen
lang: nl
defaults: {lang: nl, status: draft, version: "0.1", created: 2026-01-12}
---

# Betrokkenen

## PTY-001 Hoofd inning

```yaml {.artifact}
type: person
name: An Voorbeeld
```

Beslist over de volgorde van de lijsten.
""",
    "docs_src/vereisten.md": """\
---
title: Behoeften en vereisten
lang: nl
defaults: {lang: nl, status: draft, version: "0.1", created: 2026-01-12, owner: PTY-001}
---

# Behoeften en vereisten

## BN-001 Het saldo van de dag kennen

```yaml {.artifact}
sponsor: PTY-001
```

De kantoren kennen het saldo van elke schuldenaar op de dag zelf.

## REQ-001 Een afbetalingsplan herberekenen

```yaml {.artifact}
level: system
type: functional
priority: must
satisfies: [BN-001]
verification: [test, inspection]
acceptance_criteria:
  - id: AC-1
    text: Het nieuwe plan is zichtbaar binnen 2 seconden na de boeking.
```

Als een betaling binnenkomt, moet het systeem het afbetalingsplan herberekenen binnen 2 seconden.

## TC-001 Een betaling wordt geboekt

```yaml {.artifact}
level: system
verifies: [REQ-001]
steps: [Open het plan., Boek een betaling.]
expected: Het plan is nieuw.
```

Met de gegevens van de oefening.

## RSK-001 De lijsten komen te laat

```yaml {.artifact}
probability: 3
impact: 4
response: reduce
proximity: 2026-05-01
affects: [REQ-001]
```

De lijsten komen na de dag waarop ze nodig zijn.
""",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, for readers within the organisation."""
    folder = tmp_path_factory.mktemp("dutch")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    call("site", cwd=folder)
    return folder / "dist/site"


def classed(name: str) -> str:
    return f'//*[contains(concat(" ", @class, " "), " {name} ")]'


BADGES, FACTS = classed("badge"), classed("facts") + "//li"
LABELS = (classed("facts") + "//strong", "//th", BADGES, "//article//h1", "//article//h2")
NAVIGATION = classed("md-nav__link")


def told(path: Path, *places: str) -> set[str]:
    """The words in some places of a page, without the colon after a label."""
    page = html.parse(str(path)).getroot()
    found = (" ".join(item.text_content().split()) for place in places for item in page.xpath(place))
    return {words.removesuffix("¶").removesuffix(":").strip() for words in found} - {""}


def words_of(schema: object, lang: str) -> Iterator[str]:
    """The words for fields, links and values in a schema: in English, or those that it has in another language."""
    if isinstance(schema, list):
        for item in schema:
            yield from words_of(item, lang)
    if not isinstance(schema, dict):
        return
    values = schema.get("x-values")
    if isinstance(values, dict) and "enum" in schema:
        yield from (value if lang == "en" else words.get(lang, value) for value, words in values.items())
    for english, others in (("title", "x-labels"), ("inverse", "inverse_labels")):
        words = schema.get(english) if lang == "en" else schema.get(others, {}).get(lang)
        yield from [words] if isinstance(words, str) else []
    for item in schema.values():
        yield from words_of(item, lang)


def english() -> set[str]:
    """What the shipped schemas call things in English and not in Dutch, in small letters."""
    kinds = build_catalogue(read_schemas([str(ROOT / "schemas")])).kinds.values()
    paths = [path for path in (ROOT / "schemas").glob("*.schema.json") if path.name != "meta.schema.json"]
    files = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    said = {
        lang: {
            words.replace("-", " ").lower()
            for found in ([*words_of(files, lang)], *(kind.labels.get(lang, ()) for kind in kinds))
            for words in found
        }
        for lang in ("en", "nl")
    }
    return said["en"] - said["nl"]


@pytest.mark.slow
def test_cards_tables_and_navigation_have_no_english_label(site: Path):
    unwanted = english() | {"kinds and their fields"}
    assert {"owner", "satisfied by", "must", "requirements"} <= unwanted
    pages = (
        "index",
        "vereisten/index",
        "betrokkenen/index",
        "kinds/index",
        "kinds/requirement/index",
        "matrix/index",
    )
    shown = {page: told(site / f"{page}.html", *LABELS, NAVIGATION) for page in pages}
    assert {
        page: {words for words in found if words.lower() in unwanted} for page, found in shown.items()
    } == {page: set() for page in pages}


@pytest.mark.slow
def test_a_card_says_its_fields_links_and_values_in_dutch(site: Path):
    found = told(site / "vereisten/index.html", *LABELS)
    assert {
        "Verantwoordelijke",
        "Geeft invulling aan",
        "Geverifieerd door",
        "Verificatie",
        "Opgesteld op",
    } <= found
    assert {"ontwerp", "noodzakelijk", "functioneel", "versie 0.1", "intern", "beperken", "Kans: 3"} <= found
    facts = told(site / "vereisten/index.html", FACTS)
    assert "Verificatie: test, inspectie" in facts


@pytest.mark.slow
def test_a_table_says_its_columns_and_values_in_dutch(site: Path):
    found = told(site / "index.html", "//th", BADGES)
    assert {"Titel", "Prioriteit", "Geverifieerd door", "Acceptatiecriteria", "Classificatie"} <= found
    assert {"noodzakelijk", "functioneel", "intern"} <= found


@pytest.mark.slow
def test_a_register_its_summary_and_the_navigation_are_in_dutch(site: Path):
    assert {"ID", "Titel", "Status", "Versie", "Verantwoordelijke", "Geeft invulling aan"} == told(
        site / "kinds/requirement/index.html", "//th"
    )
    assert "ontwerp 1" in told(site / "index.html", classed("registers") + "//li/p")
    assert {"Registers", "Soorten en hun velden"} <= told(site / "index.html", NAVIGATION)


@pytest.mark.slow
def test_the_page_of_a_kind_is_in_dutch_and_says_what_is_english(site: Path):
    path = site / "handbook/kinds/requirement/index.html"
    assert {"Statussen", "Eigen velden", "Velden die andere soorten ook hebben"} <= told(
        path, "//article//h2"
    )
    assert "Prioriteit" in told(path, "//article//p/strong")
    page = html.parse(str(path)).getroot()
    english_parts = [" ".join(item.text_content().split()) for item in page.xpath('//article//*[@lang="en"]')]
    assert any(words.startswith("One thing that a system") for words in english_parts)
    assert not any("noodzakelijk" in words for words in english_parts)
