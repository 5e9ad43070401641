"""`paraph import`: results of tests and issues of a tracker, offline, as often as one likes."""

import os
from collections.abc import Sequence

import click

from pipeline.cli.near import Near
from pipeline.cli.taking import Into, importing, known_options
from pipeline.edit.runs import Known, Plan
from pipeline.edit.work_items import Mirror
from pipeline.model import Artifact
from pipeline.model.imported import Result, Results

# So many of a sort are named; the others are counted.
_MOST = 10


@click.group(cls=Near)
def command() -> None:
    """Take over results of tests and issues of a tracker from files.

    Nothing is fetched, and what was taken over before is not taken over again.
    """


@command.command("junit")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@known_options
@importing("test-run", "test-case")
def junit(files: tuple[str, ...], known: Known, into: Into) -> int:
    """Take over results in the XML of JUnit as test runs.

    A test is of the test case that a property of it names (test_case), or its own name: TC-101, test_TC_101.
    Exit status: 0 all was taken over, 1 something was left out that is told, 2 could not run.
    """
    from pipeline.exchange.junit import read_junit

    return _runs([read_junit(path) for path in files], known, into)


@command.command("results")
@click.argument("file")
@known_options
@importing("test-run", "test-case")
def results(file: str, known: Known, into: Into) -> int:
    """Take over results in the JSON of Xray as test runs.

    A test is of the test case that its testKey names, or the summary of it.
    Exit status: 0 all was taken over, 1 something was left out that is told, 2 could not run.
    """
    from pipeline.exchange.results import read_results

    return _runs([read_results(file)], known, into)


def _runs(files: Sequence[Results], known: Known, into: Into) -> int:
    from pipeline.edit.runs import date_of, plan, section
    from pipeline.edit.write import copy_new
    from pipeline.errors import CouldNotRun

    found = plan(into.programme, files, into.document, into.project.root)
    kind = into.programme.kinds["test-run"]
    ids = into.ids(kind, len(found.runs))
    for run in found.runs:
        if not date_of(run, known):
            names = ", ".join(piece.source for piece in run.evidence)
            raise CouldNotRun(
                f"{names} does not say on which day {run.case.id} was run", "give it with --date"
            )
    sections = [
        section(run, identity, into.document, into.day, known)
        for run, identity in zip(found.runs, ids, strict=True)
    ]
    pieces = {piece for run in found.runs for piece in run.evidence}
    for piece in () if into.dry else sorted(pieces):
        copy_new(piece.source, os.path.join(into.project.root, piece.path), piece.sha256)
    into.append(kind, sections, "name another document with --into")
    for run, identity in zip(found.runs, ids, strict=True):
        click.echo(f"  {identity}  {run.verdict:<7}  {run.case.id} {run.case.title}")
    for run in found.recorded:
        click.echo(f"  {run.recorded}  is there already, with the same results of {run.case.id}")
    return _tell_runs(found, files, into)


def _tell_runs(found: Plan, files: Sequence[Results], into: Into) -> int:
    """Say what was left out and what to do next; the exit status says whether something was that should not be."""
    from pipeline.report.summary import count

    _name("not carried out yet", found.waiting)
    _name("names no test case", found.unmapped)
    _name(
        "names a test case that does not exist",
        [test for test, _ in found.missing],
        [name for _, name in found.missing],
    )
    _name("has a verdict that is not known", found.unknown, [test.said for test in found.unknown])
    tests = sum(len(item.tests) for item in files)
    would = "would be written to" if into.dry else "in"
    if found.runs:
        click.echo(
            f"{count(len(found.runs), 'new run')} of {count(tests, 'test')} {would} {into.shown(into.document)}"
        )
        if not into.dry:
            click.echo(f"Look through them, then run: paraph check {into.shown(into.document)}")
    else:
        click.echo(f"Nothing new in {count(tests, 'test')}")
    return 1 if found.unknown or found.missing else 0


def _name(words: str, tests: Sequence[Result], said: Sequence[str] = ()) -> None:
    """Name the first of some tests that were left out, and count the others."""
    from pipeline.report.plain import visible

    for at, test in enumerate(tests[:_MOST]):
        what = f" ({visible(said[at])})" if said else ""
        click.echo(f"  left out  {visible(test.name)}: {words}{what}")
    if len(tests) > _MOST:
        click.echo(f"  left out  {len(tests) - _MOST} more: {words}")


