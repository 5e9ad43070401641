"""What was made, and what to do next, in a few lines."""

import os
from collections.abc import Iterable

import click

from pipeline.outputs.made import Made


def say_made(made: Iterable[Made]) -> None:
    """One line an output, with what its reader should know."""
    for item in made:
        click.echo(f"  {os.path.relpath(item.path)}  {item.words}{' (unchanged)' * item.unchanged}")
        for note in item.notes:
            click.echo(f"    note: {note}")
