"""The pipeline on one page: what `check` and every output do, step by step.

    walk the tree -> read what changed -> programme -> rules -> prose -> findings -> report
"""

import gc
import os
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline import __version__
from pipeline.cache import Cache, Index, Records, Stat, now, unchanged
from pipeline.model import Finding, Passage, Programme, Report, Rule, Source
from pipeline.settings import Project
from pipeline.shipped import folder as shipped
from pipeline.sources.discover import Tree, walk

Progress = Callable[[str], None]


class Options(NamedTuple):
    """What a person asks of a check: which paths are shown, at which gate, which codes, on which day."""

    paths: tuple[str, ...] = ()
    gate: str = "merge"
    fail_on: str = "error"
    select: tuple[str, ...] = ()
    day: str = ""
    prose: bool = True
    must_have_tools: bool = False


class Checked(NamedTuple):
    """What a check came to: the findings before they are graded, and what the reader must know besides."""

    findings: tuple[Finding, ...]
    documents: int
    artifacts: int
    notes: tuple[str, ...]


class Loaded(NamedTuple):
    """A programme with its findings, and a way to a document's text."""

    programme: Programme
    checked: Checked
    rules: tuple[Rule, ...]
    source: Callable[[str], Source]


def _quiet(_step: str) -> None:
    """Show no progress."""


def check(project: Project, options: Options, progress: Progress = _quiet) -> Report:
    """Check a project's documents. What is wrong with them is in the report; see `load` for what is raised."""
    checked, rules = _check(project, options, progress)
    return report(project, options, checked, rules)


def load(project: Project, options: Options, progress: Progress = _quiet) -> Loaded:
    """The programme of a project, checked, for views and outputs.

    Raises CouldNotRun when there is no such folder, or a tool that must be there is missing.
    """
    from pipeline.refresh import read_bytes, vocabulary
    from pipeline.sources.reader import read

    work = _Work(project, options)
    programme = work.programme(progress)
    words = vocabulary(work.catalogue(), project.settings)

    def source(path: str) -> Source:
        return read(path, read_bytes(project.root, path) or b"", words, work.adoption(path))

    return Loaded(programme, work.checked(progress), work.rules(), source)


def report(project: Project, options: Options, checked: Checked, rules: tuple[Rule, ...]) -> Report:
    """Grade and choose the findings that were asked for, with the source lines that show them."""
    from pipeline.checks.grade import grade

    chosen = [item for item in checked.findings if _wanted(item, options, project)]
    graded = grade(chosen, {rule.code: rule for rule in rules}, project.settings.severity, options.gate)
    shown = tuple(msgspec.structs.replace(item, path=_shown_path(item.path, project)) for item in graded)
    lines = _lines(graded, project)
    return Report(
        shown, rules, checked.documents, checked.artifacts, options.gate, options.fail_on, options.day, checked.notes, lines
    )


def _shown_path(path: str, project: Project) -> str:
    return os.path.relpath(path).replace(os.sep, "/") if os.path.isabs(path) else project.prefix + path


def _wanted(finding: Finding, options: Options, project: Project) -> bool:
    if options.select and not any(finding.code.startswith(code) for code in options.select):
        return False
    if not options.paths:
        return True
    where = os.path.join(project.root, finding.path)
    return any(where == path or where.startswith(path + os.sep) for path in options.paths)


def _lines(findings: Sequence[Finding], project: Project) -> dict[tuple[str, int], str]:
    """The source lines of the findings, by the path that is shown."""
    from pipeline.sources.text import decode

    lines: dict[tuple[str, int], str] = {}
    for path in sorted({finding.path for finding in findings}):
        try:
            with open(os.path.join(project.root, path), "rb") as file:
                text = decode(path, file.read(project.settings.limits.file))
        except OSError:
            continue
        for number in {finding.line for finding in findings if finding.path == path}:
            lines[_shown_path(path, project), number] = text.line(number)
    return lines


def _check(project: Project, options: Options, progress: Progress) -> tuple[Checked, tuple[Rule, ...]]:
    work = _Work(project, options)
    known = work.unchanged()
    return (known, work.rules()) if known is not None else (work.checked(progress), work.rules())


