"""Fields as YAML that every reader of YAML 1.2 takes for the same: what could be read otherwise is put in quotes."""

import json
import re
from typing import Any

# Words that stand for themselves; within brackets a comma or a colon would not.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.@/+-]*(?: [A-Za-z0-9(][A-Za-z0-9_.@/+()-]*)*")
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
# What some version of YAML takes for something else than text.
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_RARE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_STEP = "  "


def write_header(fields: dict[str, Any]) -> str:
    """The fields as lines of YAML, in their order, with a line end after each."""
    return "".join(f"{line}\n" for line in _mapping(fields))


def _mapping(fields: dict[Any, Any]) -> list[str]:
    lines = []
    for key, value in fields.items():
        name = key if isinstance(key, str) and _KEY.fullmatch(key) and not _is_word(key) else _inline(key)
        if isinstance(value, dict) and value:
            lines += [f"{name}:", *(_STEP + line for line in _mapping(value))]
        elif isinstance(value, list) and any(isinstance(item, dict) and item for item in value):
            lines += [f"{name}:", *(_STEP + line for item in value for line in _item(item))]
        else:
            lines.append(f"{name}: {_inline(value)}")
    return lines


def _item(value: Any) -> list[str]:
    if not isinstance(value, dict) or not value:
        return [f"- {_inline(value)}"]
    first, *others = _mapping(value)
    return [f"- {first}", *(_STEP + line for line in others)]


def _inline(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and not _is_word(value):
        return value
    # JSON is YAML, but for characters that YAML takes for line ends or does not allow.
    return _RARE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def _is_word(text: str) -> bool:
    return text.casefold() in _WORDS
