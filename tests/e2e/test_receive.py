"""What people sign in their PDF reader comes back: it is judged, proven, stored and entered, or nothing of it is."""

import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest

from pipeline.outputs import receiving
from pipeline.outputs.clerk import clerk_of, office
from pipeline.run import Options, load
from pipeline.settings import open_project
from pipeline.signoff.pdf.examine import examine
from tests.e2e.commands import call
from tests.e2e.scene import SIGNED, Scene, set_scene
from tests.e2e.signing import FILE, PDF, commit, committed, decide, issue
from tests.e2e.verapdf import breaches
from tests.pki.samples import trust_of
from tests.repositories import Repository

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with set_scene(tmp_path_factory.mktemp("scene"), Scene) as found:
        yield found


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, scene: Scene) -> Path:
    """The folder of a repository in which the deliverable was issued; it is copied, and never changed."""
    repository = committed(tmp_path_factory.mktemp("template"), scene.programme())
    decide(repository.folder, scene.keys.owner, "approve")
    commit(repository)
    issue(repository.folder, scene.keys.clerk)
    commit(repository)
    return repository.folder


@pytest.fixture
def issued(template: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    folder = tmp_path / "repository"
    shutil.copytree(template, folder)
    return folder


def entries(folder: Path, decision: str) -> list[dict[str, object]]:
    found = [json.loads(path.read_text()) for path in (folder / "approvals/DLV-001").glob("*.json")]
    return sorted(
        (entry for entry in found if entry["decision"] == decision), key=lambda item: str(item["role"])
    )


def standing(folder: Path):
    project = open_project(cwd=str(folder))
    programme = load(project, Options(prose=False, day="2026-11-27")).programme
    return programme.standings["DLV-001"]


def state(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of the ledger."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in (folder / "approvals").rglob("*")
        if path.is_file()
    }


def test_two_sign_one_after_the_other_one_of_them_by_a_deputy_and_it_is_approved(
    scene: Scene, issued: Path, tmp_path: Path
):
    first = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director")
    done = scene.receive(issued, first)
    assert "An Peeters signed DLV-001 1.0 as Director" in done.out
    assert f"Still to sign: Chief information officer. Give them {SIGNED}, which is the newest." in done.out
    second = scene.signed(
        issued / SIGNED, tmp_path / "mail/b.pdf", scene.pki.analyst, "Chief information officer", "B-T"
    )
    assert standing(issued).missing == ("Chief information officer",)
    done = scene.receive(issued, second, "--role", "chief information officer")
    assert "Sofie Janssens signed, for PTY-004, DLV-001 1.0 as Chief information officer" in done.out
    assert "All have signed: DLV-001 1.0 is approved, and with it what it holds." in done.out
    assert standing(issued).approved
    stored = (issued / SIGNED).read_bytes()
    assert stored.startswith((issued / PDF).read_bytes())
    assert [mark.level for mark in examine(issued / SIGNED, trust_of(scene.pki)).signatures] == ["B-LTA"] * 2
    for profile in ("3a", "ua1"):
        assert breaches(profile, [issued / SIGNED]) == {"DLV-001-1.0.signed.pdf": []}
    assert "rebuild.same" in call("verify", issued / SIGNED, "--rebuild", cwd=issued, status=3).out


def test_the_entry_has_the_clerk_s_signature_and_the_pdf_s_as_evidence(
    scene: Scene, issued: Path, tmp_path: Path
):
    file = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director", "B-T")
    scene.receive(issued, file)
    (entry,) = entries(issued, "receive")
    (before,) = entries(issued, "issue")
    assert (entry["party"], entry["role"]) == ("PTY-002", "Director")
    assert {key: entry[key] for key in ("version", "content", "holds")} == {
        key: before[key] for key in ("version", "content", "holds")
    }
    evidence = dict(entry["evidence"])
    assert evidence.pop("signed")[:4] == "2026"
    assert evidence == {
        "bytes": file.stat().st_size,
        "certificate": scene.pki.director.fingerprint,
        "field": "Signature_1_director",
        "file": "DLV-001-1.0.signed.pdf",
        "level": "B-LTA",
        "received": sha256(file.read_bytes()).hexdigest(),
        "sha256": sha256((issued / SIGNED).read_bytes()).hexdigest(),
        "signer": "PTY-003",
        "size": (issued / SIGNED).stat().st_size,
        "who": "An Peeters",
    }


def test_the_same_file_a_second_time_changes_nothing(scene: Scene, issued: Path, tmp_path: Path):
    file = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director")
    scene.receive(issued, file)
    before = state(issued)
    assert "this signature was taken back already" in scene.receive(issued, file).out
    assert "this signature was taken back already" in scene.receive(issued, issued / SIGNED).out
    assert state(issued) == before


def test_of_two_who_signed_copies_at_once_the_second_is_told_and_nothing_is_lost(
    scene: Scene, issued: Path, tmp_path: Path
):
    one = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director")
    other = scene.signed(
        issued / PDF, tmp_path / "mail/b.pdf", scene.pki.officer, "Chief information officer"
    )
    scene.receive(issued, one)
    before, theirs = state(issued), other.read_bytes()
    done = scene.receive(issued, other, status=1)
    assert (
        "signed by Luc Dubois (Chief information officer), is no update of the file that was taken back"
        in done.err
    )
    assert "it lacks the signature of An Peeters (Director)" in done.err
    assert "nothing is lost, both files stay as they are: have the newest signed" in done.err
    assert SIGNED in done.err
    assert state(issued) == before
    assert other.read_bytes() == theirs
    again = scene.signed(
        issued / SIGNED, tmp_path / "mail/c.pdf", scene.pki.officer, "Chief information officer"
    )
    scene.receive(issued, again)
    assert standing(issued).approved


def test_one_may_sign_what_another_handed_on_before_it_was_taken_back(
    scene: Scene, issued: Path, tmp_path: Path
):
    one = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director")
    both = scene.signed(one, tmp_path / "mail/b.pdf", scene.pki.officer, "Chief information officer")
    scene.receive(issued, one)
    scene.receive(issued, both)
    assert standing(issued).approved
    assert len(examine(issued / SIGNED, trust_of(scene.pki)).signatures) == 2


def test_both_at_once_are_two_entries(scene: Scene, issued: Path, tmp_path: Path):
    one = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director")
    both = scene.signed(one, tmp_path / "mail/b.pdf", scene.pki.officer, "Chief information officer")
    done = scene.receive(issued, both)
    assert done.out.count(" signed DLV-001 1.0 as ") == 2
    assert [entry["role"] for entry in entries(issued, "receive")] == [
        "Chief information officer",
        "Director",
    ]
    assert standing(issued).approved


def rewritten(file: Path) -> None:
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.save(file)


def flipped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 1
    file.write_bytes(bytes(data))


def test_what_is_no_update_of_what_was_issued_is_not_taken(scene: Scene, issued: Path, tmp_path: Path):
    before = state(issued)
    for change in (rewritten, flipped):
        file = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director")
        change(file)
        done = scene.receive(issued, file, status=1)
        assert "does not begin with DLV-001 1.0 as it was issued" in done.err, change
    unsigned = tmp_path / "unsigned.pdf"
    shutil.copy(issued / PDF, unsigned)
    assert "nobody signed the document" in scene.receive(issued, unsigned, status=1).err
    unsigned.write_bytes(b"no PDF")
    assert "is no PDF" in scene.receive(issued, unsigned, status=2).err
    assert state(issued) == before


def test_who_may_not_sign_so_is_not_taken(scene: Scene, issued: Path, tmp_path: Path):
    before = state(issued)
    stranger = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.deputy, "Director")
    done = scene.receive(issued, stranger, status=1)
    assert f"signed belongs to no party: {scene.pki.deputy.fingerprint}" in done.err
    other = scene.signed(issued / PDF, tmp_path / "mail/b.pdf", scene.pki.analyst, "Director")
    done = scene.receive(issued, other, status=1)
    assert "the signature of Sofie Janssens does not count: PTY-005 has no mandate as" in done.err
    right = scene.signed(issued / PDF, tmp_path / "mail/c.pdf", scene.pki.director, "Director")
    done = scene.receive(issued, right, "--role", "Chief information officer", status=1)
    assert "An Peeters signed as Director, not as Chief information officer" in done.err
    assert state(issued) == before


