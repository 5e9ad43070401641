"""The woven tree to a site: files, a configuration, one run of the engine, and the result in its place.

Nothing of ours runs inside the engine, so that Material for MkDocs and Zensical build the same tree from the same
configuration. Nothing is downloaded, by us or by the finished site.
"""

import os
import re
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from pipeline import shipped, tools
from pipeline.errors import CouldNotRun, ToolFailed
from pipeline.render.charts.draw import template_folders
from pipeline.render.charts.site import drawn
from pipeline.render.fonts import FONTS, font_faces, font_file
from pipeline.render.overrides import theme_folder, write_overrides
from pipeline.render.place import alone, beside, replace_folder
from pipeline.sources.images import is_image, refuse
from pipeline.weave.inline import spoken
from pipeline.weave.tree import CopyOf, SiteTree
from pipeline.weave.words import word

CONFIG = "mkdocs.paraph.yml"
ENGINES = ("material", "zensical")
_ASSETS = "assets/paraph"
_SECONDS_A_PAGE = 0.5
# What the engine's system says where there is no room.
_FULL = re.compile(r"No space left on device|File too large|Disk quota exceeded")
_NOTICE = re.compile(r"^(?:WARNING|ERROR)\s+-\s+(.*)$", re.MULTILINE)


class SiteSettings(Struct, frozen=True):
    """What a project says of its site: its address, the folder of its own templates, what is used for building.

    With `versions` it is one of several that lie beside each other, and names the others.
    """

    url: str = ""
    templates: str = "templates"
    work: str = "build/site"
    engine: str = "material"
    strict: bool = False
    versions: bool = False


def build_site(
    tree: SiteTree, project: str, sources: str, out: str, settings: SiteSettings | None = None
) -> tuple[str, ...]:
    """Build the site of a woven tree into the folder `out`, and give the engine's warnings.

    `project` is the folder of the settings, `sources` the root of the documents; both are absolute. The folder
    `out` changes only when the whole site is there. Raises CouldNotRun: a file that cannot be written or copied, a
    tool that is missing or fails.
    """
    settings = settings or SiteSettings()
    if settings.engine not in ENGINES:
        raise CouldNotRun(
            f"there is no site engine {settings.engine!r}", f"the engines are {', '.join(ENGINES)}"
        )
    try:
        with alone(os.path.join(project, settings.work)):
            return _build(tree, project, sources, out, settings)
    except OSError as error:
        raise _unwritten(f"{error.strerror or error} ({error.filename or out})") from error
    except ToolFailed as error:
        full = _FULL.search(error.said)
        if full is None:
            raise
        raise _unwritten(full[0]) from error


def _build(tree: SiteTree, project: str, sources: str, out: str, settings: SiteSettings) -> tuple[str, ...]:
    work, config = os.path.join(project, settings.work), os.path.join(project, CONFIG)
    # Also in a repository whose .gitignore does not name them, what is made on the way is nobody's change.
    _write(os.path.join(work, ".gitignore"), "*\n")
    new = beside(out)
    styles = write_sources(tree, project, sources, work, settings)
    left_out = tuple(f"{path} is left out: it {why}" for path, why in refused_images(tree, sources))
    try:
        _write(config, config_text(configuration(tree, project, work, new, styles, settings)))
        said = _run(tree, project, settings)
        replace_folder(new, out)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        with suppress(FileNotFoundError):
            os.remove(config)
    return (*left_out, *said)


def _unwritten(why: str) -> CouldNotRun:
    return CouldNotRun(
        f"the site could not be written: {why}",
        "check the free space and the permissions; the last site that was built is still there",
    )


def write_sources(tree: SiteTree, project: str, sources: str, work: str, settings: SiteSettings) -> list[str]:
    """Write pages, images, style sheets and fonts below `work`, and give the addresses of the style sheets."""
    docs = os.path.join(work, "docs")
    shutil.rmtree(docs, ignore_errors=True)
    refused = dict(refused_images(tree, sources))
    charts = template_folders(os.path.join(project, settings.templates, "charts"))
    for path, content in tree.files.items():
        if isinstance(content, CopyOf):
            if path in refused:
                continue
            _copy(_inside(sources, content.path), os.path.join(docs, path))
        else:
            _write(os.path.join(docs, path), drawn(content, project, charts))
    write_overrides(project, settings.templates, work)
    styles = []
    for name, file in _templates(project, settings).items():
        _copy(file, os.path.join(docs, _ASSETS, name))
        styles += [f"{_ASSETS}/{name}"] if name.endswith(".css") else []
    fonts = tuple(font for font in FONTS if font_file(font))
    for font in fonts:
        _copy(font_file(font), os.path.join(docs, _ASSETS, "fonts", font.file))
    _write(os.path.join(docs, _ASSETS, "fonts.css"), font_faces(fonts))
    return [f"{_ASSETS}/fonts.css", *sorted(styles)]


