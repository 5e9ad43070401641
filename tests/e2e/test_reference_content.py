"""What the reference programme must hold to be believed: enough of each kind, real texts, figures that agree."""

import hashlib
import re
import statistics
from collections import Counter
from decimal import Decimal
from functools import cache
from itertools import combinations

import pytest

from pipeline.model import Artifact, Programme
from tests.e2e.projects import ROOT
from tests.support import programme_in

SOURCES = ROOT / "docs_src"
BLOCK = re.compile(r"^```yaml \{\.(?:artifact|view)\}\n.*?^```$", re.MULTILINE | re.DOTALL)
COMMUNICATION = re.compile(r"\+\+\+(\d{3})/(\d{4})/(\d{5})\+\+\+")
# The one that REQ-104 gives as an example of what is refused.
REFUSED = "+++202/6004/71194+++"
MONEY = ("bac", "commitment", "liquidation", "invoiced", "paid", "pv", "ev", "ac", "etc")


@cache
def programme() -> Programme:
    return programme_in(str(SOURCES))[0]


def kind(name: str) -> list[Artifact]:
    return [artifact for artifact in programme().artifacts.values() if artifact.kind == name]


def targets(artifact: Artifact, role: str) -> list[str]:
    return [link.target for link in artifact.links if link.role == role]


@cache
def body(artifact_id: str) -> str:
    """The text of an artifact, without headings, header, blocks of fields, and views."""
    artifact = programme().artifacts[artifact_id]
    lines = (SOURCES / artifact.path).read_text(encoding="utf-8").split("\n")
    text = BLOCK.sub("", "\n".join(lines[artifact.body - 1 : artifact.end]))
    return re.sub(r"^#.*$", "", text, flags=re.MULTILINE)


def words(text: str) -> list[str]:
    return re.findall(r"\w[\w'’.,/-]*", text)


def shingles(text: str) -> set[tuple[str, ...]]:
    found = [word.lower().strip(".,") for word in words(text)]
    return {tuple(found[at : at + 5]) for at in range(len(found) - 4)}


