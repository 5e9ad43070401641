"""Long tables in parts: a page for every so many rows, with the ways between them.

A browser is slow with a table of thousands of rows, and a page that lists a large register whole weighs more than a
reader on the way can load. Each row stands for itself, so that a table may be cut anywhere.
"""

from collections.abc import Callable

from msgspec import structs

from pipeline.views import Table
from pipeline.weave.loom import Loom, Place
from pipeline.weave.words import word

# A page of this many rows stays within 120 KB compressed, with the style sheets and scripts that it loads.
MOST_ROWS = 500

Writer = Callable[[Loom, Place], str]
# Writes some rows of a table below the ways to the other parts, which are '' where there are none.
PartWriter = Callable[[Loom, Place, Table, str], str]


def in_parts(
    path: str, title: str, rows: int, shown: Callable[[], Table], write: PartWriter
) -> dict[str, tuple[str, Writer]]:
    """The pages of a table of so many rows: by path their title and what writes them. The first has the path itself."""
    most = MOST_ROWS
    starts = range(0, max(rows, 1), most)
    paths = [_path(path, number) for number in range(len(starts))]

    def writer(number: int) -> Writer:
        def written(loom: Loom, place: Place) -> str:
            table = shown()
            part = structs.replace(table, rows=table.rows[starts[number] : starts[number] + most])
            return write(loom, place, part, _ways(loom, place, paths, number, rows, most))

        return written

    titles = [title if number == 0 else f"{title}, {number + 1}" for number in range(len(paths))]
    return {path: (titles[number], writer(number)) for number, path in enumerate(paths)}


def _path(path: str, number: int) -> str:
    return path if number == 0 else f"{path.removesuffix('.md')}-{number + 1}.md"


def _ways(loom: Loom, place: Place, paths: list[str], number: int, rows: int, most: int) -> str:
    """Which rows these are, and links to the other parts."""
    if len(paths) == 1:
        return ""
    first = number * most + 1
    said = word("rows of", place.lang).format(
        first=first, last=min(first + most - 1, rows), all=rows, part=number + 1, parts=len(paths)
    )
    links = [
        f"**{at + 1}**"
        if at == number
        else loom.dialect.link(str(at + 1), loom.addresses.document(path, "") or "")
        for at, path in enumerate(paths)
    ]
    return f"{said} {' '.join(links)}"
