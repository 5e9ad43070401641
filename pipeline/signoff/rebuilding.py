"""A process, shut in, that makes the PDF of a stranger's bundle: it reads its task, writes a PDF and what it says."""

import mimetypes
import os
import site
import sys
import sysconfig
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline import shipped, tools
from pipeline.errors import CouldNotRun
from pipeline.render.pandoc import arguments
from pipeline.signoff.bundle.archive import BadBundle
from pipeline.signoff.bundle.build import build
from pipeline.signoff.guard import shut

TASK, BUNDLE, PDF, SAID = "task.json", "bundle.zip", "rebuilt.pdf", "said.json"
_CPU_SECONDS = 400
_MOST_BYTES = 1_000_000_000


class Said(Struct, frozen=True):
    """What became of it: why there is no PDF, '' where there is one; whether the bundle is to blame."""

    message: str = ""
    bad: bool = False


def main() -> None:
    """Make the PDF of `bundle.zip` in the folder that is named, with the templates that `task.json` there lists."""
    # Its real path: what is read through a link is told by where that leads.
    folder = os.path.realpath(sys.argv[1])
    folders = msgspec.json.decode(Path(folder, TASK).read_bytes(), type=list[str])
    pandoc = tools.find("pandoc")
    if pandoc is None:
        raise tools.missing("pandoc")
    allowed = [*pandoc.command, *arguments()]
    _limit()
    # What the system says of file types would else be looked up.
    mimetypes.init([])
    shut([*_installed(), *folders], folder, allowed.__eq__)
    said = _attempt(folder, folders)
    Path(folder, SAID).write_bytes(msgspec.json.encode(said))


def _attempt(folder: str, folders: list[str]) -> Said:
    try:
        work = os.path.join(folder, "work")
        build(Path(folder, BUNDLE).read_bytes(), work, folders, os.path.join(folder, PDF))
    except BadBundle as error:
        return Said(error.message, bad=True)
    except CouldNotRun as error:
        return Said(error.message)
    except (OSError, ValueError, KeyError, RecursionError, MemoryError) as error:
        return Said(f"it cannot be made into a PDF ({type(error).__name__}: {error})", bad=True)
    return Said()


def _installed() -> list[str]:
    """Where Python, its packages and this program are installed; nothing of a person lies there."""
    paths = {*sysconfig.get_paths().values(), *site.getsitepackages(), sys.prefix, sys.base_prefix}
    stdlib = [path for path in paths if os.path.basename(os.path.normpath(path)) != "usr"]
    return [
        *stdlib,
        os.path.dirname(os.path.dirname(__file__)),
        shipped.folder("templates"),
        shipped.folder("schemas"),
    ]


def _limit() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_BYTES, _MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
