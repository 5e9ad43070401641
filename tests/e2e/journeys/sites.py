"""Sites for journeys, each built once, and served on this machine alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.e2e.projects import BIN, run

DAY = "2026-11-27"


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address under which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def clone_of(replayed: Path, folder: Path) -> Path:
    """A clone of the history, to build in."""
    run("git", "clone", "--quiet", replayed, folder / "programme", cwd=folder)
    return folder / "programme"


def build(project: Path, *options: str) -> Path:
    """Build the site of a project as of the day of the journeys."""
    run(BIN / "paraph", "site", "--today", DAY, *options, cwd=project)
    return project / "dist/site"
