"""What these tests share with those of whole programmes: the replayed history."""

from tests.e2e.conftest import replayed

__all__ = ["replayed"]
