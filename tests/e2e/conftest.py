"""What the end-to-end tests share: locked packages on disk, and the tool installed from its wheel."""

import fcntl
import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline import tools
from tests.e2e.history import replay
from tests.e2e.projects import ROOT, run

LOCKS = tuple(ROOT / "requirements" / name for name in ("build.txt", "runtime.txt"))


@pytest.fixture(scope="session")
def wheels(pytestconfig: pytest.Config) -> Path:
    """A folder with the locked packages of run time and build, downloaded once for each state of the locks."""
    content = b"".join(lock.read_bytes() for lock in LOCKS) + sys.version.encode()
    assert pytestconfig.cache is not None
    return once(Path(pytestconfig.cache.mkdir("wheels")), download, hashlib.sha256(content).hexdigest())


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as for a release."""
    folder = once(common(tmp_path_factory), build)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, wheel: Path, wheels: Path) -> Path:
    """The folder of programs of an environment that holds the wheel and what it requires, and nothing else."""

    def install(folder: Path) -> None:
        run(sys.executable, "-m", "venv", folder, cwd=ROOT)
        pip = (folder / "bin/python", "-m", "pip", "--quiet", "--disable-pip-version-check")
        run(*pip, "install", "--no-index", f"--find-links={wheels}", wheel, cwd=ROOT)

    return once(common(tmp_path_factory), install) / "bin"


@pytest.fixture(scope="session")
def vale_alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to put on PATH, with Vale and no program of this environment besides."""
    found = tools.find("vale")
    assert found is not None, tools.lack("vale")
    folder = tmp_path_factory.mktemp("vale")
    (folder / "vale").symlink_to(found.command[0])
    return folder


@pytest.fixture(scope="session")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of the history of the reference programme; to be read only."""

    def history(folder: Path) -> None:
        replay(folder)

    return once(common(tmp_path_factory), history)


def download(folder: Path) -> None:
    locks = [f"--requirement={lock}" for lock in LOCKS]
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download")
    run(*pip, "--require-hashes", "--only-binary=:all:", f"--dest={folder}", *locks, cwd=ROOT)


def build(folder: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", f"--outdir={folder}", ROOT, cwd=ROOT)


def common(factory: pytest.TempPathFactory) -> Path:
    """The folder of this run that all its workers share."""
    base = factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


def once(parent: Path, make: Callable[[Path], None], state: str = "") -> Path:
    """Have a folder filled by the first worker that comes, and anew where it was made from another state."""
    folder, done = parent / make.__name__, parent / f"{make.__name__}.done"
    with alone(parent / f"{make.__name__}.lock"):
        if not done.exists() or done.read_text() != state:
            done.unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.write_text(state)
    return folder


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
