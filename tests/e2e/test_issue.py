"""A deliverable is issued once, when all that must come first is there; what is issued can be built again."""

import json
import re
import signal
import subprocess
import sys
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from pipeline.ledger import append as appending
from pipeline.outputs import clerk
from pipeline.outputs.deliverables import Commit, circumstances, template_folders
from pipeline.run import Options, load
from pipeline.schemas import read_schemas
from pipeline.settings import open_project
from pipeline.signoff.bundle.archive import unpack
from pipeline.signoff.bundle.compose import Given, compose
from pipeline.signoff.bundle.means import means
from tests.e2e.commands import call
from tests.e2e.projects import BIN, ROOT, environment, run
from tests.e2e.signing import FILE, PDF, Keys, commit, committed, decide, issue, new_keys, programme
from tests.e2e.test_build import started, wait_for
from tests.e2e.verapdf import breaches
from tests.repositories import Repository

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return new_keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def approved(tmp_path: Path, keys: Keys) -> Repository:
    """A repository in which all that must come before the issue is committed."""
    repository = committed(tmp_path / "repository", programme(keys))
    decide(repository.folder, keys.owner, "approve")
    commit(repository)
    return repository


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> Path:
    """The folder of a repository in which the deliverable is issued, which no test changes."""
    repository = committed(tmp_path_factory.mktemp("issued"), programme(keys))
    decide(repository.folder, keys.owner, "approve")
    commit(repository)
    issue(repository.folder, keys.clerk)
    return repository.folder


def ledger(folder: Path, decision: str) -> list[dict[str, object]]:
    entries = [json.loads(path.read_text()) for path in sorted((folder / "approvals/DLV-001").glob("*.json"))]
    return [entry for entry in entries if entry["decision"] == decision]


def bundle(pdf: Path) -> bytes:
    with pikepdf.open(pdf) as file:
        (name,) = file.attachments
        assert name == "DLV-001-1.0.sources.zip"
        assert [str(entry.AFRelationship) for entry in file.Root.AF] == ["/Source"]
        return file.attachments[name].get_file().read_bytes()


def test_it_keeps_both_standards_and_carries_what_it_was_made_from(issued: Path):
    pdf = issued / PDF
    assert breaches("3a", [pdf]) == {pdf.name: []}
    assert breaches("ua1", [pdf]) == {pdf.name: []}
    data = bundle(pdf)
    with pikepdf.open(pdf) as file, file.open_metadata() as stated:
        own = "{urn:paraph:document:1.0:}"
        assert stated[f"{own}sources"] == sha256(data).hexdigest()
        assert stated[f"{own}status"] == "issued-for-signature"
        assert [str(field.T) for field in file.Root.AcroForm.Fields] == ["Signature_1_director"]
    names = zipfile.ZipFile(BytesIO(data)).namelist()
    assert [name for name in names if name.startswith("docs/")] == [
        "docs/deliverables/DLV-001-lot-1.md",
        "docs/needs.md",
        "docs/parties.md",
        "docs/requirements.md",
    ]


def test_the_entry_names_what_was_issued_by_its_digests_and_the_page_says_who_approved(issued: Path):
    (entry,) = ledger(issued, "issue")
    assert (entry["party"], entry["version"]) == ("PTY-002", "1.0")
    assert entry["evidence"] == {
        "audience": "internal",
        "file": "DLV-001-1.0.pdf",
        "roles": ["Director"],
        "sha256": sha256((issued / PDF).read_bytes()).hexdigest(),
        "sources": sha256(bundle(issued / PDF)).hexdigest(),
    }
    text = run("pdftotext", "-layout", issued / PDF, "-", cwd=issued).stdout
    assert re.search(r"Business owner +Ann Unreal +Approved, \d+ \w+ \d{4}", text)
    assert "Issued for signature" in text
    assert "DRAFT" not in text


def test_a_second_time_it_says_that_it_is_there(issued: Path, keys: Keys):
    before = (issued / PDF).read_bytes()
    done = issue(issued, keys.clerk)
    assert "was issued already" in done.out
    assert (issued / PDF).read_bytes() == before
    assert len(ledger(issued, "issue")) == 1


def test_it_waits_for_all_that_must_approve_before(tmp_path: Path, keys: Keys):
    repository = committed(tmp_path, programme(keys))
    done = issue(tmp_path, keys.clerk, status=1)
    assert "DLV-001 is not issued yet: Business owner has not approved it" in done.err
    assert 'paraph approve DLV-001 --role "Business owner"' in done.err
    decide(tmp_path, keys.owner, "reject", "--reason", "Too early.")
    commit(repository)
    assert "Business owner rejected it" in issue(tmp_path, keys.clerk, status=1).err
    assert not (tmp_path / PDF).exists()


