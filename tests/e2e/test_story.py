"""A deliverable from its authors to the auditor: refused once, changed, signed by people who never touch git."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.e2e.commands import call
from tests.e2e.projects import run
from tests.e2e.signing import FILE, PDF, committed, decide, issue
from tests.e2e.test_verify import Case, case
from tests.repositories import Repository

__all__ = ["case"]
pytestmark = pytest.mark.slow

NEXT = PDF.replace("1.0", "1.1")
SIGNED = NEXT.replace(".pdf", ".signed.pdf")
OFFICER = "Chief information officer"
STATEMENT = "When a payment is received, the system shall recalculate the plan within 2 seconds."


def commit(repository: Repository, author: str, words: str) -> None:
    """Commit everything under the name of an author."""
    repository.git("add", "--all")
    name = ("-c", f"user.name={author}", "-c", f"user.email={author.split()[0].lower()}@example.invalid")
    repository.git(*name, "commit", "--quiet", f"--message={words}")


def edit(path: Path, pattern: str, words: str) -> None:
    """Replace what a pattern finds in a file, once."""
    text, count = re.subn(pattern, words, path.read_text("utf-8"), count=1)
    assert count == 1
    path.write_text(text, "utf-8")


def test_from_the_authors_to_the_auditor(case: Case, tmp_path: Path):
    mail = tmp_path / "mail"
    folder = tmp_path / "programme"
    folder.mkdir()
    repository = committed(folder, case.programme())

    # The owner of the business approves in git; it is issued. The director reads it in her mail, and refuses.
    decide(folder, case.keys.owner, "approve")
    commit(repository, "Ann Unreal", "Approves the requirements.")
    issue(folder, case.keys.clerk)
    commit(repository, "Bo Unreal", "Issues them.")
    reason = "Lot 1 says nothing on refunds."
    refused = ("--role", "Director", "--reason", reason, "--key", case.keys.clerk)
    assert reason in call("refuse", "DLV-001", *refused, cwd=folder).out
    commit(repository, "Bo Unreal", "Records the refusal.")
    assert reason in call("approvals", "DLV-001", cwd=folder, status=None).out

    # Two authors bring a new version; it takes the same way.
    edit(folder / FILE, r'version: "1\.0"', 'version: "1.1"')
    commit(repository, "Cy Unreal", "Begins version 1.1.")
    edit(folder / FILE, r"What lot 1 does\.", "What lot 1 does. Refunds come with lot 2.")
    commit(repository, "Di Unreal", "Says what lot 1 leaves out.")
    decide(folder, case.keys.owner, "approve")
    commit(repository, "Ann Unreal", "Approves version 1.1.")
    issue(folder, case.keys.clerk)
    commit(repository, "Bo Unreal", "Issues version 1.1.")

    # The director signs in her reader; the officer is away, and his deputy signs. Neither has ever seen git.
    case.receive(folder, case.signed(folder / NEXT, mail / "a.pdf", case.pki.director, "Director"))
    commit(repository, "Bo Unreal", "Takes back what the director signed.")
    done = case.receive(folder, case.signed(folder / SIGNED, mail / "b.pdf", case.pki.analyst, OFFICER))
    assert "signed, for PTY-004, DLV-001 1.1" in done.out
    shown = call("approvals", "DLV-001", cwd=folder).out
    assert (
        "Director                   signed by PTY-003 An Peeters (entered by PTY-002 Bo Unreal) on " in shown
    )
    assert "signed by PTY-005 Sofie Janssens, for PTY-004 (entered by PTY-002 Bo Unreal) on " in shown
    edit(folder / FILE, "status: in-review", "status: approved")
    commit(repository, "Bo Unreal", "Takes back what the deputy signed: all have.")
    assert call("check", "--no-prose", cwd=folder).status == 0

    # It is released. The tag and what is published stand outside of what comes later.
    call("release", "1.0", "--key", case.keys.clerk, "--folder", tmp_path / "public", cwd=folder)
    assert "1.0" in run("git", "tag", cwd=folder).stdout.split()

    # Somebody edits the text after it was approved. The gate finds it; the signed file does not change by it.
    edit(folder / FILE, r"Refunds come with lot 2\.", "Refunds come with lot 3.")
    commit(repository, "Cy Unreal", "Corrects a word.")
    assert "LC-EDIT" in call("check", "--no-prose", cwd=folder, status=1).out
    repository.git("revert", "--no-edit", "HEAD")
    call("check", "--no-prose", cwd=folder)

    # The auditor, elsewhere, has the signed file, the record, the release and the dossier.
    audit(case, folder, tmp_path)


def audit(case: Case, folder: Path, place: Path) -> None:
    """What an auditor finds, by what he trusts."""
    done = case.verify(folder, folder / SIGNED, "--rebuild", "--format", "json")
    (verdict,) = json.loads(done.out)["verdicts"]
    assert (verdict["verdict"], verdict["superseded"]) == ("valid", "")
    assert verdict["rebuilt"]["code"] == "rebuild.same"
    assert [item["who"] for item in verdict["signatures"]] == ["An Peeters", "Sofie Janssens"]
    assert [item["decision"] for item in verdict["entries"]] == ["approve", "issue", "receive", "receive"]
    lines = case.verify(folder, place / "public").out.splitlines()
    assert [line.rpartition(": ")[2] for line in lines if not line.startswith(" ")] == ["VALID", "VALID"]
    first = json.loads(case.verify(folder, folder / PDF, "--format", "json", status=1).out)["verdicts"][0]
    assert first["superseded"] == "1.1"
    assert [item["code"] for item in first["reasons"]] == ["ledger.refused"]
    call("dossier", "DLV-001", "--out", place / "dossier.zip", cwd=folder)
    with zipfile.ZipFile(place / "dossier.zip") as archive:
        archive.extractall(place / "dossier")
    (inside,) = [item.parent for item in (place / "dossier").rglob("SHA256SUMS")]
    run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=inside)
    shutil.rmtree(place / "dossier")
