"""The rule on view blocks: they ask for something that exists."""

from collections.abc import Iterator
from difflib import get_close_matches

from pipeline.checks.rule import Reading, rule
from pipeline.checks.wording import explain, near
from pipeline.model import Fault, Programme, ViewBlock
from pipeline.model.finding import Path


@rule("VIEW", "block", "document")
def malformed(reading: Reading) -> Iterator[Fault]:
    """A view block does not say what can be shown.

    A key is unknown, a value is not allowed, or what the view needs is missing.

    **Why.** The reader would find an empty place where a table is announced.

    **Mend.** As the hint says; the handbook has a page on views.
    """
    schema, judge = reading.judge.catalogue.view, reading.judge
    for view in reading.source.document.views:
        if schema and view.fields and not judge.valid("view", schema, view.fields):
            yield from _words(reading.source.document.path, view, schema)


def _words(path: str, view: ViewBlock, schema: dict[str, object]) -> Iterator[Fault]:
    from jsonschema import Draft202012Validator

    told: set[Path] = set()
    for error in Draft202012Validator(schema).iter_errors(view.fields):
        place = tuple(error.absolute_path)
        known = schema["properties"]
        assert isinstance(known, dict)
        if error.validator == "additionalProperties" and not place:
            for key in sorted(view.fields.keys() - known.keys()):
                yield _fault(
                    path, view, (key,), f"a view has no field {key!r}", near(key, known, view.fields)
                )
        elif place not in told:
            told.add(place)
            yield _fault(path, view, place or ("view",), *explain(error))


def _fault(path: str, view: ViewBlock, field: Path, message: str, hint: str) -> Fault:
    return Fault(path, message, hint, field=field, line=view.header.line)


@rule("VIEW-DEAD", "block", "programme")
def empty(programme: Programme) -> Iterator[Fault]:
    """A view block names a kind, an artifact or a file that does not exist.

    **Why.** The reader would find an empty place where a table is announced.

    **Mend.** Correct the name.
    """
    for document in programme.documents.values():
        for view in document.views:
            yield from _dead(document.path, view, programme)


def _dead(path: str, view: ViewBlock, programme: Programme) -> Iterator[Fault]:
    for key in ("kind", "rows", "columns_kind"):
        name = view.fields.get(key)
        if isinstance(name, str) and name not in programme.kinds:
            close = get_close_matches(name, programme.kinds, n=1, cutoff=0.5)
            hint = (
                f"did you mean {close[0]}?"
                if close
                else f"the kinds are: {', '.join(sorted(programme.kinds))}"
            )
            yield _fault(path, view, (key,), f"there is no kind {name!r}", hint)
    identities = view.fields.get("ids")
    for index, identity in enumerate(identities if isinstance(identities, list) else ()):
        if isinstance(identity, str) and identity.split("@")[0] not in programme.artifacts:
            yield _fault(
                path, view, ("ids", index), f"{identity} does not exist", "correct the ID, or leave it out"
            )
    name = view.fields.get("path")
    if isinstance(name, str) and name not in programme.documents:
        yield _fault(
            path, view, ("path",), f"there is no file {name}", "the path counts from the root of the sources"
        )


RULES = (malformed, empty)
