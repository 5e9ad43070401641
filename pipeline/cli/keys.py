"""The SSH key that a command signs with."""

import os
from collections.abc import Callable
from typing import Any

import click

from pipeline import tools
from pipeline.errors import CouldNotRun
from pipeline.settings import Project


def key_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--key`: the file of an SSH key."""
    return click.option(
        "--key", metavar="SSHKEY", help="Sign with this SSH key.  [default: the one git signs with]"
    )(command)


def key_of(project: Project, named: str | None) -> str:
    """The file of the key that is named, else of the one that git signs with. Raises CouldNotRun without one."""
    if named:
        return named
    if tools.find("git") is None:
        raise tools.missing("git")

    def ask(name: str) -> str:
        done = tools.run("git", ["-C", project.root, "config", "--path", name], check=False)
        return done.text.strip()

    key = ask("user.signingkey") if ask("gpg.format") == "ssh" else ""
    if not os.path.isfile(key):
        raise CouldNotRun("no key is named to sign with", "name the file of an SSH key with --key")
    return key
