"""The view `terms`: the glossary, each term with what it is called in the other languages and what it means."""

import unicodedata

from pipeline.model import Artifact, Programme
from pipeline.views.select import select, text
from pipeline.views.values import Cell, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words_state import say

_LANGS = ("en", "fr", "nl")


def terms(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The terms in the order of the alphabet of the language, which comes first; withdrawn ones are left out."""
    first = lang if lang in (*_LANGS, "de") else "en"
    langs = (first, *(item for item in _LANGS if item != first))
    found = [
        item
        for item in select(programme, {"kind": "term", "where": fields.get("where")})
        if programme.phase(item) != "ended"
    ]
    if not found:
        return Nothing()
    found.sort(key=lambda item: (_plain(_label(item, first) or item.title), item.id))
    headers = tuple(
        (Words(words),) for words in (*(say(f"lang {item}", lang) for item in langs), say("definition", lang))
    )
    rows = tuple(_row(item, langs, lang) for item in found)
    return Table(headers, rows, text(fields.get("caption")))


def _row(term: Artifact, langs: tuple[str, ...], lang: str) -> tuple[Cell, ...]:
    names = [_name(term, item, lang) for item in langs]
    definition = text(term.fields.get("definition"))
    return (
        (*names[0], Ref(term.id)),
        *names[1:],
        (Words(_in(definition, term.lang, lang)),) if definition else (),
    )


def _name(term: Artifact, lang: str, around: str) -> Cell:
    """What a term is called in a language, with its abbreviations there."""
    label = _label(term, lang)
    short = term.fields.get("abbreviations")
    stated = short.get(lang) if isinstance(short, dict) else None
    told = ", ".join(item for item in stated if isinstance(item, str)) if isinstance(stated, list) else ""
    words = f"{label} ({told})" if label and told else label or told
    return (Words(_in(words, lang, around)),) if words else ()


def _label(term: Artifact, lang: str) -> str:
    labels = term.fields.get("labels")
    return text(labels.get(lang)) if isinstance(labels, dict) else ""


def _in(words: str, lang: str, around: str) -> str:
    """Words that say which language they are in, where that is not the one around them."""
    return words if lang == around or "[" in words or "]" in words else f"[{words}]{{lang={lang}}}"


def _plain(words: str) -> str:
    """A word as an alphabet orders it: accents and capitals count for nothing."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", words) if not unicodedata.combining(sign))
    return bare.casefold()
