"""A site that is built again and again while its sources change: only files whose content changed are written.

Zensical runs all the time and builds what it sees change. Material for MkDocs is started for each change: where
pages alone changed, it builds these, and everything where the navigation did.
"""

import filecmp
import os
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from typing import IO, Any, Protocol

from msgspec import Struct, structs

from pipeline import tools
from pipeline.render.charts.draw import template_folders
from pipeline.render.charts.site import drawn
from pipeline.render.place import alone, replace_folder
from pipeline.render.site import SiteSettings, config_text, configuration, environment, write_sources
from pipeline.weave.tree import CopyOf, Nav, SiteTree

CONFIG = "mkdocs.paraph.live.yml"
WORK = "build/live"
_SEARCH = "search/search_index.json"


class Place(Struct, frozen=True):
    """Where a live site is: the project's folder, the root of its sources, and the folder of its own templates."""

    project: str
    sources: str
    templates: str = "templates"

    @property
    def work(self) -> str:
        """The folder of all that is made on the way."""
        return os.path.join(self.project, WORK)

    @property
    def site(self) -> str:
        """The folder of the built site."""
        return os.path.join(self.work, "site")

    @property
    def config(self) -> str:
        """The file that the engine reads."""
        return os.path.join(self.project, CONFIG)


class Engine(Protocol):
    """What builds the site of a place after files of it have been written."""

    def build(self, anew: bool, /) -> None:
        """Build what changed, or see to it that it is built; `anew` where more than pages changed."""

    def complaint(self) -> str:
        """Why nothing more is built; '' while all is well."""


@contextmanager
def workplace(place: Place) -> Iterator[None]:
    """Be alone in a place, which is empty then. Raises CouldNotRun where another is."""
    with alone(place.work):
        for name in ("docs", "next", "site", "new", "overrides"):
            shutil.rmtree(os.path.join(place.work, name), ignore_errors=True)
        _write(os.path.join(place.work, ".gitignore"), "*\n")
        try:
            yield
        finally:
            with suppress(FileNotFoundError):
                os.remove(place.config)


def write_pages(place: Place, files: Mapping[str, str | CopyOf]) -> list[str]:
    """Write those of some woven pages that are in the tree already and differ, and give their paths."""
    changed, half = [], os.path.join(place.work, "half")
    charts = template_folders(os.path.join(place.project, place.templates, "charts"))
    for path, woven in files.items():
        target = os.path.join(place.work, "docs", path)
        content = drawn(woven, place.project, charts) if isinstance(woven, str) else woven
        if isinstance(content, str) and os.path.isfile(target) and _read(target) != content:
            # Nobody reads the half of it.
            _write(half, content)
            os.replace(half, target)
            changed.append(path)
    return changed


def write_tree(place: Place, tree: SiteTree, settings: SiteSettings) -> tuple[bool, bool]:
    """Bring the files that the engine reads to the state of a tree.

    Says whether any changed, and whether the navigation or what else concerns all pages did. Raises CouldNotRun.
    """
    following = os.path.join(place.work, "next")
    shutil.rmtree(following, ignore_errors=True)
    # Links on the preview lead to the preview.
    settings = structs.replace(settings, url="")
    charts = template_folders(os.path.join(place.project, place.templates, "charts"))
    pages = {
        path: drawn(text, place.project, charts) for path, text in tree.files.items() if isinstance(text, str)
    }
    others = {path: copy for path, copy in tree.files.items() if path not in pages}
    styles = write_sources(
        structs.replace(tree, files=others), place.project, place.sources, following, settings
    )
    moved = _take_over(following, place.work, "docs", pages)
    changed = bool(write_pages(place, pages))
    moved |= _take_over(following, place.work, "overrides")
    shutil.rmtree(following, ignore_errors=True)
    shown = structs.replace(tree, nav=_untitled(tree.nav, tree.files))
    config = configuration(shown, place.project, place.work, place.site, styles, settings)
    text = config_text(config)
    if not os.path.isfile(place.config) or _read(place.config) != text:
        _write(place.config, text)
        moved = True
    return changed or moved, moved


