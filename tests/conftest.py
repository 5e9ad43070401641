"""Which tests wait for `make test`: whole commands, but for the check itself, and what is tried by the hundred."""

import signal
from pathlib import Path

import pytest

HERE = Path(__file__).parent
WAITING = ("e2e", "mutations", "naive", "judges")
AT_ONCE = ("test_check.py",)


def pytest_configure() -> None:
    """Hear ^C: what a shell starts in the background is deaf to it, and so would be all that is interrupted here."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder, *_ = item.path.relative_to(HERE).parts
        if folder in WAITING and item.path.name not in AT_ONCE:
            item.add_marker(pytest.mark.slow)
