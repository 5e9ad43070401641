"""Steering packs: which report one is made of, its PDF, and its issuing, by which its figures are frozen."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from msgspec import structs

from pipeline.checks import reports, ties
from pipeline.edit.report import Frozen, freeze
from pipeline.errors import CouldNotRun
from pipeline.figures.days import read_day
from pipeline.figures.pack import figures
from pipeline.figures.pack.before import highlights
from pipeline.figures.pack.stated import stated
from pipeline.figures.pack.ties import later
from pipeline.figures.registers import digest_of, extract, restore
from pipeline.history.commit import revision
from pipeline.history.repository import is_shallow
from pipeline.model import Artifact, Finding, Programme
from pipeline.outputs.deliverables import Commit, circumstances, folders_of
from pipeline.outputs.made import Made
from pipeline.render.pdf.render import render_pdf
from pipeline.run import Loaded
from pipeline.settings import Project
from pipeline.weave.facts import facts_for
from pipeline.weave.pack import Told, level_of, tell_of, weave_pack
from pipeline.weave.sight import see

_TEMPLATE = "pack"
# What must hold before a report is issued: what ties out on paper, and the states of its dimensions.
_OF_ALL = ("BG-SUM", "BG-FLOW", "BG-UNIT", "BG-SERIES", "TIE-EAC", "TIE-DUE")
_OF_REPORT = ("RP-RAG", "RP-NUM", "TIE-OPEN", "TIE-MOVE", "TIE-DAY", "SCHEMA")


class Refused(CouldNotRun):
    """A report that cannot be issued, since something in it does not tie out: `findings` say what."""

    def __init__(self, message: str, hint: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(message, hint)
        self.findings = findings


def report_of(programme: Programme, identity: str = "") -> Artifact:
    """The report of an ID; without one the draft of the last day, else the last highlight report.

    Raises CouldNotRun where there is none, or where it is no highlight report.
    """
    every = highlights(programme)
    known = ", ".join(item.id for item in every) or "none yet; `paraph new report` writes one"
    hint = f"the highlight reports are: {known}"
    if not identity:
        if not every:
            raise CouldNotRun("there is no highlight report to make a pack of", hint)
        drafts = [item for item in every if programme.phase(item) == "early"]
        return (drafts or every)[-1]
    found = programme.artifacts.get(identity)
    if found is None:
        raise CouldNotRun(f"there is no report {identity}", hint)
    if found not in every:
        sort = f"a report of type {found.fields.get('type')}" if found.kind == "report" else f"a {found.kind}"
        raise CouldNotRun(f"{identity} is {sort}: only a highlight report has a steering pack", hint)
    return found


def dated(report: Artifact, programme: Programme, as_of: str, today: str) -> tuple[Artifact, Programme]:
    """A report on the day asked for, else on the one that it states, and the programme on that day.

    Raises CouldNotRun for a day that is to come, and for another than an issued report is of.
    """
    stated_day = read_day(report.fields.get("as_of"))
    day = as_of or (stated_day.isoformat() if stated_day else programme.day)
    if day > today:
        hint = "name a day up to today, with --as-of"
        raise CouldNotRun(f"the registers say nothing of {day}, which is to come", hint)
    if programme.phase(report) != "early":
        if as_of and as_of != report.fields.get("as_of"):
            words = f"{report.id} was issued as of {report.fields.get('as_of')}, and stays so"
            raise CouldNotRun(words, "leave --as-of out, or write another report")
        return report, programme
    dated_report = structs.replace(report, fields=report.fields | {"as_of": day})
    artifacts = programme.artifacts | {report.id: dated_report}
    return dated_report, structs.replace(programme, artifacts=artifacts, day=day)


def told_by(report: Artifact, programme: Programme) -> Told:
    """The pack of a report. Raises CouldNotRun where it was issued without registers, or they were changed."""
    hidden = see(programme, level_of(report)).hidden
    told = tell_of(report, programme, hidden)
    if told is None:
        words = f"{report.id} was issued without the registers that it was made of: no pack can be made of it"
        raise CouldNotRun(
            words, "a pack is made of a draft, or of a report issued by `paraph pack ID --issue`"
        )
    return told


def make_pack(project: Project, loaded: Loaded, told: Told, lang: str, show: Callable[[str], None]) -> Made:
    """Make the PDF of a pack in a language, under dist/pdf/. Raises what `render_pdf` raises."""
    report = told.report
    commit = Commit(*revision(project.root), is_shallow(project.root))
    around = circumstances(project, loaded, report, told.pack.as_of.isoformat(), commit)
    facts = facts_for(loaded.programme, report.id, level_of(report), around)
    woven = weave_pack(told, lang, project.root)
    facts = structs.replace(facts, title=woven.title)
    show(f"making the pack of {report.id}")
    path = project.path(project.settings.output, "pdf", f"{report.id}-{lang}.pdf")
    render_pdf(woven, facts, path, template_folders=folders_of(project, _TEMPLATE))
    count = len(told.pack.asks)
    asked = f"{count} decision{'' if count == 1 else 's'} asked"
    return Made(path, f"steering pack as of {told.pack.as_of}, {len(told.pack.figures)} figures, {asked}")


class Issued(NamedTuple):
    """A report that was frozen: the files that were written, by their paths below the root, how many figures."""

    files: tuple[str, str]
    figures: int
    digest: str


def issue_pack(project: Project, loaded: Loaded, report: Artifact, programme: Programme) -> Issued:
    """Freeze a draft: write its registers, and its figures with them. Nothing is written where something does not hold.

    `report` and `programme` are of the as-of date, as are the findings of `loaded`. Raises Refused for what does not
    tie out, CouldNotRun for a report that is no draft or whose file has changed.
    """
    if programme.phase(report) != "early":
        raise CouldNotRun(f"{report.id} is issued already", "what was issued stays; write another report")
    _hold(loaded, report)
    day = programme.day
    seen = see(programme, level_of(report)).programme
    registers = extract(seen, report.id, day)
    then = restore(registers, programme)
    if then is None:
        raise CouldNotRun(f"no registers can be made of the programme on {day}")
    if late := next(later(then, date.fromisoformat(day)), None):
        words = f"{report.id} is not issued as of {day}: {late.words}, after that day"
        raise CouldNotRun(words, "name a later --as-of, or issue from the revision of that day")
    found = [(row["measure"], row["value"]) for row in stated(figures(then))]
    frozen = Frozen(day, found, registers, digest_of(registers))
    _hold_issued(report, programme, frozen)
    written = freeze(loaded.programme.artifacts[report.id], project.root, frozen)
    return Issued(written, len(found), frozen.digest)


def _hold_issued(report: Artifact, programme: Programme, frozen: Frozen) -> None:
    """Judge the report as it would be once it is issued, by the registers that its readers may see."""
    rows = [{"measure": measure, "value": value} for measure, value in frozen.figures]
    issued = {"status": "issued", "as_of": frozen.as_of, "figures": rows, "snapshot_digest": frozen.digest}
    after = structs.replace(
        programme,
        artifacts=programme.artifacts | {report.id: structs.replace(report, fields=report.fields | issued)},
        registers=programme.registers | {report.id: frozen.registers},
    )
    for rule in (*reports.RULES, *ties.RULES):
        fault = next((item for item in rule.run(after) if item.artifact == report.id), None)
        if fault is not None:
            words = f"{report.id} is not issued, and nothing was written ({rule.code}): {fault.message}"
            raise CouldNotRun(words, fault.hint)


def _hold(loaded: Loaded, report: Artifact) -> None:
    asked = {link.target for link in report.links if link.role == "asks"}
    wrong = tuple(
        item
        for item in loaded.checked.findings
        if not item.waived
        and (
            item.code in _OF_ALL
            or (item.code in _OF_REPORT and item.artifact == report.id)
            or (item.code == "DC-ASK" and item.artifact in asked)
        )
    )
    if wrong:
        words = f"{report.id} is not issued, and nothing was written: what is told above does not tie out"
        raise Refused(words, "mend it; paraph explain CODE says how", wrong)
