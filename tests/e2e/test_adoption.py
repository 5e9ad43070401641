"""Repositories that were not made for Paraph are checked with settings and a schema, and nothing is written in them."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pipeline.kinds import build_catalogue, read_schemas
from tests.e2e.projects import BIN, ROOT, run

ADOPTED = ROOT / "tests" / "corpus" / "adopted"
EXAMPLE = ROOT / "examples" / "adopt-eips"
PROPOSALS = ROOT.parent / "shared" / "corpora" / "eips"

slow = pytest.mark.slow
with_proposals = pytest.mark.skipif(
    not PROPOSALS.is_dir(),
    reason="the improvement proposals are not there: shared/corpora/eips beside the repository",
)


def paraph(*arguments: str | Path, status: int = 1) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(run(BIN / "paraph", *arguments, cwd=ROOT, status=status).stdout)
    return result


def check(config: Path, root: Path, *more: str, status: int = 1) -> dict[str, Any]:
    command = ("check", "--root", root, "--config", config, "--no-prose", "--format", "json", *more)
    return paraph(*command, status=status)


def lines(report: dict[str, Any], root: Path) -> list[str]:
    """The findings as path, line, column, code and message, with paths below the root."""
    return [
        "{}:{line}:{column} {code} {message}".format(Path(item["path"]).relative_to(root), **item)
        for item in report["findings"]
    ]


def state(root: Path) -> dict[str, tuple[int, int]]:
    """What changes when anything below a folder is written, made or removed."""
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in (root, *root.rglob("*"))}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A copy of the invented repository, its settings beside it."""
    shutil.copytree(ADOPTED, tmp_path / "town", ignore=shutil.ignore_patterns(".paraph"))
    return tmp_path / "town"


@slow
def test_every_convention_of_an_adopted_repository_is_understood(town: Path):
    report = check(town / "paraph.toml", town / "repository")
    assert lines(report, town / "repository") == (ADOPTED / "expected.txt").read_text().splitlines()
    assert (report["documents"], report["artifacts"]) == (19, 16)


@slow
def test_the_links_of_an_adopted_repository_are_the_programmes(town: Path):
    exported = paraph("export", "json", "--config", town / "paraph.toml", "--no-prose", status=0)
    links = {item["path"]: [link["target"] for link in item["links"]] for item in exported["artifacts"]}
    assert links["notes/tin-2.md"] == ["TIN-1"], "one integer"
    assert links["notes/tin-3.md"] == ["TIN-1", "TIN-2"], "integers in one text"
    assert links["notes/tin-4.md"] == ["TIN-2"], "one integer in quotes"
    assert links["notes/tin-12.md"] == ["TIN-8"], "an integer of a field of integers"
    assert links["notes/tin-13.md"] == ["TIN-12", "TIN-980"], "a list of integers"
    assert links["surveys/depth.md"] == ["TIN-3", "TIN-5"], "IDs in a file beside the document"


@slow
def test_a_second_check_answers_the_same_and_sees_a_change_in_a_file_beside(town: Path):
    config, root = town / "paraph.toml", town / "repository"
    first = check(config, root)
    assert check(config, root)["findings"] == first["findings"]
    beside = root / "surveys/ice.yaml"
    beside.write_text(beside.read_text().replace("  - TIN-990\n", ""))
    left = check(config, root)
    assert set(lines(first, root)) - set(lines(left, root)) == {
        "surveys/ice.yaml:6:5 REF-DEAD covers names TIN-990, which does not exist"
    }


@slow
def test_nothing_is_written_in_a_repository_that_is_adopted(town: Path, tmp_path: Path):
    root = shutil.move(town / "repository", tmp_path / "foreign")
    before = state(root)
    check(town / "paraph.toml", root)
    assert state(root) == before
    assert (town / ".paraph").is_dir()


@slow
def test_a_title_that_is_too_long_and_has_a_colon_has_two_faults(town: Path):
    note = town / "repository/notes/tin-1.md"
    note.write_text(
        note.read_text().replace(
            "Mooring by the tide table", '"Mooring: by night, by day and at dusk, by the table"'
        )
    )
    report = check(town / "paraph.toml", town / "repository")
    assert sum(item["path"].endswith("tin-1.md") for item in report["findings"]) == 2


NOTE = build_catalogue(read_schemas([str(ROOT / "schemas"), str(ADOPTED / "schemas")])).kinds["note"].schema
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "tin": st.sampled_from([0, 1, "1"]),
    "title": st.sampled_from(["Ropes", "Ropes: old", "R" * 41]),
    "summary": st.sampled_from(["Of hemp", ""]),
    "talk-at": st.sampled_from(["https://tidewater.example/talk/1", "nowhere"]),
    "status": st.sampled_from(["Retired", "Trial", "retired", None]),
    "area": st.sampled_from(["Quay", "Shore"]),
    "opened": st.sampled_from(["2024-02-29", "2023-02-29"]),
    "requires": st.sampled_from([1, "1, 2", "1,", True]),
    "supersedes": st.sampled_from([1, [1, 2], ["1"]]),
    "retired-because": st.sampled_from(["Chains are used now", "", 1]),
    "other": st.just(1),
}


