"""`paraph verify`: one verdict on what was signed and released, by what is trusted from outside."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema
import msgspec
import pytest

from pipeline.ledger.append import append
from pipeline.model import Entry
from tests.e2e.commands import Done, call
from tests.e2e.scene import SIGNED, Scene, set_scene
from tests.e2e.signing import PDF, commit, committed, decide, issue
from tests.pki.certificates import NATIONAL_NUMBER, Pki
from tests.tamper.pdf import TAMPERINGS, rolled_back

pytestmark = pytest.mark.slow

# What the record tells of a tampering besides.
MORE = {
    "rewritten": ("file.base",),
    "signature_taken_out": ("signature.missing",),
    "fields_taken_out": ("signature.missing",),
}
SCHEMA = json.loads((Path(__file__).parents[2] / "schemas/reports/verdict.schema.json").read_text("utf-8"))


class Case(Scene):
    """People, authorities, keys that are trusted, and a repository in which all have signed."""

    def __init__(self, folder: Path, authority, pki: Pki) -> None:
        super().__init__(folder, authority, pki)
        self.outside = folder
        self.signers = folder / "allowed_signers"
        lines = [f"PTY-001 {public(self.keys.owner)}", f"PTY-002 {public(self.keys.clerk)}"]
        self.signers.write_text("\n".join(lines) + "\n")

    def verify(self, folder: Path, path: str | Path, *more: str | Path, status: int | None = 0) -> Done:
        """Verify by all that is trusted and the record of the repository in `folder`."""
        given = ("--record", folder / "approvals", "--signers", self.signers, *self.trust)
        return call("verify", path, *given, *more, cwd=self.outside, status=status)


def public(key: Path, options: str = 'namespaces="paraph"') -> str:
    return f"{options} {key.with_suffix('.pub').read_text().strip()}"


def codes(done: Done) -> list[str]:
    """All codes of the only verdict, sorted."""
    report = json.loads(done.out)
    jsonschema.validate(report, SCHEMA)
    (verdict,) = report["verdicts"]
    return sorted(reason["code"] for reason in (*verdict["reasons"], *verdict["unknown"]))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with set_scene(tmp_path_factory.mktemp("verifying"), Case) as found:
        yield found


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory, case: Case) -> Path:
    """A repository whose deliverable was issued, signed by two and taken back; it is copied, and never changed."""
    repository = committed(tmp_path_factory.mktemp("signed"), case.programme())
    folder, mail = repository.folder, tmp_path_factory.mktemp("mail")
    decide(folder, case.keys.owner, "approve")
    commit(repository)
    issue(folder, case.keys.clerk)
    case.receive(folder, case.signed(folder / PDF, mail / "a.pdf", case.pki.director, "Director"))
    role = "Chief information officer"
    case.receive(folder, case.signed(folder / SIGNED, mail / "b.pdf", case.pki.officer, role))
    commit(repository)
    return folder


@pytest.fixture
def copy(signed: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    shutil.copytree(signed, folder)
    return folder


def test_what_all_signed_is_valid_and_says_by_whom(case: Case, signed: Path):
    done = case.verify(signed, signed / SIGNED)
    assert done.out.splitlines()[0] == f"{signed / SIGNED}: VALID"
    assert "  document: DLV-001 1.0, internal" in done.out
    assert "  signed: Director, An Peeters, " in done.out
    assert "B-LTA, certifies the document" in done.out
    assert "  record: issued as Secretary by Bo Unreal (PTY-002), " in done.out
    assert "  record: signed as Director by An Peeters, taken back by Bo Unreal (PTY-002), " in done.out
    # The number on the card is shown nowhere.
    assert NATIONAL_NUMBER not in done.out


def test_it_is_proven_from_its_own_sources(case: Case, signed: Path):
    done = case.verify(signed, signed / SIGNED, "--rebuild")
    assert "(rebuild.same)" in done.out


def test_json_says_the_same(case: Case, signed: Path):
    done = case.verify(signed, signed / SIGNED, "--format", "json")
    assert codes(done) == []
    (verdict,) = json.loads(done.out)["verdicts"]
    assert [item["role"] for item in verdict["signatures"]] == ["Director", "Chief information officer"]
    assert [item["decision"] for item in verdict["entries"]] == ["approve", "issue", "receive", "receive"]


def test_without_the_record_it_is_incomplete(case: Case, signed: Path):
    done = call("verify", signed / SIGNED, *case.trust, cwd=case.outside, status=3)
    assert "INCOMPLETE" in done.out
    assert "(record.missing)" in done.out
    assert "help: name it with --record" in done.out


def test_where_nobody_is_trusted_it_is_incomplete(case: Case, signed: Path):
    done = call("verify", signed / SIGNED, cwd=case.outside, status=3)
    assert "help: name the certificates of the authorities that you trust with --trust" in done.out


def test_without_trusted_keys_it_is_incomplete(case: Case, signed: Path):
    given = ("--record", signed, "--format", "json", *case.trust)
    assert codes(call("verify", signed / SIGNED, *given, cwd=case.outside, status=3)) == ["record.untrusted"]


def test_what_was_issued_and_nobody_signed_is_incomplete(case: Case, signed: Path, tmp_path: Path):
    record = tmp_path / "approvals/DLV-001"
    record.mkdir(parents=True)
    for path in (signed / "approvals/DLV-001").glob("*.json*"):
        if json.loads(path.with_suffix("").with_suffix(".json").read_text())["decision"] != "receive":
            shutil.copy(path, record)
    given = ("--record", record, "--signers", case.signers, "--format", "json", *case.trust)
    assert codes(call("verify", signed / PDF, *given, cwd=case.outside, status=3)) == ["signature.none"]


def test_a_folder_gives_a_verdict_on_each_document(case: Case, signed: Path):
    done = case.verify(signed, signed / "approvals", status=1)
    assert [line.rpartition(": ")[2] for line in done.out.splitlines() if not line.startswith(" ")] == [
        "NOT VALID",
        "VALID",
    ]


def tampered(folder: Path, change: Callable[[dict], None], decision: str) -> Path:
    """Change an entry of a decision, and give its file."""
    for path in sorted((folder / "approvals/DLV-001").glob("*.json")):
        entry = json.loads(path.read_text())
        if entry["decision"] == decision:
            change(entry)
            path.write_text(json.dumps(entry, indent=2, sort_keys=True) + "\n")
            return path
    raise AssertionError(decision)


def removed(folder: Path, decision: str) -> None:
    """Remove the last entry of a decision."""
    paths = [
        path
        for path in (folder / "approvals/DLV-001").glob("*.json")
        if json.loads(path.read_text())["decision"] == decision
    ]
    path = max(paths, key=lambda item: json.loads(item.read_text())["date"])
    path.with_suffix(".json.sig").unlink()
    path.unlink()


def test_a_signature_that_was_taken_out_is_told_from_the_record(case: Case, copy: Path):
    path = copy / SIGNED
    path.write_bytes(rolled_back(path.read_bytes()))
    assert "signature.missing" in codes(case.verify(copy, path, "--format", "json", status=1))


def test_an_entry_that_was_edited_is_told(case: Case, copy: Path):
    tampered(copy, lambda entry: entry.update(name="Somebody Else"), "approve")
    assert "ledger.altered" in codes(case.verify(copy, copy / SIGNED, "--format", "json", status=1))


def test_an_entry_of_another_document_is_told(case: Case, copy: Path):
    (copy / "approvals/DLV-001").rename(copy / "approvals/DLV-002")
    record = copy / "approvals/DLV-001"
    shutil.copytree(copy / "approvals/DLV-002", record)
    for path in record.glob("*.json"):
        entry = json.loads(path.read_text())
        if entry["decision"] == "approve":
            forged = re_entered(copy, case, entry)
    shutil.rmtree(copy / "approvals/DLV-002")
    shutil.copy(forged, record)
    shutil.copy(f"{forged}.sig", record)
    assert "ledger.replayed" in codes(case.verify(copy, copy / SIGNED, "--format", "json", status=1))


def re_entered(folder: Path, case: Case, entry: dict) -> Path:
    """The same decision, honestly entered in the ledger of another document."""
    other = msgspec.convert({**entry, "artifact": "DLV-009", "heads": []}, Entry)
    return Path(append(str(folder / "elsewhere"), other, str(case.keys.owner)))


def test_a_ledger_that_was_cut_off_in_the_middle_is_told(case: Case, copy: Path):
    removed(copy, "issue")
    found = codes(case.verify(copy, copy / SIGNED, "--format", "json", status=1))
    assert found == ["ledger.cut", "ledger.not-issued"]


def test_a_ledger_without_its_last_entry_shows_a_signature_that_nobody_took_back(case: Case, copy: Path):
    removed(copy, "receive")
    assert codes(case.verify(copy, copy / SIGNED, "--format", "json", status=1)) == ["signature.unexpected"]


def test_an_entry_of_a_key_that_is_not_trusted_is_told(case: Case, signed: Path, tmp_path: Path):
    keys = tmp_path / "keys"
    keys.write_text(f"PTY-002 {public(case.keys.clerk)}\n")
    given = ("--record", signed, "--signers", keys, "--format", "json", *case.trust)
    found = codes(call("verify", signed / SIGNED, *given, cwd=case.outside, status=1))
    assert found == ["ledger.stranger"]


def test_a_key_that_was_trusted_only_later_is_told(case: Case, signed: Path, tmp_path: Path):
    keys = tmp_path / "keys"
    late = public(case.keys.owner, 'namespaces="paraph",valid-after="20991231"')
    keys.write_text(f"PTY-002 {public(case.keys.clerk)}\nPTY-001 {late}\n")
    given = ("--record", signed, "--signers", keys, "--format", "json", *case.trust)
    found = codes(call("verify", signed / SIGNED, *given, cwd=case.outside, status=1))
    assert found == ["ledger.stranger"]


def test_a_draft_of_the_same_version_was_not_issued(case: Case, copy: Path, tmp_path: Path):
    other = tmp_path / "draft.pdf"
    call("pdf", "DLV-001", "--out", other, cwd=copy)
    found = codes(case.verify(copy, other, "--format", "json", status=1))
    assert "file.base" in found


def test_what_is_trusted_must_lie_outside(case: Case, copy: Path):
    inner = copy / "approvals/allowed_signers"
    shutil.copy(case.signers, inner)
    given = ("--record", copy / "approvals", "--signers", inner)
    done = call("verify", copy / SIGNED, *given, cwd=case.outside, status=2)
    assert "which is to be verified by it" in done.err


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Dear colleague", "file.no-pdf"),
        (b"%PDF-1.7\n1 0 obj\n", "file.cut-off"),
        (b"%PDF-1.7\n%%EOF\n", "file.unreadable"),
    ],
)
def test_what_is_no_signed_pdf_is_told(case: Case, signed: Path, tmp_path: Path, content: bytes, code: str):
    path = tmp_path / "some.pdf"
    path.write_bytes(content)
    assert codes(case.verify(signed, path, "--format", "json", status=1)) == [code]


def test_what_is_too_large_is_not_read(case: Case, signed: Path, tmp_path: Path):
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)
    assert codes(case.verify(signed, path, "--format", "json", status=1)) == ["file.large"]


def test_what_is_not_there_is_told(case: Case, signed: Path, tmp_path: Path):
    done = call("verify", tmp_path / "none.pdf", cwd=case.outside, status=2)
    assert f"there is no {tmp_path / 'none.pdf'}" in done.err
    (tmp_path / "empty").mkdir()
    done = call("verify", tmp_path / "empty", cwd=case.outside, status=2)
    assert "holds no PDF and no release" in done.err
    done = call("verify", signed / SIGNED, "--record", tmp_path / "empty", cwd=case.outside, status=2)
    assert "holds no ledger" in done.err


def test_the_record_of_a_refusal_speaks_against_it(case: Case, copy: Path):
    call(
        "refuse",
        "DLV-001",
        "--role",
        "Director",
        "--reason",
        "The price is wrong.",
        "--key",
        case.keys.clerk,
        cwd=copy,
    )
    found = codes(case.verify(copy, copy / SIGNED, "--format", "json", status=1))
    assert found == ["ledger.refused"]


def test_every_tampering_with_a_file_is_refused_by_its_codes(case: Case, signed: Path, tmp_path: Path):
    content, folder = (signed / SIGNED).read_bytes(), tmp_path / "forged"
    folder.mkdir()
    for name, tampering in TAMPERINGS.items():
        (folder / f"{name}.pdf").write_bytes(tampering.act(content))
    report = json.loads(case.verify(signed, folder, "--format", "json", status=1).out)
    found = {Path(item["path"]).stem: item for item in report["verdicts"]}
    assert {item["verdict"] for item in found.values()} == {"invalid"}
    told = {name: tuple(sorted(reason["code"] for reason in item["reasons"])) for name, item in found.items()}
    assert len(told) >= 25
    assert told == {
        name: tuple(sorted((*tampering.codes, *MORE.get(name, ())))) for name, tampering in TAMPERINGS.items()
    }
