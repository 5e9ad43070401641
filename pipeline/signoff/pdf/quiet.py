"""Keeps what pyHanko logs from the screen: it says itself, in what it gives, whatever we have to say."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_NAMES = ("pyhanko", "pyhanko_certvalidator")


@contextmanager
def quiet() -> Iterator[None]:
    """Log nothing of pyHanko's until the block ends."""
    loggers = [logging.getLogger(name) for name in _NAMES]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
