"""The ratchet: findings that were there when a project began to be checked, so that the gate blocks only new ones.

They stand in a file beside the settings, a line each, by what a finding is called from one run to the next. The file
only ever gets shorter, unless a reason is given; what guards the gate itself, SEC-* and LC-*, is never in it.
"""

import json
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct, structs

from pipeline.errors import CouldNotRun
from pipeline.model import Finding
from pipeline.report.fingerprint import fingerprint_all
from pipeline.report.plain import visible

NAME = "paraph-ratchet.toml"
FORMAT = 1
PROTECTED = ("SEC-", "LC-")

_HEAD = f"""\
# Findings that were there when this file was begun: `paraph check` counts them as known, and only new ones block.
# `paraph ratchet` takes out those that are gone. In a conflict, take either side and run it.
format = {FORMAT}
known = [
"""
_CONFLICT = re.compile(rb"^(?:<{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_FINDING = re.compile(r"[0-9a-f]{32}:[1-9][0-9]*")


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding that is known: its rule, its artifact or file, how bad it was at the gate merge, and its name.

    `words` are its message, for those who read the file; `reason` says why it was added later, if it was.
    """

    rule: str
    where: str
    severity: str
    finding: str
    words: str = ""
    reason: str = ""


Ratchet = Mapping[str, Entry]
Severity = Callable[[Finding], str]


def is_protected(code: str) -> bool:
    """Whether findings of a rule cannot be recorded."""
    return code.startswith(PROTECTED)


def parse(name: str, data: bytes, codes: Collection[str]) -> Ratchet:
    """What the file called `name` holds, by the names of the findings; `codes` are those of all rules that there are.

    Raises CouldNotRun, with the line of what is wrong.
    """
    conflict = _CONFLICT.search(data)
    if conflict:
        line = data.count(b"\n", 0, conflict.start()) + 1
        raise CouldNotRun(
            f"{name}:{line}: a merge is not finished here", "take either side, then run paraph ratchet"
        )
    try:
        text = data.decode("utf-8-sig")
        table = tomllib.loads(text)
    except ValueError as error:
        at = _LINE.search(str(error))
        place = f"{name}:{at[1]}" if at else name
        raise CouldNotRun(f"{place}: it is not as paraph ratchet wrote it: {error}", _hint()) from error
    if table.get("format") != FORMAT:
        raise CouldNotRun(
            f"{name}: its format is {table.get('format')!r}, and {FORMAT} is known here", _hint()
        )
    found: dict[str, Entry] = {}
    for item in _items(name, table):
        entry = _entry(name, text, item, codes)
        if entry.finding in found:
            raise _wrong(
                name, text, entry.finding, "the finding stands twice", "keep one of the two lines", last=True
            )
        found[entry.finding] = entry
    return found


def _hint() -> str:
    return "take the last good state of the file from git, then run paraph ratchet"


def _items(name: str, table: dict[str, Any]) -> list[Any]:
    known = table.get("known")
    if not isinstance(known, list) or table.keys() - {"format", "known"}:
        raise CouldNotRun(f"{name}: it holds something else than `format` and the list `known`", _hint())
    return known


def _entry(name: str, text: str, item: Any, codes: Collection[str]) -> Entry:
    """One entry, if it is one."""
    try:
        entry = msgspec.convert(item, Entry)
    except msgspec.ValidationError as error:
        mark = str(item.get("finding") or item.get("rule") or "") if isinstance(item, dict) else ""
        raise _wrong(name, text, mark, f"an entry is wrong: {error}", _hint()) from error
    mark = f'rule = "{entry.rule}"'
    if entry.rule not in codes:
        hint = "take the lines of that rule out; paraph explain lists the rules"
        raise _wrong(name, text, mark, f"there is no rule {entry.rule!r}", hint)
    if is_protected(entry.rule):
        hint = "take the line out, and mend what it stands for"
        raise _wrong(name, text, mark, f"findings of {entry.rule} cannot be recorded", hint)
    if not _FINDING.fullmatch(entry.finding) or entry.severity not in ("error", "warning"):
        raise _wrong(name, text, entry.finding, "an entry is not as paraph ratchet wrote it", _hint())
    return entry


def _wrong(name: str, text: str, mark: str, words: str, hint: str, *, last: bool = False) -> CouldNotRun:
    """The error for what stands where `mark` does, first or last."""
    at = (text.rfind(mark) if last else text.find(mark)) if mark else -1
    place = f"{name}:{text.count(chr(10), 0, at) + 1}" if at >= 0 else name
    return CouldNotRun(f"{place}: {visible(words)}", hint)


def written(ratchet: Ratchet) -> str:
    """The text of the file: a line an entry, sorted, so that what changes is what differs."""
    entries = sorted(ratchet.values(), key=lambda item: (item.rule, item.where, item.words, item.finding))
    return _HEAD + "".join(f"  {_line(entry)},\n" for entry in entries) + "]\n"


def _line(entry: Entry) -> str:
    parts = [f"{key} = {_quoted(value)}" for key, value in structs.asdict(entry).items() if value]
    return f"{{ {', '.join(parts)} }}"


def _quoted(value: str) -> str:
    """A text as TOML has it between quotes."""
    return json.dumps(visible(value), ensure_ascii=False)


def mark(findings: Iterable[Finding], ratchet: Ratchet, severity: Severity) -> list[Finding]:
    """The findings, those that are known marked so. `severity` says how bad one is at the gate merge.

    One that was a warning when it was recorded and would block by now is not known: it has become another matter.
    """
    marked = []
    found = tuple(findings)
    for finding, name in zip(found, fingerprint_all(found), strict=True):
        entry = ratchet.get(name)
        known = entry is not None and not finding.waived and not _is_worse(entry, severity(finding))
        marked.append(structs.replace(finding, known=True) if known else finding)
    return marked


def _is_worse(entry: Entry, severity: str) -> bool:
    return entry.severity == "warning" and severity == "error"


def gone(ratchet: Ratchet, findings: Iterable[Finding], judged: Collection[str]) -> Ratchet:
    """The entries whose finding is not there any more, of rules that were judged."""
    names = set(fingerprint_all(tuple(findings)))
    return {name: entry for name, entry in ratchet.items() if name not in names and entry.rule in judged}


class Turned(NamedTuple):
    """What the ratchet's file is to hold, and how many findings came in, went out, are known, and are not.

    `held` is what it holds now, or None. `new` could come in with a reason, `barred` never; `blocking` says whether one
    of these is an error.
    """

    held: bytes | None
    text: str
    added: int
    removed: int
    kept: int
    new: int
    barred: int
    blocking: bool


def turn(
    findings: Iterable[Finding],
    severity: Severity,
    held: bytes | None,
    ratchet: Ratchet,
    judged: Collection[str],
    reason: str = "",
) -> Turned:
    """Turn the ratchet: what is gone goes out; what is new comes in at the beginning, later with a reason alone.

    `severity` says how bad a finding is at the gate merge: 'off' where it counts for nothing. One that is only a
    warning by now is kept as that.
    """
    # What is waived is accepted by another way, for a time.
    found = tuple(finding for finding in findings if not finding.waived)
    now: dict[str, Entry] = {}
    barred = []
    for finding, name in zip(found, fingerprint_all(found), strict=True):
        grade = severity(finding)
        if grade == "off":
            continue
        if is_protected(finding.code):
            barred.append(grade)
            continue
        where = finding.artifact or finding.path
        now[name] = Entry(finding.code, where, grade, name, finding.message, reason)
    removed = gone(ratchet, found, judged)
    kept = {name: _kept(entry, now.get(name)) for name, entry in ratchet.items() if name not in removed}
    new = {
        name: item for name, item in now.items() if name not in kept or _is_worse(kept[name], item.severity)
    }
    added = new if held is None or reason else {}
    left = [item.severity for name, item in new.items() if name not in added]
    after = {**kept, **added}
    blocking = "error" in left or "error" in barred
    return Turned(
        held, written(after), len(added), len(removed), len(after), len(left), len(barred), blocking
    )


def _kept(entry: Entry, now: Entry | None) -> Entry:
    return (
        structs.replace(entry, severity="warning") if now is not None and now.severity == "warning" else entry
    )
