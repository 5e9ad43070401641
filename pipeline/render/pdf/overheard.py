"""What the layout engine only logs: a picture that it could not draw would be missing from the page in silence."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class _Listener(logging.Handler):
    """Keeps the errors; WeasyPrint logs as such what it could not load or draw."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is said of a resource."""
        message = record.getMessage()
        if message.startswith("Failed"):
            self.errors.append(message)


@contextmanager
def overhear() -> Iterator[list[str]]:
    """Give a list to which the errors are added that the layout engine logs meanwhile."""
    logger = logging.getLogger("weasyprint")
    listener = _Listener()
    logger.addHandler(listener)
    try:
        yield listener.errors
    finally:
        logger.removeHandler(listener)
