"""After any sequence of edits a check with a cache finds what one without it finds, word for word."""

import shutil
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from pipeline import cache, work
from tests.trees import cold_report, report

NAMES = ("a.md", "b.md", "sub/c.md", "sub/BN-001-need.md")
IDS = ("BN-001", "BN-002", "REQ-101", "REQ-102", "TC-001", "XX-1")
STATES = ("draft", "approved", "superseded", "gone")
ROLES = ("satisfies", "derived_from", "verifies", "supersedes", "related")


@st.composite
def sections(draw: st.DrawFn) -> str:
    identity, status = draw(st.sampled_from(IDS)), draw(st.sampled_from(STATES))
    link = draw(st.sampled_from(ROLES))
    targets = draw(st.lists(st.sampled_from((*IDS, "BN-001@1.0", "BN-001@2.0")), max_size=2, unique=True))
    mention = draw(st.sampled_from(IDS))
    header = f'status: {status}\nversion: "1.0"\n{link}: [{", ".join(targets)}]'
    return (
        f"## {identity} Title\n\n```yaml {{.artifact}}\n{header}\n```\n\nIt says {mention}. [to](b.md#it)\n"
    )


WHOLE = '---\nid: BN-001\nstatus: {}\nversion: "{}"\n---\n\n# Need\n\nThe office wants REQ-101.\n'
texts = st.one_of(
    st.lists(sections(), max_size=3).map(lambda parts: "# Page\n\n" + "\n".join(parts)),
    st.builds(WHOLE.format, st.sampled_from(STATES), st.sampled_from(("1.0", "2.0"))),
    st.sampled_from(
        ("", "# It\n", "---\nid: [\n---\n", "```yaml {.artifact}\n", "# Page\n\n![x](pic.png)\n")
    ),
)
edits = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), texts),
    st.tuples(st.just("remove"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("move"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("write"), st.just("pic.png"), st.just("x")),
    st.tuples(st.just("remove"), st.just("pic.png"), st.just("")),
)


def edit(root: Path, action: str, name: str, value: str) -> None:
    file = root / name
    if action == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(value)
    elif not file.exists():
        return
    elif action == "remove":
        file.unlink()
    else:
        (root / value).parent.mkdir(parents=True, exist_ok=True)
        file.replace(root / value)


@pytest.fixture(scope="module", autouse=True)
def later():
    """A minute later, so that no file is read again only because it is young."""
    patch = pytest.MonkeyPatch()
    real = work.now
    patch.setattr(work, "now", lambda: real() + 60_000_000_000)
    patch.setattr(cache, "_MANY", cache._MANY)
    yield
    patch.undo()


# Of how many records one may have changed before all are written anew: of none, so that they never are, or of many.
limits = st.sampled_from((0, 2, 20))
sequences = st.lists(st.lists(edits, min_size=1, max_size=4), min_size=2, max_size=4)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds=sequences, many=limits)
def test_cached_equals_cold(tmp_path_factory: pytest.TempPathFactory, rounds, many):
    compare(tmp_path_factory.mktemp("tree"), rounds, many)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds=sequences, many=limits)
def test_cached_equals_cold_after_many_sequences(tmp_path_factory: pytest.TempPathFactory, rounds, many):
    compare(tmp_path_factory.mktemp("tree"), rounds, many)


def compare(folder: Path, rounds, many: int) -> None:
    """Check a tree after each round of edits, with the cache that the rounds before left and without one."""
    cache._MANY = many
    (folder / "docs").mkdir()
    for changes in rounds:
        for change in changes:
            edit(folder / "docs", *change)
        cached = report(folder)
        assert report(folder) == cached, "nothing changed"
        assert cached == cold_report(folder)
    shutil.rmtree(folder)
