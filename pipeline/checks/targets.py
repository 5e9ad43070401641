"""Where a Markdown link leads: its scheme, or the file below the root and the place in it."""

import posixpath
import re
from html import unescape
from urllib.parse import unquote

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\ufeff]")


def scheme_of(target: str) -> str:
    """The scheme of a target as a browser reads it, in small letters; '' where there is none.

    Entities and percent signs stand for letters there, and what cannot be seen does not count.
    """
    found = _SCHEME.match(_UNSEEN.sub("", unquote(unescape(target))))
    return found[1].lower() if found else ""


def local_target(path: str, target: str) -> tuple[str, str] | None:
    """The path below the root and the anchor that a link in the file `path` leads to; None for one elsewhere.

    A target that begins with '/' counts from the root. A path that leads out of the root begins with '..'.
    """
    if scheme_of(target) or target.startswith("//"):
        return None
    name, _, anchor = target.partition("#")
    name = unquote(name.split("?", 1)[0])
    if not name:
        return path, unquote(anchor)
    base = "" if name.startswith("/") else posixpath.dirname(path)
    return posixpath.normpath(posixpath.join(base, name.lstrip("/"))), unquote(anchor)
