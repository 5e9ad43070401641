"""`paraph publish`: three versions of a real history, in a real branch, looked at in a real browser."""

import functools
import http.server
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.commands import call, contents, digests
from tests.e2e.projects import BIN, INDEX, REQUIREMENTS, make_programme, make_repository, run

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VERSIONS = ["2.0", "1.1", "1.0"]

pytestmark = pytest.mark.slow


class Published(NamedTuple):
    """A repository with three versions, what each publishing said, and the trees of git for each version then."""

    repository: Path
    said: list[str]
    trees: list[dict[str, str]]


def git(folder: Path, *arguments: str) -> str:
    return run("git", *arguments, cwd=folder).stdout.strip()


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", f"--message={message}")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Three commits of a programme, each published; the last one moves a requirement to another document."""
    folder = make_repository(make_programme(tmp_path_factory.mktemp("publish")))
    said, trees = [], []

    def publish(version: str) -> None:
        said.append(run(BIN / "paraph", "publish", version, cwd=folder).stdout)
        rows = git(folder, "ls-tree", "gh-pages").splitlines()
        trees.append({name: what for what, _, name in (row.partition("\t") for row in rows)})

    publish("1.0")
    (folder / "docs_src/index.md").write_text(INDEX + "\nA second version.\n")
    commit(folder, "More")
    publish("1.1")
    (folder / "docs_src/requirements.md").unlink()
    (folder / "docs_src/system").mkdir()
    (folder / "docs_src/system/plans.md").write_text(REQUIREMENTS)
    commit(folder, "Moves it")
    publish("2.0")
    return Published(folder, said, trees)


@pytest.fixture(scope="module")
def address(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The branch as a web server would show it, below a folder of the address."""
    top = tmp_path_factory.mktemp("www")
    git(published.repository, "worktree", "add", "--quiet", "--detach", str(top / "programme"), "gh-pages")
    handler = functools.partial(_Quiet, directory=str(top))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/programme"
        server.shutdown()


class _Server(http.server.ThreadingHTTPServer):
    """A server for which a browser that goes away is no error: its words would land in another test's output."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over a connection that was cut."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves without a word on each request."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a reader who was never there; it may ask nothing of another host, and nothing may go wrong in it."""
    context = browser.new_context(viewport={"width": 1300, "height": 800})
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
    page.on("request", lambda ask: None if ask.url.startswith(address) else wrong.append(ask.url))
    yield page
    context.close()
    assert wrong == []


def test_each_publishing_says_what_was_placed_where(published: Published):
    short = git(published.repository, "rev-parse", "--short=10", "HEAD")
    assert published.said[2].startswith(f"  gh-pages  2.0 of commit {short}, also as latest: ")
    assert published.said[2].endswith("\nNext: git push origin gh-pages makes it public.\n")


def test_the_bytes_of_an_older_version_did_not_change_when_newer_ones_came(published: Published):
    first, second, third = published.trees
    assert first["1.0"] == second["1.0"] == third["1.0"]
    assert second["1.1"] == third["1.1"]
    assert len({third[version] for version in VERSIONS}) == 3
    assert git(published.repository, "rev-list", "--count", "gh-pages") == "3"
    assert git(published.repository, "status", "--porcelain") == ""
    assert git(published.repository, "for-each-ref", "--format=%(refname:short)") == "gh-pages\nmain"


@pytest.mark.parametrize("version", VERSIONS)
def test_the_selector_lists_all_versions_on_each_of_them(page: Page, address: str, version: str):
    page.goto(f"{address}/{version}/")
    expect(page.locator(".md-version__current")).to_have_text(version)
    expect(page.locator(".md-version__link")).to_have_text(VERSIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_only_old_versions_say_that_they_are(page: Page, address: str, version: str):
    page.goto(f"{address}/{version}/needs/")
    expect(page.locator(".md-version__current")).to_be_visible()
    banner = page.get_by_text("This is not the latest version.")
    if version == "2.0":
        expect(banner).to_be_hidden()
    else:
        expect(banner).to_be_visible()
        page.get_by_role("link", name="Go to the latest version").click()
        page.wait_for_url(f"{address}/2.0/")


def test_the_selector_leads_to_another_version(page: Page, address: str):
    page.goto(f"{address}/1.0/")
    page.locator(".md-version__current").focus()
    page.locator(".md-version__link", has_text="1.1").click()
    page.wait_for_url(f"{address}/1.1/")
    expect(page.get_by_text("A second version.")).to_be_visible()


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("1.0", "1.0/requirements/#REQ-001"),
        ("2.0", "2.0/system/plans/#REQ-001"),
        ("latest", "2.0/system/plans/#REQ-001"),
    ],
)
def test_an_address_by_version_and_id_leads_to_the_artifact(page: Page, address: str, asked: str, place: str):
    page.goto(f"{address}/{asked}/id/REQ-001/")
    page.wait_for_url(f"{address}/{place}")
    heading = page.get_by_role("heading", name="REQ-001 Recalculate a payment plan")
    expect(heading).to_be_in_viewport()


