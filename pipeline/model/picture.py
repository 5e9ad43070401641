"""A chart between views and renderers: what it is drawn from, and by which template."""

import re
from typing import Any

from msgspec import Struct

# How a mark begins, in a row of a picture and in what is drawn of it.
MARK = "paraph:"
_BLANKS = re.compile(r"\s+", re.ASCII)


class Picture(Struct, frozen=True):
    """What a chart is drawn from.

    `template` names a specification of Vega-Lite or Vega among the templates for charts. `data` are its data by name,
    rows of plain values; days in them are written as 2026-03-31. `values` are put where the specification says
    `"$name"`. A row may hold a `mark`: `paraph:MS-004|words` leads to the artifact and shows the words,
    `paraph:|words` only shows them.
    """

    template: str
    lang: str
    data: dict[str, list[dict[str, Any]]]
    values: dict[str, Any] = {}


def mark_of(identity: str, words: str) -> str:
    """What makes a piece a link to an artifact ('' for none), and what it says when it is pointed at."""
    return f"{MARK}{identity}|{_BLANKS.sub(' ', words).strip()}"
