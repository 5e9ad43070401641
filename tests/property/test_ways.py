"""The ways that `trace impact` and `trace path` show are real, and as short as any."""

import hypothesis.strategies as st
from hypothesis import given, settings

from pipeline.figures.trace.chain import Chain
from pipeline.figures.trace.ways import paths, touched
from tests.property.test_impact import IDS, closure, edges, holds, programme_of_edges


@settings(deadline=None)
@given(found=edges, held=holds, begin=st.sampled_from(IDS))
def test_impact_lists_the_transitive_closure_and_each_way_leads_there(found, held, begin):
    reached = touched(Chain(programme_of_edges(found), held), begin)
    assert {item.item.id for item in reached} == closure(found, held, [begin])
    links = found | {(holder, "holds", name) for name, holders in held.items() for holder in holders}
    for item in reached:
        places = [begin, *(hop.source for hop in item.way)]
        assert [hop.target for hop in item.way] == places[:-1]
        assert places[-1] == item.item.id
        assert len(item.way) == item.steps
        assert {(hop.source, hop.role, hop.target) for hop in item.way} <= links


def shortest(steps: set[tuple[str, str]], begin: str, end: str) -> set[tuple[str, ...]]:
    """All shortest ways, found by making every way longer until some arrive."""
    ways = {(begin,)}
    for _ in IDS:
        arrived = {way for way in ways if way[-1] == end}
        if arrived:
            return arrived
        ways = {(*way, to) for way in ways for at, to in steps if at == way[-1] and to not in way}
    return {way for way in ways if way[-1] == end}


@settings(deadline=None)
@given(found=edges, begin=st.sampled_from(IDS), end=st.sampled_from(IDS))
def test_paths_are_all_the_shortest_ones(found, begin, end):
    content = {(at, to) for at, role, to in found if role != "related" and to in IDS}
    every = {(at, to) for at, _, to in found if to in IDS}
    turned = {(to, at) for at, to in content}
    steps = (content, turned, content | turned, every | {(to, at) for at, to in every})
    wanted = next((ways for some in steps if (ways := shortest(some, begin, end))), set())
    ways, number = paths(Chain(programme_of_edges(found)), begin, end, 10_000)
    assert [tuple(item.id for item in way.items) for way in ways] == sorted(wanted)
    assert number == len(wanted)
    for way in ways:
        assert all((hop.source, hop.role, hop.target) in found for hop in way.hops)
