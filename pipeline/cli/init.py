"""`paraph init`: begin a project in an empty folder."""

import os

import click

_SETTINGS = """\
# Settings of Paraph; every key has a default. `paraph check` names the nearest key for one that it does not know.
title = "{title}"
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
        pass_filenames: false
        require_serial: true
        files: \\.md$|\\.ya?ml$|paraph\\.toml$|\\.schema\\.json$
"""


@click.command()
@click.option("--title", default="Programme", show_default=True, help="The title of the programme.")
def command(title: str) -> None:
    """Begin a project in this folder: settings, a first page, a commit hook. Nothing that is there is touched."""
    from pipeline.edit.write import write_new

    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    files = {
        "paraph.toml": _SETTINGS.format(title=quoted),
        "docs_src/index.md": _INDEX.format(title=title),
        ".pre-commit-config.yaml": _HOOKS,
        ".gitignore": ".paraph/\nbuild/\ndist/\nmkdocs.paraph.yml\n",
    }
    for path, text in files.items():
        if os.path.exists(path):
            click.echo(f"  kept     {path}")
        else:
            write_new(path, text)
            click.echo(f"  written  {path}")
    click.echo('\nNext: paraph new business-need "What the organisation needs", then paraph check')
