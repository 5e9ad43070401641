"""`paraph schema`: the effective schema of a kind."""

from difflib import get_close_matches

import click

from pipeline.cli.options import project_options, say
from pipeline.settings import Project


@click.command()
@click.argument("kind", required=False)
@click.option(
    "--editor",
    type=click.Choice(["schema", "snippets"]),
    default=None,
    help="For editors: one schema of all front matter, or snippets in the form of VS Code.",
)
@project_options
def command(kind: str | None, editor: str | None, project: Project) -> None:
    """Print the effective, flattened JSON Schema of KIND (or `page`, `view`). Without KIND, list the kinds."""
    import msgspec

    from pipeline.exchange.editor import editor_schema, snippets
    from pipeline.kinds import build_catalogue, read_schemas
    from pipeline.shipped import folder

    catalogue = build_catalogue(read_schemas([folder("schemas"), project.path(project.settings.schemas)]))
    for fault in catalogue.faults:
        click.echo(f"{fault.path}:{fault.line}: {fault.message}", err=True)
    schemas = {name: item.schema for name, item in catalogue.kinds.items()}
    if editor is not None:
        if kind is not None:
            raise click.UsageError("--editor is for all kinds together; leave KIND out")
        made = (editor_schema if editor == "schema" else snippets)(catalogue.kinds.values())
        say(msgspec.json.format(msgspec.json.encode(made), indent=2).decode())
        return
    if kind is None:
        for name, item in sorted(catalogue.kinds.items()):
            say(f"{item.prefix:<5} {name:<17} {item.description.split('. ')[0].rstrip('.')}.")
        return
    schemas |= {"page": catalogue.page, "view": catalogue.view}
    if kind not in schemas:
        near = get_close_matches(kind, schemas, n=1, cutoff=0.4)
        raise click.UsageError(f"there is no kind {kind}" + (f"; did you mean {near[0]}?" if near else ""))
    say(msgspec.json.format(msgspec.json.encode(schemas[kind]), indent=2).decode())
