"""Options that several commands share."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from pipeline.errors import CouldNotRun
from pipeline.settings import ENGINES, Project, open_project

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def project_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--root` and `--config`, given to the command as `project`."""

    def run(*args: Any, root: str | None, config: str | None, **rest: Any) -> Any:
        return command(*args, project=open_project(config, root), **rest)

    run.__doc__, run.__name__ = command.__doc__, command.__name__
    run.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    config = click.option("--config", metavar="FILE", help="Settings file; cache and output lie beside it.")
    root = click.option("--root", metavar="DIR", help="Folder of the sources; may be read-only.")
    return root(config(run))


def audience_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--audience`: who the output is for."""
    return click.option(
        "--audience",
        type=click.Choice(["public", "internal", "limited"]),
        default="internal",
        show_default=True,
        help="Who will read it; what is above leaves no trace.",
    )(command)


def engine_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--engine`: what builds the site."""
    return click.option(
        "--engine", type=click.Choice(ENGINES), default=None, help="What builds it; default: the setting's."
    )(command)


def today_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--today`: the day that dates are judged by."""
    return click.option(
        "--today", metavar="DATE", callback=one_day, help="The day to judge dates by; default: the commit's."
    )(command)


def one_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """A day as an option states it, or None. Raises BadParameter for what is none."""
    from datetime import date

    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day; write it as 2026-03-31") from None


def must_have_tools() -> bool:
    """Whether a missing tool ends the run: in CI it does, on a person's machine it is a loud warning."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def day_of(project: Project, today: str | None) -> str:
    """The day to judge dates by: the one given, else the last commit's, else this one."""
    if today:
        return today
    from pipeline import tools
    from pipeline.history.commit import commit_day

    if tools.find("git") is None and _in_repository(project.root):
        missing = tools.missing("git")
        if must_have_tools():
            raise missing
        complain(missing)
    return commit_day(project.root) or _this_day()


def _in_repository(folder: str) -> bool:
    while not os.path.exists(os.path.join(folder, ".git")):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return False
    return True


def _this_day() -> str:
    from datetime import date

    return date.today().isoformat()


def say(text: str, *, ended: bool = False) -> None:
    """Print a text, with a line end unless it has `ended`.

    A reader that goes away before its end (`| head`) is no failure of ours.
    """
    try:
        click.echo(text, nl=not ended)
    except BrokenPipeError:
        # What Python still holds back goes nowhere, so that it does not complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(error: CouldNotRun) -> None:
    """Say what could not be done, and what the person can do about it."""
    click.echo(f"paraph: {error.message}", err=True)
    if error.hint:
        click.echo(f"  help: {error.hint}", err=True)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give what shows each step on a terminal, until the block ends; it shows nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda _step: None
        return

    def show(step: str) -> None:
        click.echo(f"\r\033[K{step} ...", err=True, nl=False)

    try:
        yield show
    finally:
        click.echo("\r\033[K", err=True, nl=False)
