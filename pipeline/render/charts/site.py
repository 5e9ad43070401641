"""Charts in the pages of the site: drawn into the text, in the colours of the page that the reader has chosen."""

import re
from collections.abc import Mapping

from pipeline.render.charts import draw
from pipeline.render.charts.kept import Charts
from pipeline.weave.chart import SCHEME, picture_at

_WANTED = re.compile(rf'<div class="paraph-drawing"( tabindex="0")?>({SCHEME}[\w=-]+)</div>')
_IDS = re.compile(r'\b(id="|url\(#|href="#)(clip\d+|gradient_\w+)')


def drawn(text: str, project: str, folders: tuple[str, ...]) -> str:
    """The text of a page with its charts. Raises CouldNotRun for one that cannot be drawn."""
    if SCHEME not in text:
        return text
    charts = Charts(project, folders)
    names = {colour: name for name, colour in draw.colours(folders).items()}
    number = 0

    def put(match: re.Match[str]) -> str:
        nonlocal number
        try:
            picture = picture_at(match[2])
        except ValueError:
            return match[0]  # Somebody wrote it in a piece of code.
        number += 1
        svg = charts.svg(picture)
        # Readers that cannot see it have the words and the table below; links are there for a pointer alone.
        svg = svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
        svg = _IDS.sub(rf"\g<1>chart{number}-\g<2>", _coloured(svg, names)).replace("\n", " ")
        return f'<div class="paraph-drawing"{match[1] or ""}>{svg}</div>'

    return _WANTED.sub(put, text)


def _coloured(svg: str, names: Mapping[str, str]) -> str:
    """The colours of the theme as properties of the page, which has others where it is dark."""

    def colour(match: re.Match[str]) -> str:
        name = names.get(match[2].lower())
        return f'{match[1]}="var(--paraph-chart-{name}, {match[2]})"' if name else match[0]

    return re.sub(r'\b(fill|stroke)="(#[0-9a-fA-F]{6})"', colour, svg)
