"""Cycles are found in any graph, and in time even in a long chain."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks.knots import knots

nodes = st.sampled_from("abcdefgh")
graphs = st.dictionaries(nodes, st.lists(nodes, max_size=3), max_size=8)


def reachable(edges: dict[str, list[str]], node: str) -> set[str]:
    found: set[str] = set()
    waiting = [node]
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


@settings(deadline=None, max_examples=300)
@given(graphs)
def test_a_group_is_all_that_comes_back_to_each_other(edges):
    ways = {node: reachable(edges, node) for node in edges}
    looped = {node for node in edges if node in ways[node]}
    expected = {
        frozenset(other for other in looped if other in ways[node] and node in ways[other]) for node in looped
    }
    assert {frozenset(group) for group in knots(edges)} == expected


@pytest.mark.slow
def test_a_long_chain_and_a_long_ring():
    count = 50_000
    chain = {str(nth): [str(nth + 1)] for nth in range(count)}
    assert knots(chain) == []
    assert [len(group) for group in knots({**chain, str(count): ["0"]})] == [count + 1]
