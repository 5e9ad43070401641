"""The deliverables: which are made, of what, and their PDFs, unless nothing changed since they were made."""

import os
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, structs

from pipeline import shipped
from pipeline.errors import CouldNotRun
from pipeline.history.commit import revision
from pipeline.history.past import state_of_tags
from pipeline.history.repository import is_shallow
from pipeline.model import Artifact, Programme
from pipeline.model.woven import Facts
from pipeline.outputs import kept
from pipeline.outputs.inputs import inputs, key_of, machinery
from pipeline.outputs.made import Made
from pipeline.outputs.past import with_past
from pipeline.run import Loaded
from pipeline.settings import Project

if TYPE_CHECKING:
    from pipeline.render.pdf.jobs import Job
    from pipeline.weave.facts import Circumstances

_PDF = re.compile(r"[A-Z][A-Z0-9]*-\d+(?:-[a-z]{2})?\.pdf")
_TEMPLATE = re.compile(r"[a-z][a-z0-9-]*")
_STANDARD = "standard"
# Templates of what is no deliverable.
_OTHERS = ("pack",)
_NO_HISTORY = (
    "no version history is stated: this clone lacks older commits; `git fetch --unshallow` gets them"
)


class Commit(NamedTuple):
    """The commit that an output is made from.

    Its short name ('' without git), whether the tree differs from it, whether the clone lacks older ones.
    """

    name: str
    dirty: bool
    shallow: bool = False


class Wish(Struct, frozen=True):
    """Which PDFs are asked for: for whom, of which day; all but some, or one, which is put where `out` says."""

    audience: str
    day: str
    identity: str = ""
    out: str = ""
    without: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """What a wish came to: the PDFs that are there now, and why others are not."""

    made: tuple[Made, ...]
    failed: tuple[CouldNotRun, ...] = ()


class _Piece(Struct, frozen=True):
    """A deliverable that can be made: how, of what (as a key, and its images), and what is said of it."""

    job: "Job"
    key: bytes
    images: dict[str, bytes]
    made: Made


def make_pdfs(
    project: Project, load: Callable[[], Loaded], wish: Wish, show: Callable[[str], None]
) -> Outcome:
    """Make the PDFs that are asked for, but for those that are there already, made of the same.

    `load` gives the programme, where it is needed. What keeps one from being made does not keep the others. Raises
    CouldNotRun for an ID that is of no deliverable, ToolMissing, and OSError for a file that cannot be written.
    """
    known = kept.read(project.folder)
    commit = Commit(*revision(project.root), is_shallow(project.root))
    means = machinery(project)
    name, seen = repr(wish), inputs(project, means, (wish.day, commit, state_of_tags(project.root)))
    if made := known.answer(name, seen):
        return Outcome(made)
    loaded = with_past(project, load())
    outcome, images = _make(project, loaded, wish, (commit, means, known), show)
    if outcome.made and not outcome.failed:
        known.runs[name] = kept.Run(seen, images, outcome.made)
    kept.write(project.folder, known)
    return outcome


def _make(
    project: Project,
    loaded: Loaded,
    wish: Wish,
    around: tuple[Commit, bytes, kept.Kept],
    show: Callable[[str], None],
) -> tuple[Outcome, dict[str, bytes]]:
    """Weave all that is asked for, and render what is not there yet; give with the outcome the images that it has."""
    from pipeline.render.pdf.jobs import render_all

    commit, means, known = around
    pieces, failed = [], []
    for artifact in deliverables(loaded.programme, wish.audience, [wish.identity] if wish.identity else []):
        if artifact.id in wish.without:
            continue
        show(f"weaving {artifact.id}")
        try:
            pieces.append(_piece(project, loaded, artifact, wish, commit, means))
        except CouldNotRun as error:
            failed.append(error)
    missing = [piece for piece in pieces if not known.holds(piece.made.path, piece.key)]
    if missing:
        names = ", ".join(piece.job.woven.id for piece in missing[:3])
        show(f"making {names}" + (f" and {len(missing) - 3} more" if len(missing) > 3 else ""))
    troubles = dict(zip(map(id, missing), render_all([piece.job for piece in missing]), strict=True))
    made = []
    for piece in pieces:
        trouble = troubles.get(id(piece))
        if isinstance(trouble, OSError):
            raise trouble
        if trouble is not None:
            failed.append(trouble)
            continue
        if id(piece) in troubles:
            known.note(piece.made.path, piece.key)
        made.append(structs.replace(piece.made, unchanged=id(piece) not in troubles))
    images = {path: was for piece in pieces for path, was in piece.images.items()}
    return Outcome(tuple(made), tuple(failed)), images


