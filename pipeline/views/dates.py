"""Days as readers write them."""

from datetime import date

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
_SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "nl": "jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec.",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sep. Okt. Nov. Dez.",
}


def long_day(day: date, lang: str) -> str:
    """A day in words: 24 November 2026; 1er novembre 2026; 24. November 2026."""
    month = _MONTHS.get(lang, _MONTHS["en"]).split()[day.month - 1]
    return f"{_number(day, lang)} {month} {day.year}"


def unbroken_day(day: date, lang: str) -> str:
    """A day in words that stay on one line, as in a cell."""
    return long_day(day, lang).replace(" ", "\u00a0")


def short_day(day: date, lang: str) -> str:
    """A day in few signs: 24 Nov 2026."""
    return f"{_number(day, lang)} {short_month(day, lang)} {day.year}"


def long_month(day: date, lang: str) -> str:
    """The month of a day with its year: November 2026; novembre 2026."""
    return f"{_MONTHS.get(lang, _MONTHS['en']).split()[day.month - 1]} {day.year}"


def short_month(day: date, lang: str) -> str:
    """The month of a day in few signs: Nov; nov.; Nov."""
    return _SHORT.get(lang, _SHORT["en"]).split()[day.month - 1]


def _number(day: date, lang: str) -> str:
    if lang == "fr" and day.day == 1:
        return "1er"
    return f"{day.day}." if lang == "de" else str(day.day)
