"""A chart in the dialect: where it is to be drawn, what it says in words, and its figures as a table.

Weaving draws nothing. A picture stands in the text as an address, `chart:` and all that it is drawn from, and whoever
renders the text draws it there.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import msgspec
from msgspec import structs

from pipeline.figures.days import read_day
from pipeline.model.picture import MARK, Picture
from pipeline.views import Chart
from pipeline.views.dates import long_day
from pipeline.views.words import say
from pipeline.weave import permanent
from pipeline.weave.attributes import classes
from pipeline.weave.inline import literal, weave_line
from pipeline.weave.loom import Loom, Place

SCHEME = "chart:"


def chart(loom: Loom, place: Place, shown: Chart, table: str) -> str:
    """A chart with its words and its day; `table` has its figures, and is ready."""
    day = read_day(shown.day)
    told = say("as of", place.lang, day=long_day(day, place.lang)) if day else ""
    caption = ". ".join(part.rstrip(".") for part in (shown.caption, told) if part)
    words = weave_line(loom, place, shown.words, linked=False)
    address = address_of(_led(loom, place, shown.picture))
    if loom.dialect.name == "pandoc":
        alt = literal(" ".join(shown.words.split()))
        figure = f"![{alt}]({address}){{.chart}}"
        # A caption alone at the foot of a page, and the chart on the next, would belong to nothing.
        whole = (
            loom.dialect.open(classes("drawn")),
            f"**{literal(caption)}**",
            figure,
            words,
            loom.dialect.close(),
        )
        return "\n\n".join(part for part in (*whole, table) if part)
    parts = [
        loom.dialect.open(classes("paraph-chart")),
        f"{literal(caption)}\n{{: .paraph-chart-caption }}" if caption else "",
        # Where it is wider than the page, it is moved sideways, with keys as well.
        f'<div class="paraph-drawing" tabindex="0">{address}</div>',
        f"{words}\n{{: .paraph-chart-words }}",
        f'<details class="paraph-chart-data" markdown="1"><summary>{say("data", place.lang)}</summary>',
        table,
        "</details>",
        loom.dialect.close(),
    ]
    return "\n\n".join(part for part in parts if part)


def _led(loom: Loom, place: Place, picture: Picture) -> Picture:
    """A picture whose marks lead to where artifacts stand in this output; on paper they lead nowhere."""
    data = {name: [_row(loom, place, row) for row in rows] for name, rows in picture.data.items()}
    return structs.replace(picture, data=data)


def _row(loom: Loom, place: Place, row: dict[str, object]) -> dict[str, object]:
    mark = row.get("mark")
    if not isinstance(mark, str) or not mark.startswith(MARK):
        return row
    identity, _, words = mark.removeprefix(MARK).partition("|")
    if loom.dialect.name == "pandoc":
        return {name: value for name, value in row.items() if name != "mark"}
    return {**row, "mark": f"{MARK}{_way(loom, place, identity)}|{words}"}


def _way(loom: Loom, place: Place, identity: str) -> str:
    """Where an artifact stands on the site, seen from a page as it is served: no engine looks into a drawing."""
    artifact = loom.programme.artifacts.get(identity)
    if artifact is None or loom.addresses.artifact(identity) is None:
        return ""
    return "../" * permanent.address_of(place.home).count("/") + permanent.place_of(artifact)


def address_of(picture: Picture) -> str:
    """The address under which a picture stands in a text."""
    return SCHEME + urlsafe_b64encode(msgspec.json.encode(picture)).decode("ascii")


def picture_at(address: str) -> Picture:
    """The picture of an address. Raises ValueError for what is none."""
    try:
        return msgspec.json.decode(urlsafe_b64decode(address.removeprefix(SCHEME)), type=Picture)
    except msgspec.MsgspecError as error:
        raise ValueError("no picture stands under this address") from error
