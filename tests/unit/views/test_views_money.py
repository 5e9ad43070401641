"""The S-curve, the table of earned value and the burn-up, worked out by hand."""

import pytest
from msgspec import structs

from pipeline.render.charts.draw import draw, template_folders
from pipeline.views import Chart, Nothing, Several, Table, Words, show
from tests.registers import register, section
from tests.unit.views.plans import LONG, chart, rows

UNIT = {"status": "approved", "currency": "EUR", "vat": "excl"}
# The fence of four sides in R. Mulcahy, *PMP Exam Prep* (earned value exercise), at the end of the third day; what is
# still to be spent is ours.
FENCE = {"bac": "4000.00", "pv": "3000.00", "ev": "2500.00", "ac": "2800.00", "etc": "1600.00"}
DAYS = [
    {"on": "2026-10-30", "pv": "2000.00", "ev": "1500.00", "ac": "1700.00"},
    {"on": "2026-10-31", "pv": "3000.00", "ev": "2500.00", "ac": "2800.00"},
    {"on": "2026-11-01", "pv": "4000.00"},
]
NOTHING_SPENT = dict.fromkeys(("bac", "pv", "ev", "ac", "etc"), "0.00")


def budget(called="Fence", **fields):
    """The programme of one budget."""
    return register(section("BUD-1", called, **{**UNIT, **fields}))


def plain(shown):
    """The rows of a table, held together by plain spaces."""
    return [[cell.replace("\u00a0", " ") for cell in row] for row in rows(shown)]


def test_the_published_example_as_a_table():
    """The book rounds the CPI to 0.893 and has 4,479 for the EAC; without rounding it is 4,480."""
    shown = show(budget(**FENCE), {"view": "earned"}, "en")
    assert plain(shown) == [
        ["Budget at completion (BAC)", "4,000.00"],
        ["Planned value (PV)", "3,000.00"],
        ["Earned value (EV)", "2,500.00"],
        ["Actual cost (AC)", "2,800.00"],
        ["Estimate to complete (ETC)", "1,600.00"],
        ["Schedule variance (SV = EV − PV)", "−500.00"],
        ["Cost variance (CV = EV − AC)", "−300.00"],
        ["Schedule performance (SPI = EV / PV)", "0.8333"],
        ["Cost performance (CPI = EV / AC)", "0.8929"],
        ["Estimate at completion (EAC = AC + ETC)", "4,400.00"],
        ["Estimate at completion at the present cost index (BAC / CPI)", "4,480.00"],
        ["Estimate at completion at both present indices (AC + (BAC − EV) / (CPI × SPI))", "4,816.00"],
        ["Variance at completion (VAC = BAC − EAC)", "−400.00"],
    ]
    assert isinstance(shown, Table)
    assert shown.caption == "Earned value, EUR excluding VAT"


def test_what_divides_by_zero_is_not_defined_and_what_is_not_stated_is_empty():
    shown = dict(plain(show(budget(**NOTHING_SPENT), {"view": "earned"}, "fr")))
    assert shown["Indice de délai (SPI = EV / PV)"] == "non défini"
    assert shown["Indice de coût (CPI = EV / AC)"] == "non défini"
    assert shown["Coût final estimé à l'indice de coût actuel (BAC / CPI)"] == "non défini"
    assert shown["Coût final estimé (EAC = AC + ETC)"] == "0,00"
    bare = dict(plain(show(budget(bac="5.00"), {"view": "earned"}, "nl")))
    assert bare["Planningsindex (SPI = EV / PV)"] == ""
    assert bare["Budget bij voltooiing (BAC)"] == "5,00"


def test_many_budgets_stand_below_one_another():
    lines = [section(f"BL-{n}", "Line", **{**UNIT, "status": "open"}, **FENCE) for n in range(1, 7)]
    gone = section("BL-9", "Line", **{**UNIT, "status": "rejected"}, **FENCE)
    shown = show(register(*lines, gone), {"view": "earned", "kind": "budget-line"}, "en")
    assert isinstance(shown, Table)
    assert [cell[0].text for cell in shown.headers if isinstance(cell[0], Words)] == [
        "Budget", "BAC", "PV", "EV", "AC", "ETC", "SPI", "CPI", "EAC", "VAC",
    ]  # fmt: skip
    assert plain(shown)[0] == [
        "BL-1", "4,000.00", "3,000.00", "2,500.00", "2,800.00", "1,600.00", "0.8333", "0.8929", "4,400.00", "−400.00",
    ]  # fmt: skip
    assert len(shown.rows) == 6


def test_the_curve_says_what_it_shows():
    shown = chart(budget(**FENCE, series=DAYS), view="scurve")
    assert (shown.caption, shown.day) == ("Planned, earned and spent: BUD-1 Fence", "2026-10-31")
    assert shown.words.replace("\u00a0", " ") == (
        "Up to 31 October 2026, work worth EUR 3,000 was planned; work worth EUR 2,500 was done, and it cost "
        "EUR 2,800. "
        "The budget is EUR 4,000. At the end the whole may have cost between EUR 4,400 and EUR 4,816."
    )


def test_the_table_of_the_curve_has_every_figure_that_is_drawn():
    shown = chart(budget(**FENCE, series=DAYS), "nl", view="scurve")
    assert plain(shown) == [
        ["30 oktober 2026", "2.000,00", "1.500,00", "1.700,00", "4.000,00"],
        ["31 oktober 2026", "3.000,00", "2.500,00", "2.800,00", "4.000,00"],
        ["1 november 2026", "4.000,00", "", "", "4.000,00"],
        ["Eindkost, AC + ETC", "", "", "4.400,00", ""],
        ["Eindkost, BAC / CPI", "", "", "4.480,00", ""],
        ["Eindkost, AC + (BAC − EV) / (CPI × SPI)", "", "", "4.816,00", ""],
    ]


