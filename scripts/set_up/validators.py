"""Gets the validators of PDFs that tests use, with Maven, and checks that each is the one meant.

What a validator consists of is said in a folder of its own below `tests/`: `pom.xml` names it, `SHA256SUMS` every file
that has to arrive. It is put into the folder of the same name below `.venv/`.
"""

import contextlib
import hashlib
import os
import shutil

from processes import Failed, run, say

VERAPDF, DSS = "verapdf", "dss"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
MAVEN_SECONDS = 900


def files(name: str) -> "tuple[str, str]":
    """Gives the paths of what says how a validator is got: its description and its digests."""
    return f"tests/{name}/pom.xml", f"tests/{name}/SHA256SUMS"


def provide(root: str, name: str) -> None:
    """Puts the pinned validator below `.venv/`; raises Failed where it cannot be got, or is not what was pinned."""
    say(f"{name}, with Maven")
    description, sums = files(name)
    folder = os.path.join(root, ".venv", name)
    beside = folder + ".new"
    shutil.rmtree(beside, ignore_errors=True)
    maven = ["mvn", "--batch-mode", "--quiet", f"--file={os.path.join(root, description)}"]
    run([*maven, f"{PLUGIN}:copy-dependencies", f"-DoutputDirectory={beside}"], MAVEN_SECONDS)
    compare(beside, read_sums(os.path.join(root, sums)), sums)
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder)
    os.rename(beside, folder)


def compare(folder: str, stated: "dict[str, str]", sums: str) -> None:
    """Raises Failed unless a folder holds exactly the files that `sums` states, with the digests that it states."""
    found = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            found[name] = hashlib.sha256(file.read()).hexdigest()
    if found != stated:
        odd = sorted(name for name, _ in found.items() ^ stated.items())
        raise Failed(f"what Maven gave is not what {sums} names: {', '.join(dict.fromkeys(odd))}")


def read_sums(path: str) -> "dict[str, str]":
    """Gives the digest of each file, as `sha256sum` writes them."""
    with open(path, encoding="utf-8") as file:
        return {name: digest for digest, name in (line.split() for line in file)}
