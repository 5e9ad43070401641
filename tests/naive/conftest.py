"""What these tests share: the replayed history, and the reference programme as it is built."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import common, once, replayed
from tests.e2e.reference import reference
from tests.naive.registers import read

__all__ = ["replayed"]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(common(tmp_path_factory), reference)


@pytest.fixture(scope="session")
def registers(built: Path) -> dict[str, dict[str, Any]]:
    """What internal readers may see, for whom the site is made and the report was issued."""
    every = read(built / "docs_src")
    return {key: item for key, item in every.items() if item.get("classification") != "limited"}
