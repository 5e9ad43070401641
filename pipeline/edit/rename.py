"""Another ID for an artifact: every place that names it, and nothing else.

An ID is written in prose, in headings, in front matter and in blocks of ours; links lead to its file by name and to
its headings by anchor. Code and comments are left as they are. What is changed is worked out on the text and put into
the bytes as they stand, so that line ends, comments and formatting stay.
"""

import os
import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

import yaml

from pipeline.edit.patch import Edit, applied, replaced
from pipeline.edit.write import Change
from pipeline.errors import CouldNotRun
from pipeline.model import Artifact, Programme
from pipeline.sources.fences import Masked, block_of, mask
from pipeline.sources.front import dedent, margin, read_front
from pipeline.sources.identity import id_of_name
from pipeline.sources.scan import find_headings, find_ids, find_targets, ids_of, in_file_name
from pipeline.sources.text import Text, decode, starts_of

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class Renaming(NamedTuple):
    """What a new ID comes to: the files that change, how many places in them, and how many in code are left."""

    changes: list[Change]
    places: int
    left: int


class _Open(NamedTuple):
    """A document that is looked through: its path, its bytes, its text, the text without code, and its blocks."""

    path: str
    data: bytes
    text: Text
    masked: Masked
    spans: list[tuple[int, int]]


def refusal(programme: Programme, old: str, new: str) -> CouldNotRun | None:
    """Why an artifact cannot have another ID, as far as the programme tells; None where it can."""
    artifact = programme.artifacts.get(old)
    if artifact is None:
        return CouldNotRun(f"{old} does not exist", "name an artifact of this programme")
    if old in programme.twins:
        places = " and ".join(f"{item.path}:{item.line}" for item in programme.twins[old])
        return CouldNotRun(f"{old} stands in {places}", "give one of them another ID by hand")
    kind = programme.kinds.get(artifact.kind)
    if kind is None or not re.fullmatch(rf"{kind.prefix}-[0-9]{{1,9}}", new):
        wanted = f"write {kind.prefix}- and a number" if kind else "no schema declares its kind"
        return CouldNotRun(f"{new} is no ID of the kind of {old}", wanted)
    if new in programme.artifacts:
        taken = programme.artifacts[new]
        return CouldNotRun(f"{new} is taken: {taken.path}:{taken.line}", "choose an ID that is free")
    return _cited(programme, artifact)


def _cited(programme: Programme, artifact: Artifact) -> CouldNotRun | None:
    """Why those who name an artifact keep it from having another ID."""
    sources = [source for source, _ in programme.incoming.get(artifact.id, ())]
    named = programme.mentioned.get(artifact.id, ())
    sources += [programme.artifacts[key] for key in named if key in programme.artifacts]
    if artifact.adopted or any(source.adopted for source in sources):
        return CouldNotRun(
            f"{artifact.id} is adopted, or an adopted document names it, by that repository's own rules",
            "rename it there by hand",
        )
    others = (source for source in sources if source.id != artifact.id)
    firm = next((source for source in others if programme.phase(source) in ("firm", "ended")), None)
    if firm is None:
        return None
    return CouldNotRun(
        f"{firm.id} ({firm.status}) names {artifact.id}, and is no draft any more",
        f"write a new artifact with supersedes: [{artifact.id}], and mark {artifact.id} superseded",
    )


def rename(programme: Programme, root: str, old: str, new: str) -> Renaming:
    """All that must change below a root so that the artifact `old` is called `new`; nothing is written.

    Raises CouldNotRun where a file that names it cannot be read, and where `new` is named already.
    """
    artifact = programme.artifacts[old]
    moved = _moved(artifact, old, new)
    if moved and os.path.lexists(os.path.join(root, moved)):
        raise CouldNotRun(f"{moved} is already there", "choose another ID, or remove the file")
    opened = [item for path in programme.documents if (item := _open(root, path, old, new))]
    found = {item.path: _named(item, old, new) for item in opened}
    anchors = {item.path: _anchors(item, found[item.path]) for item in opened}
    changes, places, left = [], 0, 0
    for item in opened:
        edits = found[item.path] + list(_targets(item, artifact.path, moved, anchors))
        edits += _paths(item, artifact.path, moved)
        here = os.path.join(root, item.path)
        target = os.path.join(root, moved) if moved and item.path == artifact.path else ""
        if edits or target:
            changes.append(Change(here, item.data, applied(item.data, item.text, edits), target))
        places += len(edits)
        after = replaced(item.text.content, edits)
        left += sum(1 for _, name, _ in find_ids(after, ids_of(old.rpartition("-")[0])) if name == old)
    return Renaming(changes, places, left)


def _moved(artifact: Artifact, old: str, new: str) -> str:
    """The new path of a whole file whose name begins with the ID; '' where it keeps its name."""
    folder, name = posixpath.split(artifact.path)
    if artifact.section or id_of_name(name) != old:
        return ""
    return posixpath.join(folder, new + name.removeprefix(old))


