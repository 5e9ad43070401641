"""The page on approvals: where all that has to be approved stands, and how one signs, refuses, approves and checks."""

import os

from pipeline import shipped
from pipeline.model import Programme
from pipeline.views import Table
from pipeline.views.approvals import judged, situation, summary
from pipeline.views.values import Ref, Words
from pipeline.weave.approvals import how
from pipeline.weave.loom import Loom, Place
from pipeline.weave.pages import filtered
from pipeline.weave.present import table
from pipeline.weave.words import word


def listing(programme: Programme, lang: str) -> Table:
    """A row for each of them: its title, its version, where it stands."""
    headers = tuple(
        (Words(words),)
        for words in (word("title", lang), word("version", lang).capitalize(), word("state", lang))
    )
    rows = tuple(
        (
            (Ref(item.id, titled=True),),
            (Words(item.version),),
            (Words(summary(situation(programme, programme.standings[item.id]), lang)),),
        )
        for item in judged(programme)
    )
    return Table(headers, rows)


def write(loom: Loom, place: Place, shown: Table, ways: str) -> str:
    """The page, or a part of it: the way to the help below, the ways to the other parts, the list, the help."""
    title = f"# {word('approvals', place.lang)}"
    parts = [
        title,
        how(loom, place.lang),
        ways,
        filtered(loom, place, table(loom, place, shown)),
        _help(place.lang),
    ]
    return "\n\n".join(part for part in parts if part)


def _help(lang: str) -> str:
    """What people need to know who never saw this program, in a language, or else in English."""
    folder = os.path.join(shipped.folder("templates"), "approvals")
    file = next(path for name in (lang, "en") if os.path.isfile(path := os.path.join(folder, f"{name}.md")))
    with open(file, encoding="utf-8") as text:
        return text.read().strip()
