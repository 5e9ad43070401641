"""What a release of PERCEPTA costs, from the gate to the published branch. It is reported, and held to nothing."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from tests.bench.measure import PARAPH, Figures, cpu

ROOT = Path(__file__).parents[2]
TAKEN = ("docs_src", "docs_templates", "templates", "approvals", "pyproject.toml", "mkdocs.yml", ".gitignore")
_PERSON = {"NAME": "Bench", "EMAIL": "bench@example.org"}


def bench_release(figures: Figures, folder: str) -> None:
    """Release it once, and then as a dry run, which is the gate alone with a cache."""
    print("release of PERCEPTA")
    prepare(folder)
    key = os.path.join(folder, "key")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    for who in ("AUTHOR", "COMMITTER"):
        os.environ |= {f"GIT_{who}_{name}": value for name, value in _PERSON.items()}
    repository = os.path.join(folder, "percepta")
    begun = time.monotonic()
    used, memory = cpu([*PARAPH, "release", "1.0", "--key", key], repository)
    taken = time.monotonic() - begun
    # Findings at the gate would end it early, and look fast.
    subprocess.run(["git", "show", "--quiet", "1.0"], cwd=repository, check=True, stdout=subprocess.DEVNULL)
    figures.show("release, by the clock", taken, "s")
    figures.show("release, CPU", used, "s")
    figures.show("release, peak memory", memory, "MB")
    figures.show("dry run", cpu([*PARAPH, "release", "1.1", "--key", key, "--dry-run"], repository)[0], "s")


def prepare(folder: str) -> None:
    """A repository with PERCEPTA as its only commit."""
    repository = os.path.join(folder, "percepta")
    os.makedirs(repository)
    for name in TAKEN:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, os.path.join(repository, name))
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, repository)
    person = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0"]
    for command in (["init", "--quiet", "."], ["add", "--all"], ["commit", "--quiet", "--message=PERCEPTA"]):
        subprocess.run(["git", *person, *command], cwd=repository, check=True)
