"""How soon `paraph serve --live` shows an edit: the page itself, and a page that depends on it. Wall-clock seconds."""

import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.generate import generate
from tests.bench.measure import Figures, use_cores

EDITED = "requirement/000/REQ-00101"
RUNS = 3
STATES = ("draft", "in-review")
_MOST = 120


def bench_serve(figures: Figures, folder: str, size: int = 500, engine: str = "zensical") -> None:
    """Change the status of a requirement several times, then its title; wait for its page and its kind's register.

    All cores may be used: what is measured is how long a person waits.
    """
    print(f"serve --live with {engine}, {size:,} artifacts")
    generate(os.path.join(folder, "docs_src"), size)
    Path(folder, "paraph.toml").write_text('title = "Bench"\n')
    command = [sys.executable, "-m", "pipeline.cli", "serve", "--live", "--engine", engine, "--port", "0"]
    root = str(Path(__file__).resolve().parents[2])
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": root},
        preexec_fn=lambda: use_cores(set()),
    )  # fmt: skip
    try:
        began = time.monotonic()
        assert process.stdout is not None
        found = re.search(r"127\.0\.0\.1:(\d+)", process.stdout.readline())
        assert found, "the preview did not start"
        port = int(found[1])
        _until(lambda: _get(port, f"/{EDITED}/")[0] == 200 and _get(port, "/kinds/requirement/")[0] == 200)
        figures.show("the site is there for the first time", time.monotonic() - began, "s")
        _edit(port, folder, r"(?m)^status: .*$", "status: approved")
        taken = [_edit(port, folder, r"(?m)^status: .*$", f"status: {STATES[n % 2]}") for n in range(RUNS)]
        fast = engine == "zensical" and size == 500
        for what, column, most in (("the edited page", 0, 1), ("a page that depends on it", 1, 5)):
            figures.show(what, statistics.median(row[column] for row in taken), "s", most if fast else None)
        # A title stands in the navigation of all pages.
        page, register = _edit(port, folder, r"(?m)^# .*$", "# Another title")
        figures.show("a new title, on its page", page, "s")
        figures.show("a new title, on a page that depends on it", register, "s")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(_MOST)
        if process.stdout is not None:
            process.stdout.close()


def _edit(port: int, folder: str, pattern: str, new: str) -> tuple[float, float]:
    """Change a line, and give the seconds until its page and the register say something else than before."""
    path = Path(folder, "docs_src", f"{EDITED}.md")
    addresses = (f"/{EDITED}/", "/kinds/requirement/")
    before = [_article(port, address) for address in addresses]
    path.write_text(re.sub(pattern, new, path.read_text(), count=1))
    began = time.monotonic()
    page, register = (
        _until(lambda: _article(port, address) != old) - began  # noqa: B023
        for address, old in zip(addresses, before, strict=True)
    )
    # The steps that follow an edit end before the next begins.
    _until(lambda: time.monotonic() - began > register + 2)
    return page, register


def _article(port: int, address: str) -> str:
    status, content = _get(port, address)
    return content.partition("<article")[2].partition("</article>")[0] if status == 200 else ""


def _until(happened: Callable[[], bool]) -> float:
    began = time.monotonic()
    while not happened():
        if time.monotonic() - began > _MOST:
            raise SystemExit(f"the preview did not show it within {_MOST} seconds")
        # Not so often that the asking takes the time of what is asked for.
        time.sleep(0.1)
    return time.monotonic()


def _get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_MOST)
    connection.request("GET", path)
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()
    return answer.status, content
