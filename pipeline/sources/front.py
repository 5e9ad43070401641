"""Front matter: where it stands, what it says, and which fields an artifact ends up with.

An artifact's fields come from four places, in this order: what its header states, the `defaults` of its file,
and what the body supplies (the heading's words, the first paragraph). Stated twice and different is a fault.
"""

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.model import Artifact, Fault, Header, Kind, Link, Mention
from pipeline.model.finding import Path
from pipeline.sources.identity import plain_form
from pipeline.sources.scan import Ids, find_ids, in_file_name, may_hold
from pipeline.sources.text import Text
from pipeline.sources.vocabulary import MAX_HEADER
from pipeline.sources.yaml import Loaded, YamlFault, load

_TARGET = re.compile(r"([A-Z][A-Z0-9]*-[0-9]+)(?:@([\w.-]+))?")
_BEGIN = re.compile(r"---[ \t]*(?:\n|\Z)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_GAP = re.compile(r"^(?:[ \t]*$|#{1,6} )", re.MULTILINE)


class Front(NamedTuple):
    """The front matter of a file: its fields, its header (None without one), the offset where the body begins."""

    fields: dict[str, Any]
    header: Header | None
    body: int
    faults: tuple[Fault, ...] = ()
    partial: bool = False


def read_front(path: str, text: Text, limit: int = MAX_HEADER) -> Front:
    """The front matter of a file; a header that is not closed ends at the first empty line or heading."""
    content = text.content
    if not content.startswith("---") or not _BEGIN.match(content):
        return Front({}, None, 0)
    begin = content.find("\n") + 1 or len(content)
    closing = _END.search(content, begin)
    faults: tuple[Fault, ...] = ()
    if closing:
        stop, body = closing.start(), closing.end()
    else:
        gap = _GAP.search(content, begin)
        stop = body = gap.start() if gap else len(content)
        message, hint = "the front matter is never closed", "close it with a line ---"
        faults = (Fault(path, message, hint, line=1, column=1, length=3, code="SRC-FENCE"),)
    line, column = text.place(stop)
    header = Header(path, 2, line - 2 + (column > 1))
    if stop - begin > limit:
        return Front({}, header, body, (*faults, _too_long(path, 1, stop - begin, limit)), partial=True)
    loaded = load(content[begin:stop])
    partial = loaded.partial or closing is None
    return Front(loaded.fields, header, body, (*faults, *_yaml_faults(text, loaded, header)), partial)


def read_block(text: Text, header: Header, limit: int = MAX_HEADER) -> tuple[Loaded, tuple[Fault, ...]]:
    """The fields of a fenced block, with its faults at their places in the file."""
    content = text.lines(header.line, header.count)
    if len(content) > limit:
        return Loaded({}, partial=True), (_too_long(header.path, header.line, len(content), limit),)
    loaded = load(dedent(content, header.indent))
    return loaded, _yaml_faults(text, loaded, header)


def dedent(content: str, indent: int) -> str:
    """The lines of a block without the indentation of its fence, as far as they have it."""
    if not indent:
        return content
    return "\n".join(line[margin(line, indent) :] for line in content.split("\n"))


def margin(line: str, indent: int) -> int:
    """How much of a line stands before the text of a block whose fence is indented."""
    lead = line[:indent]
    return len(lead) - len(lead.lstrip(" \t>"))


def _yaml_faults(text: Text, loaded: Loaded, header: Header) -> tuple[Fault, ...]:
    """What was wrong with a YAML text, at its place in the file."""
    return tuple(_yaml_fault(text, fault, header) for fault in loaded.faults)


def _yaml_fault(text: Text, fault: YamlFault, header: Header) -> Fault:
    line = header.line + fault.line - 1
    column = margin(text.line(line), header.indent) + fault.column
    return Fault(
        header.path,
        fault.message,
        fault.hint,
        line=line,
        column=column,
        length=fault.length,
        code="SRC-YAML",
    )


def _too_long(path: str, line: int, size: int, limit: int) -> Fault:
    message = f"the header has {size:,} characters, more than the limit of {limit:,}"
    return Fault(
        path,
        message,
        "move text into the body, or raise limits.header in the settings",
        line=line,
        column=1,
        code="SRC-LIMIT",
    )


def mend_keys(fields: dict[str, Any], kind: Kind) -> dict[str, Any]:
    """The fields with each misspelt key also under the name it is meant to have.

    The misspelt key stays, for the schema to report; what follows from it (a link, a status) is not lost.
    """
    known = kind.schema["properties"]
    if fields.keys() <= known.keys():
        return fields
    mended = dict(fields)
    for key in sorted(fields.keys() - known.keys()):
        near = near_key(key, known)
        if near and near not in mended:
            mended[near] = fields[key]
    return mended


def near_key(key: str, known: dict[str, Any]) -> str:
    """The known key that a misspelt one is meant to be, or ''."""
    near = get_close_matches(key.replace("-", "_").lower(), known, n=1, cutoff=0.75)
    return near[0] if near and key not in known else ""


def find_links(fields: dict[str, Any], kind: Kind, id_form: str) -> tuple[Link, ...]:
    """The links that an artifact's fields state, in the order of the schema's link fields."""
    links: list[Link] = []
    for role, rule in kind.links.items():
        value = fields.get(role)
        if value is None:
            continue
        if type(value) is list:
            for index, item in enumerate(value):
                named = _target(item) if type(item) is str else None
                if named:
                    links.append(Link(role, *named, (role, index)))
                else:
                    links += _odd_links(role, item, rule.written != "id", id_form, (role, index))
        elif rule.written == "comma-list" and type(value) in (str, int):
            for written in filter(None, map(str.strip, str(value).split(","))):
                target = id_form.replace("{}", written) if written.isdigit() else written
                links.append(Link(role, target, "", (role,)))
        else:
            links += _odd_links(role, value, rule.written == "integer", id_form, (role,))
    return tuple(links)


@lru_cache(maxsize=8192)
def _target(item: str) -> tuple[str, str] | None:
    """The ID and the pinned version, or '', that an item of a link holds. The same IDs are named again and again."""
    match = _TARGET.fullmatch(item)
    return (match[1], match[2] or "") if match else None


def _odd_links(role: str, item: object, numbers: bool, id_form: str, field: Path) -> tuple[Link, ...]:
    """The link of one item, or none where it holds no ID; an ID in look-alike letters counts as meant."""
    if type(item) is str:
        match = _TARGET.fullmatch(item) or _TARGET.fullmatch(plain_form(item[:99]).strip().upper())
        return (Link(role, match[1], match[2] or "", field),) if match else ()
    if numbers and type(item) is int:
        return (Link(role, id_form.replace("{}", str(item)), "", field),)
    return ()


def header_mentions(text: Text, artifact: Artifact, ids: Ids, stated: bool = False) -> list[Mention]:
    """IDs that stand in a header outside its link fields: prose in a value. Comments are not prose.

    `stated` says that all links of the artifact stand in its header: a header with no more IDs than that has none.
    """
    header = artifact.header
    first, last = text.offset(header.line), text.offset(header.line + header.count)
    known = (len(artifact.links) if stated else 0) + (0 if artifact.section else 1)
    if not may_hold(text.content, ids, first, last, known):
        return []
    own = {artifact.id, *(link.target for link in artifact.links)}
    found = []
    for offset, target, version in find_ids(text.content, ids, first, last):
        if target in own or in_file_name(text.content, offset):
            continue
        line, column = text.place(offset)
        before = text.content[text.starts[line - 1] : offset]
        if not before.lstrip().startswith("#") and " #" not in before:
            found.append(Mention(target, line, column, version))
    return found
