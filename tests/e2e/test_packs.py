"""`paraph pack`: what it makes, what it writes when a report is issued, and what it refuses."""

import json
import re
import subprocess
from html import escape, unescape

import pytest

from pipeline.figures.measures import MEASURES
from pipeline.figures.pack import MONEY, SCOPE
from pipeline.outputs.deliverables import remove_others
from pipeline.settings import Project, Settings
from tests import packs
from tests.e2e.commands import call, digests
from tests.e2e.verapdf import breaches
from tests.trees import write

ID, REPORT_FILE = "RPT-001", "RPT-001-february.md"


@pytest.fixture
def small(tmp_path):
    return packs.project(tmp_path)


def issue(folder, identity=ID, day=packs.DAY):
    done = call("pack", identity, "--issue", "--today", day, cwd=folder)
    file = next((folder / "docs_src").glob(f"{identity}-*.md"))
    file.write_text(file.read_text().replace("status: draft", "status: issued"))
    return done


def found(folder, *codes, day=packs.DAY):
    arguments = [part for code in codes for part in ("--select", code)]
    done = call("check", "--no-prose", "--today", day, *arguments, cwd=folder, status=None)
    return sorted(set(re.findall(r"\b(?:RP|TIE|BG)-[A-Z]+\b", done.out)))


def test_issuing_writes_the_registers_and_the_figures(small):
    done = issue(small)
    assert "RPT-001 is frozen as of 2026-02-28" in done.out
    assert "set the status of RPT-001 to issued" in done.out
    registers = json.loads((small / "docs_src/RPT-001/registers.json").read_text())
    assert registers["as_of"] == "2026-02-28"
    text = (small / "docs_src/RPT-001-february.md").read_text()
    assert '  - {measure: bac, value: "1000.00"}\n' in text
    assert '  - {measure: milestones-on-baseline, value: "1/3"}\n' in text
    assert text.startswith(packs.REPORT.split("\n---\n")[0].replace("draft", "issued"))
    assert text.endswith("# RPT-001 Highlight report of February\n")
    assert found(small, "RP-NUM", "RP-RAG", "TIE-DAY", "TIE-OPEN", "TIE-MOVE") == []


def test_a_draft_can_be_issued_again_and_an_issued_report_cannot(small):
    call("pack", ID, "--issue", "--today", packs.DAY, cwd=small)
    first = digests(small / "docs_src")
    call("pack", ID, "--issue", "--today", packs.DAY, cwd=small)
    assert digests(small / "docs_src") == first
    issue(small)
    done = call("pack", ID, "--issue", "--today", packs.DAY, cwd=small, status=2)
    assert "RPT-001 is issued already" in done.err


@pytest.mark.parametrize(
    ("path", "find", "put", "code"),
    [
        ("budget.md", 'etc: "540.00"', 'etc: "540.01"', "TIE-EAC"),
        ("budget.md", 'original_bac: "900.00"', 'original_bac: "900.01"', "BG-SUM"),
        ("budget.md", 'left: "20.00"', 'left: "20.01"', "BG-FLOW"),
        ("RPT-001-february.md", "time: amber", "time: green", "RP-RAG"),
        ("RPT-001-february.md", 'until: "2026-02-28"', 'until: "2026-02-27"', "TIE-DAY"),
        ("plan.md", 'baseline: "2026-01-15"\nactual', "actual", "TIE-DUE"),
    ],
)
def test_nothing_is_written_where_something_does_not_tie_out(small, path, find, put, code):
    text = packs.TEXTS[path]
    assert find in text
    write(small / "docs_src", {path: text.replace(find, put)})
    before = digests(small / "docs_src")
    done = call("pack", ID, "--issue", "--today", packs.DAY, cwd=small, status=2)
    assert code in done.out
    assert "nothing was written" in done.err
    assert digests(small / "docs_src") == before


def test_what_happened_after_the_day_is_not_frozen_with_it(small):
    before = digests(small / "docs_src")
    done = call("pack", ID, "--issue", "--as-of", "2026-02-10", "--today", packs.DAY, cwd=small, status=2)
    assert "TIE-DAY" in done.out or "after that day" in done.err
    assert digests(small / "docs_src") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["RPT-999"], "there is no report RPT-999"),
        (["MS-001"], "MS-001 is a milestone: only a highlight report has a steering pack"),
        (["RPT-002"], "RPT-002 is a report of type checkpoint"),
        ([ID, "--as-of", "2027-01-01"], "the registers say nothing of 2027-01-01, which is to come"),
        ([ID, "--as-of", "soon"], "'soon' is not a day"),
        ([ID, "--lang", "de"], "'de' is not one of"),
        ([ID, "--compare", "--issue"], "--compare makes nothing, and --issue does"),
    ],
)
def test_what_is_asked_wrongly_is_told(small, arguments, said):
    other = packs.REPORT.replace("RPT-001", "RPT-002").replace("highlight", "checkpoint")
    write(small / "docs_src", {"RPT-002-other.md": other})
    done = call("pack", *arguments, "--today", packs.DAY, cwd=small, status=2)
    assert said in done.err


