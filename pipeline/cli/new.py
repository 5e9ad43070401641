"""`paraph new`: a new artifact with the next free ID."""

import os
from difflib import get_close_matches

import click

from pipeline.cli.options import day_of, project_options, today_option
from pipeline.run import Options, load
from pipeline.settings import Project


@click.command()
@click.argument("kind")
@click.argument("title")
@project_options
@click.option("--into", metavar="FILE", help="Append it as a section to this file.")
@today_option
def command(kind: str, title: str, project: Project, into: str | None, today: str | None) -> None:
    """Write a new artifact of KIND with the next free ID.

    Its fields come from the schema: those that are required with an example to replace, the others as comments.
    """
    from pipeline.edit.scaffold import file_name, next_id, scaffold, taken_ids
    from pipeline.edit.write import append, write_new

    title, path = title_of(title), _document(into, project)
    if not os.path.isdir(project.root):
        os.makedirs(project.root)
    programme = load(project, Options(prose=False, day=day_of(project, today))).programme
    found = programme.kinds.get(kind) or programme.prefixes.get(kind.upper())
    if found is None:
        near = get_close_matches(kind, programme.kinds, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]}?" if near else "`paraph schema` lists the kinds"
        raise click.UsageError(f"there is no kind {kind}; {hint}")
    identity = next_id(found, taken_ids(programme))
    text = scaffold(found, identity, title, day_of(project, today), section=into is not None)
    if path:
        append(path, text)
    else:
        path = os.path.join(project.root, found.folder, file_name(identity, title))
        write_new(path, text)
    shown = os.path.relpath(path)
    click.echo(f"{identity} is in {shown}. Fill it in, then run: paraph check {shown}")


def title_of(title: str) -> str:
    """The title as one line. Raises UsageError where it is none."""
    from pipeline.edit.scaffold import one_line

    try:
        return one_line(title)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _document(into: str | None, project: Project) -> str:
    """The path of the file that is added to, or ''. Raises UsageError for one that is no document."""
    if into is None:
        return ""
    path = os.path.abspath(into)
    if not path.startswith(project.root + os.sep):
        raise click.UsageError(f"{into} is not below the sources, {project.root}")
    if not path.endswith(".md") or os.path.isdir(path):
        raise click.UsageError(f"{into} is not a Markdown file")
    return path
