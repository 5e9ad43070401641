"""`paraph renew`: add another timestamp to a signed PDF, so that it goes on proving what it proves."""

from typing import Any

import click

from pipeline.cli.options import progress
from pipeline.cli.proof import tsa_options
from pipeline.cli.trusting import trust_options
from pipeline.errors import CouldNotRun


@click.command()
@click.argument("path", metavar="FILE")
@tsa_options
@trust_options
@click.option("--out", metavar="FILE", default="", help="Where to write it; default: FILE itself.")
def command(path: str, tsa: str, seconds: float, trust: Any, out: str) -> int:
    """Add what proves the signatures of FILE today, and a timestamp of it all.

    Signatures that were made in a PDF reader are raised to B-LTA by it. A file that is B-LTA is good for as long as the
    certificate of its last timestamp: renew it before that ends. Fresh revocation lists are given with --crl.
    Exit status: 0 renewed, 2 could not; nothing is written then.
    """
    if not tsa:
        raise CouldNotRun("renewing needs a timestamp authority", "name one with --tsa")
    if not trust.roots:
        raise CouldNotRun("renewing needs the certificates that are trusted", "name them with --trust")
    from pipeline.signoff.pdf.examine import examine
    from pipeline.signoff.pdf.renew import renew_file

    with progress() as show:
        show("renewing")
        written = renew_file(path, trust, tsa, out, seconds)
        found = examine(written, trust)
    for mark in found.signatures:
        click.echo(f"{mark.role}: {mark.who}, {mark.level}")
    click.echo(f"{written}  renewed, with a timestamp of {found.timestamps[-1].when}")
    return 0
