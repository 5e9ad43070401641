"""A copy of the clean PERCEPTA in a git repository, which is mutated, checked and restored."""

import gc
import os
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any

import msgspec

from pipeline.run import Options, check
from pipeline.settings import Project, Settings
from tests.mutations.cases import Edit, Misplaced, Mutation, offset_of, place_of, span
from tests.repositories import Repository

ROOT = Path(__file__).parents[2]
# PERCEPTA's own settings, such as the score from which on a risk is high. Its policies count for mutations of approvals
# alone: otherwise each edit of what is approved would be LC-EDIT besides.
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["paraph"]
POLICIES = SETTINGS.pop("policies")
DAY = "2026-11-26"
# An artifact that the history of the base had once, for the rules that look there.
DELETED = """# Print

## REQ-190 Print the file of a debtor

```yaml {.artifact}
status: draft
level: system
type: functional
priority: could
```

When an officer asks for it, the system shall print the file of the debtor.
"""


class Percepta:
    """The programme without its handbook, and what its checks gave before anything was mutated."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.docs = folder / "project", folder / "project" / "docs_src"
        self._aside = folder / "aside"
        self._aside.mkdir(parents=True)
        repository = Repository(self.folder)
        (self.folder / ".gitignore").write_text(".paraph/\n", encoding="ascii")
        shutil.copytree(ROOT / "docs_src", self.docs, ignore=shutil.ignore_patterns("handbook"))
        shutil.copytree(ROOT / "approvals", self.folder / "approvals")
        gone = self.docs / "requirements" / "print.md"
        gone.write_text(DELETED, encoding="utf-8")
        repository.commit("Print")
        gone.unlink()
        repository.commit("No print")
        self._clean: dict[tuple[bool, bool], dict[str, bytes]] = {}

    def check(
        self, day: str = DAY, base: bool = False, settings: Settings | None = None, prose: bool = False
    ) -> list[str]:
        """What is found now, as `path:line:column CODE`, by the cache as it is now."""
        settings = settings or settings_of()
        project = Project(os.fspath(self.folder), os.fspath(self.docs), settings)
        options = Options(day=day, prose=prose, must_have_tools=True, base="main" if base else "")
        with chdir(self.docs):
            report = check(project, options)
        # A check for a command line leaves its values to the end; hundreds in one process must not.
        gc.unfreeze()
        return [f"{item.path}:{item.line}:{item.column} {item.code}" for item in report.findings]

    def judge(
        self, mutation: Mutation, prose: bool = False, cold: bool = False
    ) -> tuple[list[str], list[str]]:
        """What a mutation must give and what it gives, by the cache of the clean programme, or by none.

        The wording rules take part where it says `prose`.
        """
        kept = (prose, mutation.approvals)
        if not cold and kept not in self._clean:
            self._put_cache({})
            clean = self.check(prose=prose, settings=settings_of(approvals=mutation.approvals))
            assert clean == [], "PERCEPTA itself has findings"
            self._clean[kept] = {item.name: item.read_bytes() for item in self._cache().iterdir()}
        self._put_cache({} if cold else self._clean[kept])
        settings = settings_of(mutation.settings, approvals=mutation.approvals)
        with self.mutated(mutation):
            found = self.check(mutation.today or DAY, mutation.base, settings, prose)
            return sorted(self._expected(mutation)), sorted(found)

    @contextmanager
    def mutated(self, mutation: Mutation) -> Iterator[None]:
        """The programme with a mutation in it; restored to the byte after."""
        saved: dict[Path, Path] = {}
        made: list[Path] = []
        try:
            self._move(mutation, saved, made)
            for name, text in mutation.files.items():
                self._make(name, text.encode(), saved, made)
            for edit in mutation.changes:
                file = self._existing(edit.file)
                data = edited(file.read_bytes(), edit)
                if file not in made:
                    self._save(file, saved)
                file.write_bytes(data)
            yield
        finally:
            for file in made:
                file.unlink(missing_ok=True)
                if not any(file.parent.iterdir()):
                    file.parent.rmdir()
            for file, copy in saved.items():
                os.replace(copy, file)

    def _expected(self, mutation: Mutation) -> Iterator[str]:
        for item in mutation.expected:
            file = self._at(item.file)
            text = file.read_bytes().decode("utf-8", "replace") if item.at else ""
            line, column = place_of(text, item)
            yield f"{os.path.relpath(file, self.docs)}:{line}:{column} {item.code}"

    def _move(self, mutation: Mutation, saved: dict[Path, Path], made: list[Path]) -> None:
        for name in mutation.removed:
            self._save(self._existing(name), saved)
        for old, new in mutation.renamed.items():
            before = self._existing(old)
            data = before.read_bytes()
            self._save(before, saved)
            self._make(new, data, saved, made)

    def _make(self, name: str, data: bytes, saved: dict[Path, Path], made: list[Path]) -> None:
        file = self.docs / name
        if file.exists():
            raise Misplaced(f"{name} is there already: it cannot be added")
        made.append(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def _existing(self, name: str) -> Path:
        file = self._at(name)
        if not file.is_file():
            raise Misplaced(f"PERCEPTA has no file {name}")
        return file

    def _at(self, name: str) -> Path:
        """The file of a name, or the one that a pattern fits."""
        fitting = list(self.docs.glob(name)) if "*" in name else []
        if len(fitting) > 1:
            raise Misplaced(f"{len(fitting)} files fit {name}: one must")
        return Path(os.path.abspath(fitting[0] if fitting else self.docs / name))

    def _save(self, file: Path, saved: dict[Path, Path]) -> None:
        if file not in saved:
            saved[file] = self._aside / str(len(saved))
            os.replace(file, saved[file])

    def _cache(self) -> Path:
        return self.folder / ".paraph"

    def _put_cache(self, files: dict[str, bytes]) -> None:
        shutil.rmtree(self._cache(), ignore_errors=True)
        self._cache().mkdir()
        for name, data in files.items():
            (self._cache() / name).write_bytes(data)


def settings_of(more: dict[str, Any] | None = None, *, approvals: bool = False) -> Settings:
    """PERCEPTA's own settings with more of them; with its ledgers and policies, or without."""
    about = {"policies": POLICIES} if approvals else {"approvals": "none"}
    return msgspec.convert({**SETTINGS, **about, **(more or {})}, Settings)


def edited(data: bytes, edit: Edit) -> bytes:
    """The bytes of a file after an edit."""
    text = data.decode("utf-8", "surrogateescape")
    at = offset_of(text, edit.find, edit.section, edit.file)
    stop = at + len(edit.find)
    if edit.until:
        stop = text.find(edit.until, stop, span(text, edit.section, edit.file)[1])
        if stop < 0:
            raise Misplaced(f"{edit.until!r} does not follow {edit.find!r} in {edit.file}")
    put = edit.put.encode(edit.encoding) * edit.times
    before, after = (part.encode("utf-8", "surrogateescape") for part in (text[:at], text[stop:]))
    if before + put + after == data:
        raise Misplaced(f"an edit of {edit.file} changes nothing: {edit.find!r}")
    return before + put + after
