"""Shares are told in whole per cent, and all and none are said only of all and none."""

from decimal import Decimal

import pytest

from pipeline.model.share import whole_percent
from pipeline.views.numbers import percent, share


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (0, 7, 0), (1, 1000, 1), (4, 37, 11), (1, 8, 13), (1, 3, 33), (2, 3, 67), (999, 1000, 99), (7, 7, 100),
        (3, 2, 150), (-1, 8, -13), (Decimal("0.5"), Decimal(2), 25),
    ],
)  # fmt: skip
def test_a_share_in_whole_per_cent(part, whole, told):
    assert whole_percent(part, whole) == told


def test_in_words():
    assert share(1999, 2000, "en") == "1,999 of 2,000 (99%)"
    assert share(1999, 2000, "fr") == "1.999 sur 2.000 (99\u00a0%)"
    assert percent(1, 0, "en") == ""
