"""A pack of a period without data: no report before, registers that hold nothing, or nothing of the period."""

import subprocess
from pathlib import Path

import pytest
from lxml import html

from tests import packs
from tests.e2e.commands import call
from tests.e2e.verapdf import breaches
from tests.trees import write

LATER = "2026-03-31"
RAG = "{overall: green, time: green, cost: green, scope: green, quality: green, risk: green}"
REPORT = f"""---
id: RPT-001
status: draft
version: "1.0"
type: highlight
as_of: "2026-02-28"
period: {{from: "2026-02-01", until: "2026-02-28"}}
rag: {RAG}
---

# RPT-001 First report
"""
# Registers in which nothing is of the period, of the ninety days after it, or still open.
QUIET = """# Registers

## MS-001 Far away

```yaml {.artifact}
status: planned
baseline: "2027-09-01"
```

## MS-002 Long ago

```yaml {.artifact}
status: achieved
baseline: "2025-09-01"
actual: "2025-09-01"
```

## RSK-001 Long closed

```yaml {.artifact}
status: closed
owner: Nobody
cause: One.
event: Two.
effect: Three.
probability: 2
impact: 2
response: reduce
```
"""
EMPTY = "# Registers\n\nNothing is written down yet.\n"
# Each block without data, and each annex, says so; so does the head of the page.
SAID = {
    "en": (
        "State of 28 February 2026. Draft: made of the registers as they are now.",
        "No decision is asked for.",
        "The registers hold no milestone.",
        "The registers hold no budget.",
        "The registers hold no requirement, test or defect.",
        "The registers hold no risk, issue, action, change request or decision.",
        "No action is open.",
        "The steering committee has not met yet.",
    ),
    "fr": (
        "Situation au 28 février 2026. Projet : établi sur les registres dans leur état actuel.",
        "Aucune décision n’est demandée.",
        "Les registres ne contiennent aucun jalon.",
        "Les registres ne contiennent aucun budget.",
        "Les registres ne contiennent ni exigence, ni test, ni anomalie.",
        "Les registres ne contiennent ni risque, ni problème, ni action, ni demande de changement, ni décision.",
        "Aucune action n’est ouverte.",
        "Le comité de pilotage ne s’est pas encore réuni.",
    ),
    "nl": (
        "Stand van 28 februari 2026. Ontwerp: opgemaakt op de registers zoals ze nu zijn.",
        "Er wordt geen beslissing gevraagd.",
        "De registers bevatten geen mijlpaal.",
        "De registers bevatten geen budget.",
        "De registers bevatten geen vereiste, test of defect.",
        "De registers bevatten geen risico, issue, actiepunt, wijzigingsverzoek of beslissing.",
        "Er staan geen actiepunten open.",
        "De stuurgroep is nog niet bijeengekomen.",
    ),
}


def project(folder: Path, registers: str) -> Path:
    """A programme that has a report, and registers in one document."""
    (folder / "docs_src").mkdir(parents=True)
    (folder / "paraph.toml").write_text('title = "Small"\norganisation = "Office"\n', encoding="utf-8")
    write(folder / "docs_src", {"registers.md": registers, "RPT-001-first.md": REPORT})
    return folder


def issue_and_go_on(folder: Path) -> None:
    """Issue the first report, and begin the one of the month after."""
    call("pack", "RPT-001", "--issue", "--today", packs.DAY, cwd=folder)
    first = folder / "docs_src/RPT-001-first.md"
    first.write_text(first.read_text().replace("status: draft", "status: issued"))
    again = REPORT.replace("RPT-001 First", "RPT-002 Second").replace("RPT-001", "RPT-002")
    again = again.replace("2026-02-01", "2026-03-01").replace("2026-02-28", LATER)
    write(folder / "docs_src", {"RPT-002-second.md": again})


def text_of(folder: Path, name: str) -> list[str]:
    """The words of each page of a pack's PDF."""
    file = folder / "dist/pdf" / name
    out = subprocess.run(["pdftotext", "-raw", file, "-"], check=True, capture_output=True, text=True).stdout
    return [" ".join(page.split()) for page in out.split("\f")]


