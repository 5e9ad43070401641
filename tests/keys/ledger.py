"""Makes the approvals of PERCEPTA: `make ledger` runs it, and writes approvals/ anew."""

import os
import shutil
import tempfile
from functools import partial
from pathlib import Path

from msgspec import structs

from pipeline.kinds import build_catalogue, read_schemas
from pipeline.ledger.append import append
from pipeline.ledger.contents import Contents, digest_of
from pipeline.ledger.files import ENTRY, SIGNATURE
from pipeline.model import Entry, Programme
from pipeline.model.ledger import FORM
from pipeline.refresh import read_bytes, vocabulary
from pipeline.run import Options, load
from pipeline.settings import Project, open_project
from pipeline.sources.reader import read
from pipeline.sources.text import decode
from tests.keys.decisions import Decision, decisions

ROOT = Path(__file__).parents[2]
KEYS = Path(__file__).parent
KINDS = ("party", "business-need", "requirement")


def make(project: Project, folder: Path) -> None:
    """Write the ledgers of a programme with the decisions on PERCEPTA below a folder, which has none yet."""
    programme = load(project, Options(prose=False)).programme
    contents = Contents(programme, partial(read_bytes, project.root))
    approved = [
        item.id for item in programme.artifacts.values() if item.kind in KINDS and item.status == "approved"
    ]
    heads: dict[str, tuple[str, ...]] = {}
    with tempfile.TemporaryDirectory() as safe:
        for decision in decisions(sorted(approved)):
            entry = _entry(project, programme, contents, decision, heads.get(decision.id, ()))
            path = append(os.fspath(folder), entry, _key(decision.party, Path(safe)))
            heads[decision.id] = (_digest(path),)


def _entry(
    project: Project, programme: Programme, contents: Contents, decision: Decision, heads: tuple[str, ...]
) -> Entry:
    artifact = programme.artifacts[decision.id]
    entry = Entry(
        artifact=artifact.id,
        version=artifact.version,
        content=contents.of(artifact),
        decision=decision.decision,
        role=decision.role,
        party=decision.party,
        name=str(programme.artifacts[decision.party].fields.get("name", "")),
        date=decision.date,
        key="",
        heads=heads,
        form=FORM,
        on_behalf=decision.on_behalf,
        reason=decision.reason,
        conditions=decision.conditions,
        upstream=contents.upstream(artifact),
        holds=contents.holds(artifact),
    )
    if not decision.then:
        return entry
    version, content = _then(project, artifact.id, artifact.path, decision)
    return structs.replace(entry, version=version, content=content)


def _then(project: Project, identity: str, path: str, decision: Decision) -> tuple[str, str]:
    """The version and the digest of an artifact as it stood once."""
    text = (Path(project.root) / path).read_text(encoding="utf-8")
    begin = text.index(f"## {identity} ")
    end = text.find("\n## ", begin)
    section = text[begin:end]
    for now, then in decision.then:
        assert section.count(now) == 1, f"{identity} no longer says {now!r}: correct tests/keys/decisions.py"
        section = section.replace(now, then)
    data = (text[:begin] + section + text[end:]).encode()
    catalogue = build_catalogue(read_schemas([project.path("schemas")]))
    document = read(path, data, vocabulary(catalogue, project.settings)).document
    artifact = next(item for item in document.artifacts if item.id == identity)
    return artifact.version, digest_of(artifact, catalogue.kinds[artifact.kind], document, decode(path, data))


def _key(party: str, safe: Path) -> str:
    """A copy of a key that nobody else can read, since ssh-keygen refuses others."""
    copy = safe / party
    if not copy.exists():
        shutil.copy(KEYS / party, copy)
        copy.chmod(0o600)
    return os.fspath(copy)


def _digest(path: str) -> str:
    import hashlib

    return f"sha256:{hashlib.sha256(Path(path).read_bytes()).hexdigest()}"


def main() -> None:
    """Replace the ledgers of this checkout."""
    project = open_project(cwd=os.fspath(ROOT))
    target = Path(project.path(project.settings.approvals))
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".ledger-") as beside:
        new = Path(beside)
        make(project, new)
        for file in target.glob("*/*"):
            if file.name.endswith((ENTRY, SIGNATURE)):
                file.unlink()
        for file in sorted(new.glob("*/*")):
            (target / file.parent.name).mkdir(parents=True, exist_ok=True)
            os.replace(file, target / file.parent.name / file.name)
    print(f"{len(list(target.glob(f'*/*{ENTRY}')))} entries in {os.path.relpath(target)}")


if __name__ == "__main__":
    main()
