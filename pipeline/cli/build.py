"""`paraph build`: check, then make the site and the PDFs."""

import click

from pipeline.cli.options import (
    audience_option,
    day_of,
    end_progress,
    must_have_tools,
    progress,
    project_options,
    today_option,
)
from pipeline.cli.summary import say_made
from pipeline.history.commit import revision
from pipeline.outputs import Commit, deliverables, make_pdf, make_site
from pipeline.report import text
from pipeline.run import Options, load, report
from pipeline.settings import Project


@click.command()
@project_options
@audience_option
@today_option
def command(project: Project, audience: str, today: str | None) -> int:
    """Check, then make the site under dist/site/ and the PDFs under dist/pdf/.

    Documents with findings are built all the same: the site shows them where they are. Exit status as for check.
    """
    show = progress()
    options = Options(day=day_of(project, today), must_have_tools=must_have_tools())
    loaded = load(project, options, show)
    found = report(project, options, loaded.checked, loaded.rules)
    end_progress()
    click.echo(text.render(found).rstrip("\n"))
    show("building the site")
    made = [make_site(project, loaded, audience, options.day, found.findings)]
    commit = Commit(*revision(project.root))
    chosen = deliverables(loaded.programme)
    for number, artifact in enumerate(chosen, 1):
        show(f"making {artifact.id} ({number} of {len(chosen)})")
        if artifact.classification == "public" or audience != "public":
            made.append(make_pdf(project, loaded, artifact, audience, options.day, commit))
    end_progress()
    click.echo("\nMade:")
    say_made(made)
    click.echo("\nLook: paraph serve shows the site on this machine.")
    click.echo(_next(found.failed))
    return 1 if found.failed else 0


def _next(failed: bool) -> str:
    if failed:
        return "Next: mend what is wrong above; paraph explain CODE says how."
    return 'Next: paraph new requirement "Title" writes one; paraph check says what it lacks.'
