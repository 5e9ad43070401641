"""`paraph serve`: show the built site on this machine, or with `--live` the site as one writes."""

import functools
import http.server
import os
import threading
from collections.abc import Callable

import click

from pipeline.cli.options import (
    audience_option,
    day_of,
    engine_option,
    progress,
    project_options,
    today_option,
)
from pipeline.errors import CouldNotRun
from pipeline.settings import Project, open_project


@click.command()
@project_options
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 for any free one.",
)
@click.option("--live", is_flag=True, help="Show the sources as they are, and anew when they change.")
@audience_option
@engine_option
@today_option
@click.pass_context
def command(
    ctx: click.Context,
    project: Project,
    port: int,
    live: bool,
    audience: str,
    engine: str | None,
    today: str | None,
) -> None:
    """Show the built site on this machine, to nobody else, until ^C.

    With --live, check and build what changes as you write, and show the findings beside the page.
    """
    if live:
        _preview(project, port, audience, engine or project.settings.site.engine, day_of(project, today))
        return
    given = [name for name in ("audience", "engine", "today") if _is_given(ctx, name)]
    if given:
        raise click.UsageError(f"--{given[0]} goes with --live; without it the site is shown as it was built")
    _serve(project, port)


def _is_given(ctx: click.Context, name: str) -> bool:
    return ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


def _preview(project: Project, port: int, audience: str, engine_name: str, day: str) -> None:
    """Show the site as one writes, until ^C; then all that runs for it is ended."""
    from pipeline.preview.board import Board
    from pipeline.preview.server import Server
    from pipeline.preview.session import Session, Wishes, watch_pages
    from pipeline.render.live import Place, engine, workplace

    place = Place(project.folder, project.root, project.settings.templates)
    board, ended = Board(), threading.Event()
    with (
        workplace(place),
        engine(engine_name, place, day) as builder,
        Server(place.site, board, port) as server,
    ):
        session = Session(_reopen(project), Wishes(audience, day), place, builder, board)
        for work in (server.serve_forever, lambda: watch_pages(place.site, board, ended)):
            threading.Thread(target=work, daemon=True).start()
        try:
            with progress() as show:
                show("checking and weaving")
                session.begin()
            click.echo(
                f"http://127.0.0.1:{server.server_address[1]}/ shows the sources as you write; end it with ^C"
            )
            session.follow()
        except KeyboardInterrupt:
            click.echo("ended")
        finally:
            ended.set()
            server.shutdown()


def _reopen(project: Project) -> Callable[[], Project]:
    """What reads the settings again, with the sources where they are."""
    return lambda: open_project(project.file, project.root) if project.file else project


def _serve(project: Project, port: int) -> None:
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
