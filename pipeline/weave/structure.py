"""Blocks: callouts and passages in another language, line by line, as each dialect writes them."""

import re

from pipeline.weave.attributes import Attributes, classes, read_attributes
from pipeline.weave.dialect import Dialect, indented
from pipeline.weave.words import WORDS, word

_ADMONITION = re.compile(
    r"^([ \t]*)(?:!!!|\?\?\?\+?)[ \t]+([A-Za-z][\w-]*)(?:[ \t]+[\w-]+)*[ \t]*(?:\"(.*)\")?[ \t]*$"
)
_OPEN = re.compile(r"^([ \t]*):{3,}[ \t]*(?:\{([^{}]*)\}|([\w-]+))[ \t]*:*[ \t]*$")
_CLOSE = re.compile(r"^[ \t]*:{3,}[ \t]*$")


def arrange(text: str, dialect: Dialect, lang: str) -> str:
    """The text with its callouts and divisions in the dialect. Code stands in it as placeholders only."""
    lines = text.split("\n")
    done: list[str] = []
    opened = 0
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if match := _ADMONITION.match(line):
            body, at = _body(lines, at, len(match[1]))
            done += ["", *_admonition(match, body, dialect, lang), ""]
        elif match := _OPEN.match(line):
            opened += 1
            done += ["", match[1] + dialect.open(_division(match)), ""]
        elif opened and _CLOSE.match(line):
            opened -= 1
            done += ["", dialect.close(), ""]
        else:
            done.append(dialect.item(line))
    return "\n".join([*done, *["", dialect.close()] * opened])


def _division(match: re.Match[str]) -> Attributes:
    return read_attributes(match[2]) if match[2] is not None else classes(match[3])


def _body(lines: list[str], at: int, indent: int) -> tuple[list[str], int]:
    """The lines of a callout from line `at`: those indented by four more than its head, and where they end."""
    deeper = " " * (indent + 4)
    end = at
    for number in range(at, len(lines)):
        if lines[number].startswith(deeper):
            end = number + 1
        elif lines[number].strip():
            break
    return [line[indent + 4 :] for line in lines[at:end]], end


def _admonition(match: re.Match[str], body: list[str], dialect: Dialect, lang: str) -> list[str]:
    sort, title = match[2].lower(), match[3]
    named = word(sort, lang) if sort in WORDS else sort.capitalize()
    words = named if title is None else title
    block = dialect.admonition(sort, words, arrange("\n".join(body), dialect, lang).strip("\n"))
    return indented(block, match[1]).split("\n")