def refused_images(tree: SiteTree, sources: str) -> list[tuple[str, str]]:
    """The images of a tree that may not be drawn, each with why, as the rest of a sentence that begins with it."""
    copies = ((path, content.path) for path, content in tree.files.items() if isinstance(content, CopyOf))
    images = [(path, _inside(sources, source)) for path, source in copies if is_image(path)]
    return [(path, why) for path, whole in images if (why := refuse(whole, (sources,)))]


def _templates(project: str, settings: SiteSettings) -> dict[str, str]:
    """The files of `templates/site` by name: those that come with Paraph, replaced or joined by the project's own."""
    found = {}
    for folder in (shipped.folder("templates"), os.path.join(project, settings.templates)):
        site = os.path.join(folder, "site")
        for name in sorted(os.listdir(site)) if os.path.isdir(site) else ():
            if os.path.isfile(os.path.join(site, name)) and not name.endswith(".yml"):
                found[name] = os.path.join(site, name)
    return found


def configuration(
    tree: SiteTree, project: str, work: str, new: str, styles: list[str], settings: SiteSettings
) -> dict[str, Any]:
    """The configuration of the engine: the project's mkdocs.yml, or ours, and what Paraph adds to it."""
    own = os.path.join(project, "mkdocs.yml")
    inherited = (
        "mkdocs.yml"
        if os.path.isfile(own)
        else os.path.join(shipped.folder("templates"), "site", "mkdocs.yml")
    )
    return {
        "INHERIT": inherited,
        "site_name": tree.title,
        **({"site_url": settings.url} if settings.url else {}),
        "docs_dir": os.path.relpath(os.path.join(work, "docs"), project),
        "site_dir": os.path.relpath(new, project),
        # Permanent addresses name the others in this form.
        "use_directory_urls": True,
        # Folders of this name are the engine's own unless it is told otherwise.
        **(
            {"exclude_docs": "!/templates/\n"}
            if any(path.startswith("templates/") for path in tree.files)
            else {}
        ),
        "nav": tree.nav,
        "theme": {"language": tree.lang, **theme_folder(project, work)},
        **({"extra": {"version": {"provider": "mike"}}} if settings.versions else {}),
        "extra_css": styles,
        "copyright": stated(tree),
    }


def stated(tree: SiteTree) -> str:
    """What stands at the foot of every page: whose it is, of which day, and who may read it."""
    parts = (tree.organisation, f"{word('state of', tree.lang)} {tree.day}", word(tree.audience, tree.lang))
    return " · ".join(_plain_html(part) for part in parts if part)


def _plain_html(text: str) -> str:
    return spoken(text, "en").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _run(tree: SiteTree, project: str, settings: SiteSettings) -> tuple[str, ...]:
    pages = sum(isinstance(content, str) for content in tree.files.values())
    timeout = 120 + _SECONDS_A_PAGE * pages
    if settings.engine == "zensical":
        done = tools.run(
            "zensical", ["build", "--config-file", CONFIG, "--clean"], cwd=project, timeout=timeout
        )
    else:
        args = ["build", "--quiet", "--config-file", CONFIG, *(["--strict"] if settings.strict else [])]
        done = tools.run("mkdocs", args, cwd=project, timeout=timeout, env=environment(tree.day))
    return tuple(_NOTICE.findall(done.err))


def environment(day: str) -> dict[str, str]:
    """The environment in which the same tree gives the same bytes; a notice of the engine's makers is left out."""
    try:
        epoch = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    except ValueError:
        epoch = 0
    return {"SOURCE_DATE_EPOCH": str(epoch), "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}


def config_text(config: dict[str, Any]) -> str:
    """The configuration as the file that the engine reads."""
    import yaml

    head = "# Written by `paraph site` for the engine, anew each time; edit mkdocs.yml instead.\n"
    return head + yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=1000)


def _inside(root: str, path: str) -> str:
    """The path of a file of the sources. Raises CouldNotRun where it leads out of them."""
    whole = os.path.realpath(os.path.join(root, path))
    if not whole.startswith(os.path.realpath(root) + os.sep):
        raise CouldNotRun(f"{path} leads out of the sources", "copy the file into the sources")
    return whole


def _copy(source: str, target: str) -> None:
    os.makedirs(os.path.dirname(target), exist_ok=True)
    shutil.copyfile(source, target)


def _write(path: str, content: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(content)
