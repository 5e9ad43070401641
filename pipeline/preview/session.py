"""One preview: looks for changes, checks, weaves and has built what changed, and puts the findings on the board.

After a change the edited pages come first, then all that depends on them, then the wording: each step is shown as
soon as it is done. What cannot be read leaves the site as it was, with the findings beside it.
"""

import gc
import os
import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from typing import NamedTuple
from urllib.parse import quote

from pipeline import tools
from pipeline.errors import CouldNotRun
from pipeline.model import Finding, Programme
from pipeline.outputs.past import LookBack
from pipeline.outputs.site import site_settings, woven_site
from pipeline.preview.board import Board, News
from pipeline.preview.watch import Site, Stats, changed, stats_of
from pipeline.render.live import Engine, Place, write_pages, write_tree
from pipeline.run import Loaded, Options, check, load, report
from pipeline.settings import Project
from pipeline.weave.permanent import FOLDER, address_of
from pipeline.weave.site import weave_pages

_PAUSE = 0.15
_FIRST = 1.5
# What keeps a document, or an artifact of it, from being read: it would be missing from the site.
_UNREAD = ("SRC-READ", "SRC-YAML")
_MOST = 1000


class Wishes(NamedTuple):
    """What a person asks of a preview: for whom, and the day by which dates are judged."""

    audience: str
    day: str


