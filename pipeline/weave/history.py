"""How an artifact stood before, folded away below its facts on the page of the site where it is at home."""

from pipeline.figures.days import read_day
from pipeline.figures.since import Version, versions_of
from pipeline.model import Artifact
from pipeline.views.dates import long_day
from pipeline.views.words_state import say
from pipeline.weave.attributes import classes
from pipeline.weave.inline import literal, reference
from pipeline.weave.loom import Loom
from pipeline.weave.states import state_words


def history(loom: Loom, artifact: Artifact) -> str:
    """The versions and states that it has had, the last one first; '' where it never had another."""
    found = versions_of(loom.programme, artifact.id) if loom.programme.past else []
    if len(found) < 2:
        return ""
    lang = artifact.lang
    headers = [say(key, lang) for key in ("seen on", "field version", "field status")]
    rows = [_row(loom, item, lang) for item in reversed(found)]
    opening = f'<details class="paraph-history" markdown="1"><summary>{say("history", lang)}</summary>'
    return "\n\n".join([opening, loom.dialect.table(headers, rows, "", False), "</details>"])


def _row(loom: Loom, item: Version, lang: str) -> list[str]:
    day = read_day(item.day)
    words = long_day(day, lang) if day else item.day
    name = item.name if item.name not in (item.day, item.day[:7]) else ""
    told = reference(loom, name) if name in loom.programme.artifacts else literal(name)
    state = loom.dialect.span(
        state_words("status", item.status, lang), classes("badge", "status", item.status)
    )
    return [f"{words} ({told})" if told else words, literal(item.version), state if item.status else ""]
