"""The site: woven for an audience, and built by the engine of the settings or another."""

from collections.abc import Iterable

from pipeline.model import Finding
from pipeline.outputs.made import Made
from pipeline.outputs.past import with_past
from pipeline.render.site import SiteSettings, build_site
from pipeline.run import Loaded
from pipeline.settings import Project
from pipeline.weave.site import weave_site
from pipeline.weave.tree import SiteTree


def make_site(
    project: Project,
    loaded: Loaded,
    audience: str,
    day: str,
    findings: Iterable[Finding] = (),
    engine: str = "",
) -> Made:
    """Weave and build the site for an audience, with the engine of the settings or another. Raises CouldNotRun."""
    tree = woven_site(project, with_past(project, loaded), audience, day, findings)
    out = project.path(project.settings.output, "site")
    notes = build_site(tree, project.folder, project.root, out, site_settings(project, engine))
    pages = sum(path.endswith(".md") for path in tree.files)
    return Made(out, f"{pages} pages for {audience} readers", tuple(notes))


def woven_site(
    project: Project, loaded: Loaded, audience: str, day: str, findings: Iterable[Finding] = ()
) -> SiteTree:
    """The tree of the site for an audience, as every engine builds it."""
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
        url=settings.site.url,
    )


def site_settings(project: Project, engine: str = "") -> SiteSettings:
    """What building the site needs of the settings."""
    site = project.settings.site
    return SiteSettings(url=site.url, templates=project.settings.templates, engine=engine or site.engine)
