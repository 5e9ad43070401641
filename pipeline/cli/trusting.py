"""Whose certificates are trusted: options that several commands share."""

from collections.abc import Callable
from typing import Any

import click


def trust_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--trust`, `--chain`, `--crl` and `--ocsp`, given to the command as `trust`."""

    def run(
        *args: Any,
        trust: tuple[str, ...],
        chain: tuple[str, ...],
        crl: tuple[str, ...],
        ocsp: tuple[str, ...],
        **rest: Any,
    ) -> Any:
        from pipeline.signoff.pdf.trust import read_trust

        return command(*args, trust=read_trust(trust, chain, crl, ocsp), **rest)

    run.__doc__, run.__name__ = command.__doc__, command.__name__
    run.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    answers = files_option("--ocsp", "An answer about one certificate (OCSP); may be repeated.")
    revoked = files_option("--crl", "A list of revoked certificates; may be repeated.")
    others = files_option("--chain", "A certificate between that one and a signer's; may be repeated.")
    trusted = files_option("--trust", "A certificate that is trusted; may be repeated.")
    decorated: Callable[..., Any] = trusted(others(revoked(answers(run))))
    return decorated


def files_option(name: str, words: str) -> Callable[..., Any]:
    """An option that names files, and may be repeated."""
    return click.option(name, multiple=True, metavar="FILE", help=words)
