"""What a check against a base costs over a plain one: ten thousand artifacts in a repository, fifty files changed."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from tests.bench.generate import generate
from tests.bench.measure import PARAPH, Figures, cpu, median

SIZE, CHANGED = 10_000, 50
_PERSON = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0")


def bench_base(figures: Figures, folder: str) -> None:
    """What a base costs over a plain check: over one that has a cache, and over one that has none."""
    print(f"check against a base, {SIZE:,} artifacts, {CHANGED} files changed")
    prepare(folder)
    plain = [*PARAPH, "check", "--no-prose", "--today", "2026-11-23"]
    against = [*plain, "--base", "main"]

    def cold(command: list[str]) -> float:
        shutil.rmtree(os.path.join(folder, ".paraph"), ignore_errors=True)
        return cpu(command, folder)[0]

    first, first_base = median(3, lambda: cold(plain), lambda: cold(against))
    # No file may count as changed a moment ago, and the last run must have seen that.
    time.sleep(2.1)
    cpu(plain, folder)
    again, again_base = median(5, lambda: cpu(plain, folder)[0], lambda: cpu(against, folder)[0])
    figures.show("cold, over a plain check", first_base - first, "s", 1.0)
    figures.show("unchanged, over a plain check", again_base - again, "s", 1.0)


def prepare(folder: str) -> None:
    """A repository whose branch `main` holds a programme, and a tree in which fifty of its files are changed."""
    sources = Path(folder, "docs_src")
    generate(str(sources), SIZE)
    Path(folder, ".gitignore").write_text(".paraph/\n")
    for command in (("init", "--initial-branch=main"), ("add", "--all"), ("commit", "--message=Begins")):
        subprocess.run(["git", *_PERSON, *command], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    files = sorted(sources.rglob("*.md"))
    for file in files[:: len(files) // CHANGED][:CHANGED]:
        file.write_text(file.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
