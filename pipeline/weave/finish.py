"""The last touch on a woven text, once nothing more is put into it."""

from pipeline.weave.audience import MARK
from pipeline.weave.words import withheld


def finish(text: str, lang: str) -> str:
    """A woven text with words for what is withheld, and no more than one empty line between its blocks."""
    lines: list[str] = []
    fence = ""
    for line in text.replace(MARK, withheld(lang).replace("[", "\\[").replace("]", "\\]")).split("\n"):
        mark = line.lstrip(" >")
        if mark.startswith("```"):
            ticks = mark[: len(mark) - len(mark.lstrip("`"))]
            fence = "" if fence and ticks == fence and mark.strip() == ticks else fence or ticks
        if line.strip() or fence or (lines and lines[-1].strip()):
            lines.append(line if fence else line.rstrip() if line.strip() == "" else line)
    return "\n".join(lines).strip("\n") + "\n"
