"""Rules on what is kept under control: actions, risks, issues."""

from collections.abc import Iterator

from pipeline.checks.rule import on, rule
from pipeline.figures.days import read_day
from pipeline.model import Artifact, Fault, Programme


@rule("AC-LATE", "calendar", "artifact", "action")
def overdue(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    """An action is overdue.

    Its `due` is before today, and it is neither closed nor rejected.

    **Why.** Who reads the register must be able to trust that what is late is known to be late, and by whom it is
    followed.

    **Mend.** Close the action with the day in `done_on`, or agree on another day with whoever waits for it.
    """
    today, due = read_day(programme.day), read_day(artifact.fields.get("due"))
    if today and due and due < today and programme.phase(artifact) in ("early", "firm"):
        days = (today - due).days
        message = f"{artifact.id} was due on {due}, {days} {'day' if days == 1 else 'days'} ago"
        yield on(artifact, message, "close it with done_on, or agree on another day", "due")


RULES = (overdue,)
