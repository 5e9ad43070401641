"""What the commands that enter a decision share: who signs, when, on what, and what is said of it."""

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from pipeline.cli.opened import Opened
from pipeline.cli.options import one_day, progress
from pipeline.errors import CouldNotRun
from pipeline.report.plain import visible
from pipeline.settings import Project
from pipeline.shown import shown_path

if TYPE_CHECKING:
    from pipeline.ledger.desk import Desk, Subject
    from pipeline.model import Entry, Finding, Ledger

# What an approval itself would mend, or what is about another than the one who approves.
_NOT_IN_THE_WAY = ("LC-APPR", "LC-EDIT", "LC-SELF", "RQ-SUSPECT")


class Table(NamedTuple):
    """The desk of a project, and the errors that were found in it."""

    project: Project
    desk: "Desk"
    errors: "list[Finding]"


def key_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--key`: the SSH key to sign with."""
    words = "Your SSH key; default: $PARAPH_KEY, else git's user.signingkey."
    return click.option("--key", metavar="FILE", help=words)(command)


def entry_day_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--today`: the day that the entry is to have."""
    words = "The day of the entry; default: this moment."
    return click.option("--today", metavar="DATE", callback=one_day, help=words)(command)


def open_table(project: Project) -> Table:
    """Read and check the project. Raises CouldNotRun."""
    from pipeline.ledger.contents import Contents
    from pipeline.ledger.desk import Desk
    from pipeline.refresh import read_bytes

    with progress() as show:
        opened = Opened(project, show)
        loaded = opened.loaded
        errors = [item for item in opened.found.findings if item.severity == "error"]
    contents = Contents(loaded.programme, partial(read_bytes, project.root))
    return Table(project, Desk(loaded.programme, project.settings.policies, contents), errors)


def key_of(project: Project, key: str | None) -> str:
    """The file of the key to sign with. Raises CouldNotRun where none is named anywhere."""
    from pipeline.history.commit import signing_key

    found = key or os.environ.get("PARAPH_KEY") or signing_key(project.folder)
    if not found:
        hint = "name it with --key, in PARAPH_KEY, or with `git config user.signingkey FILE`"
        raise CouldNotRun("it is not known which SSH key is yours", hint)
    return os.path.abspath(os.path.expanduser(found))


def moment(today: str | None, ledger: "Ledger | None" = None) -> str:
    """The moment of an entry: noon of a day that is given, or the end of what its ledger has of that day; else now."""
    from pipeline.ledger.moment import moment as this_moment

    if today is not None:
        last = max((item.entry.date for item in ledger.entries), default="") if ledger else ""
        noon = f"{today}T12:00:00Z"
        return max(noon, last) if last[:10] == today else noon
    return this_moment()


def in_the_way(table: Table, subject: "Subject") -> "list[Finding]":
    """The errors that must be mended before something is approved: its own, and those of what it holds."""
    named = {subject.id, *subject.holds}
    found = [item for item in table.errors if item.artifact in named and item.code not in _NOT_IN_THE_WAY]
    return [item for item in found if item.code != "LC-LEDGER"]


def uncommitted(table: Table, subject: "Subject") -> list[str]:
    """The documents of what is decided on that are not as the last commit has them; none outside a repository."""
    from pipeline.history.commit import changes, revision

    if subject.artifact is None or not revision(table.project.folder)[0]:
        return []
    programme, root = table.desk.programme, table.project.root
    inner = [programme.artifacts[item] for item in subject.holds if item in programme.artifacts]
    pages = {item for item in subject.holds if item not in programme.artifacts}
    paths = {subject.artifact.path, subject.artifact.header.path, *(item.path for item in inner), *pages}
    found = [path for path in sorted(paths) if changes(root, [os.path.join(root, path)], tracked=False)]
    return [shown_path(path, table.project) for path in found]


def enter(table: Table, entry: "Entry", key: str) -> str:
    """Sign an entry and write it; gives the path of its file as it can be opened from here."""
    from pipeline.ledger.append import append

    project = table.project
    path = append(project.path(project.settings.approvals), entry, key)
    return os.path.relpath(path).replace(os.sep, "/")


def refuse(message: str, hint: str = "") -> int:
    """Say why nothing was entered; gives the exit status."""
    click.echo(f"paraph: nothing was entered: {visible(message)}", err=True)
    if hint:
        click.echo(f"  help: {visible(hint)}", err=True)
    return 1