class Session:
    """A preview of a project. `reopen` reads the settings again; the engine builds what is written to the place."""

    def __init__(
        self, reopen: Callable[[], Project], wishes: Wishes, place: Place, engine: Engine, board: Board
    ) -> None:
        self.reopen, self.wishes, self.place, self.engine, self.board = reopen, wishes, place, engine, board
        self.project = reopen()
        self._stats: Stats = {}
        self._unread: set[str] = set()
        self._plain: tuple[Finding, ...] = ()
        self._wording: tuple[Finding, ...] = ()
        self._programme: Programme | None = None
        self._back = LookBack()

    def begin(self) -> None:
        """Show the whole site for the first time. Raises CouldNotRun."""
        self._stats = self._look()
        self._show_all()

    def follow(self) -> None:
        """Show what changed since the last look, until interrupted."""
        self._attempt(self._check_wording)
        while True:
            began = time.monotonic()
            now = self._look()
            paths, self._stats = changed(self._stats, now), now
            if paths:
                self._attempt(partial(self._show, paths))
            elif complaint := self.engine.complaint():
                self._tell(complaint)
            time.sleep(_PAUSE if paths else max(_PAUSE, 5 * (time.monotonic() - began)))

    def _look(self) -> Stats:
        project, settings = self.project, self.project.settings
        places = [project.root, project.file, project.path("mkdocs.yml")]
        places += [project.path(name) for name in (settings.schemas, settings.styles, settings.templates)]
        made = [project.path(settings.output), self.place.work]
        return stats_of([place for place in dict.fromkeys(places) if place], but=made)

    def _attempt(self, step: Callable[[], None]) -> None:
        """Do a step; what keeps it from being done is shown, and the site stays as it was."""
        # The programmes of earlier looks are let go: a run sets them aside, since it usually ends with the command.
        gc.unfreeze()
        # Among so many values, to look for cycles at every turn takes a third of the time.
        gc.disable()
        try:
            step()
        except CouldNotRun as error:
            self._tell(f"{error.message}\n{error.hint}".strip())
        except OSError as error:
            self._tell(f"{error.strerror or error} ({error.filename or 'no file'})")
        except Exception:
            self._tell("This is a fault of Paraph itself:\n" + traceback.format_exc())
        finally:
            gc.enable()

    def _show(self, paths: set[str]) -> None:
        if self.project.file in paths:
            self.project = self.reopen()
        documents = self._documents(paths)
        loaded = self._load(frozenset(documents))
        if self._show_pages(loaded, documents):
            return
        self._show_all(loaded)
        if not changed(self._stats, self._look()):
            self._check_wording()

    def _documents(self, paths: set[str]) -> list[str]:
        root = os.path.join(self.project.root, "")
        return sorted(
            path.removeprefix(root).replace(os.sep, "/")
            for path in paths
            if path.startswith(root) and path.endswith(".md") and path in self._stats
        )

    def _load(self, edited: frozenset[str] = frozenset()) -> Loaded:
        """The programme as it is, its findings but those of wording on the board."""
        options = Options(day=self.wishes.day, prose=False)
        loaded = load(self.project, options)
        self._plain = report(self.project, options, loaded.checked, loaded.rules).findings
        self._programme = loaded.programme
        self._wording = tuple(item for item in self._wording if self._page_path(item.path) not in edited)
        known = loaded.programme.documents
        broken = {item.path for item in loaded.checked.findings if item.code in _UNREAD}
        self._unread = {path for path in self._unread | edited if path in known and path in broken}
        self._tell()
        return self._back.with_past(self.project, loaded)

    def _show_pages(self, loaded: Loaded, documents: list[str]) -> bool:
        """Show the edited pages first. Says whether one cannot be read, so that all else had better stay."""
        pages = weave_pages(
            loaded.programme,
            loaded.source,
            self.wishes.audience,
            documents,
            findings=self._plain,
            rules=loaded.rules,
            edit_url=self.project.settings.site.edit,
            lang=self.project.settings.lang,
        )
        written = write_pages(
            self.place, {path: text for path, text in pages.items() if path not in self._unread}
        )
        if written:
            # What follows would take the engine's time.
            address = f"/{address_of(written[0])}"
            times = self.board.built(address)
            self.engine.build(False)
            self.board.wait_built(address, times, _FIRST)
        return bool(self._unread)

    def _show_all(self, loaded: Loaded | None = None) -> None:
        loaded = loaded or self._load()
        tree = woven_site(self.project, loaded, self.wishes.audience, self.wishes.day, self._plain)
        any_changed, more = write_tree(self.place, tree, site_settings(self.project))
        if any_changed:
            self.engine.build(more)

    def _check_wording(self) -> None:
        """Put the findings on wording on the board too, where Vale is there to find them."""
        if tools.find("vale") is None:
            return
        found = check(self.project, Options(day=self.wishes.day)).findings
        plain = set(self._plain)
        self._wording = tuple(item for item in found if item not in plain)
        self._tell()

    def _tell(self, error: str = "") -> None:
        found = sorted((*self._plain, *self._wording), key=Finding.order)
        notes = (
            [f"{len(found) - _MOST} findings more: `paraph check` lists them"] if len(found) > _MOST else []
        )
        if tools.find("vale") is None:
            notes.append(tools.missing("vale").message)
        if self._unread:
            names = ", ".join(sorted(self._unread))
            notes.append(f"until {names} can be read, the site shows what it was before")
        told = tuple(self._told(item) for item in found[:_MOST])
        self.board.tell(News(told, error, tuple(notes)))

    def _told(self, item: Finding) -> dict[str, str]:
        """A finding as the browser shows it."""
        artifact = self._programme.artifacts.get(item.artifact) if self._programme else None
        path = self._page_path(item.path)
        page = f"/{address_of(path)}" if path.endswith(".md") and not path.startswith("..") else ""
        anchor = f"#{artifact.id}" if artifact and artifact.section and artifact.path == path else ""
        return {
            "severity": item.severity,
            "code": item.code,
            "place": f"{item.path}:{item.line}:{item.column}",
            "message": item.message,
            "hint": item.hint,
            "page": page,
            "href": f"{quote(page)}{anchor}" if page else "",
        }

    def _page_path(self, shown: str) -> str:
        """The path of a document below the sources, from the one that is shown."""
        return os.path.relpath(os.path.abspath(shown), self.project.root).replace(os.sep, "/")


def watch_pages(folder: str, board: Board, ended: threading.Event) -> None:
    """Note on the board which pages of a site were built, until the end."""
    # Addresses by ID lead on to pages, and what is below `assets` is no page: to look there takes time.
    site = Site(folder, but=(FOLDER, "assets"))
    cost = 0.0
    while not ended.wait(max(0.1, 5 * cost)):
        began = time.monotonic()
        if addresses := site.look():
            board.note_built(addresses)
        cost = time.monotonic() - began
