"""Ways between artifacts: what a change touches and how it comes there, and the shortest chains between two."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise

from pipeline.figures.impact import HOLDS, impact
from pipeline.figures.order import natural_id
from pipeline.figures.trace.chain import Chain, item_of
from pipeline.model.trace import Hop, Reached, Way

Neighbours = Mapping[str, Mapping[str, Hop]]


def touched(chain: Chain, identity: str) -> tuple[Reached, ...]:
    """What a change of an artifact touches, nearest first, each with the way from it: see `figures.impact`."""
    found = impact(chain.programme, [identity], chain.holders)
    ways: dict[str, tuple[Hop, ...]] = {identity: ()}
    for name, touch in found.items():
        ways[name] = (*ways[touch.over], Hop(name, touch.role, touch.over))
    artifacts = chain.programme.artifacts
    return tuple(
        Reached(item_of(artifacts[name]), touch.steps, ways[name])
        for name, touch in sorted(found.items(), key=lambda item: (item[1].steps, natural_id(item[0])))
    )


def paths(chain: Chain, begin: str, end: str, most: int = 10) -> tuple[tuple[Way, ...], int]:
    """The shortest chains between two artifacts, at most so many, and how many there are.

    What holds an artifact is linked with it. Chains that lead only upward or only downward come before any that turn,
    and links of the content before those that only point somewhere (`related`). An artifact and itself are a chain of
    one.
    """
    hops = list(_hops(chain))
    content = [hop for hop in hops if _is_content(chain, hop)]
    forward = [(hop.source, hop) for hop in content]
    backward = [(hop.target, hop) for hop in content]
    every = [(end, hop) for hop in hops for end in (hop.source, hop.target)]
    for steps in (forward, backward, forward + backward, every):
        near = _neighbours(chain, steps)
        left = _distances(near, begin, end)
        if begin in left:
            ways = islice(_ways(near, left, (begin,)), most)
            return tuple(_shown(chain, near, way) for way in ways), _number(near, left, begin)
    return (), 0


def _hops(chain: Chain) -> Iterator[Hop]:
    for artifact in chain.programme.artifacts.values():
        yield from (Hop(artifact.id, link.role, link.target) for link in artifact.links)
    for held, holders in chain.holders.items():
        yield from (Hop(holder, HOLDS, held) for holder in holders)


def _is_content(chain: Chain, hop: Hop) -> bool:
    kind = chain.programme.kinds.get(chain.programme.artifacts[hop.source].kind)
    return kind is None or hop.role not in kind.descriptive


def _neighbours(chain: Chain, steps: Iterable[tuple[str, Hop]]) -> Neighbours:
    """What a chain may go on with from each artifact, by the first link between the two.

    `steps` are links with the end from which each is followed.
    """
    found: dict[str, dict[str, Hop]] = {name: {} for name in chain.programme.artifacts}
    for begin, hop in steps:
        other = hop.target if begin == hop.source else hop.source
        if begin in found and other in found and begin != other:
            found[begin].setdefault(other, hop)
    return found


def _distances(near: Neighbours, begin: str, end: str) -> dict[str, int]:
    """How many steps it is from artifacts to the end, for those on a shortest chain from the beginning."""
    steps, queue = {begin: 0}, [begin]
    for name in queue:
        for other in near[name]:
            if other not in steps:
                steps[other] = steps[name] + 1
                queue.append(other)
    if end not in steps:
        return {}
    before: dict[str, list[str]] = {}
    for name in queue:
        for other in near[name]:
            if steps[other] == steps[name] + 1:
                before.setdefault(other, []).append(name)
    left, queue = {end: 0}, [end]
    for name in queue:
        for other in before.get(name, ()):
            if other not in left:
                left[other] = left[name] + 1
                queue.append(other)
    return left


def _onward(near: Neighbours, left: Mapping[str, int], name: str) -> Iterable[str]:
    return sorted((item for item in near[name] if left.get(item) == left[name] - 1), key=natural_id)


def _ways(near: Neighbours, left: Mapping[str, int], begun: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The shortest ways that begin as given, in the order of their IDs."""
    stack = [begun]
    while stack:
        way = stack.pop()
        if not left[way[-1]]:
            yield way
        stack += [(*way, item) for item in reversed([*_onward(near, left, way[-1])])]


def _number(near: Neighbours, left: Mapping[str, int], begin: str) -> int:
    """How many shortest ways there are: those of what comes next, added up from the end."""
    numbers: dict[str, int] = {}
    for name in sorted(left, key=lambda item: left[item]):
        numbers[name] = sum(numbers[item] for item in _onward(near, left, name)) if left[name] else 1
    return numbers[begin]


def _shown(chain: Chain, near: Neighbours, way: tuple[str, ...]) -> Way:
    hops = tuple(near[name][other] for name, other in pairwise(way))
    return Way(tuple(item_of(chain.programme.artifacts[name]) for name in way), hops)
