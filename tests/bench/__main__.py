"""`make bench`: prints each figure beside what it must be, and fails when one is missed.

CPU time (user and system) of whole processes on one core, as medians of runs that alternate with their floor, so that
both see the same machine. Parts and sizes may be named: `make bench ARGS="check 1000 10000"`, `ARGS=pdf`. The parts
are start, check, base, site, pdf, serve and release; the sizes are those of a check.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from pipeline.checks import CHECKS
from tests.bench.base import bench_base
from tests.bench.charts import bench_charts
from tests.bench.generate import generate
from tests.bench.measure import PARAPH, Figures, cpu, median, use_cores
from tests.bench.pdf import bench_pdf
from tests.bench.release import bench_release
from tests.bench.serve import bench_serve
from tests.bench.sign import bench_sign
from tests.bench.site import bench_site

# Runs at each size; the largest takes half a minute a run.
RUNS = {1_000: 7, 10_000: 5, 100_000: 1}
SIZES = (1_000, 10_000, 100_000)


def bench_start(figures: Figures, _folder: str) -> None:
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
    Path(folder, "paraph.toml").write_text(_settings(), encoding="utf-8")
    check = [*PARAPH, "check", "--no-prose", "--today", "2026-11-23"]
    # With no settings but the defaults every rule is on.
    everything = [*check, "--config", "all.toml"]
    Path(folder, "all.toml").write_text("", encoding="utf-8")
    floor = [sys.executable, "-m", "tests.bench.floor", "docs_src", str(size)]
    memory = 0.0
    cpu(floor, folder)

    def cold() -> float:
        nonlocal memory
        shutil.rmtree(os.path.join(folder, ".paraph"), ignore_errors=True)
        seconds, peak = cpu(check, folder)
        memory = max(memory, peak)
        return seconds

    def every() -> float:
        shutil.rmtree(os.path.join(folder, ".paraph"), ignore_errors=True)
        return cpu(everything, folder)[0]

    def changed(command: list[str] = check) -> float:
        path = os.path.join(folder, "docs_src/requirement/000/REQ-00101.md")
        with open(path, "a", encoding="utf-8") as file:
            file.write("\nOne more sentence, see REQ-00003.\n")
        return cpu(command, folder)[0]

    runs = RUNS.get(size, 3)
    lowest, coldest = median(runs, lambda: cpu(floor, folder)[0], cold)
    cold()
    _outlast_racy()
    unchanged, one = cpu(check, folder)[0], 0.0
    (unchanged,) = median(runs, lambda: cpu(check, folder)[0])
    changed()
    (one,) = median(runs, changed)
    (all_cold,) = median(min(runs, 3), every)
    changed(everything)
    (all_one,) = median(runs, lambda: changed(everything))
    ten = size == 10_000
    figures.show("floor: read, YAML, schema", lowest, "s")
    figures.show("cold", coldest, "s", 2.5 if ten else None)
    figures.show("cold / floor", coldest / lowest, "x", 4 if ten else None)
    figures.show("unchanged", unchanged, "s", 0.3 if ten else None)
    figures.show("one changed", one, "s", 0.5 if ten else None)
    figures.show("peak memory, cold", memory, "MB", 200 if ten else None)
    figures.show("all rules, cold", all_cold, "s", 6 if ten else None)
    figures.show("all rules, one changed", all_one, "s", 0.8 if ten else None)
    COLD[size], PEAK[size] = coldest, memory
    if size == 100_000 and 10_000 in COLD:
        figures.show("cold, 100,000 / 10,000", coldest / COLD[10_000], "x", 12)
        figures.show("memory, 100,000 / 10,000", memory / PEAK[10_000], "x", 12)


# The rules on reading, schemas, IDs, links and coverage: the first figures hold for these, others for all rules.
SPINE = {
    "SCHEMA", "ID-UNIQ", "ID-KIND", "KIND-FILE", "REF-DEAD", "REF-KIND", "REF-CYCLE", "REF-SUPER", "REF-DRAFT",
    "REF-VER",
    "RQ-NEED", "RQ-AC", "RQ-VERIF", "TC-ORPH", "ND-COV", "LINK-DEAD", "A11Y", "SEC-HTML", "SEC-LINK", "DIALECT", "VIEW",
    "VIEW-DEAD", "SRC-YAML", "SRC-READ", "SRC-FENCE", "SRC-BLOCK", "SRC-LIMIT",
}  # fmt: skip


def _settings() -> str:
    """Settings that switch all rules off but those of the spine."""
    others = sorted(rule.code for rule in CHECKS if rule.code not in SPINE)
    return "[severity]\n" + "".join(f'{code} = "off"\n' for code in others)


COLD: dict[int, float] = {}
PEAK: dict[int, float] = {}


def _outlast_racy() -> None:
    """Wait until no file counts as changed a moment ago."""
    import time

    time.sleep(2.1)
    # The stamp of the last run lies before that moment: one more run takes a new one.


PARTS = {
    "start": bench_start,
    "check": None,
    "base": bench_base,
    "site": bench_site,
    "pdf": bench_pdf,
    "serve": bench_serve,
    "sign": bench_sign,
    "release": bench_release,
    "charts": bench_charts,
}


def main(arguments: list[str]) -> int:
    """Measure what is named, or everything, and say what was missed."""
    sizes = [int(item) for item in arguments if item.isdigit()] or list(SIZES)
    named = [item for item in arguments if not item.isdigit()]
    if unknown := set(named) - PARTS.keys():
        raise SystemExit(f"there is no part {', '.join(sorted(unknown))}; the parts are {', '.join(PARTS)}")
    # Sizes alone mean a check of these.
    named = named or (["check"] if len(arguments) else list(PARTS))
    use_cores({(os.cpu_count() or 1) - 1})
    figures = Figures()
    for name in named:
        measure = PARTS[name]
        for size in sizes if measure is None else [0]:
            with tempfile.TemporaryDirectory(prefix="paraph-bench-") as folder:
                bench_check(figures, size, folder) if measure is None else measure(figures, folder)
    print("missed: " + ", ".join(figures.missed) if figures.missed else "every figure is reached")
    return 1 if figures.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
