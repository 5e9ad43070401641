"""What the journeys share: a browser that may ask nobody but the site, and the sites."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.e2e.conftest import common, once
from tests.e2e.journeys.sites import build, clone_of, served
from tests.e2e.test_look import browser, make_site

__all__ = ["browser"]

Visit = Callable[..., Page]


def _told(error: str) -> list[str]:
    """An error of a page, but for what it could not load: `_failed` and the answers tell whether that is a fault."""
    return [] if error.endswith("failed to load.") or error == "Network error" else [error]


def _failed(ask: Request) -> list[str]:
    """What could not be loaded, but for what a reader who went on did not wait for."""
    return [] if ask.failure == "net::ERR_ABORTED" else [f"{ask.url}: {ask.failure}"]


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder for as long as the pages of a reader are open, which may still be loading."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(served(folder))


@pytest.fixture
def visit(browser: Browser, serve: object) -> Iterator[Visit]:
    """Opens pages for a reader. Nothing may go wrong in them, and no other host may be asked for anything."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(address: str, **how: Any) -> Page:
        site = "/".join(address.split("/")[:3]) + "/"
        usual = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", "base_url": site}
        contexts.append(browser.new_context(**{**usual, **how}))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: wrong.extend(_told(str(error))))
        own = (site, "data:", "blob:")
        page.on("request", lambda ask: None if ask.url.startswith(own) else wrong.append(ask.url))
        page.on("requestfailed", lambda ask: wrong.extend(_failed(ask)))
        page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def history_folder(tmp_path_factory: pytest.TempPathFactory, replayed: Path) -> Path:
    """The site of the replayed history."""

    def journeys_of_history(folder: Path) -> None:
        build(clone_of(replayed, folder))

    return once(common(tmp_path_factory), journeys_of_history) / "programme/dist/site"


@pytest.fixture(scope="session")
def zensical_folder(tmp_path_factory: pytest.TempPathFactory, replayed: Path) -> Path:
    """The same site, built by the other engine."""

    def journeys_by_zensical(folder: Path) -> None:
        build(clone_of(replayed, folder), "--engine", "zensical")

    return once(common(tmp_path_factory), journeys_by_zensical) / "programme/dist/site"


@pytest.fixture(scope="session")
def dutch_folder(tmp_path_factory: pytest.TempPathFactory, replayed: Path) -> Path:
    """The same site in Dutch."""

    def journeys_in_dutch(folder: Path) -> None:
        project = clone_of(replayed, folder)
        settings = project / "pyproject.toml"
        settings.write_text(
            settings.read_text().replace('title = "PERCEPTA"\n', 'title = "PERCEPTA"\nlang = "nl"\n', 1)
        )
        build(project)

    return once(common(tmp_path_factory), journeys_in_dutch) / "programme/dist/site"


@pytest.fixture(scope="session")
def reference_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the whole reference programme."""
    return once(common(tmp_path_factory), make_site) / "dist/site"


@pytest.fixture(scope="session")
def history(history_folder: Path) -> Iterator[str]:
    with served(history_folder) as address:
        yield address


@pytest.fixture(scope="session")
def zensical(zensical_folder: Path) -> Iterator[str]:
    with served(zensical_folder) as address:
        yield address


@pytest.fixture(scope="session")
def dutch(dutch_folder: Path) -> Iterator[str]:
    with served(dutch_folder) as address:
        yield address


@pytest.fixture(scope="session")
def reference(reference_folder: Path) -> Iterator[str]:
    with served(reference_folder) as address:
        yield address
