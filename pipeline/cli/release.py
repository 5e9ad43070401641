"""`paraph release`: check, make, sign, tag and publish a version, or say what would be done."""

import click
from msgspec import structs

from pipeline.cli.deciding import key_of, key_option
from pipeline.cli.options import audience_option, day_of, engine_option, progress, project_options
from pipeline.history.releases import last_release
from pipeline.model import Finding, Report
from pipeline.model.release import PUBLISHED
from pipeline.outputs.release import Asked, Released, Start, begin, finals, finish
from pipeline.publish.places import BRANCH, Place
from pipeline.report import text
from pipeline.run import Loaded, Options, Progress, check, load, report
from pipeline.settings import Project

# What must hold against the last release; what else changed since is what a release is for.
SINCE_LAST = ("ID-UNIQ", "LC-LEDGER")


@click.command()
@click.argument("version")
@project_options
@audience_option
@engine_option
@key_option
@click.option("--alias", metavar="NAME", help="As for publish.")
@click.option("--branch", metavar="NAME", help=f"Publish to this branch.  [default: {BRANCH}]")
@click.option("--folder", metavar="DIR", help="Publish to this folder instead.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
def command(
    version: str,
    project: Project,
    audience: str,
    engine: str | None,
    key: str | None,
    alias: str | None,
    branch: str | None,
    folder: str | None,
    dry_run: bool,
) -> int:
    """Release the last commit as VERSION: site, PDFs, signed manifest, bill of materials, tag.

    The gate release must be passed. Nothing that is released or published is touched, and nothing is pushed.
    Interrupted, the last release stands, and the same command does what is left.
    Exit status: 0 released, 1 findings at the gate, 2 could not run.
    """
    if branch and folder:
        raise click.UsageError("--branch and --folder exclude each other")
    place = Place(project.root, branch or BRANCH, folder or "")
    asked = Asked(version, audience, place, key_of(project, key), engine or "", alias)
    start = begin(project, asked)
    with progress() as show:
        loaded, found = _at_gate(project, show)
    click.echo(text.render(found).rstrip("\n"))
    if found.failed:
        click.echo(f"Nothing was released: {version} does not pass the gate.")
        return 1
    if dry_run:
        _say_what_would_be(project, start, loaded)
        return 0
    with progress() as show:
        released = finish(project, start, loaded, found, show)
    _say(start, released)
    return 0


def _at_gate(project: Project, show: Progress) -> tuple[Loaded, Report]:
    # A release that some rule had no chance to judge has not passed.
    options = Options(gate="release", day=day_of(project, None), must_have_tools=True)
    loaded = load(project, options, show)
    found = report(project, options, loaded.checked, loaded.rules)
    last = last_release(project)
    if last is None:
        return loaded, found
    since = check(project, options._replace(base=last.commit, select=SINCE_LAST), show)
    more = [item for item in since.findings if item not in found.findings]
    findings = tuple(sorted((*found.findings, *more), key=Finding.order))
    return loaded, structs.replace(found, findings=findings, lines=found.lines | since.lines)


def _say_what_would_be(project: Project, start: Start, loaded: Loaded) -> None:
    asked = start.asked
    made = finals(project, loaded, asked.audience)
    names = ", ".join(f"{item.id} ({item.state})" for item in made) or "none"
    lines = [f"make the site for {asked.audience} readers, with the deliverables: {names}"]
    if start.tag is None:
        lines += [
            f"sign their manifest with {asked.key} ({start.signer})",
            f"record it under the tag {asked.version}",
        ]
    also = f", also as {' and '.join(start.aliases)}" if start.aliases else ""
    lines.append(f"publish it to {asked.place.name} as {asked.version}{also}")
    what = "finish" if start.tag else "make"
    click.echo(f"\nThis would {what} release {asked.version} of commit {start.short}:")
    for number, line in enumerate(lines, 1):
        click.echo(f"  {number}. {line}")
    click.echo("Nothing was changed.")


def _say(start: Start, released: Released) -> None:
    asked, outputs = start.asked, released.manifest.outputs
    for note in released.notes:
        click.echo(f"note: {note}", err=True)
    also = f", also as {' and '.join(released.aliases)}" if released.aliases else ""
    pdfs = [item.path for item in outputs if item.path.startswith(f"{PUBLISHED}/pdf/")]
    signed = sum(path.endswith(".signed.pdf") for path in pdfs)
    click.echo(f"\nReleased {asked.version} of commit {start.short} for {asked.audience} readers:")
    click.echo(
        f"  tag {asked.version}  the signed manifest of {len(outputs)} files,"
        f" {len(pdfs)} of them deliverables ({signed} signed)"
    )
    click.echo(f"  {asked.place.name}  {asked.version}{also}")
    names = asked.version if asked.place.folder else f"{asked.version} {asked.place.branch}"
    click.echo(f"Next: git push origin {names} makes it public.")
