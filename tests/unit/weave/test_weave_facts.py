"""Cover and control page state what the artifact says, and nothing that their reader may not see."""

import pytest

from pipeline.model.woven import Approval, Revision
from pipeline.weave.facts import Circumstances, facts_for
from tests.support import programme_of

DELIVERABLE = """---
id: DLV-001
status: {status}
version: "0.2"
lang: nl
owner: PTY-001
required_signatures: [PTY-001, Hoofd van de dienst]
distribution: [PTY-001, Alle diensten]
titles: {{nl: Afpunten, fr: Rapprochement, de: Abstimmung}}
---

# DLV-001 Afpunten

Tekst.
"""
PARTIES = """---
title: Partijen
---

# Partijen

## PTY-001 Sofie Janssens

```yaml {.artifact}
status: approved
version: "1.0"
role: Verantwoordelijke
classification: CLASS
```

Zij leidt de dienst.
"""
HISTORY = (
    Revision("0.1", "2026-03-01", "A. Person", "Begins it"),
    Revision("0.2", "2026-03-02", "A. Person", "Asks PTY-001 for more"),
)


def facts(audience="internal", status="approved", parties="internal", deliverable=DELIVERABLE, **more):
    programme, _ = programme_of(
        {
            "a.md": deliverable.format(status=status),
            "p.md": PARTIES.replace("CLASS", parties),
            **more,
        }
    )
    around = Circumstances(
        "2026-03-05", organisation="Agentschap", programme="P", revision="ab12", dirty=True, history=HISTORY
    )
    return facts_for(programme, "DLV-001", audience, around)


def test_they_are_those_of_the_artifact_and_of_its_surroundings():
    found = facts()
    assert (found.id, found.title, found.version, found.status) == ("DLV-001", "Afpunten", "0.2", "approved")
    assert (found.day, found.organisation, found.programme) == ("2026-03-05", "Agentschap", "P")
    assert (found.revision, found.dirty, found.classification) == ("ab12", True, "internal")


@pytest.mark.parametrize(("status", "settled"), [("draft", False), ("in-review", False), ("approved", True)])
def test_what_is_not_approved_is_not_settled(status, settled):
    assert facts(status=status).settled is settled


def test_parties_are_named():
    found = facts()
    assert found.owner == "Sofie Janssens"
    assert found.approvals == (Approval("Sofie Janssens"), Approval("Hoofd van de dienst"))
    assert found.distribution == ("Sofie Janssens", "Alle diensten")


def test_the_title_stands_in_its_other_languages_only():
    assert facts().titles == (("de", "Abstimmung"), ("fr", "Rapprochement"))


def test_a_translation_gives_the_title_in_its_language():
    front = "id: DLV-002\nstatus: draft\nversion: '0.1'\nlang: fr\ntranslation_of: DLV-001\n"
    text = f"---\n{front}---\n\n# DLV-002 Traduit\n"
    without = DELIVERABLE.replace("titles: {{nl: Afpunten, fr: Rapprochement, de: Abstimmung}}\n", "")
    assert facts(deliverable=without, **{"t.md": text}).titles == (("fr", "Traduit"),)


def test_who_may_see_all_reads_the_history_as_it_is():
    assert facts().history == HISTORY


def test_what_an_audience_may_not_see_is_neither_named_nor_told_by_the_history():
    found = facts("internal", parties="limited")
    assert "PTY-001" not in repr(found)
    assert "Janssens" not in repr(found)
    assert [entry.change for entry in found.history] == ["Begins it", "[niet meegedeeld]"]
    assert facts("limited", parties="limited").owner == "Sofie Janssens"


def test_a_deliverable_that_may_not_be_seen_has_no_facts():
    with pytest.raises(KeyError):
        facts("public")


@pytest.mark.parametrize("fields", ["titles: [a]", "titles: {{fr: 3}}", "titles: Text"])
def test_faulty_fields_state_nothing(fields):
    text = DELIVERABLE.replace("titles: {{nl: Afpunten, fr: Rapprochement, de: Abstimmung}}", fields)
    text = text.replace("distribution: [PTY-001, Alle diensten]", "distribution: [3, {{a: b}}]")
    found = facts(
        deliverable=text.replace(
            "required_signatures: [PTY-001, Hoofd van de dienst]", "required_signatures: x"
        )
    )
    assert (found.titles, found.distribution, found.approvals) == ((), (), ())
