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
    from pipeline.edit.scaffold import file_name, next_id, scaffold
    from pipeline.edit.write import write, write_new

    if not os.path.isdir(project.root):
        os.makedirs(project.root)
    programme = load(project, Options(prose=False, day=day_of(project, today))).programme
    found = programme.kinds.get(kind) or programme.prefixes.get(kind.upper())
    if found is None:
        near = get_close_matches(kind, programme.kinds, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]}?" if near else "`paraph schema` lists the kinds"
        raise click.UsageError(f"there is no kind {kind}; {hint}")
    identity = next_id(found, programme.artifacts)
    text = scaffold(found, identity, title, day_of(project, today), section=into is not None)
    if into is None:
        path = os.path.join(project.root, found.folder, file_name(identity, title))
        write_new(path, text)
    else:
        path = os.path.abspath(into)
        if not path.startswith(project.root + os.sep):
            raise click.UsageError(f"{into} is not below the sources, {project.root}")
        before = ""
        if os.path.exists(path):
            with open(path, encoding="utf-8", newline="") as file:
                before = file.read()
        gap = "" if not before or before.endswith("\n\n") else "\n" if before.endswith("\n") else "\n\n"
        write(path, before + gap + text)
    shown = os.path.relpath(path)
    click.echo(f"{identity} is in {shown}. Fill it in, then run: paraph check {shown}")
