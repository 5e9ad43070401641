"""What a deliverable is said to hold is what its PDF is woven of."""

import os

import pytest

from pipeline.views.holding import held_by, holders
from pipeline.weave.deliverable import weave_deliverable
from tests.support import ROOT, programme_in

PROGRAMME, SOURCE = programme_in(os.path.join(ROOT, "docs_src"))
DELIVERABLES = sorted(item.id for item in PROGRAMME.artifacts.values() if item.kind == "deliverable")


@pytest.mark.parametrize("identity", DELIVERABLES)
def test_it_holds_what_is_woven(identity):
    woven = weave_deliverable(PROGRAMME, SOURCE, identity, "limited")
    assert held_by(PROGRAMME, PROGRAMME.artifacts[identity]) == set(woven.ids)


def test_holders_is_the_inverse():
    found = holders(PROGRAMME)
    assert found
    for identity in DELIVERABLES:
        held = {key for key, value in found.items() if identity in value}
        assert held == held_by(PROGRAMME, PROGRAMME.artifacts[identity])
