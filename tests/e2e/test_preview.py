"""`paraph serve --live`: the browser shows what was written, and what is wrong with it, a moment later."""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.e2e.commands import call
from tests.e2e.projects import BIN, environment, make_programme

SECONDS = 90


class Preview(NamedTuple):
    """A preview that runs, in a folder and at a port."""

    process: subprocess.Popen[str]
    folder: Path
    port: int

    def get(self, path: str, host: str = "") -> tuple[int, str]:
        """The status and the content of an address."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        content = answer.read().decode()
        connection.close()
        return answer.status, content

    def news(self, path: str = "/") -> dict[str, Any]:
        """What the browser is told beside a page, at this moment."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", f"/_paraph/events?page={path}")
        line = connection.getresponse().readline().decode()
        connection.close()
        return json.loads(line.removeprefix("data: "))

    def codes(self) -> list[str]:
        """The codes of the findings that are shown."""
        return [item["code"] for item in self.news()["findings"]]

    def write(self, name: str, text: str) -> None:
        """Write a file of the project as an editor would."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@contextmanager
def preview(folder: Path, engine: str) -> Iterator[Preview]:
    """Start a preview and end it with ^C; nothing that it started may be left."""
    process = subprocess.Popen(
        [BIN / "paraph", "serve", "--live", "--engine", engine, "--port", "0"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.match(r"http://127\.0\.0\.1:(\d+)/ shows the sources as you write", said)
        assert found, said + process.communicate(timeout=SECONDS)[1]
        yield Preview(process, folder, int(found[1]))
    finally:
        below = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=SECONDS)
    assert complaint == ""
    assert process.returncode == 0
    assert [pid for pid in below if Path(f"/proc/{pid}").exists() and not is_zombie(pid)] == []
    assert not list(folder.glob("mkdocs.paraph*"))


def descendants(pid: int) -> list[int]:
    shown = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    found = [int(line) for line in shown.stdout.split()]
    return found + [each for child in found for each in descendants(child)]


def is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def wait_for(happened: Callable[[], object]) -> None:
    until = time.monotonic() + SECONDS
    while not happened():
        assert time.monotonic() < until, f"it did not happen within {SECONDS} seconds"
        time.sleep(0.05)


@pytest.fixture(scope="module", params=["zensical", "material"])
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of a small programme, with either engine."""
    folder = make_programme(tmp_path_factory.mktemp(request.param))
    with preview(folder, request.param) as running:
        wait_for(lambda: running.get("/requirements/")[0] == 200)
        yield running


