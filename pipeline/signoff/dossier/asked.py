"""What a dossier is made of, and for whom."""

from collections.abc import Callable

from msgspec import Struct

from pipeline.history.repository import Repository
from pipeline.model import Programme, Source
from pipeline.settings import Project


class Asked(Struct, frozen=True):
    """The project at a commit of a day, its programme and texts, and the audience."""

    project: Project
    repository: Repository
    programme: Programme
    source: Callable[[str], Source]
    audience: str
    commit: str
    day: str
