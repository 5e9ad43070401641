"""What the commands that sign ask for: whose timestamp, and the secret that opens a key."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pipeline.errors import CouldNotRun

SECRET = "PARAPH_PASSWORD"  # noqa: S105 - the name of a variable


def tsa_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--tsa` and `--timeout`."""
    seconds = click.option(
        "--timeout",
        "seconds",
        type=click.FloatRange(0.1, 600),
        default=20.0,
        show_default=True,
        metavar="SECONDS",
        help="How long to wait for a timestamp.",
    )
    tsa = click.option("--tsa", metavar="URL", default="", help="The timestamp authority, by RFC 3161.")
    return tsa(seconds(command))


def secret(what: str, path: str | None) -> str:
    """The password or PIN of a key: from a file, else from the variable PARAPH_PASSWORD, else asked for.

    Raises CouldNotRun where there is nobody to ask.
    """
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "it is no text"
            raise CouldNotRun(f"{path} cannot be read: {why}") from error
    if SECRET in os.environ:
        return os.environ[SECRET]
    if not sys.stdin.isatty():
        raise CouldNotRun(
            f"there is nobody here to ask for the {what}",
            f"give it in the variable {SECRET}, or with --password-file",
        )
    return str(
        click.prompt(what[0].upper() + what[1:], hide_input=True, default="", show_default=False, err=True)
    )
