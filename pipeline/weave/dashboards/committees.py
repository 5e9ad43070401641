"""The page on committees: when they meet, what came of their meetings, and who sits on them."""

from pipeline.figures.meetings import sittings
from pipeline.views.words_state import say
from pipeline.weave.dashboards.page import FOLDER, Page, Section
from pipeline.weave.feeds import CALENDAR
from pipeline.weave.loom import Loom, Place


def _feed(loom: Loom, place: Place) -> str:
    """The way to the calendar, where there is one."""
    address = loom.addresses.file(CALENDAR) if sittings(loom.programme) else None
    return loom.dialect.link(say("feed of meetings", place.lang), address) if address else ""


PAGE = Page(
    f"{FOLDER}committees.md",
    {"en": "Committees", "fr": "Comités", "nl": "Comités", "de": "Gremien"},
    {
        "en": "When the committees meet, and what they decided and asked for.",
        "fr": "Quand les comités se réunissent, ce qu’ils ont décidé et ce qu’ils ont demandé.",
        "nl": "Wanneer de comités bijeenkomen, wat ze beslist hebben en wat ze gevraagd hebben.",
        "de": "Wann die Gremien zusammentreten, was sie entschieden und was sie verlangt haben.",
    },
    (
        Section(
            {
                "en": "Meetings to come",
                "fr": "Prochaines réunions",
                "nl": "Volgende vergaderingen",
                "de": "Kommende Sitzungen",
            },
            {"view": "meetings"},
            filters=True,
            empty={
                "en": "No meeting is announced.",
                "fr": "Aucune réunion n’est annoncée.",
                "nl": "Er is geen vergadering aangekondigd.",
                "de": "Es ist keine Sitzung angekündigt.",
            },
        ),
        Section(
            {
                "en": "Meetings held",
                "fr": "Réunions tenues",
                "nl": "Gehouden vergaderingen",
                "de": "Abgehaltene Sitzungen",
            },
            {"view": "meetings", "state": "held"},
            filters=True,
        ),
        Section(
            {
                "en": "The committees and their mandates",
                "fr": "Les comités et leur mandat",
                "nl": "De comités en hun mandaat",
                "de": "Die Gremien und ihr Mandat",
            },
            {"view": "committees"},
            filters=True,
        ),
    ),
    _feed,
)
