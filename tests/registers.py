"""Registers for tests: artifacts given as an ID and their fields, written as an author would write them."""

import json
from typing import Any

from msgspec import structs

from pipeline.model import Programme
from tests.support import programme_of

DAY = "2026-11-27"


def section(identity: str, title: str = "", **fields: Any) -> str:
    """One artifact; a field whose name is a word of Python ends in an underline."""
    stated = {"status": "open", "version": "1.0", **fields}
    lines = "\n".join(f"{name.rstrip('_')}: {json.dumps(value)}" for name, value in stated.items())
    return (
        f"## {identity} {title or f'Title of {identity}'}\n\n```yaml {{.artifact}}\n{lines}\n```\n\nText.\n"
    )


def register(*sections: str) -> Programme:
    """The programme of some artifacts, on a fixed day."""
    programme, _ = programme_of({"register.md": "# Register\n\n" + "\n".join(sections)})
    return structs.replace(programme, day=DAY)
