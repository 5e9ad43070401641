"""`paraph rename`: another ID for an artifact, everywhere."""

import os

import click

from pipeline.cli.options import project_options
from pipeline.errors import CouldNotRun
from pipeline.run import Options, load
from pipeline.settings import Project


@click.command()
@click.argument("old")
@click.argument("new")
@project_options
@click.option("--base", metavar="REV", help="What others build on; default: the default branch.")
def command(old: str, new: str, project: Project, base: str | None) -> None:
    """Give the artifact OLD the ID NEW, in every place that names it.

    An ID that is on the base, or that a document names which is no draft any more, stays: supersede the artifact.
    """
    from pipeline.edit.rename import refusal, rename
    from pipeline.edit.write import change_all

    programme = load(project, Options(prose=False)).programme
    error = refusal(programme, old, new)
    if error is not None:
        raise error
    if old in programme.ledgers:
        hint = f"write a new artifact with supersedes: [{old}], and mark {old} superseded"
        raise CouldNotRun(f"{old} has a ledger of approvals, which name it", hint)
    _ask_git(project, old, new, base)
    found = rename(programme, project.root, old, new)
    change_all(found.changes)
    click.echo(f"{old} is now {new}: {_count(found.places, 'place')} in {_count(len(found.changes), 'file')}")
    for change in found.changes:
        moved = f", now {os.path.relpath(change.moved)}" if change.moved else ""
        click.echo(f"  {os.path.relpath(change.path)}{moved}")
    if found.left:
        click.echo(
            f"{_count(found.left, 'place')} in code, comments, addresses or names of files still say {old}"
        )


def _ask_git(project: Project, old: str, new: str, base: str | None) -> None:
    """Raise CouldNotRun where a merge is under way, the base has the ID, or a branch has the new one."""
    from pipeline.history.branches import default_branch, ids_on_branches, is_revision, stands_on, unmerged

    if base is not None and not is_revision(project.folder, base):
        raise CouldNotRun(f"there is no revision {base}", "name a branch or a commit with --base")
    if unmerged(project.folder):
        raise CouldNotRun("a merge is not finished", "finish it first: its files hold both sides")
    known = base or default_branch(project.folder)
    if known and stands_on(project.folder, known, old):
        hint = f"write a new artifact with supersedes: [{old}], and mark {old} superseded"
        raise CouldNotRun(f"{old} is on {known}, where others may name it", hint)
    if new in ids_on_branches(project.folder, new.rpartition("-")[0]):
        raise CouldNotRun(f"another branch has {new}", "choose an ID that is free")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
