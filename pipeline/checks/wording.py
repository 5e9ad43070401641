"""What a JSON Schema finds wrong, in the words of someone who has never read one."""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError


def near(key: str, known: dict[str, Any], present: dict[str, Any]) -> str:
    """A hint for an unknown key: the known one that it resembles."""
    found = get_close_matches(key.replace("-", "_").lower(), known, n=1, cutoff=0.6)
    if found:
        return f"did you mean {found[0]}?"
    return "the fields are: " + ", ".join(sorted(name for name in known if name not in present))


def explain(error: "ValidationError") -> tuple[str, str]:
    """Message and hint for a JSON Schema error, for someone who has never read a schema."""
    value, field = error.instance, _name(error)
    wanted: Any = error.validator_value
    match error.validator:
        case "enum":
            close = get_close_matches(str(value), [str(item) for item in wanted], n=1, cutoff=0.5)
            hint = f"did you mean {close[0]}? " if close else ""
            return f"{field}: {_shown(value)} is not allowed", f"{hint}allowed: {', '.join(map(str, wanted))}"
        case "const":
            return f"{field}: {_shown(value)} does not fit", f"it can only be {wanted!r}; leave it out"
        case "type":
            return _type(field, value, wanted)
        case "format" if wanted == "date":
            return (
                f"{field}: {_shown(value)} is not a day of the calendar",
                "write year-month-day, such as 2026-03-31",
            )
        case "pattern":
            return f"{field}: {_shown(value)} is not written as it must be", _example(error)
        case "maxLength":
            return f"{field} has {len(str(value))} characters, and may have {wanted}", "shorten it"
        case "minLength" | "minItems" | "minProperties":
            return f"{field} is empty", f"fill it in, or leave the field out; {_example(error)}"
        case "uniqueItems":
            return f"{field}: an item stands twice", "keep one of the two"
        case "minimum" | "maximum":
            bound = "at least" if error.validator == "minimum" else "at most"
            return f"{field}: {_shown(value)} is out of range", f"it must be {bound} {wanted}"
    return f"{field}: {_cut(error.message)}", _example(error)


def _shown(value: object) -> str:
    return _cut(repr(value))


def _cut(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."


def _type(field: str, value: object, wanted: object) -> tuple[str, str]:
    names = {"array": "a list", "string": "text", "object": "key: value lines", "integer": "a whole number"}
    kind = names.get(str(wanted), str(wanted))
    is_a = (
        "empty"
        if value is None
        else f"{_json_name(value)}, {_shown(value)},"
        if not isinstance(value, (list, dict))
        else _json_name(value)
    )
    message = (
        f"{field} is {is_a.rstrip(',')}, but must be {kind}" if value is not None else f"{field} is empty"
    )
    if wanted == "string" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return message, "put the value in quotes as you mean it: a number loses its last zeros (1.10 is 1.1)"
    if wanted == "array" and isinstance(value, str):
        return message, f"write [{value}]"
    return message, f"write {kind}, or leave the field out" if value is None else f"write {kind}"


def _json_name(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    return {int: "a number", float: "a number", str: "text", list: "a list"}.get(
        type(value), "key: value lines"
    )


def _example(error: "ValidationError") -> str:
    schema = error.schema if isinstance(error.schema, dict) else {}
    for example in schema.get("examples", ()):
        return f"such as {example!r}" if isinstance(example, str) else f"such as {example}"
    return str(schema.get("description", "see the schema: paraph schema KIND"))


def _name(error: "ValidationError") -> str:
    steps = list(error.absolute_path)
    if not steps:
        return "the front matter"
    text = str(steps[0])
    for step in steps[1:]:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return text
