"""Rules on the glossary: what statements and criteria abbreviate is defined there, in their language."""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.checks.rule import on, rule
from pipeline.model import Artifact, Fault, Programme
from pipeline.model.finding import Path

# Two capitals or more, perhaps with figures; not part of an ID, a path, a larger word, or of a text in capitals.
_ABBREVIATION = re.compile(r"(?<![\w/.@#+-])[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*s?(?![\w/@+]|-\d|-[A-Z]|\.\w)")
_CODE = re.compile(r"`[^`]*`|\[[^\[\]]*\]\{[^{}]*\blang=[^{}]*\}|<[^<>]*>|“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
_ROMAN = re.compile(r"[IVXLC]+")
# Known to any reader in any of the languages: currencies, formats, standards, days.
COMMON = frozenset({
    "BE", "CEST", "CET", "CSV", "DE", "EN", "EU", "EUR", "FR", "GMT", "HTML", "HTTP", "HTTPS", "IBAN", "ID", "ISO",
    "JSON", "NL", "OK", "PDF", "UE", "UTC", "UTF", "XLSX", "XML", "XSD",
})  # fmt: skip


@rule("GL-TERM", "warn", "programme")
def undefined_abbreviation(programme: Programme) -> Iterator[Fault]:
    """An abbreviation that the glossary does not define in that language.

    A statement or a criterion says *CBE*, and no term has that among its `abbreviations` or `labels` in the language
    of the artifact. IDs, Roman numerals, quotations, code, and what any reader knows (EU, PDF, IBAN) are let be; each
    abbreviation is told once an artifact.

    **Why.** The same letters mean different things in two services, and something else in another language: what is
    BCE in French is KBO in Dutch.

    **Mend.** Add the abbreviation to the term in the glossary, in this language; or write the words.
    """
    defined = _defined(programme)
    for artifact in programme.artifacts.values():
        if artifact.kind != "term" and programme.phase(artifact) != "ended":
            for word, path in _used(artifact, programme).items():
                if word not in COMMON and word not in defined.get(artifact.lang, ()):
                    message = f"the glossary does not define {word!r} in this language ({artifact.lang})"
                    hint = "add it to the abbreviations of a term, or write the words"
                    yield on(artifact, message, hint, *path)


def _used(artifact: Artifact, programme: Programme) -> dict[str, Path]:
    """The abbreviations of an artifact's statement and criteria, each with the field that has it first."""
    kind = programme.kind_of(artifact)
    found: dict[str, Path] = {}
    for field in kind.prose if kind else ():
        assert kind is not None
        for path, text in _texts(
            (field,), artifact.fields.get(field), kind.schema["properties"].get(field, {})
        ):
            for word in _abbreviations(text):
                found.setdefault(word, path)
    return found


def _texts(path: Path, value: Any, schema: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """The texts that the schema marks as prose, with the path of each."""
    if isinstance(value, str):
        if schema.get("x-prose"):
            yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts((*path, index), item, schema.get("items", {}))
    elif isinstance(value, dict):
        for key, part in schema.get("properties", {}).items():
            if key in value:
                yield from _texts((*path, key), value[key], part)


def _abbreviations(text: str) -> Iterator[str]:
    """The abbreviations of a text; most texts have none, and need not be looked at twice."""
    if _ABBREVIATION.search(text):
        for match in _ABBREVIATION.finditer(_CODE.sub(" ", text)):
            word = match[0].rstrip("s")
            if not _ROMAN.fullmatch(word):
                yield word


def _defined(programme: Programme) -> dict[str, frozenset[str]]:
    """The abbreviations of the terms in force by language, and the words of their labels."""
    found: dict[str, set[str]] = {}
    for artifact in programme.artifacts.values():
        if artifact.kind == "term" and programme.phase(artifact) != "ended":
            for lang, words in _words(artifact):
                found.setdefault(lang, set()).update(words)
    return {lang: frozenset(words) for lang, words in found.items()}


def _words(artifact: Artifact) -> Iterator[tuple[str, list[str]]]:
    yield artifact.lang, artifact.title.split()
    labels, short = artifact.fields.get("labels"), artifact.fields.get("abbreviations")
    for lang, label in labels.items() if isinstance(labels, dict) else ():
        if isinstance(label, str):
            yield lang, label.split()
    for lang, several in short.items() if isinstance(short, dict) else ():
        if isinstance(several, list):
            yield lang, [item for item in several if isinstance(item, str)]


RULES = (undefined_abbreviation,)
