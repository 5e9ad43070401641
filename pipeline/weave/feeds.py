"""What calendars and feed readers subscribe to: the meetings of committees (RFC 5545), the decisions (RFC 4287).

Both state the day of the programme as when they were made, so that the same programme gives the same bytes.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from pipeline.figures.days import read_day
from pipeline.figures.meetings import Sitting, sittings
from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme
from pipeline.sources.scan import slug
from pipeline.views.words_state import say
from pipeline.weave.inline import spoken
from pipeline.weave.labels import weave_badge
from pipeline.weave.permanent import FOLDER as PERMANENT

CALENDAR, DECISIONS = "state/calendar.ics", "state/decisions.atom"
# A line of a calendar has at most 75 bytes, the space that begins a further one counted.
_LINE = 75
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class Around(NamedTuple):
    """What a feed states besides the programme: its title, whose it is, its language, and where the site will stand."""

    title: str
    organisation: str
    lang: str
    url: str = ""


def feeds(programme: Programme, around: Around) -> dict[str, str]:
    """The feeds of a programme by path; one that would be empty is not made."""
    found = {CALENDAR: calendar(programme, around), DECISIONS: decisions(programme, around)}
    return {path: text for path, text in found.items() if text}


def calendar(programme: Programme, around: Around) -> str:
    """The meetings as a calendar of whole days; '' for none."""
    day = read_day(programme.day)
    events = [row for item in sittings(programme) for row in _event(programme, item, day or item.day, around)]
    if not events:
        return ""
    name = _told(f"{around.title}: {say('meetings', around.lang)}")
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Paraph//Paraph//EN", "CALSCALE:GREGORIAN"]
    rows = [*head, f"NAME:{name}", f"X-WR-CALNAME:{name}", *events, "END:VCALENDAR"]
    return "".join(f"{_folded(row)}\r\n" for row in rows)


def _event(programme: Programme, item: Sitting, stamp: date, around: Around) -> Iterator[str]:
    committee = programme.artifacts.get(item.committee)
    body = spoken(committee.title, around.lang) if committee else ""
    identity = item.meeting.id
    summary = f"{identity} {spoken(item.meeting.title, item.meeting.lang)}"
    if item.announced:
        summary = say("sitting of", around.lang, committee=body or item.committee)
    agenda = item.meeting.fields.get("agenda") if not item.announced else None
    points = [spoken(str(point), item.meeting.lang) for point in agenda] if isinstance(agenda, list) else []
    yield "BEGIN:VEVENT"
    # The next meeting keeps its name when its day is moved, and gives way to its own minutes.
    yield f"UID:{'after-' if item.announced else ''}{identity}@{slug(around.title) or 'programme'}.paraph"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{item.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{item.day + timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{_told(summary)}"
    if points:
        yield f"DESCRIPTION:{_told(chr(10).join(f'- {point}' for point in points))}"
    if body:
        yield f"CATEGORIES:{_told(body)}"
    if around.url:
        yield f"URL:{around.url.rstrip('/')}/{PERMANENT}/{identity}/"
    yield f"STATUS:{'TENTATIVE' if item.announced else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _told(text: str) -> str:
    """A text as a value of a calendar."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n"))
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(sign, written)
    return plain


def _folded(row: str) -> str:
    """A line in pieces that are short enough, none of which cuts a letter."""
    pieces: list[str] = []
    piece, size = "", 0
    for sign in row:
        width = len(sign.encode())
        if size + width > _LINE:
            pieces, piece, size = [*pieces, piece], "", 1
        piece, size = piece + sign, size + width
    return "\r\n ".join([*pieces, piece])


def decisions(programme: Programme, around: Around) -> str:
    """The decisions, awaited ones among them, as an Atom feed, the last one first; '' for none."""
    found = sorted(
        (item for item in programme.artifacts.values() if item.kind == "decision"),
        key=lambda item: natural_id(item.id),
    )
    if not found:
        return ""
    found.sort(key=lambda item: _moment(programme, item), reverse=True)
    site = around.url.rstrip("/")
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(around.lang)}>',
        f"<id>{_name(around, 'decisions')}</id>",
        f"<title>{_xml(around.title)}: {_xml(say('decisions', around.lang))}</title>",
        f"<updated>{_moment(programme, found[0])}</updated>",
        f"<author><name>{_xml(around.organisation or around.title)}</name></author>",
        *([f'<link rel="self" href={quoteattr(f"{site}/{DECISIONS}")}/>'] if site else []),
        *(row for item in found for row in _entry(programme, item, around, f"{site}/" if site else "../")),
        "</feed>",
    ]
    return "".join(f"{row}\n" for row in rows)


def _entry(programme: Programme, item: Artifact, around: Around, site: str) -> Iterator[str]:
    lang = item.lang
    statement = item.fields.get("statement")
    words = spoken(statement, lang) if isinstance(statement, str) else ""
    yield f"<entry xml:lang={quoteattr(lang)}>"
    yield f"<id>{_name(around, item.id)}</id>"
    yield f"<title>{_xml(f'{item.id} {spoken(item.title, lang)}'.rstrip())}</title>"
    yield f"<updated>{_moment(programme, item)}</updated>"
    yield f'<link rel="alternate" type="text/html" href={quoteattr(f"{site}{PERMANENT}/{item.id}/")}/>'
    if item.status:
        yield f"<category term={quoteattr(item.status)} label={quoteattr(weave_badge(item.status))}/>"
    # An entry that leads nowhere else has to say something itself.
    yield f'<summary type="text">{_xml(words or item.title or item.id)}</summary>'
    yield "</entry>"


def _moment(programme: Programme, item: Artifact) -> str:
    """The day on which a decision last changed, as far as it says so."""
    stated = (item.fields.get(key) for key in ("date", "updated", "created"))
    days = [day for value in stated if (day := read_day(value))]
    day = max(days) if days else read_day(programme.day) or date(1970, 1, 1)
    return f"{day}T00:00:00Z"


def _name(around: Around, of: str) -> str:
    """A name that stays wherever the site stands."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'paraph:{slug(around.title)}/{of}')}"


def _xml(text: str) -> str:
    return escape(_CONTROL.sub("", text))
