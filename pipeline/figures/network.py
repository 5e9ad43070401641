"""The network of milestones: when each can come at the earliest, when it must at the latest, and what is critical.

The critical path method (Kelley and Walker, 1959): a pass forwards gives the earliest days, one backwards the latest;
slack is their difference, and what has none is critical. Time is counted in working days.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Edges = Mapping[str, Sequence[str]]


class Times(NamedTuple):
    """The earliest and the latest end of a step, counted from the start of the network in units of its durations."""

    early: int
    late: int

    @property
    def slack(self) -> int:
        """By how much it may slip before the end of the network slips."""
        return self.late - self.early


class Step(NamedTuple):
    """A step: what it takes after the last of its predecessors, and the time before which it cannot end."""

    duration: int
    not_before: int = 0


def order(after: Edges) -> list[str]:
    """The nodes, each after its predecessors; those of a cycle, and those that follow one, are left out."""
    waiting = {node: sum(other in after for other in set(others)) for node, others in after.items()}
    before = _turned(after)
    ready = [node for node, count in waiting.items() if not count]
    for node in ready:
        for follower in before.get(node, ()):
            waiting[follower] -= 1
            if not waiting[follower]:
                ready.append(follower)
    return ready


def knotted(after: Edges) -> frozenset[str]:
    """The nodes that have no order: those of a cycle, and those on a way from one cycle to another."""
    before = _turned(after)
    return frozenset(after) - set(order(after)) - set(order({node: before.get(node, []) for node in after}))


def schedule(steps: Mapping[str, Step], after: Edges) -> dict[str, Times]:
    """The times of all steps that have an order. `after` names predecessors; those that are no step are ignored."""
    chain = order({node: [other for other in after.get(node, ()) if other in steps] for node in steps})
    early: dict[str, int] = {}
    for node in chain:
        step = steps[node]
        begin = max((early[other] for other in after.get(node, ()) if other in early), default=0)
        early[node] = max(begin + step.duration, step.not_before)
    end = max(early.values(), default=0)
    late = dict.fromkeys(chain, end)
    for node in reversed(chain):
        for other in after.get(node, ()):
            if other in late:
                late[other] = min(late[other], late[node] - steps[node].duration)
    return {node: Times(early[node], late[node]) for node in chain}


def critical_path(times: Mapping[str, Times], steps: Mapping[str, Step], after: Edges) -> list[str]:
    """A longest way through the network, first step first; the first in the order of names where there are several."""
    if not times:
        return []
    end = max(item.early for item in times.values())
    node = min(name for name, item in times.items() if item.early == end and not item.slack)
    path = [node]
    while driving := _driving(path[-1], times, steps, after):
        path.append(driving)
    return path[::-1]


def _driving(node: str, times: Mapping[str, Times], steps: Mapping[str, Step], after: Edges) -> str:
    """The predecessor that decides when a step can end, or ''."""
    begin = times[node].early - steps[node].duration
    ways: Iterable[str] = (other for other in after.get(node, ()) if other in times)
    return min((other for other in ways if times[other].early == begin), default="")


def _turned(edges: Edges) -> dict[str, list[str]]:
    turned: dict[str, list[str]] = {}
    for node, others in edges.items():
        for other in set(others):
            if other in edges:
                turned.setdefault(other, []).append(node)
    return turned