def test_without_any_highlight_report_that_is_said(small):
    (small / "docs_src/RPT-001-february.md").unlink()
    done = call("pack", "--today", packs.DAY, cwd=small, status=2)
    assert "there is no highlight report to make a pack of" in done.err


def test_a_report_that_was_issued_without_registers_has_no_pack(small):
    write(small / "docs_src", {"RPT-001-february.md": packs.REPORT.replace("draft", "issued")})
    done = call("pack", ID, "--compare", "--today", packs.DAY, cwd=small, status=2)
    assert "RPT-001 was issued without the registers that it was made of" in done.err


def test_a_changed_register_is_found_although_nothing_else_changed(small):
    issue(small)
    assert found(small, "RP-NUM") == []
    file = small / "docs_src/RPT-001/registers.json"
    file.write_text(file.read_text().replace('"bac":"1000.00"', '"bac":"1000.01"'))
    assert found(small, "RP-NUM") == ["RP-NUM"]
    file.unlink()
    assert found(small, "RP-NUM") == ["RP-NUM"]


MARCH = (
    packs.REPORT.replace("RPT-001", "RPT-002")
    .replace('as_of: "2026-02-28"', 'as_of: "2026-03-31"')
    .replace('{from: "2026-02-01", until: "2026-02-28"}', '{from: "2026-03-01", until: "2026-03-31"}')
    .replace(
        "previous_rag: {overall: amber, time: green, cost: amber, scope: red}",
        "previous_rag: {overall: red, time: amber}",
    )
    .replace("time: amber, cost: amber, scope: red", "time: red, cost: amber, scope: red")
    .replace("February", "March")
)


def march(folder):
    """A month later: a risk and an action closed, another risk, a decision taken, a milestone moved, more drawn."""
    control = packs.CONTROL.replace(
        "## RSK-002 One without a residual score\n\n```yaml {.artifact}\nstatus: open",
        "## RSK-002 One without a residual score\n\n```yaml {.artifact}\nstatus: closed",
    )
    control = control.replace(
        'status: open\nowner: PTY-001\ndue: "2026-02-27"',
        'status: closed\ndone_on: "2026-03-05"\nowner: PTY-001\ndue: "2026-02-27"',
    )
    control += "\n## RSK-004 Another\n\n```yaml {.artifact}\nstatus: open\nowner: PTY-001\ncause: One.\nevent: Two.\n"
    control += "effect: Three.\nprobability: 1\nimpact: 2\nresponse: accept\n```\n"
    plan = packs.PLAN.replace('baseline: "2026-05-04"\n', 'baseline: "2026-05-04"\nforecast: "2026-05-18"\n')
    budget = packs.BUDGET.replace(
        'on: "2026-02-10"}], left: "20.00"',
        'on: "2026-02-10"}, {by: DEC-002, amount: "5.00", on: "2026-03-10"}], left: "15.00"',
    )
    write(
        folder / "docs_src",
        {"control.md": control, "plan.md": plan, "budget.md": budget, "RPT-002-march.md": MARCH},
    )


def test_what_moved_since_the_report_before(small):
    issue(small)
    march(small)
    done = call("pack", "RPT-002", "--compare", "--today", "2026-03-31", cwd=small)
    lines = [line.strip() for line in done.out.splitlines()]
    assert lines[0] == "RPT-002: what moved since 28 February 2026"
    assert "Time: Amber → Red" in lines
    assert "MS-004 Live: 4 May 2026 → 18 May 2026 (+10 d)" in lines
    assert "Reserve left: 20.00 → 15.00" in lines
    assert "Risks: 3 + 1 − 1 = 3" in lines
    assert "Actions: 1 + 0 − 1 = 0" in lines
    assert not [line for line in lines if "BAC" in line]
    dutch = call("pack", "RPT-002", "--compare", "--lang", "nl", "--today", "2026-03-31", cwd=small)
    assert "Resterende reserve: 20,00 → 15,00" in dutch.out