def test_without_trust_or_timestamp_it_says_what_is_missing(scene: Scene, issued: Path, tmp_path: Path):
    file = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director")
    before = state(issued)
    done = call("receive", file, "--key", scene.keys.clerk, cwd=issued, status=1)
    assert "certificate.untrusted" in done.err
    assert "--trust" in done.err
    done = call("receive", file, "--key", scene.keys.clerk, *scene.trust, cwd=issued, status=2)
    assert "name a timestamp authority with --tsa" in done.err
    assert state(issued) == before


def test_where_an_entry_cannot_be_written_nothing_is_taken(
    scene: Scene, issued: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    one = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director")
    both = scene.signed(one, tmp_path / "mail/b.pdf", scene.pki.officer, "Chief information officer")
    before, real, calls = state(issued), receiving.Office.enter, []

    def second_fails(*given):
        calls.append(given)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return real(*given)

    monkeypatch.setattr(receiving.Office, "enter", second_fails)
    assert "No space left" in scene.receive(issued, both, status=2).err
    assert state(issued) == before


def test_one_that_was_killed_before_it_entered_a_signature_is_made_good(
    scene: Scene, issued: Path, tmp_path: Path
):
    one = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director")
    # As it is left by a run that was killed between the two.
    shutil.copy(one, issued / SIGNED)
    scene.receive(issued, one)
    second = scene.signed(
        issued / SIGNED, tmp_path / "mail/b.pdf", scene.pki.officer, "Chief information officer"
    )
    shutil.copy(second, issued / SIGNED)
    scene.receive(issued, second)
    assert standing(issued).approved


@pytest.mark.parametrize("manner", ["hang", "rubbish", "other-digest", "fail"])
def test_a_timestamp_authority_that_answers_wrong_takes_nothing_and_loses_nothing(
    scene: Scene, issued: Path, tmp_path: Path, manner: str
):
    file = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director")
    before = state(issued)
    scene.authority.manner = manner
    try:
        done = scene.receive(issued, file, "--timeout", "1", status=2)
    finally:
        scene.authority.manner = "honest"
    assert "timestamp" in done.err
    assert state(issued) == before


def test_where_two_clones_issued_it_the_pdf_that_was_merged_counts(
    scene: Scene, issued: Path, tmp_path: Path
):
    project = open_project(cwd=str(issued))
    loaded = load(project, Options(prose=False, day="2026-11-27"))
    at = office(project, loaded.programme)
    artifact = loaded.programme.artifacts["DLV-001"]
    clerk = clerk_of(at, str(scene.keys.clerk))
    theirs = {"audience": "internal", "file": "DLV-001-1.0.pdf", "roles": ["Director"], "sha256": "0" * 64}
    at.enter(at.entry(artifact, clerk, "issue", "Secretary", theirs), clerk)
    assert "was issued already" in issue(issued, scene.keys.clerk).out
    file = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director")
    assert "Still to sign: Chief information officer." in scene.receive(issued, file).out


def test_a_refusal_stands_with_its_reason_until_the_role_signs_after_all(
    scene: Scene, issued: Path, tmp_path: Path
):
    given = ("--reason", "The price is missing.", "--key", scene.keys.clerk)
    done = call("refuse", "DLV-001", "--role", "Owner", *given, cwd=issued, status=2)
    assert "Owner does not sign on DLV-001 1.0" in done.err
    assert "on it sign: Director, Chief information officer" in done.err
    done = call("refuse", "DLV-001", "--role", "director", *given, cwd=issued)
    assert "Director refuses to sign DLV-001 1.0: The price is missing." in done.out
    assert [vote.role for vote in standing(issued).rejected] == ["Director"]
    file = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director")
    scene.receive(issued, file)
    assert standing(issued).rejected == ()


def test_a_change_after_the_approval_is_found_and_takes_it_away(scene: Scene, issued: Path, tmp_path: Path):
    one = scene.signed(issued / PDF, tmp_path / "mail/a.pdf", scene.pki.director, "Director")
    scene.receive(
        issued, scene.signed(one, tmp_path / "mail/b.pdf", scene.pki.officer, "Chief information officer")
    )
    repository = Repository(issued)
    commit(repository)
    approved = standing(issued)
    held = issued / "docs_src/requirements.md"
    held.write_text(held.read_text().replace("within 2 seconds.", "within 20 seconds."))
    changed = standing(issued)
    assert (approved.approved, changed.approved) == (True, False)
    assert changed.missing == ("Business owner", "Director", "Chief information officer")
    repository.git("checkout", "--", "docs_src")
    assert standing(issued).approved
    file = issued / FILE
    file.write_text(file.read_text().replace('version: "1.0"', 'version: "1.1"'))
    assert not standing(issued).approved
