"""The view `raid`: what of the risks, issues, assumptions and dependencies presses most, a table each."""

from collections.abc import Callable, Sequence

from pipeline.figures import raid as log
from pipeline.figures.days import read_day
from pipeline.figures.risks import Risk, Spot
from pipeline.model import Artifact, Programme
from pipeline.views.cells import badge, value_cell
from pipeline.views.dates import unbroken_day
from pipeline.views.select import texts
from pipeline.views.values import Cell, Fields, Nothing, Ref, Several, Shown, Table, Words
from pipeline.views.words import say

# How many of each are shown where the block does not say.
TOP = 5

Row = tuple[Cell, ...]


def raid(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The first `top` of each of the `parts` that have any; all four where the block names none."""
    named = texts(fields.get("parts"))
    top = fields.get("top")
    most = top if type(top) is int and top > 0 else TOP
    made = [make(programme, most, lang) for name, make in _PARTS.items() if not named or name in named]
    tables = tuple(item for item in made if item is not None)
    return Several(tables) if tables else Nothing()


def _table(name: str, columns: Sequence[str], rows: list[Row], most: int, lang: str) -> Table | None:
    """The first rows below a caption that says of how many; None where there are none."""
    if not rows:
        return None
    key = "first of" if len(rows) > most else "all of"
    caption = say(f"raid {name}: {key}", lang, n=min(most, len(rows)), of=len(rows))
    headers = tuple((Words(say(f"raid.{column}", lang)),) for column in columns)
    return Table(headers, tuple(rows[:most]), caption)


def _risks(programme: Programme, most: int, lang: str) -> Table | None:
    columns = ("risk", "score", "remains", "response", "owner", "actions")
    rows = [_risk(programme, item, lang) for item in log.risks(programme)]
    return _table("risks", columns, rows, most, lang)


def _risk(programme: Programme, risk: Risk, lang: str) -> Row:
    return (
        (Ref(risk.id, titled=True),),
        score_cell(risk.inherent, lang),
        score_cell(risk.residual, lang),
        badge(programme, risk.artifact, "response", lang),
        _party(programme, risk.artifact, "owner", lang),
        _actions(programme, risk.artifact),
    )


def score_cell(spot: Spot | None, lang: str) -> Cell:
    """A score with what it is made of: probability times impact."""
    if spot is None:
        return (Words(say("raid.not stated", lang)),)
    return (Words(f"{spot.score} ({spot.probability} × {spot.impact})"),)


def _issues(programme: Programme, most: int, lang: str) -> Table | None:
    columns = ("issue", "urgency", "impact", "owner", "escalated", "actions")
    rows = [_issue(programme, item, lang) for item in log.issues(programme)]
    return _table("issues", columns, rows, most, lang)


def _issue(programme: Programme, issue: Artifact, lang: str) -> Row:
    return (
        (Ref(issue.id, titled=True),),
        badge(programme, issue, "urgency", lang),
        badge(programme, issue, "impact", lang),
        _party(programme, issue, "owner", lang),
        _escalated(programme, issue, lang),
        _actions(programme, issue),
    )


def _escalated(programme: Programme, issue: Artifact, lang: str) -> Cell:
    """To whom an issue was escalated, and on which day."""
    stated = issue.fields.get("escalation")
    if not isinstance(stated, dict):
        return ()
    day = _day(stated.get("on"), lang)
    return (*value_cell(programme, stated.get("to"), lang), *day)


def _assumptions(programme: Programme, most: int, lang: str) -> Table | None:
    columns = ("assumption", "confirm by", "owner", "rests")
    rows: list[Row] = [
        (
            (Ref(item.id, titled=True),),
            _day(item.fields.get("validate_by"), lang),
            _party(programme, item, "owner", lang),
            tuple(Ref(link.target) for link in item.links if link.role == "affects"),
        )
        for item in log.assumptions(programme)
    ]
    return _table("assumptions", columns, rows, most, lang)


def _dependencies(programme: Programme, most: int, lang: str) -> Table | None:
    columns = ("dependency", "provider", "consumer", "needed", "committed", "state")
    rows: list[Row] = [
        (
            (Ref(need.artifact.id, titled=True),),
            _party(programme, need.artifact, "provider", lang),
            _party(programme, need.artifact, "consumer", lang),
            _day(need.artifact.fields.get("need_by"), lang),
            _day(need.artifact.fields.get("commit_by"), lang),
            (Words(_state(need, lang)),),
        )
        for need in log.dependencies(programme)
    ]
    return _table("dependencies", columns, rows, most, lang)


def _state(need: log.Need, lang: str) -> str:
    if need.state == log.LATE and need.float is not None:
        return say("raid.late one" if need.float == -1 else "raid.late", lang, n=-need.float)
    return say(f"raid.{need.state}", lang)


def _party(programme: Programme, artifact: Artifact, field: str, lang: str) -> Cell:
    value = artifact.fields.get(field)
    return value_cell(programme, value, lang) if value else ()


def _day(value: object, lang: str) -> Cell:
    """A day, which no line end parts."""
    day = read_day(value)
    return (Words(unbroken_day(day, lang)),) if day else ()


def _actions(programme: Programme, artifact: Artifact) -> Cell:
    """The actions that arise from it and are not over."""
    sources = programme.incoming.get(artifact.id, ())
    found = {
        source.id: Ref(source.id)
        for source, link in sources
        if link.role == "arises_from" and programme.phase(source) in ("early", "firm")
    }
    return tuple(found[key] for key in sorted(found))


_PARTS: dict[str, Callable[[Programme, int, str], Table | None]] = {
    "risks": _risks,
    "issues": _issues,
    "assumptions": _assumptions,
    "dependencies": _dependencies,
}
