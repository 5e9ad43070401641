"""What reading a file needs to know beforehand: the kinds, how foreign files are read, and what is too large."""

import re
from typing import NamedTuple

from pipeline.model import Adoption, Kind

MAX_FILE = 10_000_000
MAX_HEADER = 1_000_000

_ID = re.compile(r"[A-Z][A-Z0-9]*-[0-9]+")


class Vocabulary(NamedTuple):
    """What reading needs of the schemas and settings: the kinds by name and by prefix, adoptions, limits."""

    kinds: dict[str, Kind]
    prefixes: dict[str, Kind]
    adoptions: tuple[Adoption, ...] = ()
    max_file: int = MAX_FILE
    max_header: int = MAX_HEADER

    def kind_of(self, identity: str) -> Kind | None:
        """The kind whose prefix an ID has; None for what is no ID, or of no kind."""
        return self.prefixes.get(identity.rsplit("-", 1)[0]) if _ID.fullmatch(identity) else None