def test_a_finding_at_the_gate_a_changed_file_and_a_key_of_nobody_keep_it_back(
    approved: Repository, keys: Keys
):
    folder = approved.folder
    done = issue(folder, keys.stranger, status=2)
    assert f"{keys.stranger} is the key of no party: SHA256:" in done.err
    page = folder / "docs_src/index.md"
    page.write_text(page.read_text() + "\nSee [nothing](nowhere.md).\n")
    assert "docs_src/index.md" in issue(folder, keys.clerk, status=2).err
    commit(approved)
    assert "a finding must be mended first" in issue(folder, keys.clerk, status=1).err
    assert ledger(folder, "issue") == []
    assert sorted(path.name for path in (folder / "approvals/DLV-001").iterdir()) == sorted(
        path.name for path in (folder / "approvals/DLV-001").glob("*.json*")
    )


def test_what_was_issued_is_not_issued_again_with_other_words(approved: Repository, keys: Keys):
    folder = approved.folder
    issue(folder, keys.clerk)
    commit(approved)
    file = folder / FILE
    file.write_text(file.read_text().replace("What lot 1 does.", "What lot 1 will do."))
    commit(approved)
    done = issue(folder, keys.clerk, status=2)
    assert "version 1.0 of DLV-001 was issued before, and says something else now" in done.err
    approved.git("revert", "--no-edit", "HEAD")
    (folder / PDF).write_bytes(b"%PDF- other")
    assert "is not what was issued on" in issue(folder, keys.clerk, status=2).err


