"""How figures are taken and shown."""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

PARAPH = [sys.executable, "-m", "pipeline.cli"]
# What `import click` takes, in CPU seconds, on the machine that limits in seconds are meant for.
CLICK = 0.060


class Figures:
    """The figures of a run, printed as they come; remembers whether one was missed."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def show(
        self, what: str, value: float, unit: str, most: float | None = None, least: float | None = None
    ) -> None:
        """Print a figure, with what it may be at the most, or must be at the least.

        Where seconds are too many, it is said how many they are at the pace of the machine that the limit is meant
        for, by what starting Python with click takes here: a shared machine may be half as fast an hour later.
        """
        verdict = ""
        if unit == "s" and most is not None and value > most and (slower := _pace()) > 1:
            print(f"  {what:<46} {value:9.3f} {unit}  here, where all takes {slower:.2f} times as long")
            value /= slower
        for limit, words, good in (
            (most, "at most", most is None or value <= most),
            (least, "at least", least is None or value >= least),
        ):
            if limit is not None:
                verdict = f"  {words} {limit:g} {unit}: {'reached' if good else 'MISSED'}"
            if not good:
                self.missed.append(what)
        print(f"  {what:<46} {value:9.3f} {unit}{verdict}", flush=True)


def _pace() -> float:
    """How many times as long this machine takes at the moment as the one that limits are meant for."""
    click = [sys.executable, "-c", "import click"]
    return median(9, lambda: cpu(click, os.getcwd())[0])[0] / CLICK


def use_cores(cores: set[int]) -> None:
    """Run on some cores alone, where the system lets one say so; all there are where none is named."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cores or range(os.cpu_count() or 1))


def cpu(command: list[str], folder: str) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of a command, which may end with findings but not with an error."""
    child = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment()
    )
    assert child.stderr is not None
    words = child.stderr.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stderr.close()
    if child.returncode not in (0, 1) or "Traceback" in words:
        raise SystemExit(f"{' '.join(command)} failed:\n{words}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": root}


def median(times: int, *measures: Callable[[], float]) -> list[float]:
    """The medians of several measures that take turns."""
    taken = [[measure() for measure in measures] for _ in range(times)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]
