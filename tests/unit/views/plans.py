"""Small plans for tests of the views that show time, and what their charts say."""

from typing import Any

from msgspec import structs

from pipeline.model import Programme
from pipeline.views import Chart, Ref, Shown, Table, Words, show
from pipeline.views.drawing import WIDTH, width_of
from tests.support import programme_of

# 300 signs of three scripts: Latin, Chinese and Arabic.
LONG = {
    "latin": "Recalculation of payment plans after late receipts " * 6,
    "chinese": "付款计划的重新计算" * 34,
    "arabic": "إعادة حساب خطة السداد " * 14,
}


def section(identity: str, title: str = "Title", body: str = "", **fields: str) -> str:
    """An artifact as a section."""
    rows = "\n".join(f"{key}: {value}" for key, value in fields.items())
    return f"## {identity} {title}\n\n```yaml {{.artifact}}\n{rows}\n```\n\n{body}\n\n"


def milestone(identity: str, title: str = "Title", **fields: str) -> str:
    """A milestone that is planned, unless it says otherwise."""
    return section(identity, title, **({"status": "planned"} | fields))


def planned(text: str, day: str = "") -> Programme:
    """The programme of one file, as of a day."""
    return structs.replace(programme_of({"plan.md": f"# Plan\n\n{text}"})[0], day=day)


def chart(programme: Programme, lang: str = "en", **fields: Any) -> Chart:
    """The chart that a block shows."""
    shown = show(programme, fields, lang)
    assert isinstance(shown, Chart)
    return shown


def rows(shown: Shown) -> list[list[str]]:
    """The table of a chart, as text, with gaps as they are read."""
    table = shown.table if isinstance(shown, Chart) else shown
    assert isinstance(table, Table)
    return [
        [" ".join(_text(part).replace("\u00a0", " ") for part in cell) for cell in row] for row in table.rows
    ]


def _text(part: object) -> str:
    return part.id if isinstance(part, Ref) else part.text if isinstance(part, Words) else str(part)


def words(shown: Chart) -> list[str]:
    """All that is written in the picture, in the order in which it is drawn."""
    return [row["text"] for row in shown.picture.data["words"]]


def marks(shown: Chart) -> list[str]:
    """What the pieces of the picture lead to and say."""
    return [row["mark"] for part in shown.picture.data.values() for row in part if row["mark"]]


def overflowing(shown: Chart) -> list[str]:
    """The words that stand out of the picture on the left or on the right, by the estimate that all charts go by."""
    found = []
    for row in shown.picture.data["words"]:
        wide = min(width_of(row["text"], row["size"]), row["limit"] or WIDTH * 9)
        left = row["x"] - {"left": 0, "center": wide / 2, "right": wide}[row["align"]]
        if not -1 <= left <= left + wide <= WIDTH + 1:
            found.append(row["text"])
    return found
