"""The figures from which on something is wrong, with their defaults. A project's settings may change each."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

_Percent = Annotated[int, Meta(ge=0, le=1000)]
_Count = Annotated[int, Meta(ge=1)]


class Rag(Struct, frozen=True, forbid_unknown_fields=True):
    """From where on a dimension of a highlight report is amber, and from where on it is red.

    `spi`, `cpi`: the index, in per cent, below which it is so. `late`: how many milestones slip beyond their tolerance.
    `overrun`: by how many per cent of the budget the estimate at completion exceeds it. `reserve`: the per cent of the
    reserve that is left, at or below which it is so. `passed`: the per cent of the executed UAT test cases that passed,
    below which it is so. `defects`: how many critical defects are open. `risks`: for amber how many high risks are
    open, for red how many of them nobody answers by an action. Each is a pair: amber, red.
    """

    spi: tuple[_Percent, _Percent] = (95, 85)
    late: tuple[_Count, _Count] = (1, 2)
    cpi: tuple[_Percent, _Percent] = (95, 85)
    overrun: tuple[_Percent, _Percent] = (2, 5)
    reserve: tuple[_Percent, _Percent] = (25, 10)
    passed: tuple[_Percent, _Percent] = (90, 75)
    defects: tuple[_Count, _Count] = (1, 3)
    risks: tuple[_Count, _Count] = (1, 1)


class Thresholds(Struct, frozen=True, forbid_unknown_fields=True):
    """What the rules measure by.

    `high_risk`: the score (probability times impact, 1 to 25) from which on a risk is high. `escalation`: the working
    days that a critical issue may stay open before it is escalated. `closed`: the days from Monday to Friday on which
    nobody works, which no working day is counted for. `must_share`: the part of a release's effort, in per cent, that
    may be of musts. `rag`: what makes a dimension of a highlight report amber or red.
    """

    high_risk: Annotated[int, Meta(ge=1, le=25)] = 15
    escalation: Annotated[int, Meta(ge=0)] = 5
    must_share: Annotated[int, Meta(ge=0, le=100)] = 60
    closed: tuple[date, ...] = ()
    rag: Rag = Rag()