def test_the_second_report_ties_out_with_the_first(small):
    issue(small)
    march(small)
    assert found(small, "TIE-OPEN", "TIE-MOVE", day="2026-03-31") == []
    control = (small / "docs_src/control.md").read_text().replace("RSK-001", "RSK-009")
    write(small / "docs_src", {"control.md": control})
    assert found(small, "TIE-MOVE", day="2026-03-31") == ["TIE-MOVE"]
    done = call("pack", "RPT-002", "--issue", "--today", "2026-03-31", cwd=small, status=2)
    assert "RSK-001 was open in the report before and is in no register any more" in done.out


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "nl", "en"])
def test_a_pdf_has_its_blocks_on_two_pages_and_its_annexes_after(small, lang):
    issue(small)
    march(small)
    done = call("pack", "RPT-002", "--lang", lang, "--today", "2026-03-31", cwd=small)
    file = small / f"dist/pdf/RPT-002-{lang}.pdf"
    assert file.name in done.out
    pages = text_of(file)
    assert {"■", "◆"} <= set(pages[0])
    last = {"fr": "Risques, problèmes", "nl": "Risico’s, issues", "en": "Risks, issues"}[lang]
    annex = {"fr": "Annexe A", "nl": "Bijlage A", "en": "Annex A"}[lang]
    assert last in pages[1]
    assert annex in pages[2]
    assert not [page for page in pages[:2] if annex in page]
    figure = "1,000.00" if lang == "en" else "1.000,00"
    assert figure in pages[1]
    assert breaches("3a", [file]) == {file.name: []}
    assert breaches("ua1", [file]) == {file.name: []}


LONG = (
    "A title that goes on for so long that nobody would read it to its end in a meeting, and yet somebody wrote it "
    * 3
)


def full(folder):
    """The programme with as much of everything as two pages may have to hold, and more, in words that are too many."""
    option = (
        "Keep the day that was agreed, and take the time that is lost from the tests of the second lot, which "
        * 3
    )
    options = "\n".join(
        f'  - {{id: {name}, text: "{option}", recommended: {str(name == "B").lower()}}}' for name in "ABCDE"
    )
    asks = [f"DEC-{number}" for number in range(101, 106)]
    decisions = "".join(
        f"## {name} {LONG}\n\n```yaml {{.artifact}}\nstatus: requested\nowner: PTY-001\noptions:\n{options}\n"
        f'rationale: "{option}"\ndeadline: "2026-03-10"\n```\n\n{option}\n\n'
        for name in asks
    )
    milestones = "".join(
        f'## MS-{number} {LONG}\n\n```yaml {{.artifact}}\nstatus: planned\nbaseline: "2026-03-02"\n'
        f'forecast: "2026-04-01"\n```\n\n'
        for number in range(101, 115)
    )
    lines = "".join(
        f"## WS-{number} {LONG}\n\n```yaml {{.artifact}}\nstatus: approved\n```\n\n"
        f"## BL-{number} {LONG}\n\n```yaml {{.artifact}}\nstatus: open\ncurrency: EUR\nvat: excl\n"
        f'bac: "123456789.00"\nac: "123456789.00"\netc: "123456789.00"\nfor: [WS-{number}]\npart_of: [BUD-001]\n```\n\n'
        for number in range(101, 116)
    )
    risks = "".join(
        f'## RSK-{number} {LONG}\n\n```yaml {{.artifact}}\nstatus: open\nowner: "{LONG[:90]}"\ncause: One.\n'
        f"event: Two.\neffect: Three.\nprobability: 5\nimpact: 5\nresponse: reduce\n```\n\n"
        f"## ISS-{number} {LONG}\n\n```yaml {{.artifact}}\nstatus: open\ntype: problem-concern\nowner: PTY-001\n"
        f"impact: critical\n```\n\n"
        f'## DEP-{number} {LONG}\n\n```yaml {{.artifact}}\nstatus: open\nprovider: "{LONG[:60]}"\n'
        f'consumer: "{LONG[:60]}"\nneed_by: "2026-03-01"\ncommit_by: "2026-04-01"\n```\n\n'
        for number in range(101, 112)
    )
    tests = "".join(
        f"## BN-{number} {LONG}\n\n```yaml {{.artifact}}\nstatus: approved\nprocess: {LONG[:50]}{number}\n```\n\n"
        f"## REQ-{number} {LONG}\n\n```yaml {{.artifact}}\nstatus: {status}\nversion: '1.0'\nlevel: system\n"
        f"satisfies: [BN-{number}]\n```\n\nIt is so.\n\n"
        f"## TC-{number} {LONG}\n\n```yaml {{.artifact}}\nstatus: approved\nversion: '1.0'\nlevel: uat\n"
        f"verifies: [REQ-{number}]\n```\n\n"
        f"## WI-{number} {LONG}\n\n```yaml {{.artifact}}\nstatus: open\ntype: story\n"
        f"implements: [REQ-{number}]\n```\n\n"
        for number, status in enumerate(
            ("draft", "in-review", "approved", "superseded", "withdrawn") * 2, 101
        )
    )
    report = packs.REPORT.replace("asks: [DEC-001]", f"asks: [{', '.join(asks)}]")
    changed = {
        "asks.md": f"# Asks\n\n{decisions}",
        "tests.md": f"# Tests\n\n{tests}",
        "more.md": f"# More\n\n{milestones}{lines}{risks}",
        "RPT-001-february.md": report.replace("Highlight report of February", LONG),
    }
    changed[REPORT_FILE] = changed[REPORT_FILE].replace(
        "risk: amber}", "risk: amber, benefit: green, sustainability: green}"
    )
    return packs.project(folder, changed)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_however_much_there_is_the_blocks_keep_to_two_pages(tmp_path, lang):
    folder = full(tmp_path)
    call("pack", ID, "--lang", lang, "--today", packs.DAY, cwd=folder)
    pages = text_of(folder / f"dist/pdf/{ID}-{lang}.pdf")
    annex = {"fr": "Annexe A", "nl": "Bijlage A"}[lang]
    assert [annex in page for page in pages[:3]] == [False, False, True]
    assert {"fr": "5 décisions sont demandées", "nl": "Er worden 5 beslissingen gevraagd"}[lang] in pages[0]


