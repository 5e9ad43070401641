"""Rules on links and mentions: they lead to something that exists, fits, and may be relied on."""

from collections.abc import Iterator
from itertools import chain

from msgspec import structs

from pipeline.checks.knots import knots
from pipeline.checks.nearest import nearest_id
from pipeline.checks.rule import on, rule
from pipeline.figures.runs import evidence_of
from pipeline.figures.versions import is_outdated, is_unsure, never_was
from pipeline.model import Artifact, Fault, Kind, Mention, Programme


@rule("REF-DEAD", "block", "programme")
def dead(programme: Programme) -> Iterator[Fault]:
    """A reference names an ID that does not exist.

    A link of the front matter, or an ID in the prose, names an artifact that is not there; or a test case names an
    acceptance criterion, `REQ-101/AC-2`, that the requirement does not have. Code is not prose.

    **Why.** A reader follows the reference and finds nothing; coverage counts what is not there.

    **Mend.** Correct the ID, or write the artifact. An ID that is only an example belongs in code: `` `REQ-999` ``.
    """
    known = programme.artifacts
    for target in programme.incoming.keys() - known.keys():
        for artifact, link in programme.incoming[target]:
            message = f"{link.role} names {target}, which does not exist"
            yield on(artifact, message, _near(target, programme), *link.field)
    documents = programme.documents.values()
    every = [artifact for document in documents for artifact in document.artifacts]
    for artifact in [item for item in every if "criteria" in item.fields]:
        yield from _dead_criteria(artifact, programme)
    pages = [(item.path, "", item.page.mentions) for item in documents if item.page is not None]
    prose = [(item.path, item.id, item.mentions) for item in every]
    lost = [
        (path, identity, mention)
        for path, identity, mentions in chain(prose, pages)
        for mention in mentions
        if mention.target not in known
    ]
    for path, identity, mention in lost:
        yield _mention(path, identity, mention, programme)


def _mention(path: str, identity: str, mention: Mention, programme: Programme) -> Fault:
    message = f"{mention.target} does not exist"
    hint = _near(mention.target, programme)
    return Fault(
        path, message, hint, identity, line=mention.line, column=mention.column, length=len(mention.target)
    )


def _dead_criteria(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """The acceptance criteria that a test case names and that are not there."""
    stated = artifact.fields["criteria"]
    for index, item in enumerate(stated if isinstance(stated, list) else ()):
        owner, _, name = item.partition("/") if isinstance(item, str) else ("", "", "")
        requirement = programme.artifacts.get(owner)
        # That a requirement is not there, or has no criterion at all, is told by itself.
        known = _criteria(requirement) if requirement is not None and not requirement.partial else []
        if known and name not in known:
            hint = f"{owner} has {', '.join(known)}"
            yield on(artifact, f"criteria names {item}, which does not exist", hint, "criteria", index)


def _criteria(requirement: Artifact) -> list[str]:
    stated = requirement.fields.get("acceptance_criteria")
    items = stated if isinstance(stated, list) else []
    return [item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)]


def _near(target: str, programme: Programme) -> str:
    """A hint: the ID that was probably meant."""
    found = nearest_id(target, programme)
    return f"did you mean {found}?" if found else "write the artifact, or remove the reference"


