"""States of artifacts as the words of badges."""

from pipeline.views.states import STATES
from pipeline.weave.labels import weave_badge

_FIELDS = ("status", "verdict")


def state_words(field: str, value: str, lang: str) -> str:
    """The value of a field as the words of a badge: a state or a verdict in the language, all else as it is."""
    known = STATES.get(value, {}).get(lang) if field in _FIELDS else None
    return known or weave_badge(value)
