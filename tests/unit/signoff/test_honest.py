"""What was honestly signed holds, however it came about: nobody is accused of what he did not do."""

from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.signoff.pdf.examine import Wanted, examine
from pipeline.signoff.pdf.renew import renew_file
from tests.pki.samples import ROLES, issued, sign_as, trust_of

pytestmark = pytest.mark.slow

FRENCH = "## Portée {#scope}\n\nL'agence ne réclame pas plus de 100 euros par rappel.\n"
DUTCH = "## Toepassing {#scope}\n\nHet agentschap vraagt niet meer dan 100 euro per aanmaning.\n"


class Honest(NamedTuple):
    """Who signs, in the order of signing, with the index of the role and the level; how often it is renewed."""

    signers: tuple[tuple[str, int, str], ...]
    renewals: int = 0
    lang: str = "en"
    text: str = ""
    roles: tuple[str, ...] = ROLES


def at(level: str, *names: str) -> tuple[tuple[str, int, str], ...]:
    return tuple((name, number, level) for number, name in enumerate(names))


PEOPLE = ("director", "officer", "analyst")
CASES = {
    **{
        "-".join(PEOPLE[number] for number in order): Honest(
            tuple((PEOPLE[number], number, "B-LTA") for number in order)
        )
        for order in permutations(range(3))
    },
    **{f"{name} alone": Honest(at("B-LTA", name)) for name in PEOPLE},
    "under a pseudonym": Honest(at("B-LTA", "deputy")),
    "the same person in two roles": Honest(at("B-LTA", "director", "director")),
    "in French": Honest(at("B-LTA", "officer"), lang="fr", text=FRENCH),
    "in Dutch": Honest(at("B-LTA", "officer"), lang="nl", text=DUTCH),
    "one role with accents": Honest(at("B-LTA", "analyst"), roles=("Délégué à la protection des données",)),
    "raised from the level of a reader": Honest(at("B-B", "director"), 1),
    "raised from a stamped signature": Honest(at("B-T", "officer"), 1),
    "raised from one with its proof": Honest(at("B-LT", "analyst"), 1),
    "two of a reader, raised at once": Honest(at("B-B", "director", "officer"), 1),
    "renewed": Honest(at("B-LTA", "director", "officer"), 1),
    "renewed three times": Honest(at("B-LTA", "officer"), 3),
}


@pytest.mark.parametrize("name", CASES)
def test_what_was_honestly_signed_holds(name: str, pki, authority, trust, tmp_path: Path):
    honest = CASES[name]
    more = {"text": honest.text} if honest.text else {}
    path = issued(tmp_path, honest.roles, honest.lang, **more)
    for who, role, level in honest.signers:
        path = sign_as(path, pki, getattr(pki, who), honest.roles[role], authority.url, level)
    for _ in range(honest.renewals):
        path = Path(renew_file(str(path), trust_of(pki), authority.url, out=str(path)))
    found = examine(path, trust, wanted=Wanted(level="B-LTA"))
    assert found.reasons == ()
    assert len(found.signatures) == len(honest.signers)
    assert [mark.certifies for mark in found.signatures] == [True] + [False] * (len(honest.signers) - 1)


def test_there_are_enough_of_them():
    assert len(CASES) >= 15
