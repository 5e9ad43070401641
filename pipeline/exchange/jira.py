"""Issues of a tracker, from an export of Jira: CSV in any of the usual encodings, or JSON of its REST interface.

An export of a million rows is read row by row; nothing is kept here.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.errors import CouldNotRun
from pipeline.exchange.files import encoding_of, read_json
from pipeline.model.imported import Issue

# What columns are called, by what they hold; Jira names them in the language of the person who exports.
COLUMNS = {
    "key": ("issue key", "key", "clé de ticket", "clé", "issuesleutel", "sleutel"),
    "title": ("summary", "résumé", "samenvatting"),
    "kind": ("issue type", "issuetype", "type de ticket", "type", "issuetype naam"),
    "status": ("status", "état", "statut"),
    "resolution": ("resolution", "résolution", "oplossing"),
    "points": ("story points", "story point estimate", "storypoints"),
    "team": ("team", "équipe"),
    "iteration": ("sprint", "iteration"),
    "parent": ("parent key", "parent", "epic link", "parent link", "lien d'epic"),
    "labels": ("labels", "étiquettes"),
    "requirements": ("requirements", "requirement", "implements", "exigences", "vereisten"),
}
_NAMES = {name: field for field, names in COLUMNS.items() for name in names}
_CUSTOM = re.compile(r"(?:custom field|champs? personnalisés?|aangepast veld)\s*\((.*)\)")
_SEPARATORS = ",;\t|"
_LONGEST_CELL = 50_000_000

Row = dict[str, list[str]]


def read_issues(path: str, prefix: str = "REQ") -> Iterator[Issue]:
    """The issues of an export, one by one. Raises CouldNotRun for what is none, with the line.

    Requirements are IDs with the `prefix` in a label, in a column of that name, or in the summary.
    """
    rows = _json_rows(path) if _is_json(path) else _csv_rows(path)
    named = re.compile(rf"(?<![A-Za-z0-9]){re.escape(prefix)}-\d+(?!\d)")
    return (_issue(row, line, named) for line, row in rows)


def _issue(row: Row, line: int, named: re.Pattern[str]) -> Issue:
    fields = {
        name: row[name][-1] for name in ("title", "status", "points", "team", "iteration") if row.get(name)
    }
    if row.get("resolution") and fields.get("status"):
        fields["resolution"] = row["resolution"][-1]
    texts = " ".join(text for name in ("requirements", "labels", "title") for text in row.get(name, ()))
    return Issue(
        key=(row.get("key") or [""])[-1],
        line=line,
        kind=(row.get("kind") or [""])[-1],
        fields=fields,
        parent=(row.get("parent") or [""])[-1],
        requirements=tuple(dict.fromkeys(named.findall(texts))),
    )


def _field(column: str) -> str:
    """What a column holds, by its name; '' for one that is not looked at."""
    name = " ".join(column.casefold().split())
    custom = _CUSTOM.fullmatch(name)
    return _NAMES.get(custom[1].strip() if custom else name, "")


def _is_json(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def _csv_rows(path: str) -> Iterator[tuple[int, Row]]:
    """The rows of a CSV file with the line on which each ends."""
    encoding = encoding_of(path)
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        with open(path, encoding=encoding, newline="") as file:
            separator = _separator(file.readline())
            file.seek(0)
            reader = csv.reader(file, delimiter=separator, strict=True)
            names = next(reader, [])
            fields = [_field(name) for name in names]
            _expect(path, fields, names)
            for cells in reader:
                if not any(cells):
                    continue
                if len(cells) > len(fields):
                    raise CouldNotRun(
                        f"{path}:{reader.line_num}: {len(cells)} cells below {len(fields)} columns",
                        "a cell that holds the separator must stand in quotes: export it again",
                    )
                yield reader.line_num, _row(zip(fields, cells, strict=False))
    except csv.Error as error:
        raise CouldNotRun(f"{path}:{reader.line_num}: this is no CSV: {error}", "export it again") from error
    except UnicodeError as error:
        raise CouldNotRun(f"{path} breaks off within a character", "export it again") from error
    finally:
        csv.field_size_limit(before)


def _separator(head: str) -> str:
    """The separator of a CSV file: the one that stands most often in its first line, outside quotes."""
    plain = re.sub(r'"[^"]*"', "", head)
    return max(_SEPARATORS, key=plain.count)


def _expect(path: str, fields: list[str], names: Iterable[str]) -> None:
    for field, words in (("key", "Issue key"), ("title", "Summary"), ("kind", "Issue Type")):
        if field not in fields:
            known = ", ".join(filter(None, names))[:200] or "none"
            known = "".join(character if character.isprintable() else "\ufffd" for character in known)
            raise CouldNotRun(
                f"{path} has no column {words!r}; its columns are {known}", f"export {words} too"
            )


def _row(cells: Iterable[tuple[str, str]]) -> Row:
    row: Row = {}
    for field, cell in cells:
        if field and cell.strip():
            row.setdefault(field, []).append(cell.strip())
    return row


def _json_rows(path: str) -> Iterator[tuple[int, Row]]:
    """The issues of a JSON file: a list, or the answer of a search with `issues` and perhaps `names`."""
    value = read_json(path)
    issues = value.get("issues") if isinstance(value, dict) else value
    names = value.get("names") if isinstance(value, dict) else None
    if not isinstance(issues, list):
        raise CouldNotRun(
            f"{path} holds no list of issues", 'write {"issues": [...]}, as a search of Jira answers'
        )
    for at, issue in enumerate(issues, 1):
        if isinstance(issue, dict):
            yield at, _row(_cells(issue, names if isinstance(names, dict) else {}))
        else:
            yield at, {}


def _cells(issue: dict[str, Any], names: dict[str, Any]) -> Iterator[tuple[str, str]]:
    inner = issue.get("fields")
    for name, value in {**issue, **(inner if isinstance(inner, dict) else {})}.items():
        for text in _texts(value):
            yield _field(str(names.get(name, name))), text


def _texts(value: Any) -> Iterator[str]:
    """A value as the CSV would have it: of an object its name or key, of a list each item."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        yield from _texts(
            next((value[key] for key in ("name", "key", "value", "title") if key in value), None)
        )
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield f"{value:g}" if isinstance(value, float) else str(value)
