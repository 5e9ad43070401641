"""What is wrong with an ID that no kind has: a look-alike letter, another dash, a prefix that is misspelt."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"
# Letters of other scripts that print as a Latin capital (from the Unicode confusables, UTS 39).
_LOOKALIKES = dict(zip("АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTYXABEZHIKMNOPTYX", strict=True))
_NAME = re.compile(r"([A-Z][A-Z0-9]*-[0-9]+)(?![A-Za-z0-9])")


def plain_form(identity: str) -> str:
    """An ID with look-alike letters, digits and dashes made plain."""
    return "".join(map(_plain_sign, unicodedata.normalize("NFKC", identity)))


def _plain_sign(sign: str) -> str:
    if sign in _DASHES:
        return "-"
    digit = unicodedata.digit(sign, None)
    return _LOOKALIKES.get(sign, sign) if digit is None else str(digit)


def meant_form(identity: str, prefixes: Iterable[str]) -> str:
    """The ID that one without a kind is most likely meant to be; as it is where none is near."""
    plain = plain_form(identity).upper()
    prefix, _, number = plain.rpartition("-")
    if not (number.isascii() and number.isdigit()):
        return identity
    near = get_close_matches(prefix, list(prefixes), n=1, cutoff=0.5)
    return f"{near[0]}-{number}" if near else identity


def id_of_name(path: str) -> str:
    """The ID that the name of a file begins with, or ''."""
    match = _NAME.match(path.rsplit("/", 1)[-1])
    return match[1] if match else ""


def explain(identity: str, prefixes: Iterable[str]) -> tuple[str, str]:
    """Message and hint for an ID that has no kind."""
    plain = plain_form(identity)
    odd = next((sign for sign in identity if plain_form(sign) != sign), "")
    if odd:
        name = unicodedata.name(odd, "an unnamed character")
        looks = f"which only looks like {plain_form(odd)!r}"
        return f"the ID {identity} holds {name} (U+{ord(odd):04X}), {looks}", f"type {plain}"
    prefix, _, number = identity.rpartition("-")
    if not prefix or not number.isdigit():
        message = f"{_short(identity)!r} is not an ID"
        return message, "an ID is a kind's prefix, a hyphen and a number, such as REQ-101"
    names = sorted(prefixes)
    meant = meant_form(identity, names)
    hint = f"did you mean {meant}?" if meant != identity else f"the prefixes are {', '.join(names)}"
    return f"no kind has the prefix {_short(prefix)}", hint


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
