"""Figures and days as readers see them, read back: whatever the language, the same figure is the same text."""

import re

_MONTHS = [
    "january|janvier|januari|jan|janv",
    "february|février|februari|feb|févr",
    "march|mars|maart|mar|mrt",
    "april|avril|apr|avr",
    "may|mai|mei",
    "june|juin|juni|jun",
    "july|juillet|juli|jul|juil",
    "august|août|augustus|aug",
    "september|septembre|sep|sept",
    "october|octobre|oktober|oct|okt",
    "november|novembre|nov",
    "december|décembre|dec|déc",
]
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:er|\.)? ({'|'.join(sorted(_MONTH, key=len, reverse=True))})\.? (\d{{4}})\b",
    re.IGNORECASE,
)
_ID = re.compile(r"\b[A-Z]+-\d+(?:@[\d.]+)?\b")
_GROUPED = re.compile(r"^(-?[1-9]\d{0,2}(?:([.,])\d{3})(?:\2\d{3})*)(?=\D|$)")
_NUMBER = re.compile(r"[−-]?\d[\d.,]*\d|[−-]?\d")


def figures_in(text: str) -> list[str]:
    """The IDs, days and numbers of a text in their order, each in one way of writing."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    text = _DAY.sub(lambda found: f" {found[3]}{_MONTH[found[2].lower()]:02}{int(found[1]):02}d ", text)
    found = []
    for match in re.finditer(rf"{_ID.pattern}|\d{{8}}d|{_NUMBER.pattern}", text):
        word = match[0]
        found.append(
            _plain(word) if (word[0].isdigit() or word[0] in "−-") and not word.endswith("d") else word
        )
    return found


def _plain(number: str) -> str:
    """A number with a point and without groups; groups have three digits, and no number here has three decimals but
    those that begin with a zero."""
    number = number.replace("−", "-")
    return _GROUPED.sub(lambda found: re.sub("[.,]", "", found[1]), number).replace(",", ".")
