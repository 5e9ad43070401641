"""What changed on disk, found by looking again: files of the sources, and pages of the built site."""

import os
from collections.abc import Iterable
from hashlib import blake2b

Stats = dict[str, tuple[int, int, int]]


def stats_of(places: Iterable[str], *, but: Iterable[str] = ()) -> Stats:
    """The files at and below some places, each with what changes when it does.

    Names that begin with a dot are passed over, and the folders in `but`; what is gone meanwhile is not there.
    """
    found: Stats = {}
    left_out = frozenset(map(os.path.realpath, but))
    for place in places:
        if os.path.isdir(place):
            _look(place, left_out, found, frozenset())
        elif os.path.exists(place):
            _note(place, os.stat(place), found)
    return found


def _look(folder: str, left_out: frozenset[str], found: Stats, above: frozenset[str]) -> None:
    real = os.path.realpath(folder)
    if real in left_out or real in above:
        return
    try:
        with os.scandir(folder) as items:
            for item in items:
                if item.name.startswith("."):
                    continue
                if item.is_dir():
                    _look(item.path, left_out, found, above | {real})
                else:
                    _note(item.path, item.stat(), found)
    except OSError:
        # It went, or may not be read: the check that follows says so.
        return


def _note(path: str, stat: os.stat_result, found: Stats) -> None:
    found[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)


def changed(before: Stats, now: Stats) -> set[str]:
    """The files that came, went or changed."""
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


class Site:
    """The pages of a built site, but for some folders; says which of them hold something new."""

    def __init__(self, folder: str, but: Iterable[str] = ()) -> None:
        self._folder = folder
        self._but = [os.path.join(folder, name) for name in but]
        self._stats: Stats = {}
        self._digests: dict[str, bytes] = {}
        self._unsettled: set[str] = set()

    def look(self) -> set[str]:
        """The addresses of the pages that changed and have been the same for two looks."""
        now = {
            path: stat
            for path, stat in stats_of([self._folder], but=self._but).items()
            if path.endswith(".html")
        }
        moving = changed(self._stats, now)
        settled, self._unsettled = self._unsettled - moving, moving
        self._stats = now
        return {self._address(path) for path in settled if path in now and self._differs(path)}

    def _differs(self, path: str) -> bool:
        try:
            with open(path, "rb") as file:
                digest = blake2b(file.read(), digest_size=16).digest()
        except OSError:
            return False
        before, self._digests[path] = self._digests.get(path), digest
        return before != digest

    def _address(self, path: str) -> str:
        """The address of a page on its host: '/a/' for `a/index.html`."""
        address = "/" + os.path.relpath(path, self._folder).replace(os.sep, "/")
        return address.removesuffix("index.html")