@command.command("jira")
@click.argument("file")
@click.option("--update", is_flag=True, help="Write what differs into the work items.")
@click.option(
    "--linked", is_flag=True, help="Only issues that name a requirement of the programme become new."
)
@importing("work-item", "requirement")
def jira(file: str, update: bool, linked: bool, into: Into) -> int:
    """Mirror issues of Jira, in CSV or JSON, as work items.

    The key of an issue is its identity. New issues become work items, what differs is shown, nothing is removed.
    Exit status: 0 the same on both sides now, 1 something differs still or was left out, 2 could not run.
    """
    from pipeline.edit.work_items import ids_by_key, mirror, section
    from pipeline.exchange.jira import read_issues

    programme, kind = into.programme, into.programme.kinds["work-item"]
    limit = into.project.settings.limits.file
    issues = read_issues(file, programme.kinds["requirement"].prefix)
    found = mirror(programme, issues, limit, linked=linked)
    ids = into.ids(kind, len(found.new))
    new = {draft.issue.key: identity for draft, identity in zip(found.new, ids, strict=True)}
    parents = ids_by_key(programme) | new
    sections = [section(draft, new[draft.issue.key], programme, parents, into.day) for draft in found.new]
    if update and not into.dry:
        _update(found, into)
    into.append(kind, sections, "--linked takes only issues that name a requirement; or export fewer")
    return _tell_jira(found, list(new.items()), into, update=update)


def _update(found: Mirror, into: Into) -> None:
    """Write what differs into the documents, all of them or none."""
    from pipeline.edit.header import changed
    from pipeline.edit.work_items import value_of
    from pipeline.edit.write import Change, change_all

    documents: dict[str, list[Artifact]] = {}
    for drift in found.drifts:
        documents.setdefault(drift.artifact.path, []).append(drift.artifact)
    values = {
        drift.artifact.id: {item.field: value_of(item.field, item.there) for item in drift.fields}
        for drift in found.drifts
    }
    changes = []
    for path, artifacts in documents.items():
        whole = os.path.join(into.project.root, path)
        with open(whole, "rb") as file:
            data = file.read()
        changes.append(Change(whole, data, changed(path, data, values, artifacts)))
    change_all(changes)


def _tell_jira(found: Mirror, new: Sequence[tuple[str, str]], into: Into, *, update: bool) -> int:
    from pipeline.report.plain import visible
    from pipeline.report.summary import count

    for key, identity in new[:_MOST]:
        click.echo(f"  {identity}  new, {key}")
    if len(new) > _MOST:
        click.echo(f"  ...  {len(new) - _MOST} more, to {new[-1][1]}")
    for drift in found.drifts:
        click.echo(
            f"  {drift.artifact.id}  {drift.artifact.fields['key']} differs, {into.place(drift.artifact)}"
        )
        for item in drift.fields:
            click.echo(
                f"    {item.field}: {visible(item.here) or 'nothing'} here, {visible(item.there)} in the export"
            )
    for gone in found.gone:
        click.echo(f"  {gone.id}  {gone.fields['key']} is not in the export, {into.place(gone)}")
    for problem in found.problems[:_MOST]:
        click.echo(f"  row {visible(problem)}")
    if found.wrong > _MOST:
        click.echo(f"  and {found.wrong - _MOST} more")
    if found.others:
        kinds = ", ".join(f"{visible(name)} {number}" for name, number in found.others.most_common(_MOST))
        click.echo(f"  left out, of types that are no work items: {kinds}")
    if found.unlinked:
        click.echo(f"  left out, naming no requirement: {found.unlinked}")
    written = update and not into.dry
    parts = (
        f"{len(new)} new",
        f"{len(found.drifts)} {'updated' if written else 'differ'}",
        f"{found.same} the same",
    )
    click.echo(f"{count(found.issues, 'issue')}: {', '.join(parts)}, {len(found.gone)} gone")
    if into.dry:
        click.echo("Nothing was written.")
    elif new:
        click.echo(
            f"New ones are in {into.shown(into.document)}; run: paraph check {into.shown(into.document)}"
        )
    if found.drifts and not update:
        click.echo("--update writes what differs.")
    return 1 if found.wrong or (found.drifts and not written) else 0
