"""The site says of a deliverable who is in and who is to come, in its language, and to those alone who may know."""

import re

import pytest
from msgspec import structs

from pipeline.model import Ledger, Policy, Programme, Signed, Standing, Vote
from pipeline.weave.site import weave_site
from tests.support import Texts, programme_of
from tests.unit.ledger.ledgers import CONTENT, entry

DELIVERABLE = """---
id: DLV-001
status: in-review
version: "1.0"
lang: {lang}
classification: public
---

# DLV-001 What lot 1 does

All of it.
"""
REQUIREMENT = """---
classification: public
---

# Requirements

## REQ-101 Send by mail

```yaml {{.artifact}}
status: draft
version: "1.0"
lang: {lang}
classification: public
```

The system shall send a letter by mail.
"""
PARTIES = """---
classification: public
---

# Parties

## PTY-001 Director

```yaml {{.artifact}}
status: approved
name: Ann Unreal
role: Director
classification: {classification}
mandate: {{from: "2026-01-01", scope: All of it}}
```

Directs.

## PTY-002 Accountant

```yaml {{.artifact}}
status: approved
name: Bo *Unreal*
role: Accountant
classification: {classification}
mandate: {{from: "2026-01-01", scope: All of it}}
```

Counts.
"""
PAGE, OWN = "DLV-001.md", "approvals.md"


def signed(**fields: object) -> Signed:
    usual = {"artifact": "DLV-001", "party": "PTY-001", "name": "Ann Unreal"}
    given = entry(**{**usual, **fields})
    return Signed(given, "sha256:" + "a" * 64, "approvals/DLV-001/a.json")


def vote(role: str, on: bool, item: Signed | None = None) -> Vote:
    return Vote(role, on, item.entry.decision if item else "", item)


def programme(
    *votes: Vote, entries: tuple[Signed, ...] = (), lang: str = "en", classification: str = "public"
) -> tuple[Programme, Texts]:
    """A deliverable and a requirement that stand as the votes say."""
    known, source = programme_of(
        {
            PAGE: DELIVERABLE.format(lang=lang),
            "parties.md": PARTIES.format(classification=classification),
            "requirements.md": REQUIREMENT.format(lang=lang),
        }
    )
    policy = Policy()
    standings = {name: Standing(name, "1.0", CONTENT, policy, votes) for name in ("DLV-001", "REQ-101")}
    ledgers = {"DLV-001": Ledger("DLV-001", entries)} if entries else {}
    return structs.replace(known, standings=standings, ledgers=ledgers, day="2026-03-05"), source


def page(made: tuple[Programme, Texts], path: str = PAGE, audience: str = "public", lang: str = "en") -> str:
    text = weave_site(*made, audience, title="T", day="2026-03-05", lang=lang).files[path]
    assert isinstance(text, str)
    return text


APPROVED = vote("Director", False, signed())
AWAITED = vote("Accountant", True)


def test_it_says_who_is_in_and_who_holds_the_role_that_is_to_come():
    text = page(programme(APPROVED, AWAITED))
    assert "**Approvals:** ready to be issued for signature\n" in text
    assert (
        '| Director | <span class="badge status approved">approved</span> | Ann Unreal | 2026-03-02 |' in text
    )
    assert (
        '| Accountant | <span class="badge status in-review">still to sign</span> | Bo \\*Unreal\\* |' in text
    )
    assert "[How to sign, and how to check a signed document](approvals.md#sign)" in text


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        ((vote("Director", False), AWAITED), "awaits Director"),
        ((APPROVED, vote("Accountant", True, signed(decision="receive"))), "approved as it stands"),
        ((APPROVED, vote("Accountant", True, signed(decision="refuse"))), "rejected by Accountant"),
        ((vote("Director", False, signed(decision="reject")), AWAITED), "rejected by Director"),
    ],
)
def test_it_says_in_a_few_words_where_it_stands(votes: tuple[Vote, ...], words: str):
    made = programme(*votes)
    assert f"**Approvals:** {words}\n" in page(made)
    assert f"- **Approvals:** {words}\n" in page(made, "requirements.md")
    assert f'DLV-001](DLV-001.md "What lot 1 does"){{.ref}} What lot 1 does | 1.0 | {words} |' in page(
        made, OWN
    )


def test_once_it_is_issued_it_says_since_when_and_who_is_still_to_sign():
    issued = signed(decision="issue", date="2026-03-04T09:00:00Z")
    assert "issued for signature on 2026-03-04; still to sign: Accountant\n" in page(
        programme(APPROVED, AWAITED, entries=(issued,))
    )
    # What was issued with other words is another document.
    other = signed(decision="issue", content="sha256:" + "9" * 64)
    assert "ready to be issued" in page(programme(APPROVED, AWAITED, entries=(other,)))


@pytest.mark.parametrize(
    ("lang", "words", "state", "title", "sign"),
    [
        (
            "fr",
            "prêt à être mis à la signature",
            "doit encore signer",
            "Approbations",
            "## Comment signer {#sign}",
        ),
        (
            "nl",
            "klaar om ter ondertekening voor te leggen",
            "moet nog tekenen",
            "Goedkeuringen",
            "## Hoe u tekent {#sign}",
        ),
    ],
)
def test_it_speaks_the_language_of_the_deliverable_and_its_page_that_of_the_site(
    lang: str, words: str, state: str, title: str, sign: str
):
    made = programme(APPROVED, AWAITED, lang=lang)
    text = page(made, lang="en")
    assert f"**{title}:** {words}\n" in text
    assert f">{state}</span>" in text
    own = page(made, OWN, lang=lang)
    assert f"\n# {title}\n" in own
    assert sign in own
    assert "## How to sign {#sign}" in page(made, OWN, lang="en")


def test_the_names_of_parties_that_readers_may_not_see_are_withheld():
    made = programme(APPROVED, AWAITED, classification="limited")
    for path, text in weave_site(*made, "public", title="T", day="2026-03-05").files.items():
        assert "Unreal" not in str(text), path
    assert "| \\[withheld\\] | 2026-03-02 |" in page(made)
    assert "Ann Unreal" in page(made, audience="limited")


def test_a_deputy_is_named_with_the_one_for_whom_it_was():
    deputy = vote("Accountant", False, signed(on_behalf="PTY-002"))
    assert "| Ann Unreal, for Bo \\*Unreal\\* |" in page(programme(deputy))


def test_where_nothing_has_to_be_approved_there_is_no_word_of_it():
    known, source = programme()
    tree = weave_site(structs.replace(known, standings={}), source, "public", title="T", day="2026-03-05")
    assert OWN not in tree.files
    assert "Approvals" not in str(tree.files[PAGE])


@pytest.mark.parametrize("lang", ["en", "fr", "nl"])
def test_the_help_names_no_artifact(lang: str):
    own = page(programme(APPROVED), OWN, lang=lang)
    assert re.findall(r"[A-Z]+-\d+", own[own.index("{#sign}") :]) == []
