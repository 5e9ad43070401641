"""What a change touches is exactly what a naive closure over the links finds."""

import hypothesis.strategies as st
from hypothesis import given, settings

from pipeline.figures.impact import impact
from pipeline.model import Artifact, Document, Header, Link
from pipeline.programme import build_programme
from tests.support import shipped_kinds

IDS = tuple(f"REQ-{number}" for number in range(1, 8))
ROLES = ("derived_from", "satisfies", "release", "related", "supersedes")
CARRYING, BESIDE = ("derived_from", "satisfies"), ("release",)

edges = st.sets(st.tuples(st.sampled_from(IDS), st.sampled_from(ROLES), st.sampled_from((*IDS, "REQ-99"))))
holds = st.dictionaries(st.sampled_from(IDS), st.lists(st.sampled_from(IDS), max_size=2), max_size=3)


def programme_of_edges(found):
    artifacts = []
    for line, identity in enumerate(IDS, 1):
        links = tuple(Link(role, to, "", (role,)) for source, role, to in sorted(found) if source == identity)
        artifacts.append(
            Artifact(identity, "requirement", "a.md", line, line, line, Header("a.md", 1, 1), {}, links)
        )
    return build_programme([Document("a.md", tuple(artifacts))], shipped_kinds())


def closure(found, held, begin):
    """All that leads to `begin` over any number of edges that carry, and what else links to any of that."""
    leads = {(source, to) for source, role, to in found if role in CARRYING}
    leads |= {(holder, identity) for identity, holders in held.items() for holder in holders}
    reached = set(begin)
    while True:
        more = {source for source, to in leads if to in reached} - reached
        if not more:
            beside = {source for source, role, to in found if role in BESIDE and to in reached}
            return (reached | beside) - set(begin)
        reached |= more


@settings(deadline=None)
@given(found=edges, held=holds, begin=st.sets(st.sampled_from((*IDS, "REQ-99")), min_size=1))
def test_impact_is_the_transitive_closure(found, held, begin):
    touched = impact(programme_of_edges(found), begin, held)
    assert set(touched) == closure(found, held, begin)


@settings(deadline=None)
@given(found=edges, begin=st.sets(st.sampled_from(IDS), min_size=1))
def test_each_way_is_one_step_longer_than_that_to_what_it_comes_over(found, begin):
    touched = impact(programme_of_edges(found), begin)
    for identity, touch in touched.items():
        before = 0 if touch.over in begin else touched[touch.over].steps
        assert touch.steps == before + 1
        assert (identity, touch.role, touch.over) in found
