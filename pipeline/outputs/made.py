"""What is said of an output."""

from msgspec import Struct


class Made(Struct, frozen=True):
    """An output: where it is, what it holds in a few words, and what the reader of the summary should know.

    `unchanged` says that it was there already, made of the same.
    """

    path: str
    words: str
    notes: tuple[str, ...] = ()
    unchanged: bool = False
