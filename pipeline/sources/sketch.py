"""The sketch of a text, by which texts that are nearly the same are found: its runs of three words, as numbers.

It is made when a text is read, so that comparing all texts needs none of them. Two runs get the same number by chance
once in four thousand million: one run in a text of thousands, which changes no likeness.
"""

import re
from array import array
from zlib import crc32

_WORD = re.compile(r"\w+")
_RUN = 3


def sketch_of(text: object) -> bytes:
    """The numbers of the runs of three words of a text in small letters, each once; a shorter text is one run.

    What is no text has none.
    """
    words = _WORD.findall(text.casefold()) if isinstance(text, str) else []
    if not words:
        return b""
    runs = zip(words, words[1:], words[2:], strict=False) if len(words) >= _RUN else [words]
    # Sorted, so that the same text gives the same bytes.
    return array("I", sorted({crc32(" ".join(run).encode()) for run in runs})).tobytes()


def runs_in(sketch: bytes) -> "array[int]":
    """The numbers in a sketch."""
    return array("I", sketch)
