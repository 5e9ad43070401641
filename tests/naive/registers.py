"""The artifacts of a folder of documents, read in the plainest way: PyYAML and a few patterns, nothing of Paraph.

It takes the documents for good ones: what is wrong in them is for the checks, which run before.
"""

import re
from pathlib import Path
from typing import Any

import yaml

_SECTION = re.compile(
    r"^#{1,6} ([A-Z]+-\d+) ([^\n]+)\n+```yaml \{\.artifact\}\n(.*?)^```", re.MULTILINE | re.DOTALL
)
_HEAD = re.compile(r"\A---\n(.*?)^---\n", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r"^# (?:[A-Z]+-\d+ )?(.+)$", re.MULTILINE)


class _Plain(yaml.SafeLoader):
    """YAML whose dates stay as they are written, and in which `on` is a word."""


_Plain.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] not in ("timestamp", "bool")]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """The header of each artifact by ID, with its title, and with its defaults where it does not say otherwise."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.rglob("*.md")):
        if "handbook" in path.parts:
            continue  # Its artifacts are examples.
        text = path.read_text(encoding="utf-8")
        head = _HEAD.match(text)
        page: dict[str, Any] = yaml.load(head[1], _Plain) if head else {}
        if "id" in page:
            title = _TITLE.search(text, head.end() if head else 0)
            found[page["id"]] = {"title": title[1] if title else "", **page}
        for identity, title_, header in _SECTION.findall(text):
            fields = yaml.load(header, _Plain) or {}
            found[identity] = {**page.get("defaults", {}), "title": title_, "id": identity, **fields}
    return found


def of_prefix(artifacts: dict[str, dict[str, Any]], prefix: str) -> list[dict[str, Any]]:
    """The artifacts whose ID begins so."""
    return [item for identity, item in artifacts.items() if identity.split("-")[0] == prefix]


def ids(value: Any) -> list[str]:
    """The IDs that a field names, without the versions that it pins."""
    listed = value if isinstance(value, list) else [value] if value else []
    return [str(item).partition("@")[0] for item in listed]
