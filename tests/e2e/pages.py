"""A document of the reference programme in its sections, and how it stood on an earlier day."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.e2e.projects import ROOT

# The IDs of all kinds; `SHA-256` is none.
_PREFIX = re.compile(r'"prefix": "([A-Z]+)"')
_SCHEMAS = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("schemas/*.json"))]
_PREFIXES = sorted({name for schema in _SCHEMAS for name in _PREFIX.findall(schema)})
ID = rf"(?:{'|'.join(_PREFIXES)})-\d{{3}}"
# What happened has a day: what lies after the day of a commit had not happened.
_EVENTS = ("updated", "actual", "done_on")
_HEADING = re.compile(rf"(#{{1,6}}) (?:({ID}) )?")
_MENTION = re.compile(rf"\b{ID}\b")
_LINK = re.compile(rf"({ID})(?:@[\d.]+|/AC-\d+)?")
_ASIDE = re.compile(rf" \(((?:{ID})(?:, {ID})*)\)")
_SENTENCES = re.compile(r"(?<=[.!?]) (?=[^a-zà-ÿ])")
_ITEMS = re.compile(r"\n(?=[-*] |\d+\. )")


class _Loader(yaml.SafeLoader):
    """YAML as it is since 1.2, in which `on` is a word."""


class _Dumper(yaml.SafeDumper):
    """The same, written."""


_BOOL = "tag:yaml.org,2002:bool"
for _class in (_Loader, _Dumper):
    _class.yaml_implicit_resolvers = {
        first: [item for item in items if item[0] != _BOOL]
        for first, items in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    _class.add_implicit_resolver(_BOOL, re.compile("true|false"), list("tf"))


def _as_list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    """A list of IDs on a line, as authors write it; other lists with a line an item."""
    flat = all(isinstance(item, str) and _LINK.fullmatch(item) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flat)


_Dumper.add_representer(list, _as_list)


class Section(NamedTuple):
    """A heading with what follows it; `header` and `identity` are those of an artifact."""

    heading: str
    identity: str
    header: dict[str, Any]
    body: str

    @property
    def level(self) -> int:
        """How deep the heading is."""
        return len(self.heading) - len(self.heading.lstrip("#"))


class Page(NamedTuple):
    """A document: its front matter, which may be that of an artifact, and its sections."""

    front: dict[str, Any]
    sections: list[Section]

    @property
    def identities(self) -> set[str]:
        """The IDs of its artifacts."""
        return {self.front.get("id", ""), *(item.identity for item in self.sections)} - {""}

    def facts(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Some fields of each of its artifacts, by ID, whether the artifact or the file states them."""
        defaults = self.front.get("defaults", {})
        headers = {item.identity: {**defaults, **item.header} for item in self.sections if item.identity}
        headers |= {self.front["id"]: self.front} if "id" in self.front else {}
        return {name: {key: header.get(key) for key in keys} for name, header in headers.items()}


def read_page(path: Path) -> Page:
    """A document in its sections."""
    _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    chunks: list[list[str]] = [[]]
    fence = False
    for line in text.splitlines():
        if not fence and _HEADING.match(line):
            chunks.append([])
        fence ^= line.startswith("```")
        chunks[-1].append(line)
    return Page(_loaded(front), [_section(chunk) for chunk in chunks[1:]])


def _loaded(text: str) -> dict[str, Any]:
    return yaml.load(text, Loader=_Loader) or {}


def _section(lines: list[str]) -> Section:
    heading, body = lines[0], "\n".join(lines[1:]).strip("\n")
    found = re.match(r"```yaml \{\.artifact\}\n(.*?)\n?```\n*", body, re.DOTALL)
    named = _HEADING.match(heading)
    if not found or not named:
        return Section(heading, "", {}, body)
    return Section(heading, named[2], _loaded(found[1]), body[found.end() :])


def rewound(page: Page, later: list[dict[str, Any]], day: str) -> Page:
    """A page as it stood on a day, with the states that artifacts had before later steps, the last step first.

    What was made later is not there, and what happened later has not happened. A page whose artifact was made later
    is empty.
    """
    front, defaults = page.front, page.front.get("defaults", {})
    if "id" in front:
        front = _as_of(front, later, day)
        assert "text" not in front, f"{front['id']} is a whole file: its text cannot be taken back"
        if _is_unborn(front, day):
            return Page({}, [])
    if defaults:
        front = {**front, "defaults": _happened(defaults, day)}
    sections = [_section_of(item, defaults, later, day) if item.identity else item for item in page.sections]
    born = {item.identity for item in sections if not _is_unborn({**defaults, **item.header}, day)}
    return keep(Page(front, sections), born | {front.get("id", "")})


def _section_of(item: Section, defaults: dict[str, Any], later: list[dict[str, Any]], day: str) -> Section:
    """An artifact that is a section, as it stood on a day."""
    header = _as_of({"id": item.identity, **defaults, **item.header}, later, day)
    text = header.pop("text", item.body)
    stated = {key: value for key, value in header.items() if key != "id" and defaults.get(key) != value}
    gone = {key for key in defaults if key not in header} - set(_EVENTS)
    assert not gone, f"{item.identity} drops {gone}, which the defaults of its file state again"
    return item._replace(header=stated, body=text.strip("\n"))


