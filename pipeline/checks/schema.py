"""Front matter against the schema of its kind.

A Rust validator decides whether an artifact is valid, since nearly all are; jsonschema, which is the reference, words
what is wrong with those that are not.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.checks.rule import Reading, rule
from pipeline.checks.validator import reference
from pipeline.checks.wording import explain, near
from pipeline.model import Artifact, Fault
from pipeline.model.finding import Path
from pipeline.sources.front import near_key, read_block
from pipeline.sources.text import Text, starts_of

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

# Which of several errors at one place is told: the earlier in this list.
_ORDER = ("type", "const", "enum", "pattern", "format", "minLength", "required", "additionalProperties")


@rule("SCHEMA", "block", "document")
def invalid(reading: Reading) -> Iterator[Fault]:
    """The front matter does not fit its schema.

    A field is missing, unknown, of the wrong type, or has a value that is not allowed. `paraph schema KIND` prints
    the schema, and the handbook has a page for each kind.

    **Why.** Lists, sums and links are made from the fields; a field that is misspelt is missing from all of them.

    **Mend.** As the hint says. Versions are written in quotes: `version: "1.10"`, since 1.10 as a number is 1.1.
    """
    document, judge = reading.source.document, reading.judge
    shared: set[tuple[Path, str]] = set()
    for artifact in document.artifacts:
        kind = judge.catalogue.kinds.get(artifact.kind)
        if kind is not None and not judge.valid(kind.name, kind.schema, artifact.fields):
            for fault in _words(kind.schema, artifact.fields, artifact.path, artifact):
                if not _is_told(fault, artifact, reading, shared):
                    yield fault
    page = document.page
    schema = judge.catalogue.page
    if page is not None and page.fields and schema and not judge.valid("page", schema, page.fields):
        yield from _words(schema, page.fields, document.path, None)


def _is_told(fault: Fault, artifact: Artifact, reading: Reading, shared: set[tuple[Path, str]]) -> bool:
    """Whether a section has the fault from the file's defaults, and another section told it already."""
    if not artifact.section or not fault.field or fault.field[0] not in artifact.fields:
        return False
    text = Text(reading.source.text, starts_of(reading.source.text))
    stated = read_block(text, artifact.header)[0].fields
    if fault.field[0] in stated or fault.field[0] in artifact.supplied:
        return False
    told = (fault.field, fault.message) in shared
    shared.add((fault.field, fault.message))
    return told


def _words(
    schema: dict[str, Any], fields: dict[str, Any], path: str, artifact: Artifact | None
) -> Iterator[Fault]:
    errors: dict[tuple[Path, bool], ValidationError] = {}
    extra: list[ValidationError] = []
    identity, nth = (artifact.id, artifact.nth) if artifact else ("", 0)
    found = list(reference(schema).iter_errors(fields))
    for error in found:
        place = tuple(error.absolute_path)
        if place == ("kind",) and error.validator == "const":
            continue  # ID-KIND tells it.
        # A text may be too long and, apart from that, hold what it must not; all else at one place is one fault.
        slot = (place, error.validator == "maxLength")
        if error.validator in ("required", "additionalProperties"):
            extra.append(error)
        elif slot not in errors or _rank(error) < _rank(errors[slot]):
            errors[slot] = error
    for (place, _), error in errors.items():
        message, hint = explain(error)
        yield Fault(path, message, hint, identity, place, nth=nth)
    for error in extra:
        unknown = error.validator == "additionalProperties"
        for field, message, hint in _missing_or_unknown(error, artifact):
            yield Fault(path, message, hint, identity, field, nth=nth, key=unknown)
    if not found:
        message, hint = "the front matter does not fit its schema", "see the schema: paraph schema KIND"
        yield Fault(path, message, hint, identity, ("id",), nth=nth)


def _rank(error: "ValidationError") -> int:
    name = str(error.validator)
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _missing_or_unknown(
    error: "ValidationError", artifact: Artifact | None
) -> Iterator[tuple[Path, str, str]]:
    place = tuple(error.absolute_path)
    where = f" in {place[0]}" if place else ""
    known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    assert isinstance(error.instance, dict)
    if error.validator == "additionalProperties":
        for key in sorted(error.instance.keys() - known.keys()):
            yield (*place, key), f"there is no field {key!r}{where}", near(key, known, error.instance)
        return
    if artifact is not None and artifact.partial:
        return  # What is missing may stand in the lines that could not be read.
    unknown: dict[str, Any] = {name: {} for name in error.instance if name not in known}
    wanted: Any = error.validator_value
    for key in wanted:
        # A misspelt key is told as unknown; that the right one is missing follows from it.
        if key in error.instance or f"{key!r} is a" not in error.message or near_key(key, unknown):
            continue
        example = artifact.id if artifact and key == "id" else known.get(key, {}).get("examples", [""])[0]
        options = known.get(key, {}).get("enum")
        shown = " | ".join(map(str, options)) if options else example
        yield place or ("id",), f"the field {key!r} is missing{where}", f"add {key}: {shown}".rstrip(": ")
