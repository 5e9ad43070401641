"""Attribute lists: `{: .class #id width=40% }` read once, and written again as each dialect wants them.

Only attributes that cannot do harm are kept: no event handler, no style.
"""

import re

from msgspec import Struct

_PART = re.compile(r"""([.#]?)([\w:-]+)(?:=("[^"]*"|'[^']*'|[^\s"'=<>`{}]+))?""")
_KEPT = frozenset(
    {
        "align",
        "alt",
        "dir",
        "height",
        "hl_lines",
        "hreflang",
        "lang",
        "linenums",
        "loading",
        "start",
        "title",
        "width",
    }
)


class Attributes(Struct, frozen=True):
    """An ID or '', classes, and pairs of name and value."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.id or self.classes or self.pairs)

    def braces(self) -> str:
        """The list between braces, as both dialects read it after headings, links and images."""
        parts = [f"#{self.id}"] if self.id else []
        parts += [f".{name}" for name in self.classes]
        parts += [f'{name}="{value}"' for name, value in self.pairs]
        return "{" + " ".join(parts) + "}" if parts else ""

    def html(self) -> str:
        """The list as attributes of an HTML element, each with a space before it."""
        parts = [f' id="{escape(self.id)}"'] if self.id else []
        parts += [f' class="{escape(" ".join(self.classes))}"'] if self.classes else []
        parts += [f' {name}="{escape(value)}"' for name, value in self.pairs]
        return "".join(parts)


def read_attributes(written: str) -> Attributes:
    """What stands between the braces of an attribute list, without what may not stay."""
    identity, classes, pairs = "", [], []
    for sign, name, value in _PART.findall(written.strip().lstrip(":")):
        if sign == "#":
            identity = name
        elif sign == ".":
            classes.append(name)
        elif value and name in _KEPT:
            pairs.append((name, value.strip("\"'").replace('"', "")))
    return Attributes(identity, tuple(classes), tuple(pairs))


def classes(*names: str, id: str = "") -> Attributes:
    """Attributes of some classes; names that are empty or no names (pandoc reads none that begins with a digit) go."""
    return Attributes(id, tuple(name for name in names if name[:1].isalpha()))


def escape(value: str) -> str:
    """A value as an HTML attribute may hold it."""
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
