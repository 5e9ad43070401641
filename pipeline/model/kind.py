"""What a schema says of a kind: prefix, lifecycle, links, and where fields come from."""

from typing import Any, Literal

from msgspec import Struct

Phase = Literal["early", "firm", "ended"]


class State(Struct, frozen=True):
    """A state of a lifecycle. `settled`: approved for good use. `replaced`: no longer to be cited.

    `rank` says how settled the content is, from 0 to 1, in lifecycles that know steps between the two.
    """

    name: str
    phase: Phase
    settled: bool = False
    replaced: bool = False
    rank: float | None = None

    @property
    def firmness(self) -> float | None:
        """How settled the content is: the rank, else 1 or 0 by `settled`; None once it has ended without a rank."""
        if self.rank is not None or self.phase == "ended":
            return self.rank
        return float(self.settled)


class LinkRule(Struct, frozen=True):
    """A link field: kinds it may point to ('*' for any), the words of its inverse, and what it implies.

    `rests`: an approved artifact needs its target approved. `acyclic`: following it never comes back.
    `needed`: an artifact must have at least one.
    `written`: how the field holds its targets (`id`, or for adopted documents `integer`, `comma-list`).
    `inverse_labels`: the words of the inverse by language, where the schema has them.
    """

    role: str
    to: tuple[str, ...]
    inverse: str
    rests: bool = False
    acyclic: bool = False
    written: str = "id"
    needed: bool = False
    inverse_labels: dict[str, str] = {}


class Kind(Struct, frozen=True):
    """A kind of artifact, as its schema declares it.

    `schema` is the effective JSON Schema: references resolved, the shared fields merged in, the lifecycle's
    states as the values of `status`. `supplied` maps a field to the part of the body that it comes from, `prose`
    are the fields that wording rules apply to, `descriptive` those whose change is no change of content.
    """

    name: str
    prefix: str
    title: str
    description: str
    group: str
    folder: str
    labels: dict[str, tuple[str, str]]
    badges: tuple[str, ...]
    lifecycle: str
    states: dict[str, State]
    moves: dict[str, tuple[str, ...]]
    links: dict[str, LinkRule]
    supplied: dict[str, str]
    prose: tuple[str, ...]
    descriptive: frozenset[str]
    schema: dict[str, Any]
    per_file: str = "section"
    # What a new artifact's body begins with, where a sentence is not enough.
    body: str = ""
    # The field whose text is compared with those of others of the kind; '' where there is none.
    compared: str = ""

    def phase(self, status: str) -> str:
        """The phase of a status: early, firm or ended; '' for a status that the lifecycle does not know."""
        state = self.states.get(status)
        return state.phase if state else ""

    @property
    def ranked(self) -> bool:
        """Whether the lifecycle says how settled its states are, in more steps than approved or not."""
        return any(state.rank is not None for state in self.states.values())


class Adoption(Struct, frozen=True, forbid_unknown_fields=True):
    """How files of a repository that Paraph did not shape are read.

    Files whose path matches `pattern` are of `kind`; `id_field` holds the ID, which is written `id_form` in
    prose (`EIP-{}` for a field `eip: 1559`; '{}' where the field holds the ID itself). `sidecar` is the ending of a
    YAML file beside the document that holds its fields ('' for none).
    """

    pattern: str
    kind: str
    id_field: str = "id"
    id_form: str = "{}"
    sidecar: str = ""