@given(st.fixed_dictionaries({}, optional=VALUES))
def test_conditions_mean_the_same_to_both_validators(fields: dict[str, Any]):
    reference = Draft202012Validator(NOTE, format_checker=Draft202012Validator.FORMAT_CHECKER)
    fast = jsonschema_rs.Draft202012Validator(NOTE, validate_formats=True)
    wanted = {(tuple(error.absolute_path), error.validator) for error in reference.iter_errors(fields)}
    found = {(tuple(error.instance_path), error.kind.name) for error in fast.iter_errors(fields)}
    assert found == wanted
    assert fast.is_valid(fields) is not wanted


def test_a_condition_asks_only_of_those_that_fit_it():
    fast = jsonschema_rs.Draft202012Validator(NOTE)
    note = {"tin": 1, "title": "Ropes", "summary": "Of hemp", "talk-at": "https://tidewater.example/talk/1"}
    note |= {"area": "Quay", "opened": "2024-02-29"}
    assert fast.is_valid({**note, "status": "Trial"})
    assert not fast.is_valid({**note, "status": "Retired"})
    assert fast.is_valid({**note, "status": "Retired", "retired-because": "Chains are used now"})


@pytest.fixture(scope="module")
def proposals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the example's own command finds in the improvement proposals."""
    before = state(PROPOSALS)
    folder = example(tmp_path_factory)
    (codes,) = set(re.findall(r"--select (\S+)", (EXAMPLE / "README.md").read_text()))
    report = check(folder / "paraph.toml", PROPOSALS, "--select", codes)
    assert state(PROPOSALS) == before
    return report


def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example") / "adopt-eips"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(".paraph"))
    return folder


def found(report: dict[str, Any], code: str) -> list[tuple[int, str]]:
    """The findings of a rule: the number of the proposal, and the message."""
    return [
        (int(re.sub(r"\D", "", Path(item["path"]).name)), item["message"])
        for item in report["findings"]
        if item["code"] == code
    ]


def kind_of_fault(message: str) -> str:
    """A message about a field, without the value that is in it."""
    message = re.sub(r"^title has \d+ characters.*", "title is too long", message, flags=re.DOTALL)
    return re.sub(r"^title: .* is ", "title is ", message, flags=re.DOTALL)


LESS_SETTLED = {
    (234, 1474), (2315, 3540), (2315, 3670), (2315, 4200), (7675, 4803), (7675, 7523), (7675, 7610), (7766, 7562),
    (7786, 7930), (7788, 7742), (7834, 3540), (7880, 7692), (7880, 7761), (7897, 6551), (7980, 7932), (8126, 3009),
    (8126, 8004),
}  # fmt: skip

FIELDS = {
    "the field 'description' is missing": 311,
    "the field 'discussions-to' is missing": 61,
    "the field 'withdrawal-reason' is missing": 22,
    "category: 'ERC' is not allowed": 611,
}
TITLES = {"title is too long": 79, "title is not written as it must be": 14}


@slow
@with_proposals
def test_all_proposals_and_what_they_require_are_read(tmp_path_factory: pytest.TempPathFactory):
    config = example(tmp_path_factory) / "paraph.toml"
    options = ("--root", PROPOSALS, "--config", config, "--no-prose")
    exported = paraph("export", "json", *options, status=0)
    known = {item["id"] for item in exported["artifacts"]}
    edges = [(item["id"], link["target"]) for item in exported["artifacts"] for link in item["links"]]
    assert len(exported["documents"]) == len(exported["artifacts"]) == len(known) == 1195
    assert len(edges) == len(set(edges)) == 1677
    assert all(target in known and target != source for source, target in edges)


@slow
@with_proposals
def test_proposals_that_require_each_other_are_two_cycles(proposals: dict[str, Any]):
    assert found(proposals, "REF-CYCLE") == [
        (2780, "requires comes back to EIP-2780: EIP-2780 -> EIP-8037 -> EIP-2780"),
        (4750, "requires comes back to EIP-4750: EIP-4750 -> EIP-5450 -> EIP-4750"),
    ]


@slow
@with_proposals
def test_proposals_that_require_a_less_settled_one_are_found(proposals: dict[str, Any]):
    edges = [
        (source, re.search(r"leads to EIP-(\d+)", text)) for source, text in found(proposals, "REF-DRAFT")
    ]
    assert sorted((source, int(match[1])) for source, match in edges if match) == sorted(LESS_SETTLED)


@slow
@with_proposals
def test_the_live_proposal_that_requires_a_withdrawn_one_is_found(proposals: dict[str, Any]):
    assert found(proposals, "REF-SUPER") == [(7568, "requires leads to EIP-2070, which is Withdrawn")]


@slow
@with_proposals
def test_the_fields_that_proposals_lack_are_counted(proposals: dict[str, Any]):
    counts = Counter(kind_of_fault(message) for _, message in found(proposals, "SCHEMA"))
    assert {message: count for message, count in counts.items() if message not in TITLES} == FIELDS


@slow
@with_proposals
def test_titles_of_proposals_are_counted_by_fault(proposals: dict[str, Any]):
    counts = Counter(kind_of_fault(message) for _, message in found(proposals, "SCHEMA"))
    assert {message: counts[message] for message in TITLES} == TITLES


@slow
@with_proposals
def test_proposals_have_no_other_findings(proposals: dict[str, Any]):
    codes = Counter(item["code"] for item in proposals["findings"])
    assert set(codes) == {"SCHEMA", "REF-CYCLE", "REF-DRAFT", "REF-SUPER"}
    assert (proposals["documents"], proposals["artifacts"]) == (1195, 1195)
