"""A fuzzer on the front matter and section reader, for a bounded time. The seed is told, so that a run can be repeated.

`PARAPH_FUZZ_SECONDS` makes it run longer.
"""

import os
import random
import time

import pytest

from pipeline.sources import yaml, yaml_reference
from tests.property.documents import GOOD, mutate
from tests.property.test_reading import NAMES, in_text

SECONDS = float(os.environ.get("PARAPH_FUZZ_SECONDS", "10"))


def header_of(text: str) -> str:
    """What stands between the first two lines of three hyphens, or in the first block."""
    mark = "---\n" if text.startswith("---\n") else "```"
    return text.split(mark)[1] if mark in text else text


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 20260301])
def test_the_readers_stand_whatever_comes(seed):
    chance = random.Random(seed)
    end = time.monotonic() + SECONDS
    rounds = 0
    while time.monotonic() < end:
        texts = [mutate(chance.choice(GOOD), chance) for _ in range(chance.randint(1, 3))]
        try:
            in_text({name: text.encode("utf-8", "replace") for name, text in zip(NAMES, texts, strict=False)})
            for header in map(header_of, texts):
                assert repr(yaml.load(header)) == repr(yaml_reference.load(header))
        except Exception as error:
            pytest.fail(f"seed {seed}, round {rounds}: {error!r} on {texts!r}")
        rounds += 1
    assert rounds > 10
