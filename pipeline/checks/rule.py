"""How a check becomes a rule: its code, its weight, what it reads, and its docstring as its page in the manual."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pipeline.kinds import Catalogue
from pipeline.model import Artifact, Base, Fault, Programme, Rule, Source, Weight
from pipeline.model.finding import Path, Reads


class Judge:
    """Decides which fields are valid for a kind; made once a run, compiled a kind at a time.

    `fictional` are values that look like personal data or secrets and are made up.
    """

    def __init__(self, catalogue: Catalogue, fictional: Iterable[str] = ()) -> None:
        self.catalogue = catalogue
        self.fictional = tuple(fictional)
        self._valid: dict[str, Callable[[object], bool]] = {}

    def valid(self, name: str, schema: dict[str, object], fields: object) -> bool:
        """Whether `fields` are valid by `schema`, which is always the same for a `name`."""
        check = self._valid.get(name)
        if check is None:
            import jsonschema_rs

            check = self._valid[name] = jsonschema_rs.Draft202012Validator(
                schema, validate_formats=True
            ).is_valid
        return check(fields)


class Reading(NamedTuple):
    """What a rule that reads one document is given."""

    source: Source
    judge: Judge


DocumentCheck = Callable[[Reading], Iterable[Fault]]
ArtifactCheck = Callable[[Artifact, Programme], Iterable[Fault]]
ProgrammeCheck = Callable[[Programme], Iterable[Fault]]
BaseCheck = Callable[[Programme, Base], Iterable[Fault]]


def rule(
    code: str, weight: Weight, reads: Reads, *kinds: str, against: BaseCheck | None = None
) -> Callable[[Callable[..., Iterable[Fault]]], Rule]:
    """Make a rule of a check. Its docstring is its page: a title line, then what, why and how to mend it.

    A rule on an artifact may name the `kinds` that it is about; it is not run for others. `against` is what the rule
    looks for besides where there is a base.
    Raises ValueError for a check without a page.
    """

    def wrap(check: Callable[..., Iterable[Fault]]) -> Rule:
        page = inspect.cleandoc(check.__doc__ or "")
        if "\n\n" not in page:
            raise ValueError(f"the check of {code} has no page")
        return Rule(code, weight, reads, check, page, kinds=kinds, against=against)

    return wrap


def told(code: str, page: str, weight: Weight = "block") -> Rule:
    """A rule whose faults are found while reading, and only explained here."""
    return Rule(code, weight, "document", _nothing, inspect.cleandoc(page), external=True)


def _nothing(_reading: Reading) -> Iterator[Fault]:
    return iter(())


def on(artifact: Artifact, message: str, hint: str, *field: str | int) -> Fault:
    """A fault of a field of an artifact; of the artifact as a whole without a field."""
    path: Path = field or ("id",)
    return Fault(artifact.path, message, hint, artifact.id, path, nth=artifact.nth)
