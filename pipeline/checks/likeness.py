"""Texts that are nearly the same, found without comparing each with each.

A text is the set of its runs of three words, as its sketch has them. Two texts are alike when they share a large part
of all their runs (the similarity of Jaccard). Texts whose runs are mostly their own cannot be, which leaves few; these
are joined by prefix filtering (Chaudhuri, Ganti and Kaushik 2006): of two alike texts, one of the rarest runs of the
one is among the rarest of the other.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from math import ceil

from pipeline.sources.sketch import runs_in


def alike(sketches: Sequence[bytes], share: float, least: int = 1) -> Iterator[tuple[int, int]]:
    """For each text that has one like it before it, the index of both: the first such one, then the text itself.

    `share` is the part of their runs that two texts must have in common, above 0 and at most 1; texts with fewer runs
    than `least` are left out. The order of the texts decides, and nothing else: the same texts give the same pairs.
    """
    runs = {at: one for at, sketch in enumerate(sketches) if len(one := runs_in(sketch)) >= max(least, 1)}
    near = _with_company(runs, share)
    often = Counter(chain.from_iterable(near.values()))
    order = {run: place for place, run in enumerate(sorted(sorted(often), key=often.__getitem__))}
    index: dict[int, list[int]] = {}
    for at, own in near.items():
        rarest = sorted(own, key=order.__getitem__)[: len(own) - ceil(share * len(own)) + 1]
        earlier = sorted({other for run in rarest for other in index.get(run, ())})
        found = next((other for other in earlier if _likeness(own, near[other]) >= share), None)
        if found is None:  # Else it was told, and no other is told for its sake.
            for run in rarest:
                index.setdefault(run, []).append(at)
        else:
            yield found, at


def _with_company(runs: "dict[int, array[int]]", share: float) -> dict[int, frozenset[int]]:
    """Those of which other texts have enough runs as well that one of them might be alike."""
    often = Counter(chain.from_iterable(runs.values()))
    shared = {run for run, count in often.items() if count > 1}.__contains__
    return {at: frozenset(own) for at, own in runs.items() if sum(map(shared, own)) >= share * len(own)}


def _likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The similarity of Jaccard: what both have, of all that either has."""
    both = len(one & other)
    return both / (len(one) + len(other) - both)