def _as_of(header: dict[str, Any], later: list[dict[str, Any]], day: str) -> dict[str, Any]:
    """The fields of an artifact on a day. Steps are taken back from the last to the first."""
    for before in later:
        state = dict(before.get(header["id"], {}))
        dropped = state.pop("drop", ())
        header = {key: value for key, value in {**header, **state}.items() if key not in dropped}
    return _happened(header, day)


def _is_unborn(header: dict[str, Any], day: str) -> bool:
    return header.get("absent", False) or str(header.get("created", "")) > day


def _happened(header: dict[str, Any], day: str) -> dict[str, Any]:
    """A header without what happened after a day."""
    kept = {key: value for key, value in header.items() if key not in _EVENTS or str(value) <= day}
    for key, value in kept.copy().items():
        if isinstance(value, list):
            kept[key] = [entry for entry in value if not _is_after(entry, day)]
        if _is_after(value, day) or (value and not kept[key]):
            del kept[key]
    if kept.get("forecast_history", []) != header.get("forecast_history", []):
        entries = kept.get("forecast_history", [])
        kept["forecast"] = entries[-1]["to"] if entries else header["baseline"]
    return kept


def _is_after(value: Any, day: str) -> bool:
    return isinstance(value, dict) and str(value.get("on", "")) > day


def keep(page: Page, names: set[str]) -> Page:
    """A page with those of its artifacts alone; what lies below a heading goes with it."""
    kept: list[Section] = []
    above = 0  # The level of a section that went, while what follows lies below it.
    for item in page.sections:
        if above and item.level > above and not item.identity:
            continue
        above = item.level if item.identity and item.identity not in names else 0
        if not above:
            kept.append(item)
    return page._replace(sections=kept)


def cut_page(page: Page, there: set[str]) -> Page:
    """A page without what names artifacts that are not among those `there`: links, sentences, items, rows."""
    sections = []
    for item in page.sections:
        body = "\n\n".join(_cut_blocks(item.body, there))
        first = item.body.split("\n\n")[0]
        lost = item.identity and first and not any(_cut_blocks(first, there))
        assert not lost, f"the statement of {item.identity} names what was not there: state its text before"
        sections.append(item._replace(header=_cut_value(item.header, there) or {}, body=body))
    return Page(_cut_value(page.front, there), sections)


def _cut_value(value: Any, there: set[str]) -> Any:
    """A value of a header without what was not there; None where nothing is left."""
    if isinstance(value, dict):
        if _is_lost(value.get("party"), there):
            return None  # A seat that nobody holds yet.
        cut = {key: _cut_value(entry, there) for key, entry in value.items()}
        return {key: entry for key, entry in cut.items() if entry is not None} or None
    if isinstance(value, list):
        cuts = [_cut_value(entry, there) for entry in value]
        return [entry for entry in cuts if entry is not None] or None
    if isinstance(value, str):
        return None if _is_lost(value, there) else _cut_prose(value, there) or None
    return value


def _is_lost(value: Any, there: set[str]) -> bool:
    found = _LINK.fullmatch(value) if isinstance(value, str) else None
    return bool(found and found[1] not in there)


def _cut_blocks(body: str, there: set[str]) -> Iterator[str]:
    """The blocks of a body, without the sentences, items and rows that name what was not there."""
    for block in body.split("\n\n"):
        if not _names_lost(block, there) or block.startswith("```"):
            cut = block
        elif block.startswith("|"):
            cut = "\n".join(row for row in block.split("\n") if not _names_lost(row, there))
        else:
            items = _ITEMS.split(block)
            cut = "\n".join(filter(None, (_cut_prose(item.replace("\n", " "), there) for item in items)))
        if cut:
            yield cut


def _cut_prose(text: str, there: set[str]) -> str:
    text = _ASIDE.sub(lambda found: _aside(found[1].split(", "), there), text)
    return " ".join(item for item in _SENTENCES.split(text) if not _names_lost(item, there))


def sentences(page: Page) -> set[str]:
    """All that a page says in its text, but for IDs in brackets."""
    blocks = [block for item in page.sections for block in item.body.split("\n\n")]
    lines = [line for block in blocks for line in (block.split("\n") if block.startswith("|") else [block])]
    return {part for line in lines for part in _SENTENCES.split(_ASIDE.sub("", " ".join(line.split())))}


def _aside(names: Iterable[str], there: set[str]) -> str:
    left = ", ".join(name for name in names if name in there)
    return f" ({left})" if left else ""


def _names_lost(text: str, there: set[str]) -> bool:
    return not set(_MENTION.findall(text)) <= there


def written(page: Page) -> str:
    """A document as text."""
    parts = [f"---\n{_yaml(page.front)}---"]
    for item in page.sections:
        header = f"```yaml {{.artifact}}\n{_yaml(item.header)}```" if item.identity else ""
        parts += [part for part in (item.heading, header, item.body) if part]
    return "\n\n".join(parts) + "\n"


def _yaml(value: dict[str, Any]) -> str:
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)
