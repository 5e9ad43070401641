"""What is wrong with an ID that no kind has: a look-alike letter, another dash, a prefix that is misspelt."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"
# Letters of other scripts that print as a Latin capital (from the Unicode confusables, UTS 39).
_LOOKALIKES = dict(zip("АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTYXABEZHIKMNOPTYX", strict=True))


def plain_form(identity: str) -> str:
    """An ID with look-alike letters and dashes made plain."""
    return "".join(
        "-" if sign in _DASHES else _LOOKALIKES.get(sign, sign)
        for sign in unicodedata.normalize("NFKC", identity)
    )


def explain(identity: str, prefixes: Iterable[str]) -> tuple[str, str]:
    """Message and hint for an ID that has no kind."""
    plain = plain_form(identity)
    odd = next((sign for sign in identity if plain_form(sign) != sign), "")
    if odd:
        name = unicodedata.name(odd, "an unnamed character")
        return (
            f"the ID {identity} holds {name} (U+{ord(odd):04X}), which only looks like {plain_form(odd)!r}",
            f"type {plain}",
        )
    prefix = identity.rsplit("-", 1)[0]
    names = sorted(prefixes)
    near = get_close_matches(prefix.upper(), names, n=1, cutoff=0.5)
    if "-" not in identity or not identity.rsplit("-", 1)[1].isdigit():
        return (
            f"{identity!r} is not an ID",
            "an ID is a kind's prefix, a hyphen and a number, such as REQ-101",
        )
    hint = (
        f"did you mean {near[0]}-{identity.rsplit('-', 1)[1]}?"
        if near
        else f"the prefixes are {', '.join(names)}"
    )
    return f"no kind has the prefix {prefix}", hint
