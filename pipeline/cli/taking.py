"""What the imports share: where they write, and the options that say so."""

import os
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import click

from pipeline.cli.options import day_of, one_day, project_options, today_option
from pipeline.edit.runs import Known
from pipeline.model import Artifact, Kind, Programme
from pipeline.settings import Project


class Into(NamedTuple):
    """Where an import writes: the project, the programme as it is, the document below the root, and the day."""

    project: Project
    programme: Programme
    document: str
    day: str
    dry: bool

    @property
    def path(self) -> str:
        """The whole path of the document."""
        return os.path.join(self.project.root, self.document)

    def shown(self, path: str) -> str:
        """The path of a document, to be opened from here."""
        return os.path.relpath(os.path.join(self.project.root, path)).replace(os.sep, "/")

    def place(self, artifact: Artifact) -> str:
        """Where an artifact stands."""
        return f"{self.shown(artifact.path)}:{artifact.line}"

    def ids(self, kind: Kind, number: int) -> list[str]:
        """The next free IDs of a kind, such as no branch has."""
        from pipeline.edit.scaffold import next_id, taken_ids
        from pipeline.history.branches import ids_on_branches

        first = next_id(kind, taken_ids(self.programme) | ids_on_branches(self.project.folder, kind.prefix))
        prefix, _, digits = first.rpartition("-")
        return [f"{prefix}-{str(int(digits) + at).zfill(len(digits))}" for at in range(number)]

    def append(self, kind: Kind, sections: Sequence[str], hint: str) -> None:
        """Add sections to the document, which begins with them where it does not exist. Raises CouldNotRun."""
        from pipeline.edit.imports import check_size, page
        from pipeline.edit.write import append

        text = page(kind, self.document, self.project.root) + "\n".join(sections)
        size = os.path.getsize(self.path) if os.path.exists(self.path) else 0
        check_size(
            size + len(text.encode()), self.project.settings.limits.file, self.shown(self.document), hint
        )
        if not self.dry and sections:
            append(self.path, text)


def importing(kind: str, *others: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options of each import of a `kind`, given to the command as `into`; `others` must be there too."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        def run(
            *args: Any, project: Project, into: str | None, today: str | None, dry: bool, **rest: Any
        ) -> Any:
            return function(*args, into=_open((kind, *others), project, into, today, dry), **rest)

        run.__doc__, run.__name__ = function.__doc__, function.__name__
        run.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
        words = "The document that new sections are added to."
        dry = click.option(
            "--dry-run", "dry", is_flag=True, help="Say what would be written, and write nothing."
        )
        return project_options(click.option("--into", metavar="FILE", help=words)(dry(today_option(run))))

    return decorate


def _open(kinds: tuple[str, ...], project: Project, into: str | None, today: str | None, dry: bool) -> Into:
    from pipeline.cli.new import document_named
    from pipeline.edit.imports import document_of
    from pipeline.errors import CouldNotRun
    from pipeline.run import Options, load

    day = day_of(project, today)
    programme = load(project, Options(prose=False, day=day)).programme
    for name in kinds:
        kind = programme.kinds.get(name)
        if kind is None or not kind.schema.get("properties"):
            raise CouldNotRun(f"the kind {name} has no schema that can be read", "`paraph check` says why")
    path = document_named(into, project)
    document = os.path.relpath(path, project.root) if path else document_of(programme.kinds[kinds[0]])
    return Into(project, programme, document.replace(os.sep, "/"), day, dry)


def known_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """What a person says of all that was run, given to the command as `known`."""

    def run(
        *args: Any, date: str | None, build: str, environment: str, tester: str, status: str, **rest: Any
    ) -> Any:
        return function(*args, known=Known(date or "", build, environment, tester, status), **rest)

    run.__doc__, run.__name__ = function.__doc__, function.__name__
    run.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    options = (
        click.option(
            "--date", metavar="DATE", callback=one_day, help="The day of the run; default: the file's."
        ),
        click.option("--build", default="", help="The build that was tested; default: the file's."),
        click.option("--environment", default="", help="Where it ran; default: the file's."),
        click.option("--tester", default="", help="Who ran it, such as PTY-007; default: the file's."),
        click.option(
            "--status",
            type=click.Choice(["draft", "issued"]),
            default="draft",
            show_default=True,
            help="The status of the new runs; an issued run is not changed any more.",
        ),
    )
    for option in reversed(options):
        run = option(run)
    return run
