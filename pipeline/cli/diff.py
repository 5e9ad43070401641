"""`paraph diff`: what differs between two revisions."""

import click

from pipeline.cli.options import progress, project_options, say
from pipeline.settings import Project


@click.command()
@click.argument("base")
@click.argument("head", required=False, default="")
@project_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(base: str, head: str, project: Project, form: str) -> None:
    """Show what differs between the revision BASE and HEAD, or the working tree.

    Artifacts are followed by their IDs: which came and went, which fields and words changed, which moved to another
    file. Then what that touches: all that links to it, and the deliverables that hold it.
    """
    from pipeline.compare import compare
    from pipeline.history.diff import Side
    from pipeline.report.diff import render_json, render_text
    from pipeline.run import Options, load

    def tree() -> Side:
        with progress() as show:
            loaded = load(project, Options(prose=False), show)
        return Side(loaded.programme, loaded.source)

    diff = compare(project, base, head, tree)
    say((render_json(diff) if form == "json" else render_text(diff)).rstrip("\n"))