@rule("REF-KIND", "block", "artifact")
def wrong_kind(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A link joins kinds that its schema does not allow.

    `satisfies` leads from a requirement to a business need, `verifies` from a test to a requirement, and so on.

    **Why.** A link to the wrong kind looks like coverage and is none.

    **Mend.** Name an artifact of the right kind, or use the field that is meant for this one.
    """
    kind = programme.kinds.get(artifact.kind)
    if kind is None:
        return
    for link in artifact.links:
        target = programme.artifacts.get(link.target)
        allowed = kind.links[link.role].to
        if target is not None and target.kind and target.kind not in allowed and "*" not in allowed:
            message = f"{link.role} leads to {link.target}, a {target.kind}"
            yield on(artifact, message, f"it may lead to: {', '.join(allowed)}", *link.field)


@rule("REF-SUPER", "block", "programme")
def superseded(programme: Programme) -> Iterator[Fault]:
    """An active artifact links to one that is superseded or withdrawn.

    `supersedes` itself, and links of artifacts that have ended, are free to do so, as are mentions in prose and links
    that pin a version.

    **Why.** Who relies on a replaced text relies on what no longer holds.

    **Mend.** Link to the successor, or end this artifact too.
    """
    gone = {
        (kind.name, status)
        for kind in programme.kinds.values()
        for status, state in kind.states.items()
        if state.replaced
    }
    for target in [item for item in programme.artifacts.values() if (item.kind, item.status) in gone]:
        sources = programme.incoming.get(target.id, ())
        heirs = sorted({item.id for item, back in sources if back.role == "supersedes"}, key=_natural)
        hint = f"link to {' or '.join(heirs)}" if heirs else "link to what replaces it, or remove the link"
        for source, link in sources:
            free = link.role in ("supersedes", "translation_of") or link.version
            if not free and programme.phase(source) in ("early", "firm"):
                message = f"{link.role} leads to {link.target}, which is {target.status}"
                yield on(source, message, hint, *link.field)


@rule("REF-DRAFT", "block", "artifact")
def unapproved(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """An artifact rests on one that is less settled.

    An approved artifact rests on one that is not approved. It concerns the links that lead upward (`satisfies`,
    `derived_from`, `verifies` ...), between kinds that are approved, and kinds whose lifecycle states how settled each
    of its states is (`rank`).

    **Why.** What it rests on may still change, and then the approval covered something else.

    **Mend.** Have the other one approved first, or take this one back to review.
    """
    kind = programme.kinds.get(artifact.kind)
    mine = _firmness(kind, artifact.status)
    if kind is None or not mine:
        return
    for link in artifact.links:
        target = programme.artifacts.get(link.target)
        if target is None or not kind.links[link.role].rests or is_outdated(link.version, target):
            continue  # An earlier version that is pinned is not the one that is being made.
        theirs = programme.kinds.get(target.kind)
        if theirs is None or not (theirs.lifecycle == "baseline" or theirs.ranked):
            continue
        firmness = _firmness(theirs, target.status)
        if firmness is not None and firmness < mine:
            how = f"settle {link.target} first" if theirs.ranked else f"have {link.target} approved first"
            there = f"{link.role} leads to {link.target}, which is {target.status}"
            yield on(artifact, f"{artifact.id} is {artifact.status}, but {there}", how, *link.field)


def _firmness(kind: Kind | None, status: str) -> float | None:
    state = kind.states.get(status) if kind else None
    return state.firmness if state else None


@rule("REF-VER", "block", "artifact")
def wrong_version(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """A link pins a version that never existed, or one that is no longer current.

    `REQ-101@1.2` names version 1.2. A version higher than the present one does not exist: that blocks. A lower one,
    pinned by an active artifact that rests on the current text, is a warning; a record of the past may pin it.

    **Why.** A test run of a version that never was proves nothing.

    **Mend.** Pin the version that the artifact states, or leave the pin out.
    """
    kind = programme.kinds.get(artifact.kind)
    for link in artifact.links:
        if not link.version:
            continue
        target = programme.artifacts.get(link.target)
        if kind is None or target is None or link.version == target.version or is_unsure(target):
            continue
        if never_was(link.version, target.version):
            yield on(artifact, f"{link.target} has no version {link.version}", _present(target), *link.field)
        elif (
            kind.lifecycle == "baseline"
            and kind.links[link.role].rests
            and programme.phase(artifact) != "ended"
            # Where a pass of the test counts as evidence, TC-STALE tells it.
            and not (link.role == "verifies" and evidence_of(artifact, programme))
        ):
            message = f"{link.role} pins version {link.version} of {link.target}, which is no longer current"
            yield structs.replace(on(artifact, message, _present(target), *link.field), weight="warn")
    for mention in artifact.mentions:
        if not mention.version:
            continue
        target = programme.artifacts.get(mention.target)
        if target is not None and not is_unsure(target) and never_was(mention.version, target.version):
            message = f"{mention.target} has no version {mention.version}"
            place = {"line": mention.line, "column": mention.column, "length": len(mention.target)}
            yield Fault(artifact.path, message, _present(target), artifact.id, **place)  # type: ignore[arg-type]


def _present(target: Artifact) -> str:
    return f"its version is {target.version}" if target.version else "it states no version"


@rule("REF-CYCLE", "block", "programme")
def cycle(programme: Programme) -> Iterator[Fault]:
    """Links come back to where they began.

    A chain of `derived_from`, `after` or `supersedes` ends where it started. Each cycle is told once, at its member
    with the lowest ID.

    **Why.** Nothing in a cycle is the origin of the rest: no order of work, no history, no impact can be told.

    **Mend.** Remove the link of the chain that does not hold.
    """
    known = programme.artifacts
    roles = {name for kind in programme.kinds.values() for name, link in kind.links.items() if link.acyclic}
    # By role, from each artifact to where it leads.
    edges: dict[str, dict[str, list[str]]] = {role: {} for role in sorted(roles)}
    for artifact in [item for item in known.values() if not roles.isdisjoint(item.fields)]:
        for link in artifact.links:
            if link.role in roles and link.target in known:
                edges[link.role].setdefault(artifact.id, []).append(link.target)
    for role, leads in edges.items():
        for group in knots(leads):
            yield _cycle_fault(role, group, leads, programme)


def _cycle_fault(role: str, group: set[str], edges: dict[str, list[str]], programme: Programme) -> Fault:
    first = min(group, key=_natural)
    chain = _way_back(first, group, edges)
    artifact = programme.artifacts[first]
    link = next(link for link in artifact.links if link.role == role and link.target == chain[1])
    shown = " -> ".join(chain if len(chain) <= 12 else (*chain[:6], "...", *chain[-5:]))
    return on(
        artifact, f"{role} comes back to {first}: {shown}", "remove the link that does not hold", *link.field
    )


def _natural(identity: str) -> tuple[str, int]:
    prefix, _, number = identity.rpartition("-")
    return prefix, int(number) if number.isdigit() else 0


def _way_back(first: str, group: set[str], edges: dict[str, list[str]]) -> tuple[str, ...]:
    """The shortest chain within a group from an ID back to itself."""
    queue, came = [first], dict[str, str]()
    for identity in queue:
        for target in sorted(edges.get(identity, ()), key=_natural):
            if target == first:
                chain = [first, identity]
                while chain[-1] != first:
                    chain.append(came[chain[-1]])
                return tuple(reversed(chain)) if identity != first else (first, first)
            if target in group and target not in came:
                came[target] = identity
                queue.append(target)
    return (first,)


RULES = (dead, wrong_kind, superseded, unapproved, wrong_version, cycle)
