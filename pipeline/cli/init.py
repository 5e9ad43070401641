"""`paraph init`: begin a project in an empty folder."""

import json
import os

import click

from pipeline.settings import NAMES, has_settings, read_settings

_SETTINGS = """\
# Settings of Paraph; every key has a default. `paraph check` names the nearest key for one that it does not know.
title = {title}
sources = "docs_src"
"""

_INDEX = """\
# {title}

This page is the home of the site. `paraph new requirement "Title"` writes a first requirement, `paraph check` says
what is missing, `paraph build` makes the site and the PDFs.
"""

_HOOKS = """\
repos:
  - repo: local
    hooks:
      - id: paraph
        name: paraph check
        entry: paraph check
        language: system
        # One run reads the whole programme: a change, or a deletion, may break what another document says.
        always_run: true
        pass_filenames: false
        require_serial: true
        verbose: true
"""


_IGNORED = (".paraph/", "build/", "dist/", "mkdocs.paraph*.yml")


@click.command()
@click.option("--title", default="Programme", show_default=True, help="The title of the programme.")
def command(title: str) -> None:
    """Begin a project in this folder: settings, a first page, a commit hook. Nothing that is there is touched."""
    from pipeline.cli.new import title_of
    from pipeline.edit.write import write_new

    title, sources, there = title_of(title), "docs_src", _settings_here()
    if there:
        settings = read_settings(there)
        title, sources = settings.title, settings.sources
    files = {
        there or "paraph.toml": _SETTINGS.format(title=json.dumps(title, ensure_ascii=False)),
        os.path.join(sources, "index.md"): _INDEX.format(title=title),
        ".pre-commit-config.yaml": _HOOKS,
        ".gitignore": "".join(f"{name}\n" for name in _IGNORED),
    }
    for path, text in files.items():
        if os.path.lexists(path):
            click.echo(f"  kept     {path}")
        else:
            write_new(path, text)
            click.echo(f"  written  {path}")
    missing = _not_ignored()
    if missing:
        click.echo(f"\nadd to .gitignore: {' '.join(missing)}")
    click.echo('\nNext: paraph new business-need "What the organisation needs", then paraph check')


def _settings_here() -> str:
    """The settings file of this folder, or ''; one above is of another project."""
    return next((name for name in NAMES if os.path.isfile(name) and has_settings(name)), "")


def _not_ignored() -> list[str]:
    with open(".gitignore", encoding="utf-8", errors="replace") as file:
        lines = {line.strip().strip("/") for line in file}
    return [name for name in _IGNORED if name.strip("/") not in lines]