def _take_over(source: str, target: str, name: str, pages: Mapping[str, str] | None = None) -> bool:
    """Make a folder hold what another does and some pages. Says whether a file came, went or changed.

    Pages that are there already stay as they are.
    """
    source, target = os.path.join(source, name), os.path.join(target, name)
    pages = pages or {}
    copies, there = _files(source), _files(target)
    for path in there - copies - pages.keys():
        os.remove(os.path.join(target, path))
    new = [path for path in copies if not _same(os.path.join(source, path), os.path.join(target, path))]
    for path in new:
        os.makedirs(os.path.dirname(os.path.join(target, path)), exist_ok=True)
        os.replace(os.path.join(source, path), os.path.join(target, path))
    for path in pages.keys() - there:
        _write(os.path.join(target, path), pages[path])
    return bool(new) or there != copies | pages.keys()


def _same(one: str, other: str) -> bool:
    return os.path.isfile(other) and filecmp.cmp(one, other, shallow=False)


def _files(folder: str) -> set[str]:
    return {
        os.path.relpath(os.path.join(below, name), folder)
        for below, _, names in os.walk(folder)
        for name in names
    }


def _untitled(nav: Nav, files: Mapping[str, str | CopyOf]) -> Nav:
    """The navigation without the titles that the pages state themselves: a new title is then a page's change alone."""

    def plain(item: dict[str, Any] | str) -> dict[str, Any] | str:
        if isinstance(item, str):
            return item
        ((title, below),) = item.items()
        if isinstance(below, str):
            content = files.get(below)
            return below if isinstance(content, str) and _states(content, title) else item
        return {title: [plain(each) for each in below]}

    return [plain(item) for item in nav]


def _states(page: str, title: str) -> bool:
    import json

    return page.startswith(f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n")


class Zensical:
    """The engine that runs all the time and watches the files itself."""

    def __init__(self, place: Place, said: IO[bytes]) -> None:
        self._place, self._said = place, said
        self._running = ExitStack()
        self._status: Callable[[], int | None] = lambda: 0

    def build(self, _anew: bool, /) -> None:
        """Start the engine where it does not run; what it builds then, it sees itself."""
        if self._status() is None:
            return
        self.end()
        address = f"127.0.0.1:{_free_port()}"
        args = ["serve", "--config-file", CONFIG, "--dev-addr", address]
        self._status = self._running.enter_context(
            tools.running("zensical", args, self._said, cwd=self._place.project)
        )

    def complaint(self) -> str:
        """What it said last where it has ended."""
        if self._status() is None:
            return ""
        self._said.flush()
        said = _read(self._said.name).strip().splitlines()[-12:]
        return "\n".join(["zensical has ended; the next change starts it again:", *said])

    def end(self) -> None:
        """End it, with all its children."""
        self._running.close()


class Material:
    """The engine that is started for each change."""

    def __init__(self, place: Place, day: str) -> None:
        self._place, self._day = place, day

    def build(self, anew: bool, /) -> None:
        """Build the changed pages, or all. Raises CouldNotRun; the last site stays then."""
        site, new = self._place.site, os.path.join(self._place.work, "new")
        if anew or not os.path.isdir(site):
            self._run(["--site-dir", os.path.relpath(new, self._place.project)])
            replace_folder(new, site)
            return
        search = os.path.join(site, _SEARCH)
        kept = _read(search) if os.path.isfile(search) else ""
        self._run(["--dirty"])
        if kept:
            # A build of some pages leaves a search that knows no others.
            _write(search, kept)

    def complaint(self) -> str:
        """Nothing: a build that fails says so itself."""
        return ""

    def end(self) -> None:
        """Nothing runs between two builds."""

    def _run(self, args: list[str]) -> None:
        command = ["build", "--quiet", "--config-file", CONFIG, *args]
        tools.run("mkdocs", command, cwd=self._place.project, timeout=1800, env=environment(self._day))


@contextmanager
def engine(name: str, place: Place, day: str) -> Iterator[Engine]:
    """An engine by its name, ended at the end. Raises ToolMissing where there is none."""
    if tools.find("zensical" if name == "zensical" else "mkdocs") is None:
        raise tools.missing("zensical" if name == "zensical" else "mkdocs")
    with open(os.path.join(place.work, "engine.txt"), "wb") as said:
        chosen = Zensical(place, said) if name == "zensical" else Material(place, day)
        try:
            yield chosen
        finally:
            chosen.end()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        return file.read()


def _write(path: str, content: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(content)
