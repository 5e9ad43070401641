"""What a measure is, and what it comes to."""

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from pipeline.figures.order import natural_id
from pipeline.model import Artifact, Programme

# What a value counts in: a share keeps n and N; days are of the calendar where they are not said to be working days.
Unit = Literal["money", "ratio", "count", "share", "days", "working-days"]
_TENTH = Decimal("0.1")


class Value(NamedTuple):
    """What a measure comes to.

    `value` is exact, and None where it is not defined, such as a CPI before anything was spent. `of` is the N of a
    share, of which `value` is the n. `unit` is the unit of the measure, or the currency of an amount. `ids` are the
    artifacts that were counted, those of the n of a share.
    """

    value: Decimal | int | None
    of: int | None
    unit: str
    ids: tuple[str, ...] = ()


class Measure(NamedTuple):
    """A figure of the programme, computed from its registers and nothing else.

    `of` gives what it comes to on the programme's day, None where the registers hold nothing that it is about.
    `direction` says whether more (up) or less (down) is better, '' where neither is. `amber` and `red` are the values
    at which it turns so where no KPI says otherwise.
    """

    name: str
    labels: Mapping[str, str]
    unit: Unit
    direction: Literal["up", "down", ""]
    of: Callable[[Programme], Value | None]
    amber: Decimal | None = None
    red: Decimal | None = None

    def label(self, lang: str) -> str:
        """What it is called in a language; in English where it has no name in that one."""
        return self.labels.get(lang, self.labels["en"])


def labels(en: str, fr: str, nl: str, de: str) -> dict[str, str]:
    """The names of a measure by language."""
    return {"en": en, "fr": fr, "nl": nl, "de": de}


def share(counted: Iterable[Artifact], of: Iterable[Artifact]) -> Value | None:
    """So many of so many; None where there is nothing to count."""
    all_of_them = list(of)
    return Value(len(ids := ids_of(counted)), len(all_of_them), "share", ids) if all_of_them else None


def mean(numbers: list[int], unit: Unit, ids: tuple[str, ...]) -> Value | None:
    """The mean to one digit, halves away from zero; None of nothing."""
    if not numbers:
        return None
    return Value((Decimal(sum(numbers)) / len(numbers)).quantize(_TENTH, ROUND_HALF_UP), None, unit, ids)


def ids_of(artifacts: Iterable[Artifact]) -> tuple[str, ...]:
    """The IDs of some artifacts in their order."""
    return tuple(sorted((item.id for item in artifacts), key=natural_id))


def live(programme: Programme, kind: str) -> list[Artifact]:
    """The artifacts of a kind that have not ended."""
    return [
        item
        for item in programme.artifacts.values()
        if item.kind == kind and programme.phase(item) in ("early", "firm")
    ]
