"""When an entry is made."""

import os
from datetime import UTC, datetime


def moment() -> str:
    """The moment of an entry, as 2026-03-31T09:15:00Z: now, or that of SOURCE_DATE_EPOCH."""
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(stated), UTC) if stated.isdecimal() else datetime.now(UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")
