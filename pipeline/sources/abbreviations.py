"""The abbreviations of an artifact's prose, found once when it is read: most texts have none."""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.model import Kind
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


def find_abbreviations(
    fields: dict[str, Any], kind: Kind, known: frozenset[str]
) -> tuple[tuple[str, Path], ...]:
    """Give the abbreviations of the fields that are prose, but for those that are `known` or common.

    Each comes once, with the field that has it first; not those in code, in quotations and of other languages.
    """
    found: dict[str, Path] = {}
    for field in kind.prose:
        if field in fields:
            for path, text in _texts((field,), fields[field], kind.schema["properties"].get(field, {})):
                for word in _abbreviations(text):
                    if word not in COMMON and word not in known:
                        found.setdefault(word, path)
    return tuple(found.items())


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
