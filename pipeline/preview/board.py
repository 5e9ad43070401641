"""What the preview knows and the browser shows: the findings, what could not be done, when each page was built."""

import threading
from collections.abc import Iterable
from typing import Any

from msgspec import Struct


class News(Struct, frozen=True):
    """What is shown beside every page: findings as they are told, what went wrong, and what is to be known besides."""

    findings: tuple[dict[str, Any], ...] = ()
    error: str = ""
    notes: tuple[str, ...] = ()


class Board:
    """The news and the pages, written by one thread and read by all that serve a browser."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = 0
        self._built: dict[str, int] = {}
        self._news = News()

    def tell(self, news: News) -> None:
        """Put up new news."""
        with self._changed:
            if news != self._news:
                self._news = news
                self._count()

    def note_built(self, addresses: Iterable[str]) -> None:
        """Note that pages were built."""
        with self._changed:
            for address in addresses:
                self._built[address] = self._built.get(address, 0) + 1
            self._count()

    def _count(self) -> None:
        self._number += 1
        self._changed.notify_all()

    def built(self, address: str) -> int:
        """How often a page was built; 0 for one that is not there."""
        with self._changed:
            return self._built.get(address, 0)

    def wait_built(self, address: str, times: int, seconds: float) -> None:
        """Wait until a page was built more than some times, but no longer than some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._built.get(address, 0) > times, seconds)

    def read(self, address: str) -> tuple[int, dict[str, Any]]:
        """The number of the present state, and what a page needs of it."""
        with self._changed:
            state = {
                "built": self._built.get(address, 0),
                "findings": list(self._news.findings),
                "error": self._news.error,
                "notes": list(self._news.notes),
            }
            return self._number, state

    def wait(self, number: int, seconds: float) -> bool:
        """Wait until the state is another than that of a number, and say whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._number != number, seconds)
