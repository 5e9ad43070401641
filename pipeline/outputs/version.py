"""A version of the site, built as the version that it will be, of the files of a commit and no others."""

import os
import shutil
from collections.abc import Iterable

from msgspec.structs import replace

from pipeline import tools
from pipeline.errors import CouldNotRun
from pipeline.history.commit import changes, revision
from pipeline.model import Finding
from pipeline.outputs.made import Made
from pipeline.outputs.site import site_settings, woven_site
from pipeline.publish.release import Release
from pipeline.render.place import lives
from pipeline.render.site import build_site
from pipeline.run import Loaded
from pipeline.settings import Project

_FOLDER = "published-"


def clean_commit(project: Project, ledgers: str = "") -> str:
    """The commit that something is made of. Raises CouldNotRun without one, or where the files are not those of it.

    Files that git does not know count below the sources and what these are read by, and among `ledgers`: a pattern of
    paths from the project's folder, all approvals where it is ''.
    """
    if tools.find("git") is None:
        raise tools.missing("git")
    name, _ = revision(project.root)
    if not name:
        raise CouldNotRun("there is no commit yet", "commit the documents to git first")
    settings = project.settings
    folders = (settings.schemas, settings.styles, settings.templates, "mkdocs.yml")
    read = [project.path(each) for each in (*folders, ledgers or settings.approvals)]
    different = changes(project.root, [project.root, *read, *([project.file] if project.file else [])])
    if different:
        named = ", ".join(different[:3]) + (" and others" if different[3:] else "")
        hint = "commit them, or put them back"
        raise CouldNotRun(f"the files are not those of commit {name}: {named}", hint)
    return name


def place_of_version(project: Project) -> str:
    """Where this run alone builds a version: another may build while this one is being placed.

    What runs that were killed have left there goes.
    """
    work = project.path(site_settings(project).work)
    for name in os.listdir(work) if os.path.isdir(work) else ():
        process = name.removeprefix(_FOLDER)
        if process != name and not lives(process):
            shutil.rmtree(os.path.join(work, name), ignore_errors=True)
    return os.path.join(work, f"{_FOLDER}{os.getpid()}")


def make_version(
    project: Project, loaded: Loaded, release: Release, day: str, findings: Iterable[Finding], engine: str
) -> Made:
    """Build the site of a version; whoever asked for it places it, and then removes it. Raises CouldNotRun."""
    settings = site_settings(project, engine)
    url = f"{settings.url.rstrip('/')}/{release.version}/" if settings.url else ""
    settings = replace(settings, url=url, versions=True)
    site = place_of_version(project)
    tree = woven_site(project, loaded, release.audience, day, findings)
    notes = build_site(tree, project.folder, project.root, site, settings)
    pages = sum(path.endswith(".md") for path in tree.files)
    return Made(site, f"{pages} pages for {release.audience} readers", tuple(notes))
