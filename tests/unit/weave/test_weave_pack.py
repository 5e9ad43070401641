"""A pack in words: the same figures in French, Dutch and English, on the site and in the PDF."""

import re
from decimal import Decimal

import pytest
from msgspec import structs

from pipeline.figures.measures import MEASURES
from pipeline.figures.pack import MONEY, SCOPE
from pipeline.figures.pack.stated import stated
from pipeline.figures.registers import digest_of, extract
from pipeline.views.packs import LANGUAGES
from pipeline.views.packs.words import _WORDS as WORDS
from pipeline.weave.pack import packed, tell_of, weave_pack
from pipeline.weave.site import weave_site
from tests import packs

UAT = """# Tests

## TC-001 Pay a debt

```yaml {.artifact}
status: approved
version: "1.0"
level: uat
```

## TC-002 Refund it

```yaml {.artifact}
status: approved
version: "1.0"
level: uat
```

## TR-001 Run

```yaml {.artifact}
status: issued
date: "2026-02-20"
verdict: pass
executes: [TC-001@1.0]
```
"""


def rows(markdown: str) -> dict[str, str]:
    """The first two cells of every row of every table, without what makes them bold."""
    found = {}
    for line in markdown.splitlines():
        if line.startswith("| ") and not line.startswith("| ---"):
            name, value, *_ = (cell.strip().strip("*") for cell in line.strip("|").split("|"))
            found[name] = value
    return found


def parsed(words: str, lang: str) -> str:
    """A figure as a report keeps it, read back from how a language writes it."""
    if words in ("not defined", "non défini", "niet bepaald"):
        return "not defined"
    if share := re.match(r"([\d.,]+) (?:of|sur|van) ([\d.,]+)", words):
        return f"{share[1]}/{share[2]}"
    plain = words.replace("−", "-")
    plain = plain.replace(",", "") if lang == "en" else plain.replace(".", "").replace(",", ".")
    return str(Decimal(plain))


def figures_of(markdown: str, lang: str) -> dict[str, str]:
    """The figures of budget and scope that a pack in a language states, by measure."""
    told = rows(markdown)
    names = {MEASURES[name].label(lang): name for name in (*MONEY, *SCOPE)}
    return {names[label]: parsed(value, lang) for label, value in told.items() if label in names}


@pytest.fixture(scope="module")
def programme():
    return packs.programme({"tests.md": UAT})


@pytest.fixture(scope="module")
def expected(programme):
    told = tell_of(programme.artifacts["RPT-001"], programme)
    assert told is not None
    shown = {name: value for name, value in told.pack.figures.items() if name in (*MONEY, *SCOPE)}
    return {row["measure"]: row["value"] for row in stated(shown)}


def pdf(programme, lang: str) -> str:
    told = tell_of(programme.artifacts["RPT-001"], programme)
    assert told is not None
    return weave_pack(told, lang).markdown


def site(programme, audience: str = "internal", lang: str = "en") -> dict[str, object]:
    _, texts = packs.programme_of({**packs.TEXTS, "tests.md": UAT})
    return weave_site(programme, texts, audience, title="Small", day=packs.DAY, lang=lang).files


def test_the_figures_are_written_out(expected):
    assert expected["bac"] == "1000.00"
    assert expected["vac"] == "-20.00"
    assert expected["uat-passed"] == "1/2"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pdf_states_the_same_figures_in_each_language(programme, expected, lang):
    assert figures_of(pdf(programme, lang), lang) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_of_the_site_states_the_same_figures_in_each_language(programme, expected, lang):
    page = site(programme)[f"packs/RPT-001-{lang}.md"]
    assert figures_of(str(page), lang) == expected


def test_an_undefined_figure_is_said_to_be_so_in_each_language():
    zero = packs.BUDGET.replace('ac: "480.00"', 'ac: "0.00"')
    programme = packs.programme({"budget.md": zero})
    found = {lang: rows(pdf(programme, lang)) for lang in LANGUAGES}
    assert found["fr"]["Indice de performance des coûts (CPI)"] == "non défini"
    assert found["nl"]["Kostenindex (CPI)"] == "niet bepaald"
    assert found["en"]["Cost performance (CPI)"] == "not defined"


def test_a_response_that_no_list_has_is_said_as_it_was_written():
    risk = """# Risks

## RSK-009 The bank may be late

```yaml {.artifact}
status: open
probability: 4
impact: 4
response: RESPONSE
```
"""
    told = {
        name: packs.programme({"risks.md": risk.replace("RESPONSE", name)})
        for name in ("prepare", "mitigate")
    }
    assert "| préparer un plan de secours |" in pdf(told["prepare"], "fr")
    assert "| mitigate |" in pdf(told["mitigate"], "fr")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_state_has_a_shape_and_a_word_beside_its_colour(programme, lang):
    told = rows(pdf(programme, lang))
    first = {"en": "Overall", "fr": "Ensemble", "nl": "Geheel"}[lang]
    word = {"en": "Red", "fr": "Rouge", "nl": "Rood"}[lang]
    assert told[first] == f"[■\u00a0{word}]{{.lamp .red}}"