@pytest.fixture(autouse=True)
def _as_before(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give the next test the programme as it was."""
    yield
    if "shown" in request.fixturenames:
        running: Preview = request.getfixturevalue("shown")
        make_programme(running.folder)
        wait_for(lambda: running.news()["error"] == "" and running.codes() == [])


def edit(running: Preview, name: str, old: str, new: str) -> None:
    text = (running.folder / name).read_text()
    assert old in text
    running.write(name, text.replace(old, new))


@pytest.mark.slow
def test_an_edited_page_and_the_pages_that_depend_on_it_are_built_again(shown: Preview):
    before = shown.news("/needs/")["built"]
    edit(shown, "docs_src/needs.md", "Know the balance on the day", "Know the quartz on the day")
    wait_for(lambda: "Know the quartz" in shown.get("/needs/")[1])
    # The requirement names the need that it satisfies by its title.
    wait_for(lambda: "Know the quartz" in shown.get("/requirements/")[1])
    wait_for(lambda: shown.news("/needs/")["built"] > before)


@pytest.mark.slow
def test_a_new_page_stands_in_the_navigation_and_a_removed_one_is_gone(shown: Preview):
    shown.write("docs_src/added.md", "# Added quickly\n\nWords.\n")
    wait_for(lambda: shown.get("/added/")[0] == 200)
    wait_for(lambda: "Added quickly" in shown.get("/needs/")[1])
    (shown.folder / "docs_src/added.md").unlink()
    wait_for(lambda: "Added quickly" not in shown.get("/needs/")[1] and shown.get("/needs/")[0] == 200)


@pytest.mark.slow
def test_a_header_that_cannot_be_read_is_a_finding_and_the_site_stays(shown: Preview):
    edit(shown, "docs_src/needs.md", "title: Business needs", "title: [Business needs")
    wait_for(lambda: "SRC-YAML" in shown.codes())
    # The finding is told first, and what becomes of the site once that is known.
    stays = "until needs.md can be read, the site shows what it was before"
    wait_for(lambda: stays in shown.news("/needs/")["notes"])
    told = shown.news("/needs/")
    (finding,) = [item for item in told["findings"] if item["code"] == "SRC-YAML"]
    assert finding["place"].startswith("docs_src/needs.md:")
    assert finding["page"] == "/needs/"
    # An engine may still be at work on what was there before.
    wait_for(lambda: "<title>Business needs" in shown.get("/needs/")[1])
    assert "SRC-YAML" in shown.codes()
    edit(shown, "docs_src/needs.md", "title: [Business needs", "title: Other needs")
    wait_for(lambda: shown.codes() == [])
    wait_for(lambda: "<title>Other needs" in shown.get("/needs/")[1])


@pytest.mark.slow
def test_settings_that_are_wrong_are_said_beside_the_page_and_mended_later(shown: Preview):
    shown.write("paraph.toml", "titel = 1\n")
    wait_for(lambda: "there is no setting 'titel'" in shown.news()["error"])
    assert shown.get("/needs/")[0] == 200
    shown.write("paraph.toml", 'title = "Mended programme"\n')
    wait_for(lambda: shown.news()["error"] == "")
    wait_for(lambda: "Mended programme" in shown.get("/needs/")[1])


@pytest.mark.slow
def test_a_finding_of_the_programme_is_shown_where_it_is(shown: Preview):
    edit(shown, "docs_src/requirements.md", "BN-001", "BN-777")
    wait_for(lambda: "REF-DEAD" in shown.codes())
    (finding,) = [item for item in shown.news()["findings"] if item["code"] == "REF-DEAD"]
    assert finding["href"] == "/requirements/#REQ-001"
    assert finding["severity"] == "error"


@pytest.mark.slow
def test_the_script_is_sent_with_pages_and_stands_in_no_file(shown: Preview):
    assert shown.get("/needs/")[1].count("/_paraph/live.js") == 1
    assert "EventSource" in shown.get("/_paraph/live.js")[1]
    built = [path for path in (shown.folder / "build/live/site").rglob("*") if path.is_file()]
    assert len(built) > 10
    assert [path for path in built if b"/_paraph/" in path.read_bytes()] == []


@pytest.mark.slow
def test_only_this_machine_is_served_and_nothing_outside_the_site(shown: Preview):
    assert shown.get("/needs/", host=f"elsewhere.example:{shown.port}")[0] == 403
    assert shown.get("/_paraph/events", host="elsewhere.example")[0] == 403
    # The engine may be at work on a change of the test before, and have taken the page away for a moment.
    wait_for(lambda: shown.get("/needs/", host=f"localhost:{shown.port}")[0] == 200)
    for path in ("/../engine.txt", "/%2e%2e/engine.txt", "/..%2fengine.txt", "/_paraph/board.py"):
        assert shown.get(path)[0] == 404, path
    listening = Path("/proc/net/tcp").read_text()
    assert f"0100007F:{shown.port:04X}" in listening
    assert f"00000000:{shown.port:04X}" not in listening


@pytest.mark.slow
def test_two_previews_of_one_project_do_not_mix(shown: Preview):
    done = call("serve", "--live", "--port", "0", cwd=shown.folder, status=2)
    assert "another run is building this site" in done.err


@pytest.mark.slow
def test_a_browser_shows_the_change_and_the_findings_by_itself(shown: Preview):
    browser_path = shutil.which("chromium")
    assert browser_path is not None
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{shown.port}/requirements/", wait_until="load")
        panel = page.locator("paraph-findings summary")
        expect(panel).to_have_text("no findings", timeout=SECONDS * 1000)
        edit(shown, "docs_src/requirements.md", "within 2 seconds", "within 2 blue moons")
        expect(page.locator("article")).to_contain_text("2 blue moons", timeout=SECONDS * 1000)
        edit(shown, "docs_src/requirements.md", "BN-001", "BN-777")
        expect(panel).to_have_text("1 error", timeout=SECONDS * 1000)
        panel.click()
        expect(page.locator("paraph-findings li.here")).to_contain_text("REF-DEAD")
        browser.close()


@pytest.mark.slow
def test_a_preview_begins_with_a_header_that_cannot_be_read(tmp_path: Path):
    folder = make_programme(tmp_path)
    (folder / "docs_src/broken.md").write_text("---\ntitle: [\n---\n\n# Broken\n")
    with preview(folder, "material") as running:
        wait_for(lambda: running.get("/needs/")[0] == 200)
        assert "SRC-YAML" in running.codes()


@pytest.mark.slow
def test_a_request_to_end_ends_the_engine_too(tmp_path: Path):
    folder = make_programme(tmp_path)
    process = subprocess.Popen(
        [BIN / "paraph", "serve", "--live", "--engine", "zensical", "--port", "0"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    below = descendants(process.pid)
    assert below
    process.send_signal(signal.SIGTERM)
    assert process.wait(SECONDS) == 143
    process.stdout.close()
    wait_for(lambda: all(is_zombie(pid) for pid in below))
    assert not list(folder.glob("mkdocs.paraph*"))


def test_what_goes_with_a_preview_alone_is_refused_without_it(tmp_path: Path):
    folder = make_programme(tmp_path)
    done = call("serve", "--engine", "zensical", cwd=folder, status=2)
    assert "--engine goes with --live" in done.err


@pytest.mark.slow
def test_a_taken_port_is_one_message(tmp_path: Path, shown: Preview):
    folder = make_programme(tmp_path)
    done = call("serve", "--live", "--port", str(shown.port), cwd=folder, status=2)
    assert f"port {shown.port} is taken" in done.err
    assert "mkdocs.paraph.live.yml" not in os.listdir(folder)
