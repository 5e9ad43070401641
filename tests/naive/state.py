"""Coverage by release, the board of a planning interval and the calendar, counted from what `registers` reads.

What they are to show stands in the handbook, in Views and in Tracing.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tests.naive.figures import OVER, verdict
from tests.naive.registers import ids, of_prefix

Registers = dict[str, dict[str, Any]]
Count = tuple[int, int]
# The states in which a decision is still to be taken.
AWAITED = ("requested", "deferred")


def number_of(identity: str) -> tuple[str, int]:
    prefix, _, number = identity.partition("-")
    return prefix, int(number)


def coverage_by_release(artifacts: Registers) -> list[tuple[str, int, list[Count]]]:
    """A release with its requirements: how many, then of how many that should, how many have need, work, test, tested
    criteria and only good verdicts. '' are those of no release; one of two releases counts in both.
    """
    live = [item for item in of_prefix(artifacts, "REQ") if item["status"] not in OVER]
    by: dict[str, list[dict[str, Any]]] = {}
    for item in live:
        for release in ids(item.get("release")) or [""]:
            by.setdefault(release, []).append(item)
    order = sorted(by, key=lambda name: (name == "", number_of(name) if name else ("", 0)))
    return [(name, len(by[name]), _steps(artifacts, by[name])) for name in order]


def _steps(artifacts: Registers, members: list[dict[str, Any]]) -> list[Count]:
    now = [item for item in members if item["priority"] != "wont"]
    built = [item for item in now if item["type"] in ("functional", "interface", "data")]
    tested = [item for item in now if "test" in item.get("verification", ["test"])]
    work = {
        name
        for item in of_prefix(artifacts, "WI")
        if item["status"] != "rejected"
        for name in ids(item.get("implements"))
    }
    cases = {item["id"]: _cases(artifacts, item["id"]) for item in tested}
    criteria = [
        any(
            not case.get("criteria") or f"{item['id']}/{each['id']}" in case["criteria"]
            for case in cases[item["id"]]
        )
        for item in tested
        for each in item.get("acceptance_criteria", [])
    ]
    passed = [bool(its) and all(verdict(artifacts, case) == "pass" for case in its) for its in cases.values()]
    return [
        (sum(_needed(artifacts, item) for item in members), len(members)),
        (sum(item["id"] in work for item in built), len(built)),
        (sum(map(bool, cases.values())), len(tested)),
        (sum(criteria), len(criteria)),
        (sum(passed), len(tested)),
    ]


def _needed(artifacts: Registers, requirement: dict[str, Any]) -> bool:
    """Whether it satisfies a need, or is derived from one that does."""
    above = [artifacts[name] for name in ids(requirement.get("derived_from")) if name in artifacts]
    return bool(ids(requirement.get("satisfies"))) or any(_needed(artifacts, item) for item in above)


def _cases(artifacts: Registers, requirement: str) -> list[dict[str, Any]]:
    every = [item for item in of_prefix(artifacts, "TC") if item["status"] not in OVER]
    return [case for case in every if requirement in ids(case["verifies"])]


def interval_on(artifacts: Registers, today: str) -> dict[str, Any]:
    """The planning interval that runs, or that comes next."""
    every = sorted(of_prefix(artifacts, "PI"), key=lambda item: item["window"]["from"])
    return next((item for item in every if today <= item["window"]["until"]), every[-1])


def board(artifacts: Registers, today: str) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    """Team ('' for milestones), iteration, ID, points, and the dependencies from it or to it; by team and iteration."""
    interval = interval_on(artifacts, today)
    names = [item["name"] for item in interval["iterations"]]
    cards = []
    for item in of_prefix(artifacts, "MS"):
        day = _comes(item)
        if item["status"] != "cancelled" and interval["window"]["from"] <= day <= interval["window"]["until"]:
            column = next(at for at, each in enumerate(interval["iterations"]) if day <= each["until"])
            cards.append(("", column, item))
    cards += [
        (item["team"], names.index(item["iteration"]), item)
        for item in of_prefix(artifacts, "WI")
        if interval["id"] in ids(item.get("planned_in"))
    ]
    cards.sort(key=lambda card: (card[0], card[1], number_of(card[2]["id"])))
    return [
        (team, names[column], item["id"], str(item.get("points", "")), _needs(artifacts, item["id"]))
        for team, column, item in cards
    ]


def _needs(artifacts: Registers, identity: str) -> tuple[str, ...]:
    return tuple(
        item["id"]
        for item in sorted(of_prefix(artifacts, "DEP"), key=lambda item: number_of(item["id"]))
        if identity in ids(item.get("from")) + ids(item.get("to"))
    )


def _comes(milestone: dict[str, Any]) -> str:
    return str(milestone.get("actual") or milestone.get("forecast") or milestone["baseline"])


def calendar(
    artifacts: Registers, today: str, months: int = 3, kinds: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """The days on which something falls in so many months from that of `today`, each with the ID; sorted.

    `kinds` are prefixes; without them they are milestones, gates, meetings and decisions.
    """
    first = date.fromisoformat(today)
    wanted = {divmod(first.year * 12 + first.month - 1 + more, 12) for more in range(months)}
    chosen = set(kinds) or {"MS", "GAT", "MTG", "DEC"}
    return sorted(
        (day, item["id"])
        for item in artifacts.values()
        if item["id"].split("-")[0] in chosen
        for day in _days(artifacts, item, today)
        if (int(day[:4]), int(day[5:7]) - 1) in wanted
    )


def _days(artifacts: Registers, item: dict[str, Any], today: str) -> Iterator[str]:
    """The days of an artifact, but for those of what is settled, done or cancelled."""
    prefix, status = item["id"].split("-")[0], item["status"]
    if prefix == "MS" and status != "cancelled":
        yield _comes(item)
    elif prefix in ("GAT", "MTG") and status != "rejected" and "date" in item:
        yield item["date"]
    elif prefix == "DEC" and status in AWAITED and "deadline" in item:
        yield item["deadline"]
    elif prefix == "ACT" and status not in OVER and "due" in item:
        yield item["due"]
    if prefix == "MTG" and item.get("next", "") >= today and not _met(artifacts, item):
        yield item["next"]


def _met(artifacts: Registers, meeting: dict[str, Any]) -> bool:
    """Whether the meeting that is announced has minutes, or a later one of the same committee announces it too."""
    others = [
        item
        for item in of_prefix(artifacts, "MTG")
        if item is not meeting and set(ids(item["held_by"])) & set(ids(meeting["held_by"]))
    ]
    return any(
        other["date"] == meeting["next"]
        or (other["date"] > meeting["date"] and other.get("next") == meeting["next"])
        for other in others
    )
