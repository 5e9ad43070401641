"""What a page on the state of the programme is: sections, each with a view block that an author could have written."""

from collections.abc import Callable, Mapping
from functools import cache

from msgspec import Struct

from pipeline.model import Programme
from pipeline.views import Nothing, Several, Shown, Table, show
from pipeline.views.values import Fields
from pipeline.weave.body import weave_lines
from pipeline.weave.loom import Loom, Place
from pipeline.weave.pages import filtered
from pipeline.weave.present import present

# Words by language; English stands for a language that is missing.
Words = Mapping[str, str]
FOLDER = "state/"


class Section(Struct, frozen=True):
    """A part of a page: its title, words above what it shows, what it shows, and what is said where that is nothing.

    Without words for nothing, a section that shows nothing is left out. With `filters`, the browser puts fields above
    the longest table that narrow it down. What no view can show, since it is not of the programme, `write` writes.
    """

    titles: Words
    view: Fields = {}
    words: Words = {}
    empty: Words = {}
    filters: bool = False
    write: Callable[[Loom, Place], str] | None = None


class Page(Struct, frozen=True):
    """A page: where it lies, below `state/`, its title, a sentence on whom it is for, its sections.

    `lead` writes what comes before the sections, such as ways to what is no page.
    """

    path: str
    titles: Words
    intro: Words
    sections: tuple[Section, ...]
    lead: Callable[[Loom, Place], str] | None = None


def said(words: Words, lang: str) -> str:
    """Words in a language."""
    return words.get(lang) or words.get("en", "")


# What the section of a number shows.
Views = Callable[[int], Shown]


def views_of(programme: Programme, page: Page, lang: str) -> Views:
    """What the sections of a page show, each computed when it is first asked for."""

    @cache
    def shown(number: int) -> Shown:
        return show(programme, page.sections[number].view, lang)

    return shown


def shows(page: Page, views: Views, *, told: bool) -> bool:
    """Whether there is anything to see on a page, for readers who are `told` of findings or not."""
    return any(
        told if section.write else not _nothing(views(number)) for number, section in enumerate(page.sections)
    )


def write(loom: Loom, place: Place, page: Page, views: Views) -> str:
    """The page in the dialect."""
    parts = [f"# {said(page.titles, place.lang)}", said(page.intro, place.lang)]
    parts += [page.lead(loom, place)] if page.lead else []
    for number, section in enumerate(page.sections):
        written = section.write(loom, place) if section.write else _shown(loom, place, section, views(number))
        written = written or said(section.empty, place.lang)
        if written:
            parts += [f"## {said(section.titles, place.lang)}", said(section.words, place.lang), written]
    return "\n\n".join(part for part in parts if part)


def _shown(loom: Loom, place: Place, section: Section, shown: Shown) -> str:
    """What a section shows in the dialect; '' for nothing."""
    if _nothing(shown):
        return ""
    parts = shown.parts if isinstance(shown, Several) else (shown,)
    tables = [part for part in parts if isinstance(part, Table)] if section.filters else []
    longest = max(tables, key=lambda item: len(item.rows), default=None)
    written = [(part, present(loom, place, part, 3, weave_lines)) for part in parts]
    return "\n\n".join(
        filtered(loom, place, text) if part is longest else text for part, text in written if text
    )


def _nothing(shown: Shown) -> bool:
    return isinstance(shown, Nothing) or (isinstance(shown, Several) and all(map(_nothing, shown.parts)))
