"""Which artifact an author means where its ID is written slightly wrong, under another key, or not at all."""

from typing import Any

from pipeline.model import Kind
from pipeline.sources.front import near_key
from pipeline.sources.identity import id_of_name, meant_form, plain_form
from pipeline.sources.vocabulary import Vocabulary


def settle(written: str, words: Vocabulary) -> tuple[str, Kind | None]:
    """The ID that is meant, and its kind; without a kind where the prefix had to be guessed."""
    kind = words.kind_of(written)
    if kind is not None:
        return written, kind
    plain = plain_form(written).upper()
    kind = words.kind_of(plain)
    return (plain, kind) if kind is not None else (meant_form(written, words.prefixes), None)


def meant_id(path: str, fields: dict[str, Any], words: Vocabulary) -> str | int | float | None:
    """The ID under a key that is almost `id`, or in the file's name, where the rest is an artifact's."""
    for key, value in fields.items():
        if isinstance(value, str) and near_key(key, {"id": {}}) and words.kind_of(value):
            return value
    named = id_of_name(path)
    if ("id" in fields or "status" in fields) and words.kind_of(named):
        return named
    written = fields.get("id")
    return written if type(written) in (int, float) else None
