"""`paraph doctor`: the tools that are there, and those that are not."""

import sys

import click


@click.command()
def command() -> int:
    """List the tools found and missing, and how to get those that are missing."""
    from pipeline import __version__, tools

    click.echo(f"paraph {__version__}, Python {sys.version.split()[0]}")
    missing = 0
    for name, tool in tools.TOOLS.items():
        found = tools.find(name)
        if found:
            click.echo(f"  found    {name:<11} {found.version:<12} {' '.join(found.command)}")
        else:
            missing += 1
            click.echo(f"  missing  {name:<11} {tools.lack(name)}\n           get it: {tool.get}")
    missing += _libraries()
    click.echo(
        "everything is there"
        if not missing
        else f"{missing} missing: what they do is left undone, and said so"
    )
    return 0


def _libraries() -> int:
    """Whether the libraries that draw the PDF can be loaded."""
    try:
        import weasyprint
    except OSError as error:
        click.echo(
            f"  missing  {'pango':<11} {error}\n           get it: install pango (libpango-1.0-0 on Debian)"
        )
        return 1
    click.echo(f"  found    {'weasyprint':<11} {weasyprint.__version__}")
    return 0
