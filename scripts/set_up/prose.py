"""Gets Vale, the prose checker: from PATH, else built with Go, else downloaded by the wrapper on PyPI.

Which versions fit is said in `pipeline/tools/` alone, so that room is asked here as it is by every check.
"""

import os
import re
import shutil

from processes import Failed, run, say, warn

MODULE = "github.com/vale-cli/vale/v3/cmd/vale"
LOCK = "requirements/vale.txt"
ASK_SECONDS, GO_SECONDS, DOWNLOAD_SECONDS = 60, 900, 180

NONE = """no Vale could be got, so prose will not be checked. Any of these mends it:
    put a Vale that fits on PATH (see https://vale.sh/docs/install)
    install Go and a C compiler, then run `make vale`
    with access to Vale's releases, run `make vale`
  What was tried:
"""


def provide(root: str) -> None:
    """Sees to a Vale whose version fits. Without one it warns, and where CI is set it raises Failed."""
    version = pinned(root)
    tried = []
    for title, attempt in (("as it is", find), ("with Go", build), ("downloaded", download)):
        try:
            say(f"Vale {attempt(root, version)}")
        except Failed as error:
            tried.append(f"    {title}: {str(error).splitlines()[-1].strip(' |')}")
        else:
            return
    text = NONE + "\n".join(tried)
    if os.environ.get("CI"):
        raise Failed(f"{text}\n  CI is set, and there a check that cannot be made is an error.")
    warn(text)


def find(root: str, _version: str = "") -> str:
    """Gives the version of the Vale that will be run; raises Failed where there is none that fits."""
    question = [os.path.join(root, ".venv/bin/python"), os.path.join(root, "scripts/set_up/ask_for_vale.py")]
    return run(question, ASK_SECONDS).strip()


def build(root: str, version: str) -> str:
    """Builds the pinned version with Go into the environment."""
    if not shutil.which("go"):
        raise Failed("there is no Go to build it with")
    say(f"building Vale {version} with Go, which takes about a minute")
    flags = f"-ldflags=-s -w -X main.version={version}"
    folder = os.path.join(root, ".venv", "bin")
    run(["go", "install", flags, f"{MODULE}@v{version}"], GO_SECONDS, {"GOBIN": folder})
    return find(root)


def download(root: str, version: str) -> str:
    """Installs the wrapper from PyPI and lets it download Vale; takes it away again where that fails."""
    say(f"downloading Vale {version}")
    folder = os.path.join(root, ".venv", "bin")
    pip = [os.path.join(folder, "python"), "-m", "pip", "--quiet", "--no-input"]
    run([*pip, "install", "--require-hashes", "-r", os.path.join(root, LOCK)], DOWNLOAD_SECONDS)
    try:
        run([os.path.join(folder, "vale"), "--version"], DOWNLOAD_SECONDS)
        return find(root)
    except Failed:
        run([*pip, "uninstall", "--yes", "vale"], DOWNLOAD_SECONDS)
        raise


def pinned(root: str) -> str:
    """Reads the version from the lock: the wrapper's fourth number is its own."""
    with open(os.path.join(root, LOCK), encoding="utf-8") as file:
        found = re.search(r"^vale==(\d+\.\d+\.\d+)", file.read(), re.MULTILINE)
    if found is None:
        raise Failed(f"{LOCK} pins no Vale")
    return found[1]
