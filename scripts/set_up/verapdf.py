"""Gets veraPDF, the validator of PDF/A and PDF/UA that tests use, with Maven, and checks that it is the one meant."""

import contextlib
import hashlib
import os
import shutil

from processes import Failed, run, say

DESCRIPTION = "tests/verapdf/pom.xml"
SUMS = "tests/verapdf/SHA256SUMS"
FOLDER = os.path.join(".venv", "verapdf")
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
MAVEN_SECONDS = 900


def provide(root: str) -> None:
    """Puts the pinned veraPDF below `.venv/`; raises Failed where it cannot be got, or is not what was pinned."""
    say("veraPDF, with Maven")
    folder = os.path.join(root, FOLDER)
    beside = folder + ".new"
    shutil.rmtree(beside, ignore_errors=True)
    maven = ["mvn", "--batch-mode", "--quiet", f"--file={os.path.join(root, DESCRIPTION)}"]
    run([*maven, f"{PLUGIN}:copy-dependencies", f"-DoutputDirectory={beside}"], MAVEN_SECONDS)
    compare(beside, read_sums(os.path.join(root, SUMS)))
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder)
    os.rename(beside, folder)


def read_sums(path: str) -> "dict[str, str]":
    """Gives the digest of each file, as `sha256sum` writes them."""
    with open(path, encoding="utf-8") as file:
        return {name: digest for digest, name in (line.split() for line in file)}


def compare(folder: str, sums: "dict[str, str]") -> None:
    """Raises Failed unless a folder holds exactly the files that are named, with the digests that are stated."""
    found = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            found[name] = hashlib.sha256(file.read()).hexdigest()
    if found != sums:
        odd = sorted(name for name, _ in found.items() ^ sums.items())
        raise Failed(f"what Maven gave is not what {SUMS} names: {', '.join(dict.fromkeys(odd))}")
