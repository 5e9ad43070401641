"""What a checked programme is made into: the site and the deliverables, each whole or not at all."""

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from pipeline import shipped
from pipeline.errors import CouldNotRun
from pipeline.model import Artifact, Finding, Programme
from pipeline.model.woven import Facts
from pipeline.run import Loaded
from pipeline.settings import Project

if TYPE_CHECKING:
    from pipeline.render.site import SiteSettings
    from pipeline.weave.tree import SiteTree

_PDF = re.compile(r"[A-Z][A-Z0-9]*-\d+\.pdf")
_TEMPLATE = re.compile(r"[a-z][a-z0-9-]*")
_STANDARD = "standard"


class Made(Struct, frozen=True):
    """An output: where it is, what it holds in a few words, and what the reader of the summary should know."""

    path: str
    words: str
    notes: tuple[str, ...] = ()


class Commit(NamedTuple):
    """The commit that an output is made from: its short name ('' without git), and whether the tree differs from it."""

    name: str
    dirty: bool


def make_site(
    project: Project,
    loaded: Loaded,
    audience: str,
    day: str,
    findings: Iterable[Finding] = (),
    engine: str = "",
) -> Made:
    """Weave and build the site for an audience, with the engine of the settings or another. Raises CouldNotRun."""
    from pipeline.render.site import build_site

    tree = woven_site(project, loaded, audience, day, findings)
    out = project.path(project.settings.output, "site")
    notes = build_site(tree, project.folder, project.root, out, site_settings(project, engine))
    pages = sum(path.endswith(".md") for path in tree.files)
    return Made(out, f"{pages} pages for {audience} readers", tuple(notes))


def woven_site(
    project: Project, loaded: Loaded, audience: str, day: str, findings: Iterable[Finding] = ()
) -> "SiteTree":
    """The tree of the site for an audience, as every engine builds it."""
    from pipeline.weave.site import weave_site

    settings = project.settings
    return weave_site(
        loaded.programme,
        loaded.source,
        audience,
        findings=findings,
        rules=loaded.rules,
        edit_url=settings.site.edit,
        title=settings.title,
        organisation=settings.organisation,
        day=day,
        lang=settings.lang,
    )


def site_settings(project: Project, engine: str = "") -> "SiteSettings":
    """What building the site needs of the settings."""
    from pipeline.render.site import SiteSettings

    site = project.settings.site
    return SiteSettings(url=site.url, templates=project.settings.templates, engine=engine or site.engine)


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


def make_pdf(
    project: Project,
    loaded: Loaded,
    artifact: Artifact,
    audience: str,
    day: str,
    commit: Commit,
    out: str = "",
) -> Made:
    """Weave and render one deliverable for an audience. Raises CouldNotRun."""
    from pipeline.render.pdf import render_pdf
    from pipeline.weave.deliverable import weave_deliverable

    try:
        woven = weave_deliverable(loaded.programme, loaded.source, artifact.id, audience, root=project.root)
    except KeyError:
        hint = f"it is {artifact.classification}: name an --audience that may read it"
        raise CouldNotRun(f"{artifact.id} may not be seen by {audience} readers", hint) from None
    path = out or project.path(project.settings.output, "pdf", f"{artifact.id}.pdf")
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    facts = _facts(project, loaded, artifact, audience, day, commit)
    render_pdf(woven, facts, path, template_folders=_template_folders(project, artifact))
    return Made(path, f"{artifact.title}, with {len(woven.ids)} artifacts", _notes(project))


def _template_folders(project: Project, artifact: Artifact) -> list[str]:
    """Where the files of a deliverable's template are looked for: its own folders, then those of the standard one.

    Each is the project's before the shipped one. Raises CouldNotRun where a template has no folder.
    """
    name = artifact.fields.get("template", _STANDARD)
    places = [project.path(project.settings.templates, "pdf"), shipped.folder("templates/pdf")]
    names = [os.path.join(place, each) for place in places for each in ("", _STANDARD)]
    if name != _STANDARD:
        own = [os.path.join(place, name) for place in places] if _is_template(name) else []
        if not any(map(os.path.isdir, own)):
            raise CouldNotRun(f"{artifact.id}: there is no PDF template {name!r}", _templates_there(places))
        names[:0] = own
    return [folder for folder in names if os.path.isdir(folder)]


def _is_template(name: object) -> bool:
    return isinstance(name, str) and bool(_TEMPLATE.fullmatch(name))


def _templates_there(places: list[str]) -> str:
    entries = [entry for place in places if os.path.isdir(place) for entry in os.scandir(place)]
    names = sorted({entry.name for entry in entries if entry.is_dir() and _is_template(entry.name)})
    return f"the templates are: {', '.join(names)}; one of your own is a folder of templates/pdf/"


def _notes(project: Project) -> tuple[str, ...]:
    from pipeline.history.versions import is_shallow

    lacking = (
        "no version history is stated: this clone lacks older commits; `git fetch --unshallow` gets them"
    )
    return (lacking,) if is_shallow(project.root) else ()


def _facts(
    project: Project, loaded: Loaded, artifact: Artifact, audience: str, day: str, commit: Commit
) -> Facts:
    from pipeline.history.versions import versions
    from pipeline.sources.reader import read
    from pipeline.sources.vocabulary import Vocabulary
    from pipeline.weave.facts import Circumstances, facts_for

    settings, programme = project.settings, loaded.programme
    words = Vocabulary(programme.kinds, programme.prefixes, settings.adopt)

    def version_in(content: bytes) -> str:
        document = read(artifact.path, content, words).document
        return next((item.version for item in document.artifacts if item.id == artifact.id), "")

    around = Circumstances(
        day=day,
        organisation=settings.organisation,
        programme=settings.title,
        revision=commit.name,
        dirty=commit.dirty,
        history=versions(project.root, artifact.path, version_in),
    )
    return facts_for(programme, artifact.id, audience, around)
