"""What outputs show of a programme besides the present: how it stood before."""

from msgspec import structs

from pipeline.figures.meetings import held_steering
from pipeline.history.commit import revision
from pipeline.history.past import past_of, state_of_tags
from pipeline.model.past import Moment
from pipeline.run import Loaded
from pipeline.settings import Project


def with_past(project: Project, loaded: Loaded) -> Loaded:
    """What was loaded, with the moments before it; a check needs none, and does not pay for them."""
    programme = loaded.programme
    return loaded._replace(programme=structs.replace(programme, past=past_of(project, programme)))


class LookBack:
    """The same for one who asks again and again: the moments are read when there may be others."""

    def __init__(self) -> None:
        self._known: object = None
        self._moments: tuple[Moment, ...] = ()

    def with_past(self, project: Project, loaded: Loaded) -> Loaded:
        """What was loaded, with the moments before it."""
        programme = loaded.programme
        commit, _ = revision(project.root)
        asked = (commit, state_of_tags(project.root), held_steering(programme), programme.day, project)
        if asked != self._known:
            self._known, self._moments = asked, past_of(project, programme)
        return loaded._replace(programme=structs.replace(programme, past=self._moments))
