"""A picture drawn: its template filled in, Vega-Lite run over it, and what it gives made plain.

Vega and Vega-Lite run in vl-convert, without a browser and without a network. What comes out depends on the picture, on
the templates and on that package alone; days are read as UTC.
"""

import json
import os
from collections.abc import Iterable
from functools import cache
from typing import Any

from pipeline import shipped
from pipeline.errors import CouldNotRun
from pipeline.model.picture import Picture
from pipeline.render.charts.plain import plain_svg
from pipeline.render.fonts import FONTS, font_file

FOLDER, THEME = "charts", "theme.json"
WIDTH = 720
_TIMES = {"en": "en-GB", "fr": "fr-FR", "nl": "nl-NL", "de": "de-DE"}
_NUMBERS = {
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["EUR\u00a0", ""]},
    "": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["EUR\u00a0", ""]},
}


def draw(picture: Picture, folders: tuple[str, ...]) -> str:
    """The SVG of a picture; `folders` are those of the templates, the first that has one counts.

    Raises CouldNotRun for a template that does not exist or cannot be drawn.
    """
    return draw_by(specification(picture, folders), picture)


def draw_by(spec: dict[str, Any], picture: Picture) -> str:
    """The SVG of a picture whose specification is known already. Raises CouldNotRun for one that cannot be drawn."""
    number = _NUMBERS.get(picture.lang, _NUMBERS[""])
    options = {"format_locale": number, "time_format_locale": _TIMES.get(picture.lang, "en-GB")}
    drawer = _drawer()
    convert = drawer.vegalite_to_svg if "vega-lite" in str(spec.get("$schema")) else drawer.vega_to_svg
    try:
        return plain_svg(convert(spec, allowed_base_urls=[], **options))
    except ValueError as error:
        why = " ".join(str(error).split())[:300]
        raise CouldNotRun(f"the chart {picture.template!r} could not be drawn: {why}", _HINT) from error


_HINT = "its template is templates/charts/NAME.json, a specification of Vega-Lite or Vega"


@cache
def _drawer() -> Any:
    """The package that draws, loaded late: it takes a while, and most runs draw nothing."""
    import vl_convert

    for folder in sorted({os.path.dirname(font_file(font)) for font in FONTS if font_file(font)}):
        vl_convert.register_font_directory(folder)
    return vl_convert


def specification(picture: Picture, folders: tuple[str, ...]) -> dict[str, Any]:
    """The template of a picture with its data, its values and the colours of the theme in place.

    `folders` are those of the templates; the first that has one counts. Raises CouldNotRun where none has it.
    """
    theme = _read(folders, THEME)
    colours = {f"colour.{name}": colour for name, colour in theme["colours"].items()}
    values = {"width": WIDTH, **picture.values, **colours}
    spec: dict[str, Any] = _filled(_read(folders, f"{picture.template}.json"), values)
    spec["config"] = {**_filled(theme["config"], values), **spec.get("config", {})}
    if "vega-lite" in str(spec.get("$schema")):
        spec["datasets"] = picture.data
    else:
        spec["data"] = [{"name": name, "values": rows} for name, rows in picture.data.items()] + list(
            spec.get("data", ())
        )
    return spec


def template_folders(*folders: str) -> tuple[str, ...]:
    """Where the templates of charts are looked for: those of some folders that are called so, then the shipped one."""
    own = (folder for folder in folders if os.path.basename(os.path.normpath(folder)) == FOLDER)
    return (*own, os.path.join(shipped.folder("templates"), FOLDER))


def colours(folders: tuple[str, ...]) -> dict[str, str]:
    """The colours of the theme by name."""
    found: dict[str, str] = _read(folders, THEME)["colours"]
    return found


def _filled(node: Any, values: dict[str, Any]) -> Any:
    if isinstance(node, dict):
        return {key: _filled(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(item, values) for item in node]
    if isinstance(node, str) and node.startswith("$"):
        return values.get(node[1:], node)
    return node


def _read(folders: Iterable[str], name: str) -> dict[str, Any]:
    for folder in folders:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return _parsed(path, os.stat(path).st_mtime_ns)
    raise CouldNotRun(f"there is no template {name} for charts", _HINT)


@cache
def _parsed(path: str, _changed: int) -> dict[str, Any]:
    with open(path, encoding="utf-8") as file:
        try:
            found: dict[str, Any] = json.load(file)
        except ValueError as error:
            raise CouldNotRun(f"{path} is no JSON: {error}", _HINT) from error
    return found
