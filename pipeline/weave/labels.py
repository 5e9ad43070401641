"""What stands before a fact, and a fact as an item of a list."""

import re

from pipeline.views.labels import colon
from pipeline.weave.dialect import indented

SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")


def fact(label: str, written: str | list[str], lang: str) -> str:
    """A fact as an item of a list: one line, or a list below its label, which is in a language."""
    if isinstance(written, str):
        return f"- **{label}{colon(lang)}** {written}"
    return (
        f"- **{label}{colon(lang)}**\n\n"
        + "\n".join(f"    - {indented(line, '      ').strip()}" for line in written)
        + "\n"
    )


def weave_badge(value: str) -> str:
    """The words of a badge: a value of a list, with spaces for its hyphens."""
    if SLUG.fullmatch(value):
        return value.replace("-", " ")
    return value.replace("[", "(").replace("]", ")").replace("<", "&lt;")
