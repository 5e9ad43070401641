"""What these tests share: the replayed history, and the reference programme as it is built."""

from pathlib import Path

import pytest

from tests.e2e.conftest import common, once, replayed
from tests.e2e.reference import reference

__all__ = ["replayed"]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(common(tmp_path_factory), reference)