def _open(root: str, path: str, old: str, new: str) -> _Open | None:
    """A document that may name one of two IDs; None for any other."""
    with open(os.path.join(root, path), "rb") as file:
        data = file.read()
    lower = data.lower()
    if old.lower().encode() not in lower and new.lower().encode() not in lower:
        return None
    text = decode(path, data)
    if text.faults:
        fault = text.faults[0]
        raise CouldNotRun(
            f"{path}:{fault.line}: {fault.message}", "mend that first: the file may name the ID"
        )
    opened = _opened(path, data, text)
    for offset, name, _ in _scanned(opened, new):
        if name == new:
            line, column = text.place(offset)
            raise CouldNotRun(
                f"{path}:{line}:{column} names {new} already", "choose an ID that nothing names"
            )
    return opened


def _opened(path: str, data: bytes, text: Text) -> _Open:
    front = read_front(path, text)
    masked = mask(path, text, front.body)
    headers = [(front.header.line, front.header.count, 0)] if front.header else []
    headers += [(fence.first, fence.rows, fence.indent) for fence in masked.fences if block_of(fence.info)[0]]
    spans = [span for header in headers for span in _scalars(path, text, *header)]
    return _Open(path, data, text, masked, spans)


def _scalars(path: str, text: Text, first: int, count: int, indent: int) -> Iterator[tuple[int, int]]:
    """Where the values and keys of YAML stand in a text; what is between them is signs and comments."""
    content = dedent(text.lines(first, count), indent)
    try:
        for token in yaml.scan(content, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken):
                start = _offset(text, first, indent, token.start_mark)
                yield start, _offset(text, first, indent, token.end_mark)
    except yaml.YAMLError as error:
        raise CouldNotRun(f"{path}:{first}: this block cannot be read", "`paraph check` says why") from error


def _offset(text: Text, first: int, indent: int, mark: yaml.Mark) -> int:
    line = first + mark.line
    if line > len(text.starts):
        return len(text.content)
    return text.starts[line - 1] + margin(text.line(line), indent) + mark.column


def _scanned(item: _Open, identity: str) -> Iterator[tuple[int, str, str]]:
    """The IDs of a prefix in prose and in the values of YAML; those in the names of files are no IDs."""
    ids = ids_of(identity.rpartition("-")[0])
    targets = find_targets(item.masked.content)
    for offset, name, version in find_ids(item.masked.content, ids):
        if not any(start <= offset < stop for start, stop in targets):
            yield offset, name, version
    for start, stop in item.spans:
        for offset, name, version in find_ids(item.text.content, ids, start, stop):
            if not in_file_name(item.text.content, offset):
                yield offset, name, version


def _named(item: _Open, old: str, new: str) -> list[Edit]:
    """The places where a document names an ID."""
    found = {
        offset: Edit(offset, offset + len(old), new) for offset, name, _ in _scanned(item, old) if name == old
    }
    return [found[offset] for offset in sorted(found)]


def _anchors(item: _Open, edits: list[Edit]) -> dict[str, str]:
    """The anchors of a document's headings that change, and what they become."""
    content = replaced(item.text.content, edits)
    after = _opened(item.path, b"", Text(content, starts_of(content)))
    pairs = zip(
        find_headings(item.text, item.masked.content),
        find_headings(after.text, after.masked.content),
        strict=True,
    )
    return {one.anchor: two.anchor for one, two in pairs if one.anchor != two.anchor}


def _targets(item: _Open, path: str, moved: str, anchors: dict[str, dict[str, str]]) -> Iterator[Edit]:
    """The targets of links that lead to the file that moves, or to a heading whose anchor changes."""
    for start, stop in find_targets(item.masked.content):
        written = item.text.content[start:stop]
        if _SCHEME.match(written.strip("<>")):
            continue
        name, sign, anchor = written.strip("<>").partition("#")
        base = "" if name.startswith("/") else posixpath.dirname(item.path)
        target = posixpath.normpath(posixpath.join(base, unquote(name).lstrip("/"))) if name else item.path
        if name and moved and target == path:
            folder, slash, last = name.rpartition("/")
            name = folder + slash + last.replace(posixpath.basename(path), posixpath.basename(moved))
        anchor = anchors.get(target, {}).get(unquote(anchor), anchor)
        words = f"<{name}{sign}{anchor}>" if written.startswith("<") else f"{name}{sign}{anchor}"
        if words != written:
            yield Edit(start, stop, words)


def _paths(item: _Open, path: str, moved: str) -> list[Edit]:
    """The values of YAML that are the path of the file that moves, as in a view that includes it."""
    found = []
    for start, stop in item.spans if moved else ():
        value = item.text.content[start:stop]
        if value.strip("\"'") == path:
            found.append(Edit(start, stop, value.replace(path, moved)))
    return found
