"""A deliverable: what it holds, where its links lead, and what its renderer is told."""

import re
from itertools import pairwise

import pytest

from pipeline.weave.deliverable import weave_deliverable
from tests.unit.weave.samples import sample

TEXT = """---
id: DLV-001
status: draft
version: "0.1"
lang: fr
---

# DLV-001 Une *base* de référence

Voir REQ-101, BN-001 et [la page](../needs.md).

## Exigences

```yaml {.view}
view: cards
kind: requirement
```

## Besoins

```yaml {.view}
view: include
path: needs.md
```

![Un flux](../img/flow.svg)
"""


def woven(text: str = TEXT, identity: str = "DLV-001", **texts: str):
    programme, source = sample(deliverables__DLV_001=text, **texts)
    return weave_deliverable(programme, source, identity, "internal", root="/somewhere")


def test_it_says_what_it_is_and_what_it_holds():
    result = woven()
    assert (result.id, result.title, result.lang, result.root) == (
        "DLV-001",
        "Une base de référence",
        "fr",
        "/somewhere",
    )
    assert result.ids == ("REQ-101", "REQ-102", "BN-001")
    assert result.images == ("img/flow.svg",)


def test_the_title_and_the_facts_of_the_deliverable_itself_are_left_to_the_cover():
    first = woven().markdown.split("\n")[0]
    assert first.startswith("Voir [REQ-101]")
    assert "draft" not in woven().markdown.split("## Exigences")[0]


def test_links_forward_lead_inside_and_links_outside_are_words():
    text = woven().markdown
    assert "Voir [REQ-101](#REQ-101), [BN-001](#BN-001) et [la page](#needs-needs)." in text
    assert "Head of Collection (PTY-001)" in text
    assert "**Verified by:** TC-001 A payment is booked" in text


def test_every_link_inside_leads_to_an_anchor_that_is_there_once():
    text = woven().markdown
    anchors = re.findall(r"\{#([^ }]+)", text)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(anchors)


def test_no_heading_is_of_the_first_level_and_none_skips_one():
    levels = [len(match) for match in re.findall(r"^(#+) ", woven().markdown, re.MULTILINE)]
    assert min(levels) == 2
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_cards_in_another_language_say_so():
    assert '::: {#REQ-101 .card .requirement lang="en"}' in woven().markdown


def test_an_artifact_taken_in_twice_is_anchored_once():
    twice = TEXT + "\n```yaml {.view}\nview: cards\nids: [REQ-101]\n```\n"
    text = woven(twice).markdown
    assert text.count("{#REQ-101 ") == 1
    assert text.count("{#REQ-101_2 ") == 1


def test_documents_that_include_one_another_end():
    view = "\n```yaml {.view}\nview: include\nids: [DLV-001]\n```\n"
    other = "---\nid: DLV-002\nstatus: draft\n---\n# DLV-002 Two\n" + view
    text = TEXT + "\n```yaml {.view}\nview: include\nids: [DLV-002]\n```\n"
    result = woven(text, deliverables__DLV_002=other)
    assert result.ids == ("REQ-101", "REQ-102", "BN-001", "DLV-002")


def test_a_section_can_be_a_deliverable():
    block = "```yaml {.artifact}\nstatus: draft\n```"
    text = f"# Deliverables\n\n## DLV-003 Short\n\n{block}\n\nWords.\n\n## Other\n\nNot in it.\n"
    result = woven(TEXT, "DLV-003", more=text)
    assert "Words." in result.markdown
    assert "Not in it" not in result.markdown


def test_one_that_the_audience_may_not_see_is_refused():
    programme, source = sample(deliverables__DLV_001=TEXT)
    with pytest.raises(KeyError):
        weave_deliverable(programme, source, "DLV-001", "public")


def test_footnotes_of_two_documents_do_not_meet():
    text = TEXT.replace("Voir", "Voir[^1]") + "\n[^1]: La première.\n"
    page = "# Page\n\nWords[^1].\n\n[^1]: The other.\n"
    result = woven(text + "\n```yaml {.view}\nview: include\npath: page.md\n```\n", page=page).markdown
    assert "[^1]: La première." in result
    assert "[^page-1]: The other." in result


def test_a_card_of_a_whole_file_is_a_card_too():
    meeting = (
        "---\nid: MTG-001\nstatus: issued\nlang: nl\n---\n# MTG-001 Overleg\n\nTekst.\n\n## Punt\n\nMeer.\n"
    )
    text = TEXT + "\n```yaml {.view}\nview: cards\nids: [MTG-001]\n```\n"
    card = woven(text, MTG_001=meeting).markdown.split('::: {.card .meeting lang="nl"}')[1]
    assert "### [MTG-001]{.id} Overleg {#MTG-001}" in card
    assert "#### Punt" in card