def text_of(file):
    """The text of each page of a PDF."""
    out = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True
    ).stdout
    return out.split("\f")


def test_a_build_leaves_no_pack_of_another_reader_behind(tmp_path):
    folder = tmp_path / "dist" / "pdf"
    write(folder, dict.fromkeys(("DLV-001.pdf", "DLV-002.pdf", "RPT-001-fr.pdf", "notes.pdf"), ""))
    remove_others(Project(str(tmp_path), str(tmp_path), Settings()), ["DLV-001"])
    assert sorted(file.name for file in folder.iterdir()) == ["DLV-001.pdf", "notes.pdf"]


def kept(folder):
    """The figures that a report states, by measure, as its file has them."""
    text = (folder / "docs_src" / REPORT_FILE).read_text()
    return dict(re.findall(r'- \{measure: ([\w-]+), value: "(.*)"\}', text))


def read_back(words, lang):
    """A figure as the report states it, from how a language writes it."""
    share = re.match(r"([\d.,]+) (?:of|sur|van) ([\d.,]+)", words)
    plain = words.replace("−", "-").replace("," if lang == "en" else ".", "").replace(",", ".")
    return f"{share[1]}/{share[2]}" if share else plain


@pytest.mark.slow
def test_site_and_pdf_state_the_figures_of_the_report_in_every_language(small):
    issue(small)
    wanted = {name: value for name, value in kept(small).items() if name in (*MONEY, *SCOPE)}
    assert len(wanted) == 15
    call("site", "--today", packs.DAY, cwd=small)
    for lang in ("en", "fr", "nl"):
        call("pack", ID, "--lang", lang, "--today", packs.DAY, cwd=small)
        page = " ".join(text_of(small / f"dist/pdf/{ID}-{lang}.pdf")[1].split())
        html = (small / f"dist/site/packs/{ID}-{lang}/index.html").read_text(encoding="utf-8")
        cells = [
            " ".join(re.sub(r"<[^>]+>", "", cell).split())
            for cell in re.findall(r"<td.*?</td>", html, re.DOTALL)
        ]
        for name, value in wanted.items():
            label = html_words(MEASURES[name].label(lang))
            assert read_back(cells[cells.index(label) + 1], lang) == value, (lang, name)
            shown = re.search(re.escape(unescape(label)) + r" ([−\d.,]+(?: (?:of|sur|van) [\d.,]+)?)", page)
            assert shown is not None, (lang, name)
            assert read_back(shown[1], lang) == value, (lang, name)


def html_words(words):
    """Words as the site's HTML has them."""
    return escape(words, quote=False)


RISK = "## RSK-001 The highest\n\n```yaml {.artifact}\n"


@pytest.mark.parametrize(
    ("path", "find", "put", "arguments", "said"),
    [
        # Its readers may not see the only risk that is high, so to them nothing is amber.
        ("control.md", RISK, f"{RISK}classification: limited\n", [], "RP-RAG"),
        ("plan.md", "# Plan", "# Plan", ["--as-of", "2026-02-27"], "TIE-DAY"),
    ],
)
def test_a_report_is_judged_as_it_would_be_once_it_is_issued(small, path, find, put, arguments, said):
    assert find in packs.TEXTS[path]
    write(small / "docs_src", {path: packs.TEXTS[path].replace(find, put)})
    before = digests(small / "docs_src")
    done = call("pack", ID, "--issue", *arguments, "--today", packs.DAY, cwd=small, status=2)
    assert f"RPT-001 is not issued, and nothing was written ({said})" in done.err
    assert digests(small / "docs_src") == before
