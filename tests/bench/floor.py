"""The floor of a check: read every file, parse every header with duplicate keys refused, validate it by its schema.

Run as `python -m tests.bench.floor FOLDER COUNT`; it finds headers with two regular expressions and nothing else, and
fails when they are not as many as there must be.
"""

import gc
import os
import re
import sys

import jsonschema_rs
import oryaml

from pipeline.kinds import build_catalogue, read_schemas
from pipeline.shipped import folder

_FRONT = re.compile(r"\A---\n(.*?)^---$", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^## (\S+) ([^\n]*)\n\n```yaml \{\.artifact\}\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main(root: str, count: int) -> None:
    """Do the least that any check of these documents, which hold `count` artifacts, must do."""
    gc.disable()
    prefixes = build_catalogue(read_schemas([folder("schemas")]), trusted=True).prefixes
    judges = {
        prefix: jsonschema_rs.Draft202012Validator(kind.schema, validate_formats=True)
        for prefix, kind in prefixes.items()
    }
    valid = total = 0
    for above, _, names in os.walk(root):
        for name in names:
            with open(os.path.join(above, name), encoding="utf-8") as file:
                text = file.read()
            front = _FRONT.match(text)
            headers = (
                [(None, "Title", front[1])] if front else [match.groups() for match in _BLOCK.finditer(text)]
            )
            for identity, title, header in headers:
                fields = oryaml.loads(header)
                identity = fields.setdefault("id", identity)
                fields.setdefault("title", title)
                valid += judges[identity.split("-")[0]].is_valid(fields)
                total += 1
    if total != count or valid < count * 0.9:
        sys.stderr.write(f"{total} headers, {valid} of them valid, where there are {count} artifacts\n")
        sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
