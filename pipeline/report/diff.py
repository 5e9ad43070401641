"""What differs between two revisions, for a person at a terminal and for other programs."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from pipeline import __version__
from pipeline.model.diff import Diff, Edit, Edited, Entry, Run, Touched
from pipeline.report.plain import dump, visible
from pipeline.report.summary import count

FORMAT = "paraph.diff/1"

# As many characters of what did not change are shown before and after what did.
_AROUND = 40


def render_json(diff: Diff) -> str:
    """Give the whole difference as one JSON object."""
    value: dict[str, Any] = msgspec.to_builtins(diff)
    return dump({"$schema": FORMAT, "tool": {"name": "paraph", "version": __version__}, **value})


def render_text(diff: Diff) -> str:
    """Give the difference in sections: what came, went, ended, changed and moved, and what that touches."""
    ended = [item for item in diff.changed if item.ended]
    changed = [item for item in diff.changed if not item.ended]
    sections = (
        ("Added", [line for item in diff.added for line in _entry(item)]),
        ("Removed", [line for item in diff.removed for line in _entry(item)]),
        ("Ended", [line for item in ended for line in _edited(item)]),
        ("Changed", [line for item in changed for line in _edited(item)]),
        ("Renamed files", [f"  {visible(old)} -> {visible(new)}" for old, new in diff.renamed]),
        ("Touched", [_touched(item) for item in diff.touched]),
    )
    blocks = ["\n".join([title, *lines]) for title, lines in sections if lines]
    return "\n\n".join([*blocks, _ending(diff)])


def _ending(diff: Diff) -> str:
    between = f"between {visible(diff.base)} and {visible(diff.head)}"
    if not (diff.added or diff.removed or diff.changed or diff.renamed):
        return f"Nothing differs {between}"
    parts = [
        f"{len(items)} {word}"
        for items, word in (
            (diff.added, "added"),
            (diff.removed, "removed"),
            (diff.changed, "changed"),
            (diff.touched, "touched"),
        )
        if items
    ]
    return f"{', '.join(parts) or count(len(diff.renamed), 'file') + ' renamed'} {between}"


def _entry(item: Entry) -> Iterator[str]:
    yield f"  {item.id} {visible(item.title)} ({item.status or 'no status'}, {visible(item.path)}:{item.line})"


def _edited(item: Edited) -> Iterator[str]:
    yield f"  {item.id} {visible(item.title)} ({visible(item.path)}:{item.line})"
    if item.moved:
        yield f"    moved here from {visible(item.moved)}"
    for edit in item.edits:
        yield from _edit(edit)


def _edit(edit: Edit) -> Iterator[str]:
    name = visible(edit.field)
    if edit.words and not _is_short(edit):
        yield from (f"    {name}: {line}" for line in _passages(edit.words))
    elif isinstance(edit.before, list) and isinstance(edit.after, list):
        gone = [item for item in edit.before if item not in edit.after]
        new = [item for item in edit.after if item not in edit.before]
        signed = [f"-{_value(item)}" for item in gone] + [f"+{_value(item)}" for item in new]
        yield f"    {name}: {' '.join(signed) or 'in another order'}"
    elif edit.before is None:
        yield f"    {name}: +{_value(edit.after)}"
    elif edit.after is None:
        yield f"    {name}: -{_value(edit.before)}"
    else:
        yield f"    {name}: {_value(edit.before)} -> {_value(edit.after)}"


def _is_short(edit: Edit) -> bool:
    """Whether both texts are a word or two, which reads better as one and then the other."""
    return all(" " not in text and "\n" not in text for text in (edit.before, edit.after))


def _value(value: Any) -> str:
    return visible(value if isinstance(value, str) else msgspec.json.encode(value).decode())


def _passages(words: Iterable[Run]) -> Iterator[str]:
    """The changed passages of a text, a line each, as `[-old-]` and `{+new+}` with a few words around them."""
    runs = list(words)
    whole = "".join(
        _marked(sign, text) if sign != "=" else _around(text, at == 0, at == len(runs) - 1)
        for at, (sign, text) in enumerate(runs)
    )
    for line in whole.split("\n"):
        if "[-" in line or "{+" in line:
            yield visible(line.strip())


def _marked(sign: str, text: str) -> str:
    """A run that changed, in marks, line by line."""
    opened, closed = ("[-", "-]") if sign == "-" else ("{+", "+}")
    return "\n".join(f"{opened}{row}{closed}" if row.strip() else row for row in text.split("\n"))


def _around(text: str, first: bool, last: bool) -> str:
    """What did not change, cut where it is long; its line ends stay, so that passages stay apart."""
    rows = text.split("\n")
    if len(rows) > 1:
        return f"{_tail(rows[0], last)}\n{_head(rows[-1], first)}"
    if len(text) <= 2 * _AROUND:
        return text
    if first:
        return _head(text, first)
    return _tail(text, last) if last else f"{_tail(text, last)}{_head(text, first)[4:]}"


def _tail(text: str, _last: bool) -> str:
    """The beginning of a passage that follows a change."""
    return text if len(text) <= _AROUND else f"{text[:_AROUND].rpartition(' ')[0]} ... "


def _head(text: str, _first: bool) -> str:
    """The end of a passage that precedes a change."""
    return text if len(text) <= _AROUND else f"... {text[-_AROUND:].partition(' ')[2]}"


def _touched(item: Touched) -> str:
    return f"  {'  ' * (item.steps - 1)}{item.id} {visible(item.title)}: {item.role} {item.over}"
