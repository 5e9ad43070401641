"""The steps of the set-up: what each works from, what it does, and the stamp that says it is done."""

import contextlib
import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from typing import NamedTuple

import prose
import system
import validators
from processes import Failed, run, say, warn

PIP_SECONDS = 1800
PYTHON = os.path.join(".venv", "bin", "python")
STAMPS = os.path.join(".venv", ".stamps")
MARK = os.path.join(STAMPS, "installing")


class Step(NamedTuple):
    """One step: its name, what it does, given the root, and the files and variables that it depends on."""

    name: str
    act: "Callable[[str], None]"
    files: "tuple[str, ...]" = ()
    variables: "tuple[str, ...]" = ()


def run_step(step: Step, root: str) -> bool:
    """Does a step unless its stamp fits; says whether it did. The stamp is written last."""
    fingerprint = measure(step, root)
    stamp = os.path.join(root, STAMPS, step.name)
    if read(stamp) == fingerprint:
        return False
    step.act(root)
    write(stamp, fingerprint)
    return True


def forget(root: str, name: str) -> None:
    """Takes a step's stamp away, so that the step is done again."""
    with contextlib.suppress(FileNotFoundError):
        os.remove(os.path.join(root, STAMPS, name))


def forget_broken(root: str) -> None:
    """Takes all stamps away where an installation was killed midway, or the environment's Python is gone."""
    whole = os.path.exists(os.path.join(root, PYTHON)) and not os.path.exists(os.path.join(root, MARK))
    if not whole:
        shutil.rmtree(os.path.join(root, STAMPS), ignore_errors=True)


def measure(step: Step, root: str) -> str:
    """Digests what a step works from; the root too, since an environment cannot be moved."""
    given = [bool(os.environ.get(name)) for name in step.variables]
    digest = hashlib.sha256(repr((step.name, root, given)).encode())
    for name in step.files:
        with open(os.path.join(root, name), "rb") as file:
            digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()


def read(path: str) -> "str | None":
    """Gives a small file's text, or None where there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None


def write(path: str, text: str) -> None:
    """Writes a small file whole or not at all."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)


def make_environment(root: str) -> None:
    """Makes `.venv` anew; what is there, if anything, is not whole or was moved here."""
    system.provide(system.PYTHON, "setup")
    say(f"environment .venv with Python {'.'.join(map(str, sys.version_info[:3]))}")
    base = getattr(sys, "_base_executable", sys.executable)
    run([base, "-m", "venv", "--clear", os.path.join(root, ".venv")], 300)


def install(root: str, *locks: str) -> None:
    """Installs locked packages. A run that is killed midway leaves its mark for `forget_broken`."""
    say(f"packages of {', '.join(locks)}")
    write(os.path.join(root, MARK), "")
    try:
        pip(
            root,
            "install",
            "--require-hashes",
            *(f"--requirement={os.path.join(root, lock)}" for lock in locks),
        )
    except Failed:
        os.remove(os.path.join(root, MARK))
        raise
    os.remove(os.path.join(root, MARK))


def install_libraries(_root: str) -> None:
    """Sees to the libraries that PDFs are made with."""
    system.provide(system.RUNTIME, "setup")


def install_test_programs(_root: str) -> None:
    """Sees to the browser, the PDF readers and what the validators of PDFs run on, which tests use."""
    system.provide(system.TEST, "setup-test")


def install_picture_programs(_root: str) -> None:
    """Sees to what README's pictures are drawn with. A build does without; where CI is set it does not."""
    try:
        system.provide(system.PICTURES, "build")
    except Failed as error:
        if os.environ.get("CI"):
            raise
        warn(f"README's pictures will not be drawn anew: {error}")


def install_project(root: str) -> None:
    """Puts the project itself into the environment, editable, with the build tools that are locked."""
    pip(root, "install", "--no-deps", "--no-build-isolation", "--editable", root)


def pip(root: str, *arguments: str) -> None:
    """Runs the environment's pip; a person's settings for users' installs do not apply to it."""
    settings = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
    run([os.path.join(root, PYTHON), "-m", "pip", "--quiet", "--no-input", *arguments], PIP_SECONDS, settings)


def validator(name: str) -> Step:
    """The step that gets one of the validators of PDFs."""
    needed = (*validators.files(name), "scripts/set_up/validators.py")
    return Step(name, lambda root: validators.provide(root, name), needed)


BUILD_LOCK = "requirements/build.txt"
RUNTIME_LOCK = "requirements/runtime.txt"
TEST_LOCK = "requirements/test.txt"
UV_LOCK = "requirements/lock.txt"

RUNTIME = (
    Step("environment", make_environment),
    Step("libraries", install_libraries, ("scripts/set_up/system.py",)),
    Step("packages", lambda root: install(root, BUILD_LOCK, RUNTIME_LOCK), (BUILD_LOCK, RUNTIME_LOCK)),
    Step("project", install_project, ("pyproject.toml", "scripts/wheel_data.py")),
    Step("vale", prose.provide, (prose.LOCK, "scripts/set_up/prose.py"), ("CI",)),
)
TEST = (
    Step("test-programs", install_test_programs, ("scripts/set_up/system.py",)),
    Step("test-packages", lambda root: install(root, TEST_LOCK), (TEST_LOCK,)),
    validator(validators.VERAPDF),
    validator(validators.DSS),
)
GOALS = {
    "runtime": RUNTIME,
    "pictures": (Step("picture-programs", install_picture_programs, ("scripts/set_up/system.py",), ("CI",)),),
    "test": RUNTIME + TEST,
    "lock": (RUNTIME[0], Step("lock-packages", lambda root: install(root, UV_LOCK), (UV_LOCK,))),
    "vale": RUNTIME,
}