def test_the_six_blocks_stand_in_their_order_and_annexes_after(programme):
    headings = re.findall(r"^## (.*?) \{#([\w-]+)", pdf(programme, "fr"), re.MULTILINE)
    assert headings == [
        ("Situation", "pack-block-state"),
        ("Décisions demandées", "pack-block-asks"),
        ("Jalons des 90 prochains jours et dépendances", "pack-block-plan"),
        ("Budget", "pack-block-money"),
        ("Périmètre, recette et anomalies", "pack-block-scope"),
        ("Risques, problèmes et autres registres", "pack-block-raid"),
        ("Annexe A : Fiches de décision", "pack-annex-sheets"),
        ("Annexe B : Actions", "pack-annex-actions"),
        ("Annexe C : Procès-verbal précédent", "pack-annex-minutes"),
    ]


def test_what_was_due_is_said_as_an_equation(programme):
    assert "Due so far: 3 = hit 1 + missed 1 + moved 1, by the current baseline." in pdf(programme, "en")


def test_an_issued_pack_stays_what_it_was(programme):
    registers = extract(programme, "RPT-001", packs.DAY)
    text = packs.REPORT.replace("status: draft", "status: issued")
    text = text.replace("asks:", f'snapshot_digest: "{digest_of(registers)}"\nasks:')
    later = packs.programme(
        {"RPT-001-february.md": text, "budget.md": packs.BUDGET.replace("1000.00", "9999.00")}, "2026-12-31"
    )
    then = structs.replace(later, registers={"RPT-001": registers})
    assert figures_of(pdf(then, "en"), "en")["bac"] == "1000.00"
    assert packed(structs.replace(later, registers={"RPT-001": registers + b"\n"})) == []
    assert packed(later) == []


def test_a_pack_holds_nothing_above_its_report(programme):
    hidden = packs.CONTROL.replace(
        "## RSK-001 The highest\n\n```yaml {.artifact}\n",
        "## RSK-001 The highest\n\n```yaml {.artifact}\nclassification: limited\n",
    )
    changed = packs.programme({"control.md": hidden})
    assert "RSK-001" not in pdf(changed, "en")
    assert "The highest" not in pdf(changed, "en")
    limited = packs.REPORT.replace("type: highlight", "classification: limited\ntype: highlight")
    assert "RSK-001" in pdf(packs.programme({"control.md": hidden, "RPT-001-february.md": limited}), "en")


def test_what_is_hidden_now_was_no_less_hidden_when_it_was_frozen(programme):
    registers = extract(programme, "RPT-001", packs.DAY)
    text = packs.REPORT.replace("status: draft", "status: issued")
    text = text.replace("asks:", f'snapshot_digest: "{digest_of(registers)}"\nasks:')
    later = structs.replace(packs.programme({"RPT-001-february.md": text}), registers={"RPT-001": registers})
    told = tell_of(later.artifacts["RPT-001"], later, {"RSK-001"})
    assert told is not None
    assert "RSK-001" not in weave_pack(told, "en").markdown


def test_the_public_sees_no_pack_of_an_internal_report(programme):
    assert not [path for path in site(programme, "public") if path.startswith("packs/")]


def test_a_page_in_another_language_says_so_and_leads_to_the_others(programme):
    page = str(site(programme)["packs/RPT-001-nl.md"])
    assert '<div lang="nl" markdown="1">' in page
    assert "](RPT-001-fr.md)" in page
    assert "[Het verslag](../RPT-001-february.md)" in page


def test_a_report_leads_to_its_pack_in_each_language(programme):
    page = str(site(programme)["RPT-001-february.md"])
    ways = ("[English](packs/RPT-001-en.md)", "[French](packs/RPT-001-fr.md)", "[Dutch](packs/RPT-001-nl.md)")
    assert f"- **Steering pack:** {' · '.join(ways)}" in page


def test_long_titles_are_cut_on_the_two_pages_and_whole_in_the_annexes(programme):
    title = "word " * 60 + "end"
    long = packs.CONTROL.replace("## ACT-001 Do something about the highest", f"## ACT-001 {title}")
    long = long.replace("## RSK-001 The highest", f"## RSK-001 {title}")
    text = pdf(packs.programme({"control.md": long}), "en")
    front, annexes = text.split("{#pack-annex-sheets", 1)
    assert "end" not in front.split("RSK-001", 1)[1][:400]
    assert title in annexes


def test_all_words_stand_in_three_languages_with_the_same_places():
    for key, words in WORDS.items():
        places = [sorted(re.findall(r"\{(\w+)\}", each)) for each in words]
        assert len(words) == len(LANGUAGES), key
        assert places[0] == places[1] == places[2], key
        assert all(words), key


def test_a_report_tells_its_figures_by_what_they_are_called():
    text = packs.REPORT.replace(
        "asks:", 'figures: [{measure: bac, value: "1000.00"}, {measure: own, value: "7"}]\nasks:'
    )
    programme = packs.programme({"RPT-001-february.md": text})
    _, texts = packs.programme_of({**packs.TEXTS, "RPT-001-february.md": text})
    files = weave_site(programme, texts, "internal", title="Small", day=packs.DAY).files
    page = str(files["RPT-001-february.md"])
    assert "- Current budget (BAC): 1000.00" in page
    assert "Measure: own" in page


def test_what_an_author_wrote_in_another_language_is_marked_with_it(programme):
    french, english = pdf(programme, "fr"), pdf(programme, "en")
    assert '- DEC-001 [Accept the forecast]{lang="en"} · **pour le 10 mars 2026**' in french
    assert '| A | [Accept it.]{lang="en"} | ✔ recommandée |' in french
    assert '[The committee is asked to accept the first of April.]{lang="en"}' in french
    assert "lang=" not in english
