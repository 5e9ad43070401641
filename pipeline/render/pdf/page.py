"""The templates: HTML around a body, with words in the document's language and files found by name.

A template set is a list of folders, searched in order: a file of an organisation's own folder stands in for the
shipped one of the same name, and its `words.toml` adds to the shipped words.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from pipeline.errors import CouldNotRun
from pipeline.model.signature import field_name
from pipeline.model.woven import Facts
from pipeline.render.pdf.contents import Entry

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_WORDS = "words.toml"
_FALLBACK = "en"
_SHORT_WORD = 4
_SIZES = ((60, "short"), (130, "medium"), (10**9, "long"))
_WATERMARK_LANGUAGES = ("en", "fr", "nl")

Words = dict[str, dict[str, str]]


class Voices(NamedTuple):
    """The words of several languages, for templates that speak more than one.

    `each` has them by language; `together` has them side by side, as HTML that marks each with its language.
    """

    each: dict[str, dict[str, str]]
    together: "Mapping[str, Markup]"

    def word(self, group: str, name: str) -> "Markup | str":
        """Give the words for a value such as a status; a value without one stands for itself."""
        return self.together.get(f"{group}.{name}") or name.replace("-", " ").capitalize()

    def day(self, day: str) -> "Markup":
        """Give a day in the words of each language."""
        return _together({code: long_day(day, words.get("months", "")) for code, words in self.each.items()})

    def day_in(self, day: str, code: str) -> str:
        """Give a day in the words of one of the languages."""
        return long_day(day, self.each[code].get("months", ""))


class Parts(Struct, frozen=True):
    """What goes into the templates: the body as HTML, the entries of the contents, the cards."""

    body: str
    contents: tuple[Entry, ...] = ()
    cards: tuple[Entry, ...] = ()


def read_words(folders: Iterable[str]) -> Words:
    """Give the words of all languages, those of earlier folders over those of later ones.

    Raises CouldNotRun where a file of words cannot be read.
    """
    words: Words = {}
    for folder in reversed(list(folders)):
        path = Path(folder, _WORDS)
        for lang, entries in (_read_toml(path) if path.is_file() else {}).items():
            words[lang] = {**words.get(lang, {}), **entries}
    return words


def words_in(words: Words, lang: str) -> dict[str, str]:
    """Give the words of one language, English where it has none."""
    return {**words.get(_FALLBACK, {}), **words.get(lang, {})}


def compose(parts: Parts, facts: Facts, lang: str, folders: tuple[str, ...]) -> str:
    """Give the whole document as HTML. Raises CouldNotRun for a template that is missing or faulty."""
    from jinja2 import TemplateError
    from markupsafe import Markup

    words = read_words(folders)
    environment = _environment(folders, words, lang)
    environment.globals["watermark"] = lambda: watermark(words, lang, facts.status)
    try:
        template = environment.get_template("document.html")
        body = Markup(parts.body)  # noqa: S704 - sanitised
        return template.render(body=body, contents=parts.contents, cards=parts.cards, facts=facts, lang=lang)
    except TemplateError as error:
        where = ", ".join(folders) or "nowhere"
        raise CouldNotRun(
            f"the PDF template is faulty: {error}", f"templates were looked for in {where}"
        ) from error


def watermark(words: Words, lang: str, status: str) -> list[str]:
    """Give what is written across the pages: in the document's language first, then in the others."""
    languages = dict.fromkeys((lang, *_WATERMARK_LANGUAGES))
    each = [words_in(words, code) for code in languages if code in words]
    drawn = [entries.get(f"watermark.{status}") or entries.get("watermark", "") for entries in each]
    return list(dict.fromkeys(word for word in drawn if word))


def long_day(day: str, months: str) -> str:
    """Give a day (YYYY-MM-DD) in words, `5 March 2026`; what is no such day is given back as it is."""
    parts = day.split("-")
    names = months.split()
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or not 1 <= int(parts[1]) <= len(names):
        return day
    return f"{int(parts[2])} {names[int(parts[1]) - 1]} {parts[0]}"


def tie(text: str) -> str:
    """Give a title whose last word, when it is a short one, does not stand alone on a line."""
    before, _, last = text.rpartition(" ")
    return f"{before}\u00a0{last}" if before and len(last) <= _SHORT_WORD else text


def size(text: str) -> str:
    """Give how long a title is: `short`, `medium` or `long`."""
    return next(name for limit, name in _SIZES if len(text) <= limit)


def _environment(folders: tuple[str, ...], words: Words, lang: str) -> "Environment":
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    spoken = words_in(words, lang)
    environment.globals.update(
        words=spoken,
        word=lambda group, name: _word(spoken, group, name),
        day=lambda day: long_day(day, spoken.get("months", "")),
        voices=lambda codes: _voices(words, tuple(codes)),
        asset=lambda name: _asset(folders, name),
        field_name=field_name,
    )
    environment.filters["day"] = lambda day: long_day(day, spoken.get("months", ""))
    environment.filters["tie"] = tie
    environment.filters["size"] = size
    return environment


def _word(words: Mapping[str, str], group: str, name: str) -> str:
    """Give the word for a value such as a status; a value without one stands for itself."""
    return words.get(f"{group}.{name}") or name.replace("-", " ").capitalize()


def _voices(words: Words, codes: tuple[str, ...]) -> "Voices":
    each = {code: words_in(words, code) for code in codes}
    keys = dict.fromkeys(key for entries in each.values() for key in entries)
    together = {
        key: _together({code: entries.get(key, "") for code, entries in each.items()}) for key in keys
    }
    return Voices(each, together)


def _together(said: Mapping[str, str]) -> "Markup":
    """Give words of several languages with a slash between, each marked with its language; those alike once."""
    from markupsafe import Markup

    distinct: dict[str, str] = {}
    for code, words in said.items():
        distinct.setdefault(words, code)
    distinct.pop("", None)
    if len(distinct) < 2:
        return Markup.escape(next(iter(distinct), ""))
    marked = (Markup('<span lang="{}">{}</span>').format(code, words) for words, code in distinct.items())
    return Markup(" / ").join(marked)


def _asset(folders: tuple[str, ...], name: str) -> str:
    """Give the address of the first file of that name. Raises CouldNotRun where there is none."""
    for folder in folders:
        path = Path(folder, name).resolve()
        if path.is_file():
            return path.as_uri()
    raise CouldNotRun(f"the PDF template names {name}, which is in none of its folders: {', '.join(folders)}")


def _read_toml(path: Path) -> Words:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CouldNotRun(f"{path} cannot be read: {error}") from error
