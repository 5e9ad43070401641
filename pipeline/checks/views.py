"""The rule on view blocks: they ask for something that exists."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeGuard

from msgspec import structs

from pipeline.checks.rule import Reading, rule
from pipeline.checks.validator import reference
from pipeline.checks.wording import explain, near
from pipeline.model import Fault, Programme, ViewBlock
from pipeline.model.finding import Path
from pipeline.sources.front import near_key

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

# Views that put the artifacts of a kind together by a field, which `by` names.
_GROUPED = {"sankey": "business-need", "gantt": "milestone"}
_ID = re.compile(r"[A-Z][A-Z0-9]*-[0-9]+(?:@[\w.-]+)?")


@rule("VIEW", "block", "document")
def malformed(reading: Reading) -> Iterator[Fault]:
    """A view block does not say what can be shown.

    A key is unknown, a value is not allowed, or what the view needs is missing.

    **Why.** The reader would find an empty place where a table is announced.

    **Mend.** As the hint says; the handbook has a page on views.
    """
    schema, judge = reading.judge.catalogue.view, reading.judge
    for view in reading.source.document.views:
        if schema and not judge.valid("view", schema, view.fields):
            yield from _words(reading.source.document.path, view, schema)


def _words(path: str, view: ViewBlock, schema: dict[str, Any]) -> Iterator[Fault]:
    told: set[Path] = set()
    known = schema["properties"]
    unknown: dict[str, Any] = {key: {} for key in view.fields if key not in known}
    for key in sorted(unknown):
        message, hint = f"a view has no field {key!r}", near(key, known, view.fields)
        yield structs.replace(_fault(path, view, (key,), message, hint), key=True)
    name = view.fields.get("view")
    shown = f"the {name} view" if isinstance(name, str) else "a view block"
    for error in reference(schema).iter_errors(view.fields):
        place = tuple(error.absolute_path)
        if error.validator == "required" and not place:
            wanted: Any = error.validator_value
            missing = [key for key in wanted if key not in view.fields and not near_key(key, unknown)]
            if missing and () not in told:
                told.add(())
                yield _fault(path, view, ("view",), f"{shown} lacks {missing[0]}", f"add {missing[0]}:")
        elif foreign := _foreign(error):
            if foreign in known and (foreign,) not in told:
                told.add((foreign,))
                message, hint = f"{foreign} does not belong to {shown}", "remove it, or name another view"
                yield structs.replace(_fault(path, view, (foreign,), message, hint), key=True)
        elif place and place not in told:
            told.add(place)
            yield _fault(path, view, place, *explain(error))


def _foreign(error: "ValidationError") -> str:
    """The key that an error says another view has, or ''."""
    if "propertyNames" in error.absolute_schema_path:
        return str(error.instance)
    alone = error.validator == "maxItems" and error.validator_value == 0
    return str(error.absolute_path[0]) if alone else ""


def _fault(path: str, view: ViewBlock, field: Path, message: str, hint: str) -> Fault:
    return Fault(path, message, hint, field=field, line=view.header.line)


@rule("VIEW-DEAD", "block", "programme")
def empty(programme: Programme) -> Iterator[Fault]:
    """A view block names a kind, a field, an artifact or a file that does not exist.

    Columns, keys to sort by and conditions are fields of the kind; a matrix is made by a link of one of its kinds.

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
        if _is_id(identity) and identity.split("@")[0] not in programme.artifacts:
            yield _fault(
                path, view, ("ids", index), f"{identity} does not exist", "correct the ID, or leave it out"
            )
    yield from _dead_fields(path, view, programme)
    name = view.fields.get("path")
    if isinstance(name, str) and name not in programme.documents:
        yield _fault(
            path, view, ("path",), f"there is no file {name}", "the path counts from the root of the sources"
        )


def _is_id(value: object) -> TypeGuard[str]:
    """Whether it is an ID; VIEW tells what is none."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _dead_fields(path: str, view: ViewBlock, programme: Programme) -> Iterator[Fault]:
    """Columns, keys to sort by and conditions that no artifact shown can have, and links that join nothing."""
    kind = programme.kinds.get(str(view.fields.get("kind")))
    shown = [kind] if kind else list(programme.kinds.values())
    known = {key for item in shown for key in item.schema["properties"]}
    if not all(item.schema["properties"] for item in shown):
        return  # The schema of a kind could not be read: KIND-FILE tells it.
    inverses = {link.inverse for item in programme.kinds.values() for link in item.links.values()}
    columns = known | inverses | {words.replace(" ", "_") for words in inverses}
    across = programme.kinds.get(str(view.fields.get("columns_kind")))
    below = set(across.schema["properties"]) if across else known
    roles = {role for item in programme.kinds.values() for role in item.links}
    allowed = {"columns": columns, "sort": known, "where": known, "columns_where": below, "roles": roles}
    for key, names in allowed.items():
        value = view.fields.get(key)
        for index, name in enumerate(value if isinstance(value, (list, dict)) else ()):
            if isinstance(name, str) and name not in names:
                field = (key, name) if isinstance(value, dict) else (key, index)
                fault = _fault(path, view, field, f"{key}: there is no field {name!r}", _likely(name, names))
                yield structs.replace(fault, key=isinstance(value, dict))
    by = view.fields.get("by")
    ends = [programme.kinds.get(str(view.fields.get(key))) for key in ("rows", "columns_kind")]
    joining = {role for end in ends if end for role in end.links}
    if isinstance(by, str) and all(ends) and by not in joining:
        yield _fault(path, view, ("by",), f"by: neither kind has a link {by!r}", _likely(by, joining))
    yield from _dead_groups(path, view, programme)


def _dead_groups(path: str, view: ViewBlock, programme: Programme) -> Iterator[Fault]:
    """Fields by which artifacts are put together, and which their kind does not have."""
    fields = view.fields
    grouped = {
        "rows_by": fields.get("rows"),
        "columns_by": fields.get("columns_kind"),
        "by": _GROUPED.get(str(fields.get("view"))),
    }
    for key, kind_name in grouped.items():
        name, kind = fields.get(key), programme.kinds.get(str(kind_name))
        if (
            isinstance(name, str)
            and kind
            and kind.schema["properties"]
            and name not in kind.schema["properties"]
        ):
            hint = _likely(name, kind.schema["properties"])
            yield _fault(path, view, (key,), f"{key}: a {kind.name} has no field {name!r}", hint)


def _likely(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else f"known are: {', '.join(sorted(known))}"


RULES = (malformed, empty)