def compared(folder: Path, identity: str, day: str, lang: str = "en") -> str:
    return call("pack", identity, "--compare", "--lang", lang, "--today", day, cwd=folder).out


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "fr", "nl"])
def test_a_pack_of_empty_registers_says_of_each_block_that_there_is_nothing(tmp_path: Path, lang: str):
    folder = project(tmp_path / "programme", EMPTY)
    done = call("pack", "--lang", lang, "--today", packs.DAY, cwd=folder)
    assert "0 figures, 0 decisions asked" in done.out
    pages = text_of(folder, f"RPT-001-{lang}.pdf")
    assert len(pages) == 4, "two pages of blocks, one of annexes, and what stands behind the last"
    whole = " ".join(pages)
    assert [words for words in SAID[lang] if words not in whole] == []
    assert "0 =" not in whole, "nothing was due where there is no milestone"
    assert breaches("ua1", [folder / f"dist/pdf/RPT-001-{lang}.pdf"]) == {f"RPT-001-{lang}.pdf": []}


@pytest.mark.slow
def test_the_pages_of_the_site_say_the_same(tmp_path: Path):
    folder = project(tmp_path / "programme", EMPTY)
    call("site", "--today", packs.DAY, cwd=folder)
    for lang, said in SAID.items():
        page = html.parse(str(folder / f"dist/site/packs/RPT-001-{lang}/index.html")).getroot()
        whole = " ".join(page.find(".//article").text_content().replace("\u00a0", " ").split())
        assert [words for words in said if words not in whole] == [], lang


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "There is no earlier report to compare RPT-001 with."),
        ("fr", "Il n’y a pas de rapport antérieur auquel comparer RPT-001."),
        ("nl", "Er is geen eerder verslag om RPT-001 mee te vergelijken."),
    ],
)
def test_a_first_report_has_nothing_to_be_compared_with(tmp_path: Path, lang: str, words: str):
    folder = project(tmp_path / "programme", QUIET)
    assert compared(folder, "RPT-001", packs.DAY, lang) == f"{words}\n"


@pytest.mark.parametrize("registers", [EMPTY, QUIET])
def test_between_two_reports_of_the_same_registers_nothing_moved(tmp_path: Path, registers: str):
    folder = project(tmp_path / "programme", registers)
    issue_and_go_on(folder)
    told = compared(folder, "RPT-002", LATER)
    assert told == "RPT-002: what moved since 28 February 2026\nNothing moved.\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "near", "first"),
    [
        ("en", "None comes within 90 days, and none has moved.", "This is the first report"),
        (
            "fr",
            "Aucun jalon n’est attendu dans les 90 jours et aucun n’a été déplacé.",
            "Ce rapport est le premier",
        ),
        (
            "nl",
            "Er komt geen mijlpaal binnen 90 dagen en er is er geen verschoven.",
            "Dit is het eerste verslag",
        ),
    ],
)
def test_a_pack_of_a_period_in_which_nothing_falls_says_so(tmp_path: Path, lang: str, near: str, first: str):
    folder = project(tmp_path / "programme", QUIET)
    call("pack", "--lang", lang, "--today", packs.DAY, cwd=folder)
    one, two, *_ = text_of(folder, f"RPT-001-{lang}.pdf")
    assert near in one
    assert first in two
    issue_and_go_on(folder)
    call("pack", "RPT-002", "--lang", lang, "--today", LATER, cwd=folder)
    one, two, *_ = text_of(folder, f"RPT-002-{lang}.pdf")
    assert near in one
    assert first not in two


def test_an_issued_report_of_empty_registers_ties_out(tmp_path: Path):
    folder = project(tmp_path / "programme", EMPTY)
    issue_and_go_on(folder)
    done = call("check", "--no-prose", "--today", LATER, cwd=folder)
    assert "No findings" in done.out
