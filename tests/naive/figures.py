"""The figures of a programme, counted in the plainest way from what `registers` reads.

Each is a text: an amount, a ratio, a mean; or "n/N" for so many of so many. What the figures mean stands in the
handbook; how Paraph computes them was not looked at.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.naive.registers import ids, of_prefix

Registers = dict[str, dict[str, Any]]
# The states after which nothing more is expected of an artifact of any kind.
OVER = {"superseded", "withdrawn", "closed", "rejected", "cancelled", "achieved", "implemented", "occurred"}


def figures(artifacts: Registers, today: date, closed: Iterable[date], high: int) -> dict[str, str]:
    """All figures by name."""
    return {
        **of_time(artifacts, today, set(closed)),
        **of_cost(artifacts),
        **of_scope(artifacts),
        **of_quality(artifacts, today),
        **of_risk(artifacts, high),
        **of_governance(artifacts, today),
    }


def day(value: Any) -> date:
    return date.fromisoformat(value)


def mean(numbers: list[int]) -> str:
    return str((Decimal(sum(numbers)) / len(numbers)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def of_time(artifacts: Registers, today: date, closed: set[date]) -> dict[str, str]:
    def slip(item: dict[str, Any]) -> int:
        """Day by day from the baseline to the day on which it comes."""
        start, end = (
            day(item["baseline"]),
            day(item.get("actual") or item.get("forecast") or item["baseline"]),
        )
        first, last, sign = (start, end, 1) if start <= end else (end, start, -1)
        count = 0
        while first < last:
            first += timedelta(days=1)
            count += first.weekday() < 5 and first not in closed
        return sign * count

    every = [item for item in of_prefix(artifacts, "MS") if item["status"] != "cancelled"]
    due = [item for item in every if day(item["baseline"]) <= today]
    achieved = [item for item in every if item["status"] == "achieved"]
    hit = [item for item in due if item in achieved and day(item["actual"]) <= day(item["baseline"])]
    return {
        "milestones-on-baseline": f"{len(hit)}/{len(due)}",
        "milestones-achieved": f"{len(achieved)}/{len(every)}",
        "mean-slip": mean([slip(item) for item in every]),
        "largest-slip": str(max(slip(item) for item in every if item not in achieved)),
    }


def of_cost(artifacts: Registers) -> dict[str, str]:
    whole = [
        item for item in of_prefix(artifacts, "BUD") if not item.get("part_of") and item["status"] not in OVER
    ]
    (budget,) = whole
    lines = [item for item in of_prefix(artifacts, "BL") if item["status"] != "rejected"]

    def amount(name: str) -> Decimal:
        return (
            Decimal(budget[name])
            if name in budget
            else sum((Decimal(line[name]) for line in lines), Decimal(0))
        )

    def ratio(part: Decimal, of: Decimal) -> str:
        return str((part / of).quantize(Decimal("0.0001"), ROUND_HALF_UP))

    bac, pv, ev, ac, etc = (amount(name) for name in ("bac", "pv", "ev", "ac", "etc"))
    reserve = budget["reserve"]
    drawn = sum((Decimal(item["amount"]) for item in reserve["drawdowns"]), Decimal(0))
    return {
        **{name: str(amount(name)) for name in ("bac", "pv", "ev", "ac", "etc")},
        **{name: str(amount(name)) for name in ("commitment", "liquidation", "invoiced", "paid")},
        "original-bac": budget["original_bac"],
        "approved-changes": str(sum((Decimal(item["amount"]) for item in budget["changes"]), Decimal(0))),
        "eac": str(ac + etc),
        "vac": str(bac - ac - etc),
        "cv": str(ev - ac),
        "sv": str(ev - pv),
        "spi": ratio(ev, pv),
        "cpi": ratio(ev, ac),
        "eac-by-cpi-spi": str((ac + (bac - ev) * ac * pv / ev / ev).quantize(Decimal("0.01"), ROUND_HALF_UP)),
        "eac-by-cpi": str((bac * ac / ev).quantize(Decimal("0.01"), ROUND_HALF_UP)),
        "reserve-opening": reserve["opening"],
        "reserve-drawn": str(drawn),
        "reserve-left": str(Decimal(reserve["opening"]) - drawn),
    }


def of_scope(artifacts: Registers) -> dict[str, str]:
    every = of_prefix(artifacts, "REQ")
    live = [item for item in every if item["status"] not in OVER]
    needs = [item for item in of_prefix(artifacts, "BN") if item["status"] not in OVER]
    cases = [item for item in of_prefix(artifacts, "TC") if item["status"] not in OVER]
    work = {
        target
        for item in of_prefix(artifacts, "WI")
        if item["status"] != "rejected"
        for target in ids(item.get("implements"))
    }
    satisfied = {target for item in live for target in ids(item.get("satisfies"))}
    tested = [item for item in live if "test" in item.get("verification", [])]
    accepted = {target for case in cases if case["level"] == "uat" for target in ids(case["verifies"])}

    def all_passed(requirement: dict[str, Any]) -> bool:
        its = [case for case in cases if requirement["id"] in ids(case["verifies"])]
        return bool(its) and all(verdict(artifacts, case) == "pass" for case in its)

    buildable = [item for item in live if item.get("type") in ("functional", "interface", "data")]
    found = {"requirements": str(len(every))}
    for state in ("draft", "in-review", "approved", "superseded", "withdrawn"):
        found[f"requirements-{state}"] = f"{sum(item['status'] == state for item in every)}/{len(every)}"
    return {
        **found,
        "needs-with-requirement": f"{sum(item['id'] in satisfied for item in needs)}/{len(needs)}",
        "requirements-with-work": f"{sum(item['id'] in work for item in buildable)}/{len(buildable)}",
        "requirements-with-uat": f"{sum(item['id'] in accepted for item in tested)}/{len(tested)}",
        "requirements-passed": f"{sum(map(all_passed, tested))}/{len(tested)}",
    }


def verdict(artifacts: Registers, case: dict[str, Any]) -> str:
    """The verdict of the last issued run of the present version of a test case, or ''."""
    wanted = f"{case['id']}@{case['version']}"
    runs = [item for item in of_prefix(artifacts, "TR") if item["status"] == "issued"]
    mine = sorted(
        (run["date"], run["id"], run["verdict"])
        for run in runs
        if wanted in ([run["executes"]] if isinstance(run["executes"], str) else run["executes"])
    )
    return mine[-1][2] if mine else ""


def of_quality(artifacts: Registers, today: date) -> dict[str, str]:
    cases = [
        item for item in of_prefix(artifacts, "TC") if item["level"] == "uat" and item["status"] not in OVER
    ]
    verdicts = [verdict(artifacts, case) for case in cases]
    defects = [item for item in of_prefix(artifacts, "DEF") if item["status"] not in OVER]
    ages = [(today - day(item["created"])).days for item in defects]
    return {
        "uat-executed": f"{sum(item in ('pass', 'fail') for item in verdicts)}/{len(cases)}",
        "uat-passed": f"{verdicts.count('pass')}/{len(cases)}",
        "open-defects": str(len(defects)),
        **{
            f"open-defects-{severity}": str(sum(item["severity"] == severity for item in defects))
            for severity in ("critical", "high", "medium", "low")
        },
        "mean-defect-age": mean(ages),
        "oldest-defect": str(max(ages)),
    }


def of_risk(artifacts: Registers, high: int) -> dict[str, str]:
    risks = [item for item in of_prefix(artifacts, "RSK") if item["status"] in ("proposed", "open")]
    issues = [item for item in of_prefix(artifacts, "ISS") if item["status"] not in OVER]
    dependencies = [item for item in of_prefix(artifacts, "DEP") if item["status"] not in OVER]
    risky = sum(item["probability"] * item["impact"] >= high for item in risks)
    critical = sum("critical" in (item["impact"], item["urgency"]) for item in issues)
    agreed = sum("agreed_provider" in item and "agreed_consumer" in item for item in dependencies)
    return {
        "open-high-risks": f"{risky}/{len(risks)}",
        "open-critical-issues": f"{critical}/{len(issues)}",
        "dependencies-agreed": f"{agreed}/{len(dependencies)}",
    }


def of_governance(artifacts: Registers, today: date) -> dict[str, str]:
    decisions = of_prefix(artifacts, "DEC")
    waits = []
    for item in decisions:
        asked = item.get("requested") or (item["created"] if item["created"] != item.get("date") else "")
        if (
            item["status"] in ("taken", "superseded")
            and asked
            and timedelta(0) <= today - day(item["date"]) < timedelta(365)
        ):
            waits.append((day(item["date"]) - day(asked)).days)
    actions = [item for item in of_prefix(artifacts, "ACT") if item["status"] not in OVER]
    reviews = [item for item in artifacts.values() if "review_due" in item and item["status"] not in OVER]
    return {
        "decision-latency": mean(waits),
        "decisions-asked": str(sum(item["status"] in ("requested", "deferred") for item in decisions)),
        "overdue-actions": f"{sum(day(item['due']) < today for item in actions)}/{len(actions)}",
        "overdue-reviews": f"{sum(day(item['review_due']) < today for item in reviews)}/{len(reviews)}",
    }