def alike(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """The share of runs of five words that two texts have in common, of those that either has (Jaccard)."""
    return len(one & other) / len(one | other) if one | other else 0.0


def check_digits(first: str) -> str:
    """The last two digits of a structured communication: the first ten modulo 97, or 97 where that is 0."""
    return f"{int(first) % 97 or 97:02}"


def test_it_has_three_hundred_artifacts_and_each_kind():
    assert len(programme().artifacts) >= 300
    assert {artifact.kind for artifact in programme().artifacts.values()} == set(programme().kinds)


def test_half_of_the_texts_have_at_least_120_words():
    assert statistics.median(len(words(body(name))) for name in programme().artifacts) >= 120


def test_no_two_texts_are_nearly_the_same():
    runs = {name: shingles(body(name)) for name in programme().artifacts}
    pairs = combinations(runs, 2)
    assert [(a, b) for a, b in pairs if runs[a] & runs[b] and alike(runs[a], runs[b]) >= 0.5] == []


def test_texts_that_are_nearly_the_same_would_be_told():
    text = "the system shall book the receipt on the day on which the bank reports the receipt to the Agency"
    assert alike(shingles(text), shingles(text.replace("Agency", "office"))) > 0.5
    assert alike(shingles(text), shingles("a plan of which the instalments add up to the balance")) == 0


def test_french_dutch_and_german_are_written_as_well():
    languages = Counter(artifact.lang for artifact in programme().artifacts.values())
    whole = sum(languages.values())
    assert 0.55 <= languages["en"] / whole <= 0.70
    assert languages["fr"] / whole >= 0.15
    assert languages["nl"] / whole >= 0.12
    assert languages["de"] >= 2


def test_every_structured_communication_is_valid_but_the_one_that_is_refused():
    wrong, found = set(), 0
    for path in SOURCES.rglob("*.md"):
        for match in COMMUNICATION.finditer(path.read_text(encoding="utf-8")):
            digits, found = "".join(match.groups()), found + 1
            if digits[10:] != check_digits(digits[:10]):
                wrong.add(match.group())
    assert found >= 15
    assert wrong == {REFUSED}


@pytest.mark.parametrize(
    ("first", "last"), [("2026004711", "49"), ("2026110004", "97"), ("0904127733", "45")]
)
def test_check_digits(first: str, last: str):
    assert check_digits(first) == last


def amount(artifact: Artifact, field: str) -> Decimal:
    return Decimal(artifact.fields[field])


def test_a_budget_is_the_sum_of_its_parts_in_each_figure():
    for budget in kind("budget"):
        money = kind("budget") + kind("budget-line")
        parts = [part for part in money if budget.id in targets(part, "part_of")]
        assert parts
        for field in MONEY:
            assert sum(amount(part, field) for part in parts) == amount(budget, field), (budget.id, field)
        changes = sum(Decimal(change["amount"]) for change in budget.fields.get("changes", ()))
        assert amount(budget, "original_bac") + changes == amount(budget, "bac")


def test_nothing_is_paid_before_it_is_invoiced_nor_invoiced_before_it_is_committed():
    for line in kind("budget-line"):
        flow = [amount(line, field) for field in ("paid", "liquidation", "invoiced", "commitment")]
        assert flow == sorted(flow), line.id


def test_what_is_left_of_the_reserve_is_what_decisions_did_not_draw():
    reserves = [budget.fields["reserve"] for budget in kind("budget") if "reserve" in budget.fields]
    assert len(reserves) == 1
    drawn = sum(Decimal(draw["amount"]) for draw in reserves[0]["drawdowns"])
    assert Decimal(reserves[0]["opening"]) - drawn == Decimal(reserves[0]["left"])
    assert {programme().artifacts[draw["by"]].status for draw in reserves[0]["drawdowns"]} == {"taken"}


def test_the_costs_of_the_business_case_are_the_original_budget():
    case = kind("business-case")[0]
    costs = sum(Decimal(cost["amount"]) for cost in case.fields["costs"])
    assert costs == amount(programme().artifacts["BUD-001"], "original_bac")


def test_evidence_has_the_digest_that_is_stated():
    seen = 0
    for artifact in kind("test-run") + kind("validation"):
        for piece in artifact.fields.get("evidence", ()):
            file = (SOURCES / artifact.path).parent / piece["file"]
            assert hashlib.sha256(file.read_bytes()).hexdigest() == piece["sha256"], piece["file"]
            seen += 1
    assert seen >= 9


def test_each_criterion_of_a_requirement_that_counts_is_covered_by_a_test_case():
    covered = {name for case in kind("test-case") for name in case.fields.get("criteria", ())}
    for requirement in kind("requirement"):
        if requirement.status != "superseded":
            criteria = {f"{requirement.id}/{one['id']}" for one in requirement.fields["acceptance_criteria"]}
            assert criteria <= covered


def test_there_is_trouble_and_what_came_of_it():
    failed = [run.id for run in kind("test-run") if run.fields["verdict"] == "fail"]
    assert len(failed) >= 2
    assert set(failed) <= {name for defect in kind("defect") for name in targets(defect, "found_by")}
    slipped = [stone.id for stone in kind("milestone") if stone.fields["forecast"] > stone.fields["baseline"]]
    exceptions = [report for report in kind("report") if report.fields["type"] == "exception"]
    reported = {name for report in exceptions for name in targets(report, "covers")}
    assert {"MS-004", "MS-007"} <= reported & set(slipped)
    assert [change for change in kind("change-request") if change.status == "rejected"]
    open_ones = [comment for comment in kind("review-comment") if comment.status == "open"]
    disputed = [name for comment in open_ones for name in targets(comment, "on")]
    assert disputed.count("REQ-118") >= 2
