"""States of artifacts as the words of badges."""

from pipeline.views.states import STATED, STATES
from pipeline.weave.labels import weave_badge
from pipeline.weave.words import word

_CLASSIFICATION = "classification"


def state_words(field: str, value: str, lang: str) -> str:
    """The value of a field as the words of a badge: a state, a verdict, a level in the language, all else as it is."""
    if field == _CLASSIFICATION:
        return weave_badge(word(value, lang))
    known = STATES.get(value, {}).get(lang) if field in STATED else None
    return known or weave_badge(value)