def test_where_the_entry_cannot_be_written_nothing_is_there(
    approved: Repository, keys: Keys, monkeypatch: pytest.MonkeyPatch
):
    def full(*_args: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(clerk, "append", full)
    assert "No space left" in issue(approved.folder, keys.clerk, status=2).err
    assert approved.git("status", "--short", "--untracked-files=all") == ""
    monkeypatch.setattr(clerk, "append", appending.append)
    issue(approved.folder, keys.clerk)


def test_one_that_is_killed_leaves_nothing_that_counts_and_of_two_one_is_told(
    approved: Repository, keys: Keys
):
    folder = approved.folder
    arguments = ("issue", "DLV-001", "--key", str(keys.clerk))
    work = folder / "approvals/DLV-001"
    with started(folder, *arguments) as first:
        wait_for(lambda: any(work.glob(".issuing-*")))
        # It stands still where it is, however long the other takes.
        first.send_signal(signal.SIGSTOP)
        second = run(BIN / "paraph", *arguments, cwd=folder, status=2)
        assert "another run is issuing DLV-001, or another deliverable" in second.stderr
        first.kill()
    assert ledger(folder, "issue") == []
    assert not (folder / PDF).exists()
    # As one leaves it that is killed a moment later.
    (folder / PDF).parent.mkdir()
    (folder / PDF).write_bytes(b"half of it")
    run(BIN / "paraph", *arguments, cwd=folder)
    assert len(ledger(folder, "issue")) == 1
    assert not list(work.glob(".issuing-*"))


def test_a_template_without_a_place_to_sign_in_is_told(tmp_path: Path, keys: Keys):
    files = programme(keys) | {"templates/pdf/standard/approvals.html": "<p>Signed on paper</p>\n"}
    repository = committed(tmp_path, files)
    decide(tmp_path, keys.owner, "approve")
    commit(repository)
    done = issue(tmp_path, keys.clerk, status=2)
    assert "its template standard has no place for Director to sign in" in done.err
    assert ledger(tmp_path, "issue") == []
    assert not (tmp_path / PDF).exists()


def test_an_approval_with_conditions_is_called_so_on_the_page(tmp_path: Path, keys: Keys):
    repository = committed(tmp_path, programme(keys))
    decide(tmp_path, keys.owner, "approve", "--condition", "The price follows.")
    commit(repository)
    issue(tmp_path, keys.clerk)
    text = run("pdftotext", "-layout", tmp_path / PDF, "-", cwd=tmp_path).stdout
    assert re.search(r"Business owner +Ann Unreal +Approved, with conditions", text)


def test_it_is_the_same_wherever_it_is_issued(issued: Path, tmp_path: Path, keys: Keys):
    """The same commit, in another folder, on another day."""
    run("git", "clone", "--quiet", issued, tmp_path / "clone", cwd=tmp_path)
    issue(tmp_path / "clone", keys.clerk, SOURCE_DATE_EPOCH="1800000000")
    assert (tmp_path / "clone" / PDF).read_bytes() == (issued / PDF).read_bytes()


def verify(file: Path, cwd: Path, status: int) -> str:
    return call("verify", file, "--rebuild", cwd=cwd, status=status).out


def test_built_again_it_is_the_same_and_what_was_changed_is_told_from_what_cannot_be_built_here(
    issued: Path, tmp_path: Path
):
    whole = (issued / PDF).read_bytes()
    assert "rebuild.same" in verify(issued / PDF, issued, 3)
    added = tmp_path / "signed.pdf"
    added.write_bytes(whole + b"\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    assert "27 bytes were added since" in verify(added, issued, 1)
    at = whole.index(b"stream") + 40
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    said = verify(changed, issued, 1)
    number = int(re.findall(rb"(\d+) 0 obj", whole[:at])[-1])
    assert f"the first difference is at byte {at:,}, in object {number} of the PDF" in said


def test_the_templates_of_a_project_of_today_have_no_part_in_it(issued: Path, tmp_path: Path):
    template = tmp_path / "templates/pdf/standard"
    template.mkdir(parents=True)
    (template / "cover.html").write_text("<p>Another cover</p>")
    assert "rebuild.same" in verify(issued / PDF, tmp_path, 3)


def test_where_templates_of_then_are_not_here_it_says_neither_yes_nor_no(tmp_path: Path, keys: Keys):
    files = programme(keys) | {"templates/pdf/standard/cover.html": "<p>Our own cover</p>\n"}
    repository = committed(tmp_path / "repository", files)
    decide(repository.folder, keys.owner, "approve")
    commit(repository)
    issue(repository.folder, keys.clerk)
    pdf = repository.folder / PDF
    assert "rebuild.same" in verify(pdf, repository.folder, 3)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    said = verify(pdf, elsewhere, 3)
    assert "rebuild.not-here" in said
    assert "template standard (as it was then, not installed here)" in said


def test_what_it_says_of_approvals_is_what_was_so_when_it_was_issued(tmp_path: Path, keys: Keys):
    files = programme(keys)
    files[FILE] = f"{files[FILE]}\n## Approvals\n\n```yaml {{.view}}\nview: approvals\n```\n"
    repository = committed(tmp_path / "repository", files)
    folder = repository.folder
    # Something is not committed: of what a draft is made of, an approval then changes the ledger alone.
    (folder / "note.txt").write_text("Ask the director.\n")
    call("pdf", cwd=folder)
    assert "awaits Business owner" in words(folder / "dist/pdf/DLV-001.pdf")
    decide(folder, keys.owner, "approve")
    call("pdf", cwd=folder)
    ready = re.compile(r"ready to be issued for signature .*Business owner \([^)]*\) .*Director")
    assert ready.search(words(folder / "dist/pdf/DLV-001.pdf"))
    commit(repository)
    issue(folder, keys.clerk)
    commit(repository)
    call("refuse", "DLV-001", "--role", "Director", "--reason", "Too late.", "--key", keys.clerk, cwd=folder)
    commit(repository)
    # The ledger says more now, what was issued does not.
    assert ready.search(words(folder / PDF))
    assert "rebuild.same" in verify(folder / PDF, folder, 3)


def words(pdf: Path) -> str:
    return " ".join(run("pdftotext", pdf, "-", cwd=pdf.parent).stdout.split())


@pytest.mark.parametrize(("content", "code"), [(b"%PDF-1.7\n%%EOF\n", "rebuild.no-bundle")])
def test_a_file_that_carries_nothing_is_told_so(tmp_path: Path, content: bytes, code: str):
    file = tmp_path / "plain.pdf"
    file.write_bytes(content)
    assert code in verify(file, tmp_path, 1)


def test_the_help_of_both_says_what_their_status_means():
    for name in ("issue", "verify"):
        done = subprocess.run(
            (sys.executable, "-m", "pipeline.cli", name, "--help"),
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        assert "Exit status: 0" in " ".join(done.stdout.split())


@pytest.mark.parametrize("identity", ["DLV-001", "DLV-002", "DLV-003", "DLV-004"])
def test_each_deliverable_of_the_reference_programme_can_be_told_by_a_bundle(identity: str):
    """What is written is woven again before it is given away: it would raise if the text were another."""
    project = open_project(cwd=str(ROOT))
    loaded = load(project, Options(day="2026-11-27", prose=False))
    artifact = loaded.programme.artifacts[identity]
    folders = template_folders(project, artifact)
    around = circumstances(project, loaded, artifact, "2026-11-27", Commit("abc", dirty=False))
    schemas = read_schemas([str(ROOT / "schemas")])
    given = Given(
        loaded.programme, loaded.source, project.root, project.settings, schemas, means(folders), around
    )
    files = unpack(compose(given, identity, artifact.classification))
    documents = [path for path in files if path.startswith("docs/")]
    assert f"docs/{artifact.path}" in documents
    # A programme of ninety documents: most have no part in any deliverable.
    assert 3 < len(documents) < 30
