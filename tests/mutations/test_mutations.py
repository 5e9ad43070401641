"""Every mutation of the clean PERCEPTA gives exactly the findings that it states, and a near miss gives none."""

import hashlib
from pathlib import Path

import pytest

from pipeline.checks import CHECKS
from pipeline.prose import styles
from pipeline.shipped import folder as shipped
from tests.mutations.cases import Mutation, read_mutations
from tests.mutations.percepta import Percepta

MUTATIONS = read_mutations()
CODES = [rule.code for rule in (*CHECKS, *styles.rules(styles.load([Path(shipped("styles"))])))]

# Rules that came, or are to come, after this suite was begun, and whose mutations are still to be written. This list
# may only shrink.
PENDING: frozenset[str] = frozenset()
# Rules whose findings stand in a file as a whole: a section holds none of them.
WHOLE_FILES = {"KIND-FILE", "LC-LEDGER", "SEC-IMAGE"}


@pytest.fixture(scope="session")
def percepta(tmp_path_factory: pytest.TempPathFactory) -> Percepta:
    return Percepta(tmp_path_factory.mktemp("percepta"))


def named(mutation: Mutation) -> str:
    return f"{mutation.code}: {mutation.name}"


def is_wording(mutation: Mutation) -> bool:
    return mutation.code.startswith("WD-")


def sampled(mutation: Mutation) -> bool:
    """About one mutation in six, the same ones each time."""
    return hashlib.sha256(named(mutation).encode()).digest()[0] < 43


@pytest.mark.parametrize("mutation", [item for item in MUTATIONS if not is_wording(item)], ids=named)
def test_a_mutation_gives_its_findings_and_no_other(mutation: Mutation, percepta: Percepta):
    expected, found = percepta.judge(mutation)
    assert found == expected


@pytest.mark.slow
@pytest.mark.parametrize("mutation", [item for item in MUTATIONS if is_wording(item)], ids=named)
def test_wording_gives_its_findings_and_no_other(mutation: Mutation, percepta: Percepta):
    expected, found = percepta.judge(mutation, prose=True)
    assert found == expected


@pytest.mark.slow
@pytest.mark.parametrize("mutation", [item for item in MUTATIONS if sampled(item)], ids=named)
def test_with_all_rules_and_no_cache_the_findings_are_the_same(mutation: Mutation, percepta: Percepta):
    expected, found = percepta.judge(mutation, prose=True, cold=True)
    assert found == expected


def test_the_programme_is_as_it_was_after_a_mutation(percepta: Percepta):
    percepta.judge(MUTATIONS[0])
    assert percepta.check() == []


def of(code: str) -> tuple[list[Mutation], list[Mutation]]:
    """The mutations of a rule that give its finding, and the near misses."""
    own = [item for item in MUTATIONS if item.code == code]
    wrong = [item for item in own if code in {finding.code for finding in item.expected}]
    return wrong, [item for item in own if item.near]


def is_in_section(mutation: Mutation) -> bool:
    """Whether it is one of a section artifact: it edits one, or gives a finding at the heading of one."""
    return bool(mutation.section) or any(
        item.section or item.at.startswith("#") for item in mutation.expected
    )


@pytest.mark.parametrize("code", [code for code in CODES if code not in PENDING])
def test_a_rule_has_three_mutations_and_a_near_miss(code: str):
    wrong, near = of(code)
    assert len(wrong) >= 3
    assert near
    assert any(item.boundary for item in wrong)
    assert code in WHOLE_FILES or any(is_in_section(item) for item in wrong)


def test_what_is_pending_still_lacks_some():
    """A rule that has its mutations is taken off the list."""
    assert [code for code in sorted(PENDING) if len(of(code)[0]) >= 3 and of(code)[1]] == []


def test_each_mutation_is_about_a_rule_and_says_what_it_expects():
    assert sorted({item.code for item in MUTATIONS} - set(CODES)) == []
    assert [named(item) for item in MUTATIONS if item.near == bool(item.finds)] == []
    assert len({named(item) for item in MUTATIONS}) == len(MUTATIONS)