class _Work:
    """One run over a project: each step is done once, when the first that needs it asks."""

    def __init__(self, project: Project, options: Options) -> None:
        # A run makes many small values that live to its end; looking for cycles among them costs a third of it.
        gc.disable()
        from pipeline.kinds import fingerprint, read_schemas

        self.project, self.options = project, options
        self._schemas = read_schemas([shipped("schemas"), project.path(project.settings.schemas)])
        self._stamp = now()
        self.tree: Tree = walk(project.root, project.settings.exclude, _sidecars(project))
        self._notes: list[str] = []
        self.cache = Cache(project.folder, self._key(fingerprint(self._schemas)))
        self._index = self.cache.read_index()

    def _key(self, schemas: bytes) -> bytes:
        """What a cache must agree on to be of use: settings, schemas, this program, the day, prose or none."""
        project, options = self.project, self.options
        parts = (
            __version__,
            _program(),
            project.root,
            msgspec.json.encode(project.settings),
            schemas,
            options.day,
            self._prose_key() if options.prose else b"-",
        )
        return blake2b(repr(parts).encode(), digest_size=16).digest()

    def _prose_key(self) -> bytes:
        from pipeline.prose import vale

        self._styles = _styles(self.project)
        return vale.fingerprint(self._styles)

    def unchanged(self) -> Checked | None:
        """The findings of the last run, if every file is still what it was."""
        index = self._index
        entries = self.tree.documents
        if index is None or index.notes or len(entries) != len(index.stats) or index.files != _names(self.tree):
            return None
        if not all(unchanged(entry[1:], index.stats.get(entry[0]), index.stamp) for entry in entries):
            return None
        return Checked(tuple(index.findings), len(entries), index.artifacts, ())

    def catalogue(self):  # type: ignore[no-untyped-def]
        """The kinds of the project's schemas."""
        from pipeline.kinds import build_catalogue

        if not hasattr(self, "_catalogue"):
            # Schemas that this cache's key covers were validated when it was first written.
            self._catalogue = build_catalogue(self._schemas, trusted=self._index is not None)
        return self._catalogue

    def adoption(self, path: str):  # type: ignore[no-untyped-def]
        """How a path is read, where the project adopts it."""
        from pipeline.refresh import _adoption

        return _adoption(path, self.project.settings.adopt)

    def rules(self) -> tuple[Rule, ...]:
        """The rules of this run: the catalogue's, and those of wording."""
        from pipeline.checks import CHECKS
        from pipeline.prose import styles

        return (*CHECKS, *styles.rules(self._styles)) if self.options.prose else CHECKS

    def programme(self, progress: Progress) -> Programme:
        """The programme as it is now."""
        return self._fresh(progress).programme

    def _fresh(self, progress: Progress):  # type: ignore[no-untyped-def]
        if not hasattr(self, "_done"):
            from pipeline.checks import CHECKS
            from pipeline.checks.rule import Judge
            from pipeline.checks.runner import suite
            from pipeline.refresh import refresh, vocabulary

            progress("reading the documents")
            self._kept = self.cache.read_records(self._index) if self._index else None
            catalogue = self.catalogue()
            self._suite = suite(CHECKS)
            words = vocabulary(catalogue, self.project.settings)
            judge = Judge(catalogue)
            self._done = refresh(self.project.root, self.tree, words, judge, self._suite, self._index, self._kept)
        return self._done

    def checked(self, progress: Progress) -> Checked:
        """Everything that is wrong, and the cache brought up to date with it."""
        from pipeline.refresh import collect, locate, read_bytes

        fresh = self._fresh(progress)
        if self.options.prose:
            progress("checking the wording")
            self._check_prose()
        progress("checking the programme")
        faults = collect(fresh, self.tree, self._suite, self.catalogue().faults)
        found = locate(faults, fresh, self._kept, partial(read_bytes, self.project.root))
        findings = sorted((finding for _, _, finding in found), key=Finding.order)
        stats: dict[str, Stat] = {entry[0]: entry[1:] for entry in self.tree.documents}
        artifacts = sum(len(record.document.artifacts) for record in fresh.records.values())
        index = Index(b"", b"", self._stamp, stats, _names(self.tree), findings, artifacts, self._notes)
        self.cache.write(index, Records(b"", fresh.records, found))
        notes = (*self._notes, self.cache.note) if self.cache.note else tuple(self._notes)
        return Checked(tuple(findings), len(fresh.records), artifacts, notes)

    def _check_prose(self) -> None:
        """Send the passages of documents whose wording is not known yet to Vale."""
        from pipeline import tools
        from pipeline.prose import styles, vale

        fresh = self._done
        wanted = [record for record in fresh.records.values() if record.prose is None]
        languages = frozenset(styles.languages(self._styles))
        passages: list[tuple[str, Passage]] = []
        for record in wanted:
            passages += self._passages(record, languages)
        if passages and tools.find("vale") is None:
            if self.options.must_have_tools:
                raise tools.missing("vale")
            self._notes.append(tools.missing("vale").message)
            return
        by_path: dict[str, list] = {}  # type: ignore[type-arg]
        for number, faults in vale.lint(passages, self._styles).items():
            by_path.setdefault(passages[number][0], []).extend((fault.code, fault) for fault in faults)
        for record in wanted:
            record.prose = by_path.get(record.document.path, [])

    def _passages(self, record, languages: frozenset[str]) -> list[tuple[str, Passage]]:  # type: ignore[no-untyped-def]
        from pipeline.prose.passages import find_passages
        from pipeline.refresh import read_bytes
        from pipeline.sources.text import decode

        document, kinds = record.document, self.catalogue().kinds
        artifacts = [item for item in document.artifacts if item.kind in kinds and kinds[item.kind].prose]
        if not artifacts:
            return []
        text = decode(document.path, read_bytes(self.project.root, document.path) or b"")
        return [
            (document.path, passage)
            for artifact in artifacts
            for passage in find_passages(artifact, kinds[artifact.kind], text, languages)
        ]


def _sidecars(project: Project) -> tuple[str, ...]:
    return tuple(sorted({item.sidecar for item in project.settings.adopt if item.sidecar}))


def _styles(project: Project):  # type: ignore[no-untyped-def]
    from pipeline.prose import styles

    return styles.load([Path(shipped("styles")), Path(project.path(project.settings.styles))])


def _names(tree: Tree) -> bytes:
    """What identifies the other files and what was wrong with the walk."""
    names = "\0".join([*tree.files, *(fault.path + fault.message for fault in tree.faults)])
    return blake2b(names.encode("utf-8", "surrogateescape"), digest_size=16).digest()


def _program() -> list[tuple[str, int, int]]:
    """The files of this program with size and time: a changed check must not be answered from an old cache."""
    here = os.path.dirname(os.path.abspath(__file__))
    found = []
    for folder, _, names in os.walk(here):
        for name in names:
            if name.endswith(".py"):
                stat = os.stat(os.path.join(folder, name))
                found.append((name, stat.st_size, stat.st_mtime_ns))
    return sorted(found)
