"""`paraph sign`: sign a PDF that was issued, with a file or a card."""

from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import progress
from pipeline.cli.proof import secret, tsa_options
from pipeline.cli.trusting import trust_options

if TYPE_CHECKING:
    from pipeline.signoff.pdf.keys import KeyFile, Token

LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")


@click.command()
@click.argument("path", metavar="FILE")
@click.option("--role", required=True, help="The role in which you sign, as the document names it.")
@click.option("--p12", metavar="FILE", help="Your key and certificate in a file (PKCS#12).")
@click.option("--pkcs11", metavar="LIBRARY", help="The library of your card or token (PKCS#11).")
@click.option("--token-label", default="", help="Which token, where there are several.")
@click.option("--certificate", default="", help="The label of the certificate, where a card has several.")
@click.option(
    "--password-file", metavar="FILE", help="A file with the password or PIN; else it is asked for."
)
@click.option(
    "--level", type=click.Choice(LEVELS), default="B-LTA", show_default=True, help="The level of PAdES."
)
@tsa_options
@trust_options
@click.option(
    "--out", metavar="FILE", default="", help="Where to write it; default: NAME.signed.pdf beside it."
)
def command(
    path: str,
    role: str,
    p12: str | None,
    pkcs11: str | None,
    password_file: str | None,
    level: str,
    tsa: str,
    seconds: float,
    trust: Any,
    out: str,
    **token: str,
) -> int:
    """Sign FILE in a role, in the field that the document has for it.

    The password of the file, or the PIN of the card, is asked for; or it is in the variable PARAPH_PASSWORD, or in a
    file of its own. B-LT and B-LTA put the proof of the certificates into the document: --trust and --crl say it.
    Exit status: 0 signed, 2 could not sign; nothing is written then.
    """
    if bool(p12) == bool(pkcs11):
        raise click.UsageError("say what you sign with: --p12 FILE or --pkcs11 LIBRARY")
    from pipeline.signoff.pdf.file import read_pdf
    from pipeline.signoff.pdf.sign import Wish, demand, sign_file

    wish = Wish(role, level, tsa, seconds, trust)
    # Before anybody types a password.
    demand(wish)
    read_pdf(path)
    key = _key(p12, pkcs11, password_file, token)
    with progress() as show:
        show("signing")
        made = sign_file(path, wish, key, out)
    click.echo(f"{made.path}  signed by {made.who} as {made.role}, {made.level}")
    if made.waiting:
        click.echo(f"Still to sign: {', '.join(made.waiting)}. They sign {made.path}.")
    else:
        click.echo("All have signed.")
    return 0


def _key(
    p12: str | None, library: str | None, password_file: str | None, token: dict[str, str]
) -> "KeyFile | Token":
    from pipeline.signoff.pdf.keys import KeyFile, Token

    if p12:
        return KeyFile(p12, secret(f"password of {p12}", password_file))
    pin = secret("PIN (empty where the card asks for it itself)", password_file)
    return Token(library or "", token["token_label"], pin, token["certificate"])
