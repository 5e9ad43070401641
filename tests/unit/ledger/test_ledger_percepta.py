"""The committed ledgers are what the script makes of the documents, and what they say of PERCEPTA."""

from pathlib import Path

import pytest

from pipeline.run import Options, load
from pipeline.settings import open_project
from tests.keys.corpus import CASES
from tests.keys.ledger import CORPUS, ROOT, make, of_percepta

pytestmark = pytest.mark.slow


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.glob("*/*"))
        if path.name.endswith((".json", ".sig"))
    }


@pytest.fixture(scope="module")
def project():
    return open_project(cwd=str(ROOT))


def test_the_committed_ledger_is_what_the_script_makes(project, tmp_path):
    make(project, of_percepta(project), tmp_path)
    assert files(ROOT / "approvals") == files(tmp_path), (
        "a document has changed: `make ledger`, and commit approvals/"
    )


@pytest.mark.parametrize("name", CASES)
def test_the_ledgers_of_the_corpus_are_too(name, tmp_path):
    case = CASES[name]
    of_case = open_project("paraph.toml", cwd=str(CORPUS / name))
    case.tamper(make(of_case, case.decided, tmp_path))
    assert files(CORPUS / name / "approvals") == files(tmp_path), "`make ledger` makes them anew"


def test_percepta_shows_each_sort_of_decision(project):
    programme = load(project, Options(prose=False)).programme
    standings = programme.standings
    settled = [item for item in standings.values() if programme.artifacts[item.id].status == "approved"]
    assert len(settled) > 50
    assert [item.id for item in settled if not item.approved] == []
    entries = {item.digest: item.entry for ledger in programme.ledgers.values() for item in ledger.entries}
    rejected = next(entry for entry in entries.values() if entry.decision == "reject")
    assert (rejected.artifact, rejected.version) == ("REQ-111", "1.0")
    assert standings["REQ-111"].version == "1.1"
    assert [entry.on_behalf for entry in entries.values() if entry.on_behalf] == ["PTY-002"]
    assert [item.id for item in settled if item.conditions] == ["REQ-114"]
    assert all(ledger.faults == () for ledger in programme.ledgers.values())
