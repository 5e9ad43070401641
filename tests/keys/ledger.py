"""Makes the approvals of PERCEPTA, and those of the corpus: `make ledger` runs it, and writes them anew."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from msgspec import structs

from pipeline.ledger.append import append
from pipeline.ledger.contents import Contents
from pipeline.ledger.files import ENTRY, SIGNATURE
from pipeline.ledger.signature import fingerprint_of
from pipeline.model import Entry, Programme
from pipeline.model.ledger import FORM
from pipeline.refresh import read_bytes
from pipeline.run import Options, load
from pipeline.settings import Project, open_project
from tests.keys.corpus import CASES
from tests.keys.decisions import Decision, decisions

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus"
KEYS = Path(__file__).parent
KINDS = ("party", "business-need", "requirement")


def make(project: Project, decided: Iterable[Decision], folder: Path) -> list[Path]:
    """Enter decisions on a project's documents into ledgers below a folder; gives the files of the entries."""
    now = _read(project)
    heads: dict[str, list[tuple[str, ...]]] = {}
    files = []
    with tempfile.TemporaryDirectory() as safe:
        for decision in decided:
            with _as_it_was(project, decision) as then:
                entry = _entry(*(_read(then) if then is not project else now), decision)
            seen = heads.setdefault(decision.id, [()])
            entry = structs.replace(entry, heads=seen[-2 if decision.beside else -1])
            if decision.decision == "withdraw":
                entry = structs.replace(entry, evidence={"entry": seen[-1][0]})
            if decision.decision == "revoke-key":
                key = fingerprint_of(str(KEYS / f"{decision.id}.pub"))
                entry = structs.replace(entry, evidence={"key": key, "since": decision.date, "entries": []})
            path = append(os.fspath(folder), entry, key_of(decision.key or decision.party, Path(safe)))
            files.append(Path(path))
            made = f"sha256:{hashlib.sha256(files[-1].read_bytes()).hexdigest()}"
            seen.append(tuple(sorted((made, *seen[-1]))) if decision.beside else (made,))
    return files


def _read(project: Project) -> tuple[Programme, Contents]:
    programme = load(project, Options(prose=False)).programme
    return programme, Contents(programme, partial(read_bytes, project.root))


def _entry(programme: Programme, contents: Contents, decision: Decision) -> Entry:
    artifact, party = programme.artifacts[decision.id], programme.artifacts.get(decision.party)
    return Entry(
        artifact=artifact.id,
        version=artifact.version,
        content=contents.of(artifact),
        decision=decision.decision,
        role=decision.role,
        party=decision.party,
        name=str(party.fields.get("name", "")) if party else "",
        date=decision.date,
        key="",
        heads=(),
        form=FORM,
        on_behalf=decision.on_behalf,
        reason=decision.reason,
        conditions=decision.conditions,
        upstream=contents.upstream(artifact),
        holds=contents.holds(artifact),
    )


@contextmanager
def _as_it_was(project: Project, decision: Decision) -> Iterator[Project]:
    """The project as its documents stood when something was decided."""
    if not decision.then:
        yield project
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "docs")
        shutil.copytree(project.root, root)
        for name, now, then in decision.then:
            text = (root / name).read_text(encoding="utf-8")
            assert text.count(now) == 1, f"{name} says {now!r} {text.count(now)} times: correct the decision"
            (root / name).write_text(text.replace(now, then), encoding="utf-8")
        settings = structs.replace(project.settings, schemas=project.path(project.settings.schemas))
        yield Project(folder, os.fspath(root), settings)


def key_of(party: str, safe: Path) -> str:
    """A copy of a party's key that nobody else can read, since ssh-keygen refuses others."""
    copy = safe / party
    if not copy.exists():
        shutil.copy(KEYS / party, copy)
        copy.chmod(0o600)
    return os.fspath(copy)


def of_percepta(project: Project) -> list[Decision]:
    """The decisions on PERCEPTA, whose documents say what is approved."""
    artifacts = _read(project)[0].artifacts.values()
    return decisions(
        sorted(item.id for item in artifacts if item.kind in KINDS and item.status == "approved")
    )


def replace(target: Path, new: Path) -> None:
    """Put ledgers in the place of others; what else lies beside them stays."""
    for file in target.glob("*/*"):
        if file.name.endswith((ENTRY, SIGNATURE)):
            file.unlink()
    for file in sorted(new.glob("*/*")):
        (target / file.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.move(file, target / file.parent.name / file.name)
    for folder in target.iterdir():
        if not any(folder.iterdir()):
            folder.rmdir()


def main() -> None:
    """Replace the ledgers of this checkout."""
    project = open_project(cwd=os.fspath(ROOT))
    with tempfile.TemporaryDirectory() as beside:
        new = Path(beside)
        files = make(project, of_percepta(project), new)
        replace(ROOT / "approvals", new)
    print(f"{len(files)} entries in approvals")
    for name, case in CASES.items():
        project = open_project("paraph.toml", cwd=os.fspath(CORPUS / name))
        with tempfile.TemporaryDirectory() as beside:
            files = make(project, case.decided, Path(beside))
            case.tamper(files)
            replace(CORPUS / name / "approvals", Path(beside))
        shutil.rmtree(CORPUS / name / ".paraph", ignore_errors=True)
    print(f"{len(CASES)} cases in tests/corpus")


if __name__ == "__main__":
    main()
