"""Mends what is safe to mend: proposals by the mends, tried in memory before anything is written.

A mend counts only if its finding is gone after it, no other has come, and no artifact says anything else than before
but in the fields that the mend is about. All are tried at once, and by halves where that fails. What one mend brings
to light, the next round may mend.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.cache import digest
from pipeline.checks.rule import Judge
from pipeline.checks.runner import Locator, Suite
from pipeline.edit.mend import ALL, Case, Mend, Patch
from pipeline.edit.mends import MENDS
from pipeline.edit.patch import Edit, applied
from pipeline.model import Artifact, Document, Fault, Finding, Programme
from pipeline.refresh import Fresh, adoption_of, collect, read_bytes, reread
from pipeline.sources.discover import Tree
from pipeline.sources.reader import Vocabulary, read
from pipeline.sources.text import Text, decode

_ROUNDS = 20
_LINE = re.compile(r"(?<=\.md:)\d+|\d+(?= lines? above)")

Key = tuple[str, str, str]
Chosen = Callable[[Finding], bool]


class Ward(NamedTuple):
    """A programme with what reads and judges it."""

    root: str
    tree: Tree
    words: Vocabulary
    judge: Judge
    suite: Suite


class Mended(NamedTuple):
    """What came of it: bytes before and after by path, the findings that were mended, and those left out.

    A mend is left out when it would bring another finding. `gone` counts all findings that are gone.
    """

    files: dict[str, tuple[bytes, bytes]]
    done: list[tuple[Mend, Finding]]
    left: list[tuple[Mend, Finding]]
    gone: int


class _State(NamedTuple):
    """The programme and the bytes of the documents that were looked at, after the mends so far."""

    fresh: Fresh
    texts: dict[str, bytes]
    keys: Counter[Key]


class _Proposal(NamedTuple):
    """A patch for a finding, by one of the mends."""

    mend: Mend
    finding: Finding
    key: Key
    patch: Patch


def mend_all(ward: Ward, fresh: Fresh, chosen: Chosen) -> Mended:
    """Everything that can be mended safely of the findings that `chosen` says yes to."""
    begin = state = _State(fresh, {}, _keys(ward, fresh))
    done: list[_Proposal] = []
    left: dict[Key, _Proposal] = {}
    for _ in range(_ROUNDS):
        proposals = _apart([item for item in _proposals(ward, state, chosen) if item.key not in left])
        state, held = _settle(ward, state, proposals, [])
        left |= {item.key: item for item in proposals if item not in held}
        done += held
        if not held:
            break
    files = {}
    for path, data in state.texts.items():
        before = read_bytes(ward.root, path) or b""
        if digest(before) == fresh.records[path].digest and data != before:
            files[path] = (before, data)
    gone = (begin.keys - state.keys).total()
    return Mended(files, _named(done), _named(left.values()), gone)


def _named(proposals: Iterable[_Proposal]) -> list[tuple[Mend, Finding]]:
    return sorted(((item.mend, item.finding) for item in proposals), key=lambda pair: pair[1].order())


def _keys(ward: Ward, fresh: Fresh) -> Counter[Key]:
    return Counter(_key(code, fault) for code, fault in collect(fresh, ward.tree, ward.suite))


def _key(code: str, fault: Fault) -> Key:
    """What a fault is called, wherever its lines move to."""
    return code, fault.artifact or fault.path, _LINE.sub("", fault.message)


def _proposals(ward: Ward, state: _State, chosen: Chosen) -> Iterator[_Proposal]:
    """What the mends have to say of the findings, in the order of the findings."""
    codes = {item.code for item in MENDS}
    opened: dict[str, tuple[Text, str] | None] = {}
    locator = Locator(lambda path: state.texts.get(path) or read_bytes(ward.root, path))
    programme = state.fresh.programme
    found = []
    for code, fault in collect(state.fresh, ward.tree, ward.suite):
        document = programme.documents.get(fault.path)
        if code not in codes or document is None:
            continue
        finding = locator.finding(code, fault, document, programme)
        if finding.path == document.path and chosen(finding):
            found.append((finding, fault, document))
    for finding, fault, document in sorted(found, key=lambda item: item[0].order()):
        path = document.path
        if path not in opened:
            opened[path] = _open(ward, state, path)
        source, artifact = opened[path], _artifact(document, finding, fault)
        if source is None or _is_issued(artifact, programme):
            continue
        case = Case(
            finding.code, fault, finding, document, *source, artifact, programme, ward.judge.catalogue.page
        )
        for item in MENDS:
            patch = item.run(case) if item.code == finding.code else None
            if patch is not None:
                yield _Proposal(item, finding, _key(finding.code, fault), patch)
                break


def _open(ward: Ward, state: _State, path: str) -> tuple[Text, str] | None:
    """The text of a document and the text without code; None where its bytes are not what was checked, or no text."""
    data = state.texts.get(path)
    if data is None:
        data = read_bytes(ward.root, path) or b""
        # Also one whose fields stand in a file beside it, which is another's to write.
        if digest(data) != state.fresh.records[path].digest or len(data) > ward.words.max_file:
            return None
        state.texts[path] = data
    text = decode(path, data)
    masked = read(path, data, ward.words, adoption_of(path, ward.words.adoptions)).masked
    return None if text.faults else (text, masked)


def _artifact(document: Document, finding: Finding, fault: Fault) -> Artifact | None:
    """The artifact that a finding is of, else the innermost around its line."""
    for item in document.artifacts:
        if fault.artifact and (item.id, item.nth) == (fault.artifact, fault.nth):
            return item
    around = [item for item in document.artifacts if item.line <= finding.line <= item.end]
    return around[-1] if around else None


def _is_issued(artifact: Artifact | None, programme: Programme) -> bool:
    """Whether an artifact was issued, so that nothing of it may change any more."""
    kind = programme.kinds.get(artifact.kind) if artifact else None
    state = kind.states.get(artifact.status) if kind and artifact else None
    return (
        kind is not None
        and state is not None
        and state.phase == "firm"
        and state.settled
        and not kind.moves.get(state.name)
    )


def _apart(proposals: Sequence[_Proposal]) -> list[_Proposal]:
    """The proposals that touch no piece of text that one before them touches; the others have their turn later."""
    taken: dict[str, list[Edit]] = {}
    apart = []
    for item in proposals:
        others = taken.setdefault(item.finding.path, [])
        edits = item.patch.edits
        if not any(one.start <= other.stop and other.start <= one.stop for one in edits for other in others):
            others += edits
            apart.append(item)
    return apart


def _settle(
    ward: Ward, base: _State, proposals: list[_Proposal], held: list[_Proposal]
) -> tuple[_State, list[_Proposal]]:
    """The state after as many of the proposals as hold, on top of those that are held already; and all of these."""
    state = _tried(ward, base, [*held, *proposals])
    if state is not None:
        return state, [*held, *proposals]
    if len(proposals) > 1:
        half = len(proposals) // 2
        _, held = _settle(ward, base, proposals[:half], held)
        return _settle(ward, base, proposals[half:], held)
    kept = _tried(ward, base, held)
    assert kept is not None
    return kept, held


def _tried(ward: Ward, base: _State, proposals: list[_Proposal]) -> _State | None:
    """The state after some proposals; None where one of them does not mend, or does more than that."""
    if not proposals:
        return base
    by_path: dict[str, list[Patch]] = {}
    for item in proposals:
        by_path.setdefault(item.finding.path, []).append(item.patch)
    texts = {}
    for path, patches in by_path.items():
        data = base.texts[path]
        texts[path] = applied(data, decode(path, data), [edit for patch in patches for edit in patch.edits])
    fresh = reread(base.fresh, texts, ward.words, ward.judge, ward.suite)
    keys = _keys(ward, fresh)
    wanted = Counter(item.key for item in proposals)
    if keys - base.keys or wanted - (base.keys - keys):
        return None
    for path, patches in by_path.items():
        touched = {field for patch in patches for field in patch.fields}
        if not _is_same(base.fresh.records[path].document, fresh.records[path].document, touched):
            return None
    return _State(fresh, {**base.texts, **texts}, keys)


def _is_same(before: Document, after: Document, touched: set[str]) -> bool:
    """Whether a document declares the same artifacts as before, and they say the same but for the fields touched."""
    pairs = list(zip(before.artifacts, after.artifacts, strict=False))
    if len(before.artifacts) != len(after.artifacts) or (before.page is None) != (after.page is None):
        return False
    if any(
        (one.id, one.kind, one.nth, one.section) != (two.id, two.kind, two.nth, two.section)
        for one, two in pairs
    ):
        return False
    if ALL in touched:
        return True
    return all(_rest(one.fields, touched) == _rest(two.fields, touched) for one, two in pairs)


def _rest(fields: dict[str, object], touched: set[str]) -> dict[str, object]:
    return {key: value for key, value in fields.items() if key not in touched}
