"""Draws pages of what was built as pictures: `python scripts/pictures.py readme|gallery`.

`readme` draws the two that README shows: a page of the site with Chromium, a page of a PDF with pdftoppm. `make build`
runs it. `gallery` draws each kind of page at two widths, light and dark, for the handbook; it needs what tests need.

A picture is written only where it differs visibly from the one that is there: browsers draw the edges of letters a
little differently from release to release, and a build shall not change what is committed for that.
"""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parents[1]
SITE, PDF = ROOT / "dist/site", ROOT / "dist/pdf/DLV-001.pdf"
IMAGES, GALLERY = ROOT / "docs_src/handbook/img", ROOT / "docs_src/handbook/gallery"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--hide-scrollbars",
]
SECONDS = 60
COLOURS = 200
# A picture has changed when more than this part of its dots differ by more than this much of 255.
PART, MUCH = 0.002, 96


class Lacking(Exception):
    """A program that draws is not there, or could not draw."""


class View(NamedTuple):
    """A page of the site as it is drawn: name, address below the site, what is scrolled to."""

    name: str
    path: str = ""
    anchor: str = ""


# Without a place to scroll to: on its own, Chromium draws such a page moved down.
README_PAGE = "requirements/payments/"
VIEWS = (
    View("home"),
    View("plan", "state/plan/"),
    View("budget", "state/budget/"),
    View("raid", "state/raid/"),
    View("coverage", "state/requirements/"),
    View("decisions", "state/decisions/"),
    View("committees", "state/committees/"),
    View("documents", "state/documents/"),
    View("pack", "packs/RPT-004-en/"),
    View("register", "kinds/requirement/"),
    View("artifact", "requirements/payments/", "REQ-102"),
    View("matrix", "matrix/"),
    View("rules", "checks/"),
    View("handbook", "handbook/"),
    View("kind", "handbook/kinds/requirement/"),
)
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


def main(arguments: list[str]) -> int:
    """Draws what is asked for; gives 0, or 2 where it could not and CI is set or the gallery was asked for."""
    if arguments not in (["readme"], ["gallery"]):
        print("usage: python scripts/pictures.py readme|gallery", file=sys.stderr)
        return 2
    try:
        draw_readme() if arguments == ["readme"] else draw_gallery()
    except Lacking as error:
        print(f"\nWARNING: the pictures were not drawn: {error}", file=sys.stderr)
        return 2 if os.environ.get("CI") or arguments == ["gallery"] else 0
    return 0


def draw_readme(site: Path = SITE, pdf: Path = PDF, folder: Path = IMAGES) -> None:
    """Draws the page of the site and the page of the PDF that README shows."""
    with tempfile.TemporaryDirectory() as work, served(site) as address:
        drawn = Path(work, "site.png")
        page = f"{address}/{README_PAGE}"
        run(
            program(*BROWSERS), *FLAGS, f"--user-data-dir={work}/profile", "--window-size=1280,860",
            "--virtual-time-budget=3000", f"--screenshot={drawn}", page,
        )  # fmt: skip
        keep(Image.open(drawn), folder / "site.png")
        run(
            program("pdftoppm"),
            "-png",
            "-r",
            "80",
            "-f",
            "8",
            "-l",
            "8",
            "-singlefile",
            str(pdf),
            f"{work}/pdf",
        )
        keep(Image.open(f"{work}/pdf.png"), folder / "pdf.png")


def draw_gallery(site: Path = SITE, folder: Path = GALLERY) -> None:
    """Draws each kind of page at two widths: the wide ones light, and what a phone shows dark; some both ways."""
    from playwright.sync_api import sync_playwright

    with served(site) as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program(*BROWSERS), args=FLAGS)
        for view in VIEWS:
            for size, (width, height) in SIZES.items():
                for scheme in ("light", "dark"):
                    context = browser.new_context(
                        viewport={"width": width, "height": height},
                        color_scheme="dark" if scheme == "dark" else "light",
                        reduced_motion="reduce",
                    )
                    page = context.new_page()
                    page.goto(f"{address}/{view.path}#{view.anchor}")
                    page.evaluate("document.fonts.ready")
                    page.wait_for_timeout(200)
                    page.screenshot(path=folder / "new.png")
                    context.close()
                    with Image.open(folder / "new.png") as drawn:
                        small = drawn.convert("RGB").resize(
                            (width // 2, height // 2), Image.Resampling.LANCZOS
                        )
                    keep(small, folder / f"{view.name}-{size}-{scheme}.png", 96)
        browser.close()
    (folder / "new.png").unlink()


def keep(drawn: Image.Image, path: Path, colours: int = COLOURS) -> bool:
    """Writes a picture with few colours, unless the one that is there looks the same; says whether it did."""
    small = drawn.convert("RGB").quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    if path.is_file():
        with Image.open(path) as before:
            if alike(before.convert("RGB"), small.convert("RGB")):
                return False
    path.parent.mkdir(parents=True, exist_ok=True)
    small.save(path, optimize=True)
    print(f"  drawn  {path}")
    return True


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Says whether two pictures look the same to a reader."""
    if one.size != other.size:
        return False
    histogram = ImageChops.difference(one, other).convert("L").histogram()
    return sum(histogram[MUCH:]) <= PART * one.width * one.height


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serves a built site on this machine alone, since pages read from files have no search."""
    if not (site / "index.html").is_file():
        raise Lacking(f"there is no site at {site}; run `make build`")
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves without a word on each request."""

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def program(*names: str) -> str:
    """Gives the path of the first program that is there. Raises Lacking with what to install where none is."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        package = {"pdftoppm": "poppler-utils"}.get(names[0], names[0])
        raise Lacking(
            f"there is no {names[0]}; install it (Debian: apt-get install {package}) and build again"
        )
    return found


def run(*command: str) -> None:
    """Runs a program that draws. Raises Lacking where it fails or takes too long."""
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Lacking(f"{command[0]} took longer than {SECONDS} s") from error
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", b"") or b""
        raise Lacking(f"{command[0]} failed: {said.decode(errors='replace')[-400:] or error}") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
