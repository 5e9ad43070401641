"""Text that came from documents, made safe to show.

A document is not trusted: what it holds must not move the cursor, turn the direction of writing or begin a
line of its own, or it could write findings that nobody made.
"""

import json
import unicodedata
from typing import Any

from pipeline.model import Finding

# Control and format characters (bidi overrides are of the latter), lone surrogates, separators of lines.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Emoji and several scripts need the joiners, which move nothing.
_JOINERS = "\u200c\u200d"
_SHORT = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}


def visible(text: str) -> str:
    """Give the text on one line, with an escape such as `\\x1b` for each unsafe character."""
    if text.isprintable():
        return text
    return "".join(map(visible_character, text))


def visible_lines(text: str) -> str:
    """Give the text as `visible` does, but with its line ends kept, for what we wrote ourselves."""
    return "\n".join(visible(line) for line in text.split("\n"))


def wording(finding: Finding, between: str = "\n") -> str:
    """Give the message and, where there is one, the hint."""
    return between.join(visible(part) for part in (finding.message, finding.hint) if part)


def visible_character(character: str) -> str:
    """Give the character itself when it is safe to show, else an escape for it."""
    if character.isprintable() or not _is_unsafe(character):
        return character
    return _SHORT.get(character) or _escape(ord(character))


def dump(value: Any) -> str:
    """Give the value as JSON that people can read and that no terminal obeys.

    Unsafe characters are written as JSON escapes, so a program reads what the document held. A lone
    surrogate, which many JSON readers refuse, becomes the replacement character.
    """
    written = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(f"{_json_line(line)}\n" for line in written.split("\n"))


def _is_unsafe(character: str) -> bool:
    return unicodedata.category(character) in _UNSAFE and character not in _JOINERS


def _escape(number: int) -> str:
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _json_line(line: str) -> str:
    return line if line.isprintable() else "".join(map(_json_character, line))


def _json_character(character: str) -> str:
    if character.isprintable() or not _is_unsafe(character):
        return character
    return "\ufffd" if unicodedata.category(character) == "Cs" else json.dumps(character)[1:-1]
