"""A deliverable that was signed leaves the house as it is: in a release, and in a dossier that OpenSSL reads."""

import json
import re
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.e2e.commands import call, contents
from tests.e2e.projects import environment, run
from tests.e2e.signing import PDF, Keys, commit, committed, decide, issue, new_keys, programme
from tests.pki.authority import serving
from tests.pki.certificates import Pki
from tests.pki.samples import sign_as

SIGNED = PDF.replace(".pdf", ".signed.pdf")

pytestmark = pytest.mark.slow


class Signed(NamedTuple):
    """A repository whose deliverable is issued and signed, with the keys and the authority of certificates."""

    folder: Path
    keys: Keys
    pki: Pki


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    top = tmp_path_factory.mktemp("signed")
    keys, pki = new_keys(top / "keys"), Pki(top / "pki")
    repository = committed(top / "repository", programme(keys))
    decide(repository.folder, keys.owner, "approve")
    commit(repository)
    issue(repository.folder, keys.clerk)
    commit(repository)
    with serving(pki) as authority:
        sign_as(repository.folder / PDF, pki, pki.director, "Director", authority.url)
    assert (repository.folder / SIGNED).exists()
    commit(repository)
    return Signed(repository.folder, keys, pki)


def unpacked(signed: Signed, to: Path, *options: str) -> Path:
    call("dossier", "DLV-001", f"--out={to / 'out.zip'}", *options, cwd=signed.folder)
    with zipfile.ZipFile(to / "out.zip") as archive:
        archive.extractall(to)
    return to / "DLV-001-dossier"


