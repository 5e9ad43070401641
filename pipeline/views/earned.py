"""The view `earned`: earned value as a table, a row for each budget or budget line."""

from decimal import Decimal

from pipeline.figures.money import Account, account_of, eac_by_both, earned
from pipeline.model import Programme
from pipeline.views.numbers import number
from pipeline.views.select import select, text
from pipeline.views.values import Cell, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words import say

# The figures: the amounts that are stated, and what follows from them; fewer where budgets stand below one another.
_EVERY = (
    *("bac", "pv", "ev", "ac", "etc", "sv", "cv", "spi", "cpi"),
    *("eac", "eac_by_cpi", "eac_by_both", "vac"),
)
_NARROW = ("bac", "pv", "ev", "ac", "etc", "spi", "cpi", "eac", "vac")
# Up to so many budgets stand beside one another.
ACROSS = 5
_RATIOS = ("spi", "cpi")
_KINDS = ("budget", "budget-line")


def earned_value(programme: Programme, fields: Fields, lang: str) -> Shown:
    """The budgets and lines of `kind`, `ids` and `where` that state an amount; budgets where the block names none.

    What would divide by zero is said to be not defined; what is not stated stays empty.
    """
    wanted = fields if "ids" in fields or "kind" in fields else {**fields, "kind": "budget"}
    found = [
        account_of(item)
        for item in select(programme, wanted)
        if item.kind in _KINDS and ("ids" in fields or programme.phase(item) in ("early", "firm"))
    ]
    accounts = [account for account in found if account.amounts.keys() & set(_EVERY)]
    if not accounts:
        return Nothing()
    units = sorted(
        {f"{item.currency} {say(f'vat {item.vat}', lang)}".strip() for item in accounts if item.vat}
    )
    caption = text(fields.get("caption")) or say("earned caption", lang, unit="; ".join(units))
    if len(accounts) <= ACROSS:
        return _across(accounts, caption, lang)
    headers: tuple[Cell, ...] = (
        (Words(say("earned budget", lang)),),
        *((Words(name.upper()),) for name in _NARROW),
    )
    rows = tuple(_row(account, lang) for account in accounts)
    return Table(headers, rows, caption, right=tuple(range(1, len(headers))))


def _across(accounts: list[Account], caption: str, lang: str) -> Table:
    """A column for each budget, and a row for each figure with its name in full."""
    known = [_figures(account) for account in accounts]
    headers: tuple[Cell, ...] = (
        (Words(say("earned figure", lang)),),
        *((Ref(item.id),) for item in accounts),
    )
    rows = tuple(
        (
            (Words(say(f"full {name}", lang)),),
            *(
                _cell(name, figures.get(name), account, lang)
                for account, figures in zip(accounts, known, strict=True)
            ),
        )
        for name in _EVERY
    )
    return Table(headers, rows, caption, right=tuple(range(1, len(headers))))


def _figures(account: Account) -> dict[str, Decimal | None]:
    return {
        **earned(account.amounts)._asdict(),
        **account.amounts,
        "eac_by_both": eac_by_both(account.amounts),
    }


def _row(account: Account, lang: str) -> tuple[Cell, ...]:
    figures = _figures(account)
    return (
        (Ref(account.id, titled=True),),
        *(_cell(name, figures.get(name), account, lang) for name in _NARROW),
    )


def _cell(name: str, value: Decimal | None, account: Account, lang: str) -> Cell:
    if value is not None:
        return (Words(number(value, lang, 4 if name in _RATIOS else 2)),)
    needed = _DIVIDES.get(name)
    undefined = needed is not None and needed <= account.amounts.keys()
    return (Words(say("not defined", lang)),) if undefined else ()


# What divides, and needs more than zero below the line.
_DIVIDES = {
    "spi": {"ev", "pv"},
    "cpi": {"ev", "ac"},
    "eac_by_cpi": {"bac", "ev", "ac"},
    "eac_by_both": {"bac", "pv", "ev", "ac"},
}
