"""The figures from which on something is wrong, with their defaults. A project's settings may change each."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct


class Thresholds(Struct, frozen=True, forbid_unknown_fields=True):
    """What the rules measure by.

    `high_risk`: the score (probability times impact, 1 to 25) from which on a risk is high. `escalation`: the working
    days that a critical issue may stay open before it is escalated. `closed`: the days from Monday to Friday on which
    nobody works, which no working day is counted for. `must_share`: the part of a release's effort, in per cent, that
    may be of musts.
    """

    high_risk: Annotated[int, Meta(ge=1, le=25)] = 15
    escalation: Annotated[int, Meta(ge=0)] = 5
    must_share: Annotated[int, Meta(ge=0, le=100)] = 60
    closed: tuple[date, ...] = ()
