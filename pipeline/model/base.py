"""What a change is judged against: the artifacts as another revision has them, and what became of each."""

from msgspec import Struct

from pipeline.model.document import Artifact
from pipeline.model.kind import Kind
from pipeline.model.ledger import Reason, Standing


class Change(Struct, frozen=True):
    """An artifact that another revision says otherwise: as it was, and as it is.

    `fields` are those of its content that differ, in the order in which the artifact states them; `line` is the first
    line of the body that differs, 0 where none does. `kind` is the kind as the other revision declares it, and
    `ahead` the status that the artifact has on the base by now, which may have moved on since the two parted.
    """

    was: Artifact
    now: Artifact
    kind: Kind
    fields: tuple[str, ...] = ()
    line: int = 0
    ahead: str = ""

    @property
    def of_content(self) -> bool:
        """Whether the content differs, and not only what the schema says is none."""
        return bool(self.fields or self.line)


class Taken(Struct, frozen=True):
    """An ID that is new here and was given away before: to an artifact of the base, or to one that was deleted.

    `path` and `line` are where the base has it; without a path, `commit` deleted it, on `day`, or else the release
    `release` of `day` had it.
    """

    title: str
    path: str = ""
    line: int = 0
    commit: str = ""
    day: str = ""
    release: str = ""


class Base(Struct, frozen=True):
    """What differs between the programme and the base that is called `name`, by ID.

    `changes` holds artifacts that both have, `gone` those that the base alone has, `taken` the IDs that this programme
    gave to new artifacts although they were in use.

    `changed_policies` are the kinds that others approve than on the base, and `policies` is where that change stands;
    `settings_file` is where they are stated. `signers` are the parties who sign otherwise, where the base has no policy
    for that. `shorter` names the entries of ledgers that are gone, by their paths from `home`.
    """

    name: str
    kinds: dict[str, Kind]
    changes: dict[str, Change]
    gone: dict[str, Artifact]
    taken: dict[str, Taken]
    changed_policies: tuple[str, ...] = ()
    policies: Standing | None = None
    settings_file: str = ""
    signers: tuple[str, ...] = ()
    shorter: tuple[Reason, ...] = ()
    home: str = ""
