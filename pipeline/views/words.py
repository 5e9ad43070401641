"""The words that views put into what they show, in the languages of the documents."""

from collections.abc import Mapping

from pipeline.views.words_board import BOARD
from pipeline.views.words_money import MONEY
from pipeline.views.words_plan import PLAN
from pipeline.views.words_raid import RAID
from pipeline.views.words_trace import TRACE

WORDS: dict[str, dict[str, str]] = {
    # Every chart
    "as of": {
        "en": "State of {day}",
        "fr": "Situation au {day}",
        "nl": "Stand van {day}",
        "de": "Stand vom {day}",
    },
    "data": {"en": "Data", "fr": "Données", "nl": "Gegevens", "de": "Daten"},
    "of": {"en": "{n} of {all}", "fr": "{n} sur {all}", "nl": "{n} van {all}", "de": "{n} von {all}"},
    "yes": {"en": "yes", "fr": "oui", "nl": "ja", "de": "ja"},
    "no": {"en": "no", "fr": "non", "nl": "nee", "de": "nein"},
    "none": {"en": "none", "fr": "aucun", "nl": "geen", "de": "keine"},
    "not defined": {
        "en": "not defined",
        "fr": "non défini",
        "nl": "niet bepaald",
        "de": "nicht bestimmt",
    },
    # Plan
    "milestone": {"en": "Milestone", "fr": "Jalon", "nl": "Mijlpaal", "de": "Meilenstein"},
    "forecast": {"en": "Expected", "fr": "Prévu", "nl": "Verwacht", "de": "Erwartet"},
    "slip": {
        "en": "Slip, working days",
        "fr": "Glissement, jours ouvrables",
        "nl": "Uitloop, werkdagen",
        "de": "Verzug, Arbeitstage",
    },
    "critical path": {
        "en": "On the critical path: {ids}.",
        "fr": "Sur le chemin critique : {ids}.",
        "nl": "Op het kritieke pad: {ids}.",
        "de": "Auf dem kritischen Pfad: {ids}.",
    },
    "today": {"en": "as-of date", "fr": "date de situation", "nl": "peildatum", "de": "Stichtag"},
    **MONEY,
    **PLAN,
    **BOARD,
    **RAID,
    **TRACE,
}


def say(key: str, lang: str, **values: object) -> str:
    """Words of the charts and tables in a language, with values put in place."""
    return in_language(WORDS[key], lang, **values)


def in_language(words: Mapping[str, str], lang: str, /, **values: object) -> str:
    """Words in a language, English where there are none in it, with values put in place."""
    return words.get(lang, words["en"]).format(**values)
