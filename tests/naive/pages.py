"""The tables of a built site, read back from its pages."""

from pathlib import Path

from lxml import html

from tests.naive.reading import figures_in


def tables(built: Path, page: str) -> dict[str, list[list[str]]]:
    """The rows of all tables of a page without their headers, by the words of the first header cell and the heading."""
    root = html.parse(str(built / "dist/site" / page / "index.html")).getroot()
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for node in root.find(".//article").iter("h1", "h2", "h3", "table"):
        words = [" ".join(row.text_content().split()) for row in node.iter("th", "td")]
        if node.tag != "table":
            heading = node.text_content().replace("¶", "").strip()
            continue
        rows = [[" ".join(cell.text_content().split()) for cell in row.iter("td")] for row in node.iter("tr")]
        found.setdefault(f"{heading}: {words[0]}", []).extend(row for row in rows if row)
    return found


def compact(day: str | None) -> str:
    return f"{day.replace('-', '')}d" if day else ""


def at(row: list[str], *columns: int) -> list[str]:
    """The first figure of some cells, '' for none."""
    return [(figures_in(row[column]) or [""])[0] for column in columns]
