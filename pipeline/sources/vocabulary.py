"""What reading a file needs to know beforehand: the kinds, how foreign files are read, and what is too large."""

from typing import NamedTuple

from pipeline.model import Adoption, Kind

MAX_FILE = 10_000_000
MAX_HEADER = 1_000_000


class Vocabulary(NamedTuple):
    """What reading needs of the schemas and settings: the kinds by name and by prefix, adoptions, limits."""

    kinds: dict[str, Kind]
    prefixes: dict[str, Kind]
    adoptions: tuple[Adoption, ...] = ()
    max_file: int = MAX_FILE
    max_header: int = MAX_HEADER
    # Abbreviations that the project takes for known to any reader.
    known: frozenset[str] = frozenset()
    # Rules that do not run: what only they need is not looked for.
    off: frozenset[str] = frozenset()

    def kind_of(self, identity: str) -> Kind | None:
        """The kind whose prefix an ID has; None for what is no ID, or of no kind."""
        prefix, _, number = identity.rpartition("-")
        kind = self.prefixes.get(prefix)
        return kind if kind is not None and number.isascii() and number.isdigit() else None
