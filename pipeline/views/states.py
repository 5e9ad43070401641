"""The states of the shipped lifecycles, and verdicts, in the languages of the documents.

Schemas name states in English; a reader of another language sees them in that one. What a project's own lifecycle adds
stays as it is named there.
"""

from collections.abc import Iterable

from pipeline.model import Programme
from pipeline.views.labels import field_of, value_of

# The fields whose values are states, or verdicts.
STATED = ("status", "verdict")

STATES: dict[str, dict[str, str]] = {
    "draft": {"fr": "projet", "nl": "ontwerp", "de": "Entwurf"},
    "in-review": {"fr": "en relecture", "nl": "in nazicht", "de": "in Prüfung"},
    "approved": {"fr": "approuvé", "nl": "goedgekeurd", "de": "genehmigt"},
    "superseded": {"fr": "remplacé", "nl": "vervangen", "de": "ersetzt"},
    "withdrawn": {"fr": "retiré", "nl": "ingetrokken", "de": "zurückgezogen"},
    "proposed": {"fr": "proposé", "nl": "voorgesteld", "de": "vorgeschlagen"},
    "open": {"fr": "ouvert", "nl": "open", "de": "offen"},
    "in-progress": {"fr": "en cours", "nl": "in uitvoering", "de": "in Arbeit"},
    "closed": {"fr": "clôturé", "nl": "afgesloten", "de": "geschlossen"},
    "rejected": {"fr": "rejeté", "nl": "verworpen", "de": "abgelehnt"},
    "issued": {"fr": "émis", "nl": "uitgebracht", "de": "herausgegeben"},
    "requested": {"fr": "demandée", "nl": "gevraagd", "de": "angefragt"},
    "taken": {"fr": "prise", "nl": "genomen", "de": "getroffen"},
    "deferred": {"fr": "reportée", "nl": "uitgesteld", "de": "vertagt"},
    "planned": {"fr": "planifié", "nl": "gepland", "de": "geplant"},
    "achieved": {"fr": "atteint", "nl": "bereikt", "de": "erreicht"},
    "cancelled": {"fr": "annulé", "nl": "geannuleerd", "de": "abgesagt"},
    "occurred": {"fr": "survenu", "nl": "opgetreden", "de": "eingetreten"},
    "assessed": {"fr": "évalué", "nl": "beoordeeld", "de": "bewertet"},
    "implemented": {"fr": "mis en œuvre", "nl": "doorgevoerd", "de": "umgesetzt"},
    "pass": {"fr": "réussi", "nl": "geslaagd", "de": "bestanden"},
    "fail": {"fr": "échoué", "nl": "mislukt", "de": "nicht bestanden"},
    "blocked": {"fr": "bloqué", "nl": "geblokkeerd", "de": "blockiert"},
}


def value_name(programme: Programme, kinds: Iterable[str], field: str, value: str, lang: str) -> str:
    """The value of a field of some kinds in a language: as a schema says it, or as a state; else as it is."""
    for name in sorted(kinds):
        if words := value_of(field_of(programme.kinds.get(name), field), value, lang):
            return words
    return state_name(value, lang) if field in STATED else value


def state_name(value: str, lang: str) -> str:
    """A state or a verdict in a language; one that is not known as it is named."""
    return STATES.get(value, {}).get(lang) or value.replace("-", " ")
