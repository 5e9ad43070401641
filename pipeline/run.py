"""The pipeline on one page: what `check` and every output do with a run.

a run's findings -> those that are known or waived -> severities -> report
"""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pipeline.model import Finding, Programme, Report, Rule, Source
from pipeline.settings import Project
from pipeline.shown import shown_path, source_lines, wanted
from pipeline.work import Work
from pipeline.work.values import Checked, Options, Progress

if TYPE_CHECKING:
    from pipeline.mending import Mended
    from pipeline.ratchet import Turned

__all__ = ["Checked", "Loaded", "Options", "Progress", "check", "fix", "load", "ratchet", "report"]


class Loaded(NamedTuple):
    """A programme with its findings, and a way to a document's text."""

    programme: Programme
    checked: Checked
    rules: tuple[Rule, ...]
    source: Callable[[str], Source]


def _quiet(_step: str) -> None:
    """Show no progress."""


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without looking for cycles among the many small values that a run makes, which would cost a third of it."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What lives now lives to the end of the command; only what comes after is worth a look.
        gc.freeze()
        if collected:
            gc.enable()


def check(
    project: Project, options: Options, progress: Progress = _quiet, kept: list[object] | None = None
) -> Report:
    """Check a project's documents. What is wrong with them is in the report; see `load` for what is raised.

    All that the run made is put into `kept`, for a caller that ends right after and need not have it freed.
    """
    with _undisturbed():
        work = Work(project, options, progress)
        if kept is not None:
            kept.append(work)
        if not options.base:
            return report(project, options, work.checked, work.rules)
        checked, judging = work.against(options.base)
        return report(judging, options, checked, work.rules_by(judging))


def load(project: Project, options: Options, progress: Progress = _quiet) -> Loaded:
    """The programme of a project, checked, for views and outputs.

    Raises CouldNotRun when there is no such folder, or a tool that must be there is missing.
    """
    from pipeline.refresh import adoption_of, read_bytes, vocabulary
    from pipeline.sources.reader import read

    with _undisturbed():
        work = Work(project, options, progress)
        words = vocabulary(work.catalogue, project.settings)
        programme, checked = work.fresh.programme, work.checked

    def source(path: str) -> Source:
        data = read_bytes(project.root, path) or b""
        return read(path, data, words, adoption_of(path, words.adoptions))

    return Loaded(programme, checked, work.rules, source)


def fix(project: Project, options: Options, progress: Progress = _quiet) -> "Mended":
    """What can be mended safely of the findings that the options choose. Nothing is written; see `load` for errors."""
    from pipeline.checks.rule import Judge
    from pipeline.mending import Ward, mend_all
    from pipeline.refresh import vocabulary

    with _undisturbed():
        work = Work(project, options._replace(prose=False), progress)
        words, judge = vocabulary(work.catalogue, project.settings), Judge(work.catalogue)
        ward = Ward(project.root, work.tree, words, judge, work.suite)
        fresh = work.fresh
        progress("mending")
        return mend_all(ward, fresh, lambda item: bool(_graded([item], project, options, work.rules)))


def ratchet(
    project: Project, options: Options, reason: str, progress: Progress = _quiet
) -> tuple["Turned", tuple[str, ...]]:
    """What the ratchet's file is to hold, and notes for the reader. Nothing is written; see `load` for errors."""
    from pipeline.ratchet import turn

    with _undisturbed():
        work = Work(project, options, progress)
        checked = work.checked
        judged = _judged(project, checked, work.rules)
        severity = partial(_severity, project=project, rules=work.rules)
        held = work.ratchet_file
        return turn(checked.findings, severity, held, checked.recorded, judged, reason), checked.notes


def _severity(finding: Finding, project: Project, rules: tuple[Rule, ...]) -> str:
    """How bad a finding is at the gate merge; 'off' where it counts for nothing."""
    graded = _graded([finding], project, Options(), rules)
    return graded[0].severity if graded else "off"


def _judged(project: Project, checked: Checked, rules: tuple[Rule, ...]) -> set[str]:
    """The rules that had a chance to judge."""
    off = {code for code, severity in project.settings.severity.items() if severity == "off"}
    return {rule.code for rule in rules} - off - checked.unjudged


def _known(project: Project, checked: Checked, rules: tuple[Rule, ...]) -> Checked:
    """The findings, those that are known marked so, with a note where the ratchet can be turned on."""
    from pipeline.ratchet import gone, mark

    findings = mark(checked.findings, checked.ratchet, partial(_severity, project=project, rules=rules))
    left = len(gone(checked.recorded, checked.findings, _judged(project, checked, rules)))
    note = f"{left} of the recorded findings {'is' if left == 1 else 'are'} gone: run paraph ratchet"
    notes = (*checked.notes, note) if left else checked.notes
    return checked._replace(findings=tuple(findings), notes=notes)


def _graded(
    findings: Iterable[Finding], project: Project, options: Options, rules: tuple[Rule, ...]
) -> list[Finding]:
    """The findings that were asked for, with their severity; those that are ignored are not among them."""
    from pipeline.checks.grade import grade

    chosen = [item for item in findings if wanted(item, project, options.paths, options.select)]
    return grade(chosen, {rule.code: rule for rule in rules}, project.settings.severity, options.gate)


def report(project: Project, options: Options, checked: Checked, rules: tuple[Rule, ...]) -> Report:
    """Grade and choose the findings that were asked for, with the source lines that show them."""
    if checked.ratchet or checked.recorded:
        checked = _known(project, checked, rules)
    graded = _graded(checked.findings, project, options, rules)
    shown = [msgspec.structs.replace(item, path=shown_path(item.path, project)) for item in graded]
    lines = source_lines([item for item in graded if not item.waived], project)
    return Report(
        tuple(item for item in shown if not item.waived),
        rules,
        checked.documents,
        checked.artifacts,
        options.gate,
        options.fail_on,
        options.day,
        checked.notes,
        lines,
        options.base,
        tuple(item for item in shown if item.waived),
    )
