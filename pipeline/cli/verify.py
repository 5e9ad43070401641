"""`paraph verify`: whether a PDF or a release is what it says it is."""

import os
from collections.abc import Callable
from typing import Any

import click

from pipeline.cli.options import progress, project_options, say
from pipeline.cli.trusting import files_option
from pipeline.errors import CouldNotRun
from pipeline.settings import Project

_STATUS = {"valid": 0, "invalid": 1, "incomplete": 3}


def _means(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that name what is judged by."""
    for option in (
        files_option("--ocsp", "What an authority answered about a certificate; may be repeated."),
        files_option("--crl", "A list of revoked certificates; may be repeated."),
        files_option("--chain", "A certificate between a signer and a trusted one; may be repeated."),
        files_option("--trust", "A certificate that is trusted, from outside; may be repeated."),
        click.option(
            "--signers", metavar="FILE", default="", help="Trusted SSH keys: ALLOWED SIGNERS, by party."
        ),
        click.option(
            "--release", metavar="DIR", default="", help="A published version that should hold the file."
        ),
        click.option("--record", metavar="DIR", help="The ledgers: approvals, or one ledger in it."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("path", metavar="FILE|DIR")
@_means
@project_options
@click.option("--rebuild", "again", is_flag=True, help="Build it again from what it carries, and compare.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    path: str,
    project: Project,
    record: str | None,
    release: str,
    signers: str,
    trust: tuple[str, ...],
    chain: tuple[str, ...],
    crl: tuple[str, ...],
    ocsp: tuple[str, ...],
    again: bool,
    form: str,
) -> int:
    """Verify a PDF, a folder of PDFs, or a published version, offline.

    Trusted certificates and keys come from outside of what is verified. Exit status: 0 valid, 1 not valid, 3 incomplete
    (nothing is wrong, but not all can be known), 2 could not run.
    """
    from pipeline.outputs.recorded import read_record
    from pipeline.outputs.verifying import Means, verify
    from pipeline.report.verdict import render_json, render_text, worst
    from pipeline.signoff.pdf.trust import read_trust

    if not os.path.exists(path):
        raise CouldNotRun(f"there is no {path}", "name a PDF, or a folder that holds some")
    for given in (*trust, signers):
        _refuse_inner(given, path, record)
    means = Means(
        read_trust(trust, chain, crl, ocsp),
        read_record(record, signers) if record else None,
        release,
        signers,
        _places(project) if again else (),
    )
    verdicts = []
    with progress() as show:
        for verdict in verify(path, means, show):
            verdicts.append(verdict)
            if form == "text":
                say(render_text(verdict))
    if form == "json":
        say(render_json(verdicts), ended=True)
    return _STATUS[worst(verdicts)]


def _refuse_inner(given: str, path: str, record: str | None) -> None:
    """Raise CouldNotRun for what would be trusted and lies in what is verified: whoever changes one changes both."""
    for place in (path, record):
        if not given or not place or not os.path.isdir(place):
            continue
        if os.path.commonpath([os.path.realpath(given), os.path.realpath(place)]) == os.path.realpath(place):
            hint = "take it from whoever you trust, and keep it elsewhere"
            raise CouldNotRun(f"{given} lies in {place}, which is to be verified by it", hint)


def _places(project: Project) -> tuple[str, ...]:
    """The folders of installed templates."""
    from pipeline import shipped

    places = (project.path(project.settings.templates, "pdf"), shipped.folder("templates/pdf"))
    return tuple(place for place in places if os.path.isdir(place))
