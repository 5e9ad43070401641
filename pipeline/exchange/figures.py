"""The figures of a programme as JSON: its plan and its budgets. Amounts and ratios are texts, never floats."""

from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.figures.milestones import Milestone, plan_of
from pipeline.figures.money import Account, Budget, budgets, earned, lines_below, one_unit, sums
from pipeline.model import Programme


def figures(programme: Programme) -> dict[str, Any]:
    """All figures, as `schemas/reports/programme.schema.json` describes them."""
    plan, known = plan_of(programme), budgets(programme)
    return {
        "milestones": [_milestone(item) for item in plan.milestones.values()],
        "critical_path": list(plan.critical_path),
        "without_order": sorted(plan.knotted),
        "budgets": [_budget(item, known) for item in known.values()],
    }


def _milestone(item: Milestone) -> dict[str, Any]:
    return {
        "id": item.id,
        "date": _day(item.day),
        "date_is": item.field or None,
        "baseline": _day(item.baseline),
        "slip": item.slip,
        "tolerance": item.tolerance,
        "plan": item.plan or None,
        "movements": item.movements,
        "early": _day(item.early),
        "late": _day(item.late),
        "slack": item.slack,
        "critical": item.critical,
    }


def _budget(budget: Budget, known: dict[str, Budget]) -> dict[str, Any]:
    account = budget.account
    reserve = budget.reserve
    return {
        "id": account.id,
        "currency": account.currency,
        "vat": account.vat,
        "amounts": {name: _amount(amount) for name, amount in account.amounts.items()},
        "original_bac": _amount(budget.original),
        "changes": _amount(budget.changed),
        "earned_value": {
            name: _amount(value) if name not in ("spi", "cpi") else _text(value)
            for name, value in earned(account.amounts)._asdict().items()
        },
        "reserve": {
            "opening": _amount(reserve.opening),
            "drawn": _amount(reserve.drawn),
            "left": _amount(reserve.left),
            "stated": _amount(reserve.stated),
        }
        if reserve
        else None,
        "lines": _lines(budget, lines_below(budget, known)),
        "parts": [part.id for part in budget.parts],
    }


def _lines(budget: Budget, lines: tuple[Account, ...]) -> dict[str, Any] | None:
    """The sums of the lines; None where they are not all in one unit, since such a sum is no amount."""
    if not one_unit((budget.account, *lines)):
        return None
    found = sums(lines)
    return {
        "count": len(lines),
        "bac": _amount(found.total),
        **{
            name: {key: _amount(amount) for key, amount in getattr(found, name).items()}
            for name in ("by_workstream", "by_category", "by_year")
        },
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _amount(value: Decimal | None) -> str | None:
    return f"{value:.2f}" if value is not None else None


def _text(value: Decimal | None) -> str | None:
    return str(value) if value is not None else None
