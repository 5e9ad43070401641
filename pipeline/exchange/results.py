"""Results of tests as JSON, in the form in which Xray takes and gives them."""

from typing import Any

from pipeline.errors import CouldNotRun
from pipeline.exchange.files import digest, read_json
from pipeline.exchange.junit import day_of
from pipeline.model.imported import Result, Results

_VERDICTS = {
    "PASS": "pass", "PASSED": "pass", "FAIL": "fail", "FAILED": "fail", "BLOCKED": "blocked", "ABORTED": "blocked",
}  # fmt: skip
# A test that waits, or runs still, has no verdict yet.
_WAITING = ("TODO", "EXECUTING", "")


def read_results(path: str) -> Results:
    """The tests of a file: an object with `tests`, or a list of them. Raises CouldNotRun for what is neither."""
    value = read_json(path)
    tests = value.get("tests") if isinstance(value, dict) else value
    if not isinstance(tests, list):
        raise CouldNotRun(
            f"{path} holds no list of tests", 'write {"tests": [{"testKey": "TC-101", "status": "PASSED"}]}'
        )
    info = value.get("info") if isinstance(value, dict) else None
    shared = info if isinstance(info, dict) else {}
    return Results(path, digest(path), tuple(_result(test, at, shared) for at, test in enumerate(tests, 1)))


def _result(test: Any, at: int, info: dict[str, Any]) -> Result:
    stated = test if isinstance(test, dict) else {}
    inner = stated.get("testInfo")
    about = inner if isinstance(inner, dict) else {}
    said = _text(stated.get("status")).strip()
    verdict = _VERDICTS.get(said.upper(), "")
    places = info.get("testEnvironments")
    moment = next(
        filter(None, (_text(stated.get(key)) for key in ("finish", "start"))),
        _text(info.get("finishDate")) or _text(info.get("startDate")),
    )
    return Result(
        name=" ".join(filter(None, (_text(stated.get("testKey")), _text(about.get("summary")))))
        or f"test {at} of the list",
        verdict=verdict,
        said="" if verdict or said.upper() in _WAITING else said,
        stated=_text(stated.get("testKey")),
        message=_text(stated.get("comment")) if verdict != "pass" else "",
        day=day_of(moment),
        build=_text(info.get("version")) or _text(info.get("revision")),
        environment=", ".join(item for item in places if isinstance(item, str))
        if isinstance(places, list)
        else "",
        tester=_text(stated.get("executedBy")) or _text(info.get("user")),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
