"""The reference of what is valid: jsonschema, with patterns read as JSON Schema means them.

JSON Schema's patterns are those of ECMAScript: `$` is the end of the text and not also a line end before it, and
`\\d` a digit from 0 to 9. Python's `re`, which jsonschema takes, differs in both.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

# An escape or a set of signs, both left as they are; or the end of the text.
_END = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\])|\$", re.DOTALL)


@cache
def _reference() -> Any:
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    return extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


def reference(schema: dict[str, Any]) -> "Validator":
    """The validator of a schema; its errors say where and why."""
    kind = _reference()
    made: Validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    return made


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> "Iterator[ValidationError]":
    from jsonschema.exceptions import ValidationError

    if isinstance(instance, str) and not _compile(pattern).search(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(_END.sub(lambda match: match[1] or r"\Z", pattern), re.ASCII)
