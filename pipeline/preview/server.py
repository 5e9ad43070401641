"""Serves the preview to browsers on this machine, with a script in each page that asks for news.

The script is put into what is sent; no built file holds it.
"""

import http.server
import json
import os
import time
from http import HTTPStatus
from importlib.resources import files
from secrets import token_hex
from urllib.parse import parse_qs, quote, unquote, urlsplit

from pipeline.errors import CouldNotRun
from pipeline.preview.board import Board

OURS = "/_paraph/"
_NAMES = ("127.0.0.1", "localhost")
_SECONDS = 15
_PAUSE = 0.05
_WAITING = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Building</title>
<style>body { font: 1rem/1.5 sans-serif; margin: 4rem auto; max-width: 40rem; padding: 0 1rem }</style>
<body>
<h1>The site is being built</h1>
<p>This page shows it as soon as it is there.</p>
</body>
</html>
"""


class Server(http.server.ThreadingHTTPServer):
    """The server of a folder and a board, on this machine alone. Raises CouldNotRun where the port is taken."""

    daemon_threads = True

    def __init__(self, folder: str, board: Board, port: int) -> None:
        self.folder, self.board, self.run = folder, board, token_hex(4)
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except OSError as error:
            hint = "name another with --port; 0 takes any free one"
            raise CouldNotRun(f"port {port} is taken: {error.strerror}", hint) from error

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went away."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    server: Server

    def __init__(self, request: object, address: object, server: Server) -> None:
        super().__init__(request, address, server, directory=server.folder)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Send news, the script, a page with the script in it, or a file."""
        # A page elsewhere may have a name of its own lead to this machine; it must not read what is shown here.
        if (self.headers.get("Host") or "").rpartition(":")[0] not in _NAMES:
            self.send_error(HTTPStatus.FORBIDDEN, "only for this machine")
            return
        path = urlsplit(self.path).path
        if path == f"{OURS}live.js":
            self._send(files("pipeline.preview").joinpath("live.js").read_bytes(), "text/javascript")
        elif path == f"{OURS}events":
            self._send_news()
        elif path.startswith(OURS):
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self._send_page(unquote(path))

    def _send_page(self, path: str) -> None:
        place = self.translate_path(path)
        if os.path.isdir(place):
            if not path.endswith("/"):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", quote(path) + "/")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            place = os.path.join(place, "index.html")
        if os.path.isfile(place) and not place.endswith(".html"):
            super().do_GET()
            return
        # Counted before it is read: a page that is built meanwhile is then shown anew.
        built = self.server.board.built(path.removesuffix("index.html"))
        page, status = self._page(place)
        until = time.monotonic() + _SECONDS
        while built and status is HTTPStatus.SERVICE_UNAVAILABLE and time.monotonic() < until:
            # It was there: an engine that begins anew empties the folder first.
            time.sleep(_PAUSE)
            page, status = self._page(place)
        script = (
            f'<script src="{OURS}live.js" data-run="{self.server.run}" data-built="{built}" defer></script>'
        )
        before, end, after = page.rpartition(b"</body>")
        whole = before + script.encode() + end + after if end else page + script.encode()
        self._send(whole, "text/html; charset=utf-8", status)

    def _page(self, place: str) -> tuple[bytes, HTTPStatus]:
        for path, status in (
            (place, HTTPStatus.OK),
            (os.path.join(self.server.folder, "404.html"), HTTPStatus.NOT_FOUND),
        ):
            try:
                with open(path, "rb") as file:
                    return file.read(), status
            except OSError:
                continue
        return _WAITING.encode(), HTTPStatus.SERVICE_UNAVAILABLE

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _send_news(self) -> None:
        """Send the state now and whenever it changes, until the browser goes away."""
        page = parse_qs(urlsplit(self.path).query).get("page", ["/"])[0].removesuffix("index.html")
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        board, number = self.server.board, -1
        try:
            while True:
                if board.wait(number, _SECONDS):
                    number, state = board.read(page)
                    told = json.dumps({"run": self.server.run, **state}, ensure_ascii=False)
                    self.wfile.write(f"data: {told}\n\n".encode())
                else:
                    self.wfile.write(b": still here\n\n")
                self.wfile.flush()
        except OSError:
            return

    def end_headers(self) -> None:
        """Ask the browser to look again each time."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""
