"""The calendar is read by icalendar, and the feed of decisions is judged by the grammar of Atom (RFC 4287)."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from lxml import etree
from msgspec import structs

from pipeline.model import Programme
from pipeline.weave.feeds import CALENDAR, DECISIONS, Around, feeds
from tests.support import programme_of

AROUND = Around("Programme PERCEPTA", "Agence fédérale", "fr")
GRAMMAR = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "atom.rng")))
ATOM = {"a": "http://www.w3.org/2005/Atom"}

COMMITTEE = """\
---
title: Comités
---

# Comités

## COM-001 Comité de pilotage

```yaml {.artifact}
status: approved
quorum: 3
mandate: Il décide.
```

Il se réunit.
"""
MEETING = """\
---
id: MTG-{number:03}
status: issued
version: "1.0"
lang: fr
type: steering
date: "{day}"
held_by: [COM-001]
{more}
---

# MTG-{number:03} {title}

Le quorum est atteint.
"""
DECISIONS_PAGE = """\
---
title: Décisions
---

# Décisions

## DEC-001 Le *périmètre* est approuvé & clos

```yaml {.artifact}
status: taken
lang: fr
date: "2026-03-12"
decided_by: COM-001
```

Le comité approuve <le> périmètre.

## DEC-002 La date est demandée

```yaml {.artifact}
status: requested
lang: fr
created: "2026-04-02"
deadline: "2026-06-01"
```

Le comité est prié de fixer la date.
"""
LONG = "Comité de pilotage ; points A, B et C \\\\ — réunion extraordinaire consacrée à l’interface bancaire été 2026"


def programme(day: str = "2026-04-20", **more: str) -> Programme:
    texts = {
        "committees.md": COMMITTEE,
        "MTG-001.md": MEETING.format(
            number=1, day="2026-03-12", title="Comité du 12 mars", more='next: "2026-04-09"'
        ),
        "MTG-002.md": MEETING.format(
            number=2,
            day="2026-04-09",
            title=LONG,
            more='next: "2026-05-14"\nagenda: [Budget, "Risques; délais"]',
        ),
        "decisions.md": DECISIONS_PAGE,
        **more,
    }
    found, _ = programme_of(texts)
    return structs.replace(found, day=day)


def calendar(of: Programme, around: Around = AROUND) -> Calendar:
    return Calendar.from_ical(feeds(of, around)[CALENDAR])


def test_another_reader_finds_each_meeting_on_its_day():
    read = calendar(programme())
    assert read.errors == []
    events = [
        (str(item["uid"]), item.decoded("dtstart"), item.decoded("dtend")) for item in read.walk("VEVENT")
    ]
    assert events == [
        ("MTG-001@programme-percepta.paraph", date(2026, 3, 12), date(2026, 3, 13)),
        ("MTG-002@programme-percepta.paraph", date(2026, 4, 9), date(2026, 4, 10)),
        ("after-MTG-002@programme-percepta.paraph", date(2026, 5, 14), date(2026, 5, 15)),
    ]
    assert {item.decoded("dtstamp") for item in read.walk("VEVENT")} == {datetime(2026, 4, 20, tzinfo=UTC)}
    assert [str(item["status"]) for item in read.walk("VEVENT")] == ["CONFIRMED", "CONFIRMED", "TENTATIVE"]


def test_words_come_back_as_they_were_written():
    second, following = calendar(programme()).walk("VEVENT")[1:]
    assert str(second["summary"]) == f"MTG-002 {LONG}".replace("\\\\", "\\")
    assert str(second["description"]) == "- Budget\n- Risques; délais"
    assert str(following["summary"]) == "Comité de pilotage : prochaine réunion"


def test_no_line_has_more_than_75_bytes_and_each_ends_as_the_standard_says():
    text = feeds(programme(), AROUND)[CALENDAR]
    assert text.replace("\r\n", "").count("\n") == 0
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_an_announced_day_that_has_passed_is_no_meeting():
    read = calendar(programme("2026-06-01"))
    assert [str(item["uid"]).split("@")[0] for item in read.walk("VEVENT")] == ["MTG-001", "MTG-002"]


def test_a_next_meeting_keeps_its_name_when_its_day_moves():
    moved = programme(
        **{"MTG-002.md": MEETING.format(number=2, day="2026-04-09", title="x", more='next: "2026-05-21"')}
    )
    for read, day in ((calendar(programme()), date(2026, 5, 14)), (calendar(moved), date(2026, 5, 21))):
        assert {str(item["uid"]): item.decoded("dtstart") for item in read.walk("VEVENT")}[
            "after-MTG-002@programme-percepta.paraph"
        ] == day


def test_the_same_programme_gives_the_same_bytes():
    assert feeds(programme(), AROUND) == feeds(programme(), AROUND)


@pytest.mark.parametrize("url", ["", "https://percepta.example/site/"])
def test_the_feed_of_decisions_is_valid(url: str):
    feed = etree.fromstring(feeds(programme(), AROUND._replace(url=url))[DECISIONS].encode())
    assert GRAMMAR.validate(feed), GRAMMAR.error_log
    titles = feed.xpath("a:entry/a:title/text()", namespaces=ATOM)
    assert titles == ["DEC-002 La date est demandée", "DEC-001 Le périmètre est approuvé & clos"]
    assert feed.xpath("a:updated/text()", namespaces=ATOM) == ["2026-04-02T00:00:00Z"]
    assert feed.xpath("a:entry[2]/a:summary/text()", namespaces=ATOM) == [
        "Le comité approuve <le> périmètre."
    ]
    first = feed.xpath("a:entry[1]/a:link/@href", namespaces=ATOM)
    assert first == [f"{url or '../'}id/DEC-002/"]


def test_what_is_no_feed_is_found():
    feed = etree.fromstring(feeds(programme(), AROUND)[DECISIONS].encode())
    feed.remove(feed.find("a:id", ATOM))
    assert not GRAMMAR.validate(feed)


def test_the_name_of_an_entry_does_not_depend_on_where_the_site_stands():
    names = [
        etree.fromstring(feeds(programme(), AROUND._replace(url=url))[DECISIONS].encode()).xpath(
            "//a:id/text()", namespaces=ATOM
        )
        for url in ("", "https://percepta.example/")
    ]
    assert names[0] == names[1]
    assert len(set(names[0])) == 3


def test_without_meetings_and_decisions_there_is_no_feed():
    found, _ = programme_of({"committees.md": COMMITTEE})
    assert feeds(found, AROUND) == {}


def test_control_characters_do_no_harm():
    title = "Bell \\x07 and <tag> ]]>"
    decision = DECISIONS_PAGE.replace("La date est demandée", title.encode().decode("unicode_escape"))
    feed = feeds(programme(**{"decisions.md": decision}), AROUND)[DECISIONS]
    assert GRAMMAR.validate(etree.fromstring(feed.encode()))
