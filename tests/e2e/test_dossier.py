"""`paraph dossier`: what is in it, that strangers can check it with other programs, and that it tells them no more."""

import hashlib
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from pipeline.ledger.contents import Contents
from pipeline.ledger.read import read_ledgers
from pipeline.ledger.signature import fingerprint_of
from pipeline.run import Options, load
from pipeline.settings import open_project
from tests.e2e.commands import call
from tests.e2e.projects import environment, run
from tests.repositories import Repository
from tests.trees import NEED, REQUIREMENT
from tests.unit.ledger.ledgers import add, new_key

COVERS = ("LISEZMOI.txt", "LEESMIJ.txt", "README.txt")
SETTINGS = 'title = "Mail"\norganisation = "Agency"\n[policies.requirement]\nbefore = ["Director"]\n'
EVIDENCE = "item,balance\nA,12\n"
PARTY = """---
id: PTY-001
status: approved
version: "1.0"
name: Ann Onyme
organisation: Agency
mandate: {{from: "2026-01-01", roles: [Director]}}
keys:
  - {{type: ssh, fingerprint: "{key}", from: "2026-01-01", until: "2026-12-31"}}
---

# PTY-001 Ann Onyme
"""
RUN = """---
title: Runs
---

# Runs

## TC-001 Balance

```yaml {{.artifact}}
status: ready
version: "1.0"
verifies: [REQ-101]
```

Look.

## TR-001 Balance, first trial

```yaml {{.artifact}}
status: issued
executes: [TC-001@1.0]
date: "2026-01-20"
verdict: pass
evidence:
  - {{file: evidence/balance of may.csv, sha256: {digest}}}
```

It was right.
"""
MEETING = """---
id: MTG-001
status: issued
version: "1.0"
type: steering
date: "2026-01-19"
---

# MTG-001 Steering

## DEC-001 Approve the mail

```yaml {.artifact}
status: taken
date: "2026-01-19"
made_in: [MTG-001]
related: [REQ-101]
```

The committee approves REQ-101.

## DEC-002 The price

```yaml {.artifact}
status: taken
date: "2026-01-19"
classification: limited
made_in: [MTG-001]
```

The committee pays 4711 for REQ-101, of which REQ-900 speaks.
"""
HIDDEN = REQUIREMENT.replace("REQ-101 Send by mail", "REQ-900 Pay the bribe").replace(
    "status: approved", "status: approved\nclassification: limited"
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A requirement that was approved in version 1.0 and changed since, and all that belongs to it."""
    folder = tmp_path_factory.mktemp("dossier")
    key = new_key(folder, "director")
    repository = Repository(folder / "repository")
    digest = hashlib.sha256(EVIDENCE.encode()).hexdigest()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment().items():
            patch.setenv(name, value)
        repository.put(
            {
                "paraph.toml": SETTINGS,
                ".gitignore": ".paraph/\ndist/\n",
                "docs_src/BN-001-paper.md": NEED,
                "docs_src/requirements.md": "# Requirements\n\n" + REQUIREMENT,
                "docs_src/limited.md": "# Limited\n\n" + HIDDEN,
                "docs_src/PTY-001-ann.md": PARTY.format(key=fingerprint_of(key)),
                "docs_src/runs.md": RUN.format(digest=digest),
                "docs_src/evidence/balance of may.csv": EVIDENCE,
                "docs_src/MTG-001-steering.md": MEETING,
            }
        )
        repository.commit("Begins")
        approve(
            repository,
            key,
            "2026-01-21T09:00:00Z",
            reason="Vu\n\n    sha256sum secret",
            conditions=("before June",),
        )
        repository.commit("Approves")
        path = repository.folder / "docs_src/requirements.md"
        text = (
            path.read_text()
            .replace('version: "1.0"', 'version: "1.1"')
            .replace("by mail.", "by registered mail.")
        )
        path.write_text(text)
        repository.commit("Asks REQ-900 for more")
    return repository


def approve(repository: Repository, key: str, date: str, **fields: object) -> None:
    project = open_project(cwd=str(repository.folder))
    programme = load(project, Options(prose=False)).programme
    artifact = programme.artifacts["REQ-101"]
    contents = Contents(programme, lambda path: Path(project.root, path).read_bytes())
    ledgers = read_ledgers(project.folder, project.settings)
    heads = ledgers["REQ-101"].heads if "REQ-101" in ledgers else ()
    add(
        repository.folder / "approvals", key, artifact="REQ-101", party="PTY-001", date=date, heads=heads,
        version=artifact.version, content=contents.of(artifact), upstream=contents.upstream(artifact), **fields,
    )  # fmt: skip


def unpack(repository: Repository, to: Path, *arguments: str) -> Path:
    done = call("dossier", *arguments, f"--out={to / 'out.zip'}", cwd=repository.folder)
    assert "files for" in done.out
    with zipfile.ZipFile(to / "out.zip") as archive:
        archive.extractall(to)
    (folder,) = [path for path in to.iterdir() if path.is_dir()]
    return folder


@pytest.fixture(scope="module")
def dossier(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack(repository, tmp_path_factory.mktemp("unpacked"), "REQ-101")


def paths(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_it_holds_what_an_auditor_samples(dossier: Path):
    found = paths(dossier)
    (entry,) = [name for name in found if re.fullmatch(r"approvals/REQ-101/[0-9a-f]{16}\.json", name)]
    (content,) = [name for name in found if re.fullmatch(r"content/sha256-[0-9a-f]{64}\.json", name)]
    first, second = [name for name in found if name.startswith("versions/")]
    assert found == sorted(
        [
            *COVERS, "REQ-101.md", "SHA256SUMS", "allowed_signers", entry, f"{entry}.sig", content,
            "evidence/evidence/balance of may.csv", "keys/PTY-001-1.pub", "minutes/MTG-001.md", "runs/TR-001.md",
            first, second,
        ]
    )  # fmt: skip
    assert "by mail." in (dossier / first).read_text()
    assert "by registered mail." in (dossier / second).read_text()
    # What was approved, and not what stands there now.
    assert "by mail." in (dossier / content).read_text()
    assert (dossier / "evidence/evidence/balance of may.csv").read_text() == EVIDENCE


@pytest.mark.parametrize("cover", COVERS)
def test_every_command_of_the_cover_does_what_it_says_as_it_is_printed(dossier: Path, cover: str):
    commands = re.findall(
        r"^    ((?:sha256sum|ssh-keygen|openssl|\{) ?.*)$", (dossier / cover).read_text(), re.MULTILINE
    )
    said = {command: run("sh", "-c", command, cwd=dossier).stdout for command in commands}
    assert [command.split()[0] for command in commands] == [
        "sha256sum", "ssh-keygen", "ssh-keygen", "sha256sum", "sha256sum", "sha256sum",
    ]  # fmt: skip
    whole, shows, verifies, entry, content, evidence = said.values()
    assert whole == ""
    assert fingerprint(dossier) in shows
    assert verifies.startswith('Good "paraph" signature for PTY-001 with ED25519 key SHA256:')
    digest, name = entry.split()
    assert name == f"approvals/REQ-101/{digest[:16]}.json"
    digest, name = content.split()
    assert name == f"content/sha256-{digest}.json"
    assert f'"content": "sha256:{digest}"' in next((dossier / "approvals/REQ-101").glob("*.json")).read_text()
    assert evidence.split("  ")[0] == hashlib.sha256(EVIDENCE.encode()).hexdigest()
    assert evidence.split("  ")[0] in (dossier / cover).read_text()


def fingerprint(dossier: Path) -> str:
    (stated,) = set(re.findall(r"SHA256:\S{43}", (dossier / "README.txt").read_text()))
    return stated


@pytest.mark.parametrize(
    ("change", "command"),
    [
        ("approvals/REQ-101/*.json", "ssh-keygen -Y verify"),
        ("approvals/REQ-101/*.json", "sha256sum --check"),
        ("content/*.json", "sha256sum --check"),
        ("evidence/evidence/*.csv", "sha256sum --check"),
    ],
)
def test_the_commands_find_what_was_changed(dossier: Path, tmp_path: Path, change: str, command: str):
    folder = Path(shutil.copytree(dossier, tmp_path / "copy"))
    (path,) = folder.glob(change)
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    (line,) = [
        line for line in (folder / "README.txt").read_text().splitlines() if line.startswith(f"    {command}")
    ]
    assert run("sh", "-c", line, cwd=folder, status=None).returncode != 0


def test_a_key_is_believed_for_its_time_alone(dossier: Path):
    (line,) = re.findall(
        r"^    (ssh-keygen -Y verify.*)$", (dossier / "README.txt").read_text(), re.MULTILINE
    )
    assert run("sh", "-c", line.replace("time=2026", "time=2027"), cwd=dossier, status=None).returncode != 0
    assert 'valid-before="20270101"' in (dossier / "allowed_signers").read_text()


def test_the_cover_tells_an_auditor_who_decided_what(dossier: Path):
    french, dutch, english = ((dossier / name).read_text() for name in COVERS)
    who = "2026-01-21  Ann Onyme (PTY-001)"
    assert (
        f"{who} approved\n    REQ-101, version 1.0, as Director\n    Reason: Vu sha256sum secret\n    Condition: before"
        in english
    )
    assert (
        f"{who} approuve\n    REQ-101, version 1.0, en qualité de Director\n    Motif : Vu sha256sum secret\n"
        in french
    )
    assert (
        f"{who} keurt goed\n    REQ-101, versie 1.0, als Director\n    Reden: Vu sha256sum secret\n" in dutch
    )
    assert "DOES NOT COUNT" not in english
    assert "DEC-001  2026-01-19  Approve the mail\n" in english
    for cover in (french, dutch, english):
        assert "\n\n\n\n" not in cover
        assert [line for line in cover.splitlines() if line != line.rstrip()] == []


def test_nothing_in_it_tells_of_what_its_readers_may_not_see(dossier: Path):
    for path in paths(dossier):
        data = (dossier / path).read_bytes()
        for secret in (b"REQ-900", b"bribe", b"4711", b"DEC-002"):
            assert secret not in data, path
    assert "[withheld]" in (dossier / "README.txt").read_text()


def test_those_who_may_see_more_get_more(repository: Repository, tmp_path: Path):
    folder = unpack(repository, tmp_path, "REQ-101", "--audience=limited")
    assert "4711" in (folder / "minutes/MTG-001.md").read_text()
    assert "Asks REQ-900 for more" in (folder / "README.txt").read_text()


def test_what_readers_may_not_see_has_no_dossier_for_them(repository: Repository):
    done = call("dossier", "REQ-900", cwd=repository.folder, status=2)
    assert "REQ-900 may not be seen by internal readers" in done.err
    assert "it is limited: name an --audience that may read it" in done.err
    assert "there is no artifact REQ-999" in call("dossier", "REQ-999", cwd=repository.folder, status=2).err


def test_the_same_commit_gives_the_same_bytes_and_an_uncommitted_change_none(repository: Repository):
    first = repository.folder / "dist/dossiers/REQ-101-dossier.zip"
    call("dossier", "REQ-101", cwd=repository.folder)
    before = first.read_bytes()
    shutil.rmtree(repository.folder / ".paraph")
    call("dossier", "REQ-101", cwd=repository.folder)
    assert first.read_bytes() == before
    path = repository.folder / "docs_src/requirements.md"
    text = path.read_text()
    path.write_text(text + "\nMore.\n")
    assert (
        "the files are not those of commit" in call("dossier", "REQ-101", cwd=repository.folder, status=2).err
    )
    path.write_text(text)
    assert first.read_bytes() == before
