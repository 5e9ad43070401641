"""What outputs show of a programme besides the present: how it stood before."""

from msgspec import structs

from pipeline.history.past import Wanted, read_moments, wanted_moments
from pipeline.model.past import Moment
from pipeline.run import Loaded
from pipeline.settings import Project


def with_past(project: Project, loaded: Loaded) -> Loaded:
    """What was loaded, with the moments before it; a check needs none, and does not pay for them."""
    return LookBack().with_past(project, loaded)


class LookBack:
    """The same for one who asks again and again: the moments are read when there are others."""

    def __init__(self) -> None:
        self._known: tuple[Project, tuple[Wanted, ...]] | None = None
        self._moments: tuple[Moment, ...] = ()

    def with_past(self, project: Project, loaded: Loaded) -> Loaded:
        """What was loaded, with the moments before it."""
        asked = (project, wanted_moments(project, loaded.programme))
        if asked != self._known:
            self._moments, self._known = read_moments(*asked), asked
        return loaded._replace(programme=structs.replace(loaded.programme, past=self._moments))
