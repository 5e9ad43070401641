"""`paraph serve`: show the built site on this machine."""

import functools
import http.server
import os

import click

from pipeline.cli.options import project_options
from pipeline.errors import CouldNotRun
from pipeline.settings import Project


@click.command()
@project_options
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 for any free one.",
)
def command(project: Project, port: int) -> None:
    """Show the built site on this machine, to nobody else, until ^C."""
    folder = project.path(project.settings.output, "site")
    if not os.path.isfile(os.path.join(folder, "index.html")):
        raise CouldNotRun(f"there is no site in {os.path.relpath(folder)}", "make it with `paraph site`")
    handler = functools.partial(_Handler, directory=folder)
    try:
        listening = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        hint = "name another with --port; 0 takes any free one"
        raise CouldNotRun(f"port {port} is taken: {error.strerror}", hint) from error
    with listening as server:
        click.echo(
            f"http://127.0.0.1:{server.server_address[1]}/ shows {os.path.relpath(folder)}; end it with ^C"
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("ended")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the folder, quietly, with nothing kept by the browser."""

    def end_headers(self) -> None:
        """Ask the browser to look again each time."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""