def test_whoever_lands_in_the_middle_of_an_old_page_sees_that_it_is_old(page: Page, address: str):
    page.set_viewport_size({"width": 400, "height": 400})
    page.goto(f"{address}/1.0/id/REQ-001/")
    page.wait_for_function("scrollY > 50")
    expect(page.get_by_text("This is not the latest version.")).to_be_in_viewport()


def test_the_top_of_the_address_leads_to_the_latest(page: Page, address: str):
    page.goto(f"{address}/")
    page.wait_for_url(f"{address}/2.0/")


def test_a_permanent_address_is_neither_searched_nor_listed(published: Published):
    for name in ("search/search_index.json", "index.html"):
        assert "id/REQ-001" not in git(published.repository, "show", f"gh-pages:2.0/{name}")


def test_what_is_published_is_not_replaced(published: Published):
    before = git(published.repository, "rev-parse", "gh-pages")
    done = call("publish", "1.0", cwd=published.repository, status=2)
    assert "1.0 is published already of commit" in done.err
    assert "publish under a new version" in done.err
    assert git(published.repository, "rev-parse", "gh-pages") == before
    assert list((published.repository / "build/site").glob("*published*")) == []


def test_a_tree_with_changes_or_without_a_commit_is_not_published(tmp_path: Path):
    folder = make_programme(tmp_path)
    assert "there is no commit yet" in call("publish", "1.0", cwd=folder, status=2).err
    make_repository(folder)
    for name in ("docs_src/new.md", "templates/site/new.css", "mkdocs.yml", "docs_src/index.md"):
        before = (folder / name).read_text() if (folder / name).exists() else None
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("# New\n")
        said = call("publish", "1.0", cwd=folder, status=2).err
        assert "the files are not those of commit" in said
        assert name.split("/")[0] in said
        (folder / name).unlink() if before is None else (folder / name).write_text(before)
    assert "'1,0' is no version" in call("publish", "1,0", cwd=folder, status=2).err
    call("publish", "1.0", "--branch=x", "--folder=y", cwd=folder, status=2)
    assert git(folder, "for-each-ref", "--format=%(refname:short)") == "main"


def test_a_version_goes_to_a_folder_for_its_audience_and_under_its_address(tmp_path: Path):
    folder = make_programme(tmp_path)
    (folder / "paraph.toml").write_text('[site]\nurl = "https://example.org/docs"\n')
    make_repository(folder)
    said = call("publish", "1.0", "--folder=dist/www", "--audience=public", "--alias=", cwd=folder)
    assert "for public readers" in said.out
    assert "git push" not in said.out
    www = contents(folder / "dist/www")
    assert b'href="https://example.org/docs/1.0/"' in www["1.0/index.html"]
    assert b"REQ-001" not in b"".join(www.values())
    assert {path.split("/")[0] for path in www} == {".nojekyll", "1.0", "index.html", "versions.json"}
    before = digests(folder / "dist/www")
    again = call("publish", "1.0", "--folder=dist/www", "--audience=public", "--alias=", cwd=folder)
    assert "as it was already" in again.out
    assert digests(folder / "dist/www") == before
