"""`make bench`: prints each figure beside what it must be, and fails when one is missed.

CPU time (user and system) of whole processes on one core, as medians of runs that alternate with their floor, so that
both see the same machine. Sizes may be given: `python -m tests.bench 1000 10000`.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.generate import generate
from tests.bench.serve import bench_serve

PARAPH = [sys.executable, "-m", "pipeline.cli"]
# Runs at each size; the largest takes half a minute a run.
RUNS = {1_000: 7, 10_000: 5, 100_000: 1}
SIZES = (1_000, 10_000, 100_000)


class Figures:
    """The figures of a run, printed as they come; remembers whether one was missed."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def show(self, what: str, value: float, unit: str, most: float | None = None, note: str = "") -> None:
        """Print a figure, with what it may be at the most."""
        verdict = ""
        if most is not None:
            good = value <= most
            verdict = f"  at most {most:g} {unit}: {'reached' if good else 'MISSED'}"
            if not good:
                self.missed.append(what)
        print(f"  {what:<46} {value:9.3f} {unit}{verdict}{note}", flush=True)


def cpu(command: list[str], folder: str) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of a command, which may end with findings but not with an error."""
    child = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_environment()
    )
    assert child.stderr is not None
    words = child.stderr.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stderr.close()
    if child.returncode not in (0, 1) or "Traceback" in words:
        raise SystemExit(f"{' '.join(command)} failed:\n{words}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": root}


def median(times: int, *measures: Callable[[], float]) -> list[float]:
    """The medians of several measures that take turns."""
    taken = [[measure() for measure in measures] for _ in range(times)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def bench_start(figures: Figures) -> None:
    """What it costs to start."""
    print("start-up")
    here = os.getcwd()
    commands = ([sys.executable, "-c", "import click"], [*PARAPH, "--version"])
    cpu(commands[1], here)
    click, version = median(15, *(lambda command=command: cpu(command, here)[0] for command in commands))
    figures.show("import click", click * 1000, "ms")
    figures.show("paraph --version", version * 1000, "ms", (click + 0.025) * 1000)


def bench_check(figures: Figures, size: int, folder: str) -> None:
    """A check of a generated programme, cold, unchanged, and with one file changed."""
    print(f"check, {size:,} artifacts")
    generate(os.path.join(folder, "docs_src"), size)
    check = [*PARAPH, "check", "--no-prose", "--today", "2026-11-23"]
    floor = [sys.executable, "-m", "tests.bench.floor", "docs_src"]
    memory = 0.0
    cpu(floor, folder)

    def cold() -> float:
        nonlocal memory
        shutil.rmtree(os.path.join(folder, ".paraph"), ignore_errors=True)
        seconds, peak = cpu(check, folder)
        memory = max(memory, peak)
        return seconds

    def changed() -> float:
        path = os.path.join(folder, "docs_src/requirement/000/REQ-00101.md")
        with open(path, "a", encoding="utf-8") as file:
            file.write("\nOne more sentence, see REQ-00003.\n")
        return cpu(check, folder)[0]

    runs = RUNS.get(size, 3)
    lowest, coldest = median(runs, lambda: cpu(floor, folder)[0], cold)
    cold()
    _outlast_racy()
    unchanged, one = cpu(check, folder)[0], 0.0
    (unchanged,) = median(runs, lambda: cpu(check, folder)[0])
    changed()
    (one,) = median(runs, changed)
    ten = size == 10_000
    figures.show("floor: read, YAML, schema", lowest, "s")
    figures.show("cold", coldest, "s", 2.5 if ten else None)
    figures.show("cold / floor", coldest / lowest, "x", 4 if ten else None)
    figures.show("unchanged", unchanged, "s", 0.3 if ten else None)
    figures.show("one changed", one, "s", 0.5 if ten else None)
    figures.show("peak memory, cold", memory, "MB", 200 if ten else None)
    COLD[size], PEAK[size] = coldest, memory
    if size == 100_000 and 10_000 in COLD:
        figures.show("cold, 100,000 / 10,000", coldest / COLD[10_000], "x", 12)
        figures.show("memory, 100,000 / 10,000", memory / PEAK[10_000], "x", 12)


COLD: dict[int, float] = {}
PEAK: dict[int, float] = {}


def _outlast_racy() -> None:
    """Wait until no file counts as changed a moment ago."""
    import time

    time.sleep(2.1)
    # The stamp of the last run lies before that moment: one more run takes a new one.


def main(arguments: list[str]) -> int:
    """Measure everything and say what was missed."""
    sizes = [int(item) for item in arguments] or list(SIZES)
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if cores:
        os.sched_setaffinity(0, {max(cores)})
    figures = Figures()
    bench_start(figures)
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="paraph-bench-") as folder:
            bench_check(figures, size, folder)
    with tempfile.TemporaryDirectory(prefix="paraph-bench-") as folder:
        bench_serve(figures, folder)
    print("missed: " + ", ".join(figures.missed) if figures.missed else "every figure is reached")
    return 1 if figures.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
