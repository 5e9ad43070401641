"""`paraph new`: a new artifact with the next free ID."""

import os
from difflib import get_close_matches
from typing import Any

import click

from pipeline.cli.options import day_of, project_options, today_option
from pipeline.model import Programme
from pipeline.run import Options, load
from pipeline.settings import Project


@click.command()
@click.argument("kind")
@click.argument("title")
@project_options
@click.option("--into", metavar="FILE", help="Append it as a section to this file.")
@click.option("--link", "links", metavar="FIELD=ID", multiple=True, help="Fill in a link: satisfies=BN-003.")
@today_option
def command(
    kind: str, title: str, project: Project, into: str | None, links: tuple[str, ...], today: str | None
) -> None:
    """Write a new artifact of KIND with the next free ID, one that no branch has.

    Its fields come from the schema: those that are required with an example to replace, the others as comments.
    """
    from pipeline.edit.scaffold import file_name, link_fields, next_id, scaffold, taken_ids
    from pipeline.edit.write import append, write_new
    from pipeline.history.branches import ids_on_branches

    title, path = title_of(title), document_named(into, project)
    if not os.path.isdir(project.root):
        os.makedirs(project.root)
    programme = load(project, Options(prose=False, day=day_of(project, today))).programme
    found = programme.kinds.get(kind) or programme.prefixes.get(kind.upper())
    if found is None:
        near = get_close_matches(kind, programme.kinds, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]}?" if near else "`paraph schema` lists the kinds"
        raise click.UsageError(f"there is no kind {kind}; {hint}")
    known = _known(programme, project, path) | link_fields(found, programme, map(_pair, links))
    identity = next_id(found, taken_ids(programme) | ids_on_branches(project.folder, found.prefix))
    day = day_of(project, today)
    text = scaffold(found, identity, title, day, section=into is not None, known=known)
    if path:
        append(path, text)
    else:
        path = os.path.join(project.root, found.folder, file_name(identity, title))
        write_new(path, text)
    shown = os.path.relpath(path)
    click.echo(f"{identity} is in {shown}. Fill it in, then run: paraph check {shown}")


def _known(programme: Programme, project: Project, path: str) -> dict[str, Any]:
    """What is known of a new artifact without being asked: who writes it, and in which language the project writes."""
    from pipeline.edit.scaffold import author_of, defaults_of
    from pipeline.history.commit import person

    name = os.path.relpath(path, project.root).replace(os.sep, "/") if path else ""
    given = defaults_of(programme.documents.get(name))
    author, lang = author_of(programme, person(project.folder)), project.settings.lang
    known: dict[str, Any] = {"lang": lang} if lang != "en" else {}
    known |= {"authors": [author]} if author else {}
    return {field: value for field, value in known.items() if field not in given}


def _pair(link: str) -> tuple[str, str]:
    """A link as it was given on the command line. Raises UsageError where it is none."""
    role, _, identity = link.partition("=")
    if not role or not identity:
        raise click.UsageError(f"--link {link}: write the field, = and the ID, as in satisfies=BN-003")
    return role.replace("-", "_"), identity


def title_of(title: str) -> str:
    """The title as one line. Raises UsageError where it is none."""
    from pipeline.edit.scaffold import one_line

    try:
        return one_line(title)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def document_named(into: str | None, project: Project) -> str:
    """The path of the file that is added to, or ''. Raises UsageError for one that is no document."""
    if into is None:
        return ""
    path = os.path.abspath(into)
    if not path.startswith(project.root + os.sep):
        raise click.UsageError(f"{into} is not below the sources, {project.root}")
    if not path.endswith(".md") or os.path.isdir(path):
        raise click.UsageError(f"{into} is not a Markdown file")
    return path