def test_the_cone_goes_from_what_was_spent_to_the_least_and_the_most():
    data = chart(budget(**FENCE, series=DAYS), view="scurve").picture.data
    assert data["cone"] == [
        {"day": "2026-10-31", "low": 2.8, "high": 2.8},
        {"day": "2026-11-01", "low": 4.4, "high": 4.816},
    ]
    assert [row["text"] for row in data["labels"]] == [
        "Planned (PV) 3.00",
        "Spent (AC) 2.80",
        "Earned (EV) 2.50",
    ]
    assert [row["text"] for row in data["estimate"]] == ["Estimate (EAC)", "4.40–4.82"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "cone", "words"),
    [
        (NOTHING_SPENT, 0, "Up to 27 November 2026, work worth EUR 0 was planned"),
        ({"pv": "5.00"}, 0, "Only what is planned is known."),
        ({"ac": "5.00"}, 0, "it cost EUR 5."),
        ({**FENCE, "series": DAYS[1:2]}, 0, "EUR 2,500 was done"),
        ({**FENCE, "series": DAYS[2:]}, 0, "The budget is EUR 4,000."),
        (
            {**FENCE, "ev": "0.00", "series": [{**DAYS[1], "ev": "0.00"}, DAYS[2]]},
            2,
            "may have cost EUR 4,400",
        ),
        ({"pv": "-5.00", "ev": "-1.00"}, 0, "EUR −5 was planned"),
        ({**FENCE, "series": [{"on": "2026-01-31"}, *DAYS]}, 2, "Up to 31 October 2026"),
    ],
    ids=["zero", "planned", "spent", "one point", "to come", "no CPI", "below zero", "a day without figures"],
)
def test_what_little_is_known_is_drawn(fields, cone, words):
    shown = chart(budget(**fields), view="scurve")
    assert words in shown.words.replace("\u00a0", " ")
    assert len(shown.picture.data["cone"]) == cone
    assert draw(shown.picture, template_folders()).startswith("<svg")


def test_a_day_to_come_changes_nothing_of_what_was():
    far = structs.replace(budget(**FENCE, series=DAYS), day="2099-12-31")
    assert chart(far, view="scurve").words == chart(budget(**FENCE, series=DAYS), view="scurve").words
    assert chart(far, view="scurve").day == "2026-10-31"


def test_budgets_beside_one_another_have_a_curve_each():
    shown = show(
        register(section("BUD-1", **UNIT, **FENCE), section("BUD-2", **UNIT, **FENCE)),
        {"view": "scurve"},
        "en",
    )
    assert isinstance(shown, Several)
    assert [part.caption for part in shown.parts if isinstance(part, Chart)] == [
        "Planned, earned and spent: BUD-1 Title of BUD-1",
        "Planned, earned and spent: BUD-2 Title of BUD-2",
    ]


@pytest.mark.parametrize("view", ["scurve", "earned", "burnup", "kpis"])
def test_an_empty_register_shows_nothing(view):
    assert show(register(), {"view": view}, "en") == Nothing()
    assert (
        show(structs.replace(register(section("BUD-1", **UNIT)), day=""), {"view": view}, "en") == Nothing()
    )


@pytest.mark.slow
@pytest.mark.parametrize("script", LONG)
def test_long_labels_are_kept_whole_in_words_and_out_of_the_picture(script):
    shown = chart(budget(LONG[script], **FENCE), view="scurve", caption=LONG[script])
    assert shown.caption == LONG[script]
    assert LONG[script][:20] not in draw(shown.picture, template_folders())


WORK = (
    section("WI-1", status="closed", created="2026-08-10", updated="2026-10-01", points=3),
    section("WI-2", created="2026-09-30", points=5.5),
    section("WI-3", created="2026-11-20"),
)


def test_the_burn_up_says_what_is_done_of_what():
    shown = chart(register(*WORK), view="burnup", kind="work-item", by="points")
    assert rows(shown) == [
        ["31 August 2026", "3", "0"],
        ["30 September 2026", "8.5", "0"],
        ["31 October 2026", "8.5", "3"],
        ["27 November 2026", "8.5", "3"],
    ]
    assert shown.words == (
        "By 27 November 2026, 3 of 8.5 are done (work items, story points). "
        "The scope was 3 on 31 August 2026 and is 8.5 now. Without a size, and so not counted: 1."
    )
    assert [row["text"] for row in shown.picture.data["labels"]] == ["8.5", "3 (35%)"]


@pytest.mark.slow
@pytest.mark.parametrize("work", [WORK[:1], (section("WI-1", status="closed", created="2026-11-27"),)])
def test_a_burn_up_of_one_point_is_drawn(work):
    shown = chart(register(*work), "fr", view="burnup", kind="work-item")
    assert draw(shown.picture, template_folders()).startswith("<svg")


def test_labels_of_a_burn_up_do_not_touch_where_all_is_done():
    labels = chart(register(WORK[0]), view="burnup", kind="work-item").picture.data["labels"]
    assert labels[0]["y"] - labels[1]["y"] >= 0.13


def test_with_many_days_only_the_last_is_marked():
    days = [{"on": f"{2000 + n // 12}-{n % 12 + 1:02d}-01", "pv": "1.00", "ev": "1.00"} for n in range(60)]
    data = chart(budget(pv="1.00", ev="1.00", series=days), view="scurve").picture.data
    assert len(data["lines"]) == 120
    assert [row["day"] for row in data["points"]] == ["2004-12-01", "2004-12-01"]
