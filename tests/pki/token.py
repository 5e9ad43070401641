"""A token in software that holds a key as a card does."""

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.pki.certificates import Holder, Pki

LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)
LABEL, PIN = "Director", "2468"


class Token(NamedTuple):
    """A token: the library that speaks to it, its label, its PIN."""

    library: str
    label: str
    pin: str


def library() -> str:
    """The library of SoftHSM; fails the test where `make setup-test` did not bring it."""
    found = next((path for path in LIBRARIES if os.path.exists(path)), "")
    if not found:
        pytest.fail("SoftHSM is not here: `make setup-test` installs it")
    return found


def make_token(pki: Pki, holders: tuple[Holder, ...], folder: Path, set_variable) -> Token:
    """A token with the keys and certificates of some holders. `set_variable` sets a variable of the environment."""
    (folder / "tokens").mkdir(parents=True)
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    set_variable("SOFTHSM2_CONF", str(settings))
    token = Token(library(), LABEL, PIN)
    command = ["softhsm2-util", "--init-token", "--free", "--label", LABEL, "--so-pin", "1357", "--pin", PIN]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    # The library looks for tokens once, when it is loaded; an earlier test may have had others.
    import pkcs11

    pkcs11.lib(token.library).reinitialize()
    _fill(token, holders)
    return token


def _fill(token: Token, holders: tuple[Holder, ...]) -> None:
    import pkcs11
    from cryptography.hazmat.primitives import serialization
    from pkcs11.util.ec import decode_ec_private_key
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    session = pkcs11.lib(token.library).get_token(token_label=token.label)
    with session.open(rw=True, user_pin=token.pin) as opened:
        for number, holder in enumerate(holders, start=1):
            is_rsa = isinstance(holder.key, rsa.RSAPrivateKey)
            form = (
                serialization.PrivateFormat.TraditionalOpenSSL
                if is_rsa
                else serialization.PrivateFormat.PKCS8
            )
            der = holder.key.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption())
            if not is_rsa:
                from asn1crypto.keys import PrivateKeyInfo

                info = PrivateKeyInfo.load(der)
                inner = info["private_key"].parsed
                inner["parameters"] = info["private_key_algorithm"]["parameters"]
                der = inner.dump()
            attributes = (decode_rsa_private_key if is_rsa else decode_ec_private_key)(der)
            common = {pkcs11.Attribute.ID: bytes([number]), pkcs11.Attribute.TOKEN: True}
            opened.create_object(
                {**attributes, **common, pkcs11.Attribute.LABEL: holder.name, pkcs11.Attribute.SIGN: True}
            )
            certificate = decode_x509_certificate(holder.der)
            opened.create_object({**certificate, **common, pkcs11.Attribute.LABEL: holder.name})