def _piece(
    project: Project, loaded: Loaded, artifact: Artifact, wish: Wish, commit: Commit, means: bytes
) -> _Piece:
    """Weave one deliverable. Raises CouldNotRun where the audience may not see it, or its template does not exist."""
    from pipeline.render.pdf.jobs import Job
    from pipeline.weave.deliverable import weave_deliverable

    folders = tuple(template_folders(project, artifact))
    try:
        woven = weave_deliverable(
            loaded.programme, loaded.source, artifact.id, wish.audience, root=project.root
        )
    except KeyError:
        hint = f"it is {artifact.classification}: name an --audience that may read it"
        raise CouldNotRun(f"{artifact.id} may not be seen by {wish.audience} readers", hint) from None
    path = wish.out or project.path(project.settings.output, "pdf", f"{artifact.id}.pdf")
    facts = _facts(project, loaded, artifact, wish, commit)
    images = {
        path: kept.digest_of(path) for path in (os.path.join(project.root, each) for each in woven.images)
    }
    words = f"{artifact.title}, with {len(woven.ids)} artifacts"
    made = Made(path, words, (_NO_HISTORY,) if commit.shallow else ())
    return _Piece(
        Job(woven, facts, path, folders, project.folder),
        key_of(means, (woven, facts, folders), images),
        images,
        made,
    )


def deliverables(programme: Programme, audience: str, wanted: Iterable[str] = ()) -> list[Artifact]:
    """The deliverables that are made: those named, else all that have not ended and that an audience may see.

    Raises CouldNotRun for an ID that is of no deliverable.
    """
    from pipeline.weave.sight import see

    every = {item.id: item for item in programme.artifacts.values() if item.kind == "deliverable"}
    chosen = []
    for identity in wanted:
        if identity not in every:
            known = ", ".join(sorted(every)) or "none yet; `paraph new deliverable` writes one"
            raise CouldNotRun(f"there is no deliverable {identity}", f"the deliverables are: {known}")
        chosen.append(every[identity])
    seen = see(programme, audience).programme.artifacts
    return chosen or [item for item in every.values() if item.id in seen and programme.phase(item) != "ended"]


def remove_others(project: Project, identities: Iterable[str]) -> None:
    """Remove the PDFs of earlier runs but for some deliverables': the next reader may not be one for whom they were."""
    folder, kept = project.path(project.settings.output, "pdf"), set(identities)
    for name in os.listdir(folder) if os.path.isdir(folder) else ():
        identity = name.removesuffix(".pdf")
        if _PDF.fullmatch(name) and identity not in kept:
            os.remove(os.path.join(folder, name))


def template_folders(project: Project, artifact: Artifact) -> list[str]:
    """Where the files of a deliverable's template are looked for: its own folders, then those of the standard one.

    Each is the project's before the shipped one. Raises CouldNotRun where a template has no folder.
    """
    name = artifact.fields.get("template", _STANDARD)
    places = _template_places(project)
    if name != _STANDARD:
        own = [os.path.join(place, name) for place in places] if _is_template(name) else []
        if not any(map(os.path.isdir, own)):
            raise CouldNotRun(f"{artifact.id}: there is no PDF template {name!r}", _templates_there(places))
    return folders_of(project, name)


def folders_of(project: Project, name: str) -> list[str]:
    """The folders of a template that are there, then those of the standard one and of the charts."""
    places = _template_places(project)
    names = [os.path.join(place, name) for place in places] if name != _STANDARD else []
    names += [os.path.join(place, each) for place in places for each in ("", _STANDARD)]
    names.append(project.path(project.settings.templates, "charts"))
    return [folder for folder in names if os.path.isdir(folder)]


def _template_places(project: Project) -> list[str]:
    return [project.path(project.settings.templates, "pdf"), shipped.folder("templates/pdf")]


def _is_template(name: object) -> bool:
    return isinstance(name, str) and name not in _OTHERS and bool(_TEMPLATE.fullmatch(name))


def _templates_there(places: list[str]) -> str:
    entries = [entry for place in places if os.path.isdir(place) for entry in os.scandir(place)]
    names = sorted({entry.name for entry in entries if entry.is_dir() and _is_template(entry.name)})
    return f"the templates are: {', '.join(names)}; one of your own is a folder of templates/pdf/"


def _facts(project: Project, loaded: Loaded, artifact: Artifact, wish: Wish, commit: Commit) -> Facts:
    from pipeline.weave.facts import facts_for

    around = circumstances(project, loaded, artifact, wish.day, commit)
    return facts_for(loaded.programme, artifact.id, wish.audience, around)


def circumstances(
    project: Project, loaded: Loaded, artifact: Artifact, day: str, commit: Commit
) -> "Circumstances":
    """What is stated of a deliverable besides what stands in it: the day, the commit, whose it is, its versions."""
    from pipeline.history.versions import versions
    from pipeline.sources.reader import read
    from pipeline.sources.vocabulary import Vocabulary
    from pipeline.weave.facts import Circumstances

    settings, programme = project.settings, loaded.programme
    words = Vocabulary(programme.kinds, programme.prefixes, settings.adopt)

    def version_in(content: bytes) -> str:
        document = read(artifact.path, content, words).document
        return next((item.version for item in document.artifacts if item.id == artifact.id), "")

    return Circumstances(
        day=day,
        organisation=settings.organisation,
        programme=settings.title,
        revision=commit.name,
        dirty=commit.dirty,
        history=versions(project.root, artifact.path, version_in),
    )