@pytest.fixture(scope="module")
def dossier(signed: Signed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpacked(signed, tmp_path_factory.mktemp("dossier"))


@pytest.mark.parametrize("cover", ["LISEZMOI.txt", "LEESMIJ.txt", "README.txt"])
def test_openssl_finds_the_signatures_good_by_the_commands_as_printed(dossier: Path, cover: str):
    said = {}
    lines = re.findall(
        r"^    ((?:openssl|\{|sha256sum|ssh-keygen) .*)$", (dossier / cover).read_text(), re.MULTILINE
    )
    for line in lines:
        done = run("sh", "-c", line, cwd=dossier)
        said[line] = done.stdout + done.stderr
    verified = [text for line, text in said.items() if line.startswith("openssl cms -verify")]
    assert len(verified) == 1
    assert re.search("verification successful", verified[0], re.IGNORECASE)
    (shown,) = [text for line, text in said.items() if line.startswith("openssl pkcs7")]
    assert "subject=" in shown
    # The timestamp over all of it states the digest of the same bytes as OpenSSL takes of the file.
    (stamp,) = [text for line, text in said.items() if line.startswith("openssl ts")]
    (own,) = [text for line, text in said.items() if line.startswith("openssl dgst")]
    dump = re.search(r"Message data:\n((?: +[0-9a-f]{4} - .*\n)+)", stamp)
    assert dump is not None
    rows = re.findall(r"- ((?:[0-9a-f]{2}[ -]){8,16})", dump[1])
    assert re.sub(r"[^0-9a-f]", "", "".join(rows)) == own.split("= ")[1].strip()
    entries = [text for line, text in said.items() if line.startswith("ssh-keygen -Y verify")]
    assert len(entries) == 2
    assert all(text.startswith('Good "paraph" signature for PTY-00') for text in entries)


def test_openssl_finds_a_pdf_that_was_changed(dossier: Path):
    lines = re.findall(r"^    ((?:openssl cms|\{) .*)$", (dossier / "README.txt").read_text(), re.MULTILINE)
    pdf = dossier / "pdf/DLV-001-1.0.signed.pdf"
    before = pdf.read_bytes()
    pdf.write_bytes(before.replace(b"/Type", b"/Tyqe", 1))
    done = run("sh", "-c", "\n".join(lines[:2]), cwd=dossier, status=None)
    pdf.write_bytes(before)
    assert done.returncode != 0
    assert "failure" in done.stderr.lower()


def test_the_dossier_holds_the_pdfs_and_what_was_approved_down_to_each_requirement(
    signed: Signed, dossier: Path
):
    assert (dossier / "pdf/DLV-001-1.0.signed.pdf").read_bytes() == (signed.folder / SIGNED).read_bytes()
    names = sorted(path.name for path in (dossier / "pdf").iterdir())
    assert names == [
        "DLV-001-1.0.pdf", "DLV-001-1.0.signed.pdf", "DLV-001-1.0.signed.pdf.1.p7s", "DLV-001-1.0.signed.pdf.2.p7s",
    ]  # fmt: skip
    texts = [path.read_text() for path in (dossier / "content").iterdir()]
    (holding,) = [json.loads(text) for text in texts if "paraph.holding/1" in text]
    own = {f"sha256:{sha256(text.encode()).hexdigest()}": text for text in texts}
    assert {identity for identity, _ in holding["holds"]} == {"DLV-001", "REQ-001"}
    assert "recalculate the payment plan" in own[dict(holding["holds"])["REQ-001"]]


def test_readers_for_whom_it_was_not_issued_do_not_get_it(signed: Signed, tmp_path: Path):
    path = signed.folder / "docs_src/deliverables/DLV-001-lot-1.md"
    text = path.read_text()
    path.write_text(text.replace("classification: internal", "classification: public"))
    run("git", "commit", "--quiet", "--all", "--message=Opens it", cwd=signed.folder, env=environment())
    folder = unpacked(signed, tmp_path, "--audience=public")
    run("git", "reset", "--quiet", "--hard", "HEAD^", cwd=signed.folder)
    assert not (folder / "pdf").exists()
    cover = (folder / "README.txt").read_text()
    assert "pdf/DLV-001-1.0.signed.pdf tells of what public readers may not see." in cover
    assert b"REQ-001" not in b"".join(contents(folder).values())


def test_a_release_holds_the_signed_pdf_and_the_heads_of_its_ledger(signed: Signed):
    key = signed.keys.clerk
    done = call("release", "1.0", "--key", key, "--folder=dist/www", cwd=signed.folder)
    assert "1 of them deliverables (1 signed)" in done.out
    www = contents(signed.folder / "dist/www/1.0")
    assert [path for path in www if path.endswith(".pdf")] == ["released/pdf/DLV-001-1.0.signed.pdf"]
    assert www["released/pdf/DLV-001-1.0.signed.pdf"] == (signed.folder / SIGNED).read_bytes()
    manifest = json.loads(www["released/manifest.json"])
    ledger = signed.folder / "approvals/DLV-001"
    digests = {f"sha256:{sha256(path.read_bytes()).hexdigest()}": path for path in ledger.glob("*.json")}
    (head,) = manifest["ledgers"]["DLV-001"]
    assert json.loads(digests[head].read_text())["decision"] == "issue"
    assert manifest["ledgers"].keys() == {"DLV-001"}


def test_a_ledger_that_was_cut_since_the_last_release_is_found_on_a_base_that_has_it_no_more(
    signed: Signed, tmp_path: Path
):
    key = signed.keys.clerk
    if "1.0" not in run("git", "tag", cwd=signed.folder).stdout.split():
        call("release", "1.0", "--key", key, "--folder=dist/www", cwd=signed.folder)
    folder = tmp_path / "clone"
    run("git", "clone", "--quiet", signed.folder, folder, cwd=tmp_path)
    ledger = folder / "approvals/DLV-001"
    (issue_entry,) = [
        path for path in ledger.glob("*.json") if json.loads(path.read_text())["decision"] == "issue"
    ]
    for path in (issue_entry, Path(f"{issue_entry}.sig")):
        path.unlink()
    run("git", "commit", "--quiet", "--all", "--message=Cuts it", cwd=folder)
    # Nothing differs from the base, and no entry that is left has seen the one that is gone.
    done = call(
        "check", "--no-prose", "--base=HEAD", "--select=LC-LEDGER", "--format=json", cwd=folder, status=1
    )
    (finding,) = json.loads(done.out)["findings"]
    said = f"the ledger of DLV-001 had the entry {issue_entry.name} at release 1.0, and no longer has it"
    assert (finding["code"], finding["message"]) == ("LC-LEDGER", said)
    assert finding["path"] == f"approvals/DLV-001/{issue_entry.name}"
    # The next release is judged against the last one by itself.
    refused = call("release", "1.1", "--key", key, "--folder=dist/www", cwd=folder, status=1)
    assert refused.out.count("LC-LEDGER") >= 1
    assert "Nothing was released: 1.1 does not pass the gate." in refused.out
