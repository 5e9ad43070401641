"""The days of a network, its slack, its critical path and its draws, against the longest ways that networkx finds."""

import hypothesis.strategies as st
import networkx
from hypothesis import given, settings

from pipeline.figures.forecast import Estimate, simulate
from pipeline.figures.network import Step, critical_path, knotted, order, schedule

COUNT = 9
NAMES = tuple(f"MS-{number}" for number in range(COUNT))

steps = st.fixed_dictionaries(
    {name: st.builds(Step, st.integers(0, 12), st.sampled_from([0, 0, 7, 20])) for name in NAMES}
)
pairs = st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=16)


def forwards(found) -> dict[str, list[str]]:
    """The predecessors of each step, without circles: each comes after names before it in order."""
    return {
        name: sorted(a if b == name else b for a, b in found if a != b and max(a, b) == name)
        for name in NAMES
    }


def graph_of(steps, after) -> networkx.MultiDiGraph:
    """Ways from a start to an end: an edge into a step is as long as the step, or as what holds it."""
    graph = networkx.MultiDiGraph()
    for name, step in steps.items():
        graph.add_edge("start", name, weight=step.duration)
        graph.add_edge("start", name, weight=step.not_before)
        graph.add_edge(name, "end", weight=0)
        for other in after[name]:
            graph.add_edge(other, name, weight=step.duration)
    return graph


def longest(graph, begin: str, end: str) -> int:
    """The length of a longest way, as the shortest one of the graph with all lengths turned."""
    turned = graph.copy()
    for _, _, data in turned.edges(data=True):
        data["weight"] = -data["weight"]
    return -networkx.bellman_ford_path_length(turned, begin, end)


@settings(deadline=None)
@given(steps=steps, found=pairs)
def test_days_and_slack_are_those_of_longest_ways(steps, found):
    after = forwards(found)
    graph = graph_of(steps, after)
    end = networkx.dag_longest_path_length(graph)
    times = schedule(steps, after)
    assert {name: item.early for name, item in times.items()} == {
        name: longest(graph, "start", name) for name in NAMES
    }
    assert {name: item.slack for name, item in times.items()} == {
        name: end - longest(graph, "start", name) - longest(graph, name, "end") for name in NAMES
    }


@settings(deadline=None)
@given(steps=steps, found=pairs)
def test_the_critical_path_is_a_longest_way(steps, found):
    after = forwards(found)
    graph, times = graph_of(steps, after), schedule(steps, after)
    path = critical_path(times, steps, after)
    assert networkx.is_path(graph, ["start", *path, "end"])
    length = longest(graph, "start", path[0]) + sum(steps[name].duration for name in path[1:])
    assert length == networkx.dag_longest_path_length(graph)
    assert [times[name].slack for name in path] == [0] * len(path)


@settings(deadline=None)
@given(steps=steps, found=pairs)
def test_draws_of_certain_durations_are_the_earliest_days(steps, found):
    after = forwards(found)
    certain = {name: Estimate(*[step.duration] * 3, step.not_before) for name, step in steps.items()}
    graph = graph_of(steps, after)
    assert simulate(certain, after, 2) == {name: [longest(graph, "start", name)] * 2 for name in NAMES}


@settings(deadline=None)
@given(found=pairs)
def test_what_has_no_order_lies_on_or_between_circles(found):
    after = {name: sorted(a for a, b in found if b == name) for name in NAMES}
    graph = networkx.DiGraph(found)
    graph.add_nodes_from(NAMES)
    circles = {name for name in NAMES if graph.has_edge(name, name)}
    circles |= {
        name for part in networkx.strongly_connected_components(graph) if len(part) > 1 for name in part
    }
    behind = {name for name in NAMES if networkx.ancestors(graph, name) & circles} | circles
    before = {name for name in NAMES if networkx.descendants(graph, name) & circles} | circles
    assert set(order(after)) == set(NAMES) - behind
    assert knotted(after) == behind & before
