"""What the views show of a programme, and that nothing a block says makes one fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from pipeline.views import VIEWS, Badge, Cards, Included, Listing, Nothing, Ref, Several, Table, Words, show
from pipeline.views.cells import cell
from tests.registers import register, section
from tests.unit.weave.samples import sample

PROGRAMME = sample()[0]


def ids(shown):
    """The IDs in the first column of a table."""
    assert isinstance(shown, Table)
    return [part.id for row in shown.rows for part in row[0] if isinstance(part, Ref)]


def test_every_view_of_the_schema_is_registered(views_schema):
    assert list(VIEWS) == views_schema["properties"]["view"]["enum"]


@pytest.fixture
def views_schema():
    from tests.support import shipped_kinds

    return shipped_kinds().view


def test_a_table_shows_fields_links_and_what_links_back():
    columns = ["id", "title", "priority", "satisfies", "verified_by", "owner", "classification"]
    shown = show(PROGRAMME, {"view": "table", "ids": ["REQ-101"], "columns": columns, "caption": "Some"})
    assert isinstance(shown, Table)
    assert shown.caption == "Some"
    assert [cell[0].text for cell in shown.headers if isinstance(cell[0], Words)] == [
        "ID", "Title", "Priority", "Satisfies", "Verified by", "Owner", "Classification",
    ]  # fmt: skip
    assert shown.rows == (
        (
            (Ref("REQ-101"),),
            (Words("Recalculate a payment plan"),),
            (Badge("priority", "must"),),
            (Ref("BN-001"),),
            (Ref("TC-001"),),
            (Words("Head of Collection"),),
            (Badge("classification", "internal"),),
        ),
    )


def test_only_words_of_a_list_are_badges_in_a_table():
    """A figure or a day in a frame looks like a state."""
    kind = next(kind for kind in PROGRAMME.kinds.values() if kind.name == "requirement")
    artifact = PROGRAMME.artifacts["REQ-101"]
    shown = {
        value: cell(
            PROGRAMME,
            structs.replace(artifact, fields={**artifact.fields, "priority": value}),
            "priority",
            "en",
        )
        for value in ("wont", "2026-03-14", "Amicable collection")
    }
    assert "priority" in kind.badges
    assert shown == {
        "wont": (Badge("priority", "wont"),),
        "2026-03-14": (Words("2026-03-14"),),
        "Amicable collection": (Words("Amicable collection"),),
    }


def test_a_pinned_version_is_shown():
    shown = show(PROGRAMME, {"view": "table", "ids": ["REQ-102"], "columns": ["derived_from"]})
    assert shown.rows == (((Ref("REQ-101", version="1.2"),),),)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"status": ["approved"]}, ["REQ-101"]),
        ({"status": ["approved", "in-review"]}, ["REQ-101", "REQ-102"]),
        ({"status": ["approved"], "priority": ["should"]}, None),
        ({"verification": ["analysis"]}, ["REQ-101"]),
        ({"derived_from": ["REQ-101"]}, ["REQ-102"]),
        ({"classification": ["internal"]}, ["REQ-101", "REQ-102"]),
        ({"nothing": ["x"]}, None),
    ],
)
def test_where_takes_those_that_have_one_of_the_values_in_every_field(where, expected):
    shown = show(PROGRAMME, {"view": "table", "kind": "requirement", "where": where})
    assert shown == Nothing() if expected is None else ids(shown) == expected


def test_values_are_sorted_as_the_schema_lists_them_and_ids_by_number():
    texts = [
        f"## REQ-{number} T\n\n```yaml {{.artifact}}\nstatus: draft\npriority: {priority}\n```\n\nText.\n"
        for number, priority in ((10, "wont"), (9, "could"), (200, "must"))
    ]
    programme = sample(more="# More\n\n" + "\n".join(texts))[0]
    wanted = {"view": "table", "ids": ["REQ-10", "REQ-9", "REQ-200"]}
    assert ids(show(programme, {**wanted, "sort": ["priority"]})) == ["REQ-200", "REQ-9", "REQ-10"]
    assert ids(show(programme, {**wanted, "sort": ["id"]})) == ["REQ-9", "REQ-10", "REQ-200"]
    assert ids(show(programme, wanted)) == ["REQ-10", "REQ-9", "REQ-200"]


def test_cards_include_and_index():
    assert show(PROGRAMME, {"view": "cards", "kind": "requirement"}) == Cards(("REQ-101", "REQ-102"))
    assert show(PROGRAMME, {"view": "include", "path": "./needs.md"}) == Included(path="needs.md")
    assert show(PROGRAMME, {"view": "include", "ids": ["BN-001", "BN-999"]}) == Included(("BN-001",))
    shown = show(PROGRAMME, {"view": "index", "kind": "requirement"})
    assert shown == Listing(
        (
            (Words("Recalculate a payment plan"), Ref("REQ-101")),
            (Words("Show `code` in a title"), Ref("REQ-102")),
        )
    )


def test_a_matrix_joins_in_either_direction():
    fields = {"view": "matrix", "rows": "business-need", "columns_kind": "requirement", "by": "satisfies"}
    shown = show(PROGRAMME, fields)
    assert isinstance(shown, Table)
    assert shown.grid
    assert [cell != () for cell in shown.rows[0][1:]] == [True, False]
    turned = show(PROGRAMME, {**fields, "rows": "requirement", "columns_kind": "business-need"})
    assert [row[1] != () for row in turned.rows] == [True, False]


def test_a_matrix_shows_the_columns_that_its_condition_names():
    fields = {"view": "matrix", "rows": "business-need", "columns_kind": "requirement", "by": "satisfies"}
    whole = show(PROGRAMME, fields)
    limited = show(PROGRAMME, {**fields, "columns_where": {"priority": ["must"]}})
    assert len(whole.headers) == 3
    assert limited.headers[1:] == ((Ref("REQ-101"),),)
    assert show(PROGRAMME, {**fields, "columns_where": {"priority": ["nothing"]}}) == Nothing()


def test_a_matrix_too_wide_for_a_page_lists_instead():
    texts = "".join(
        f"## REQ-{number} T\n\n```yaml {{.artifact}}\nstatus: draft\nsatisfies: [BN-001]\n```\n\nText.\n\n"
        for number in range(300, 320)
    )
    programme = sample(more=f"# More\n\n{texts}")[0]
    shown = show(
        programme,
        {"view": "matrix", "rows": "business-need", "columns_kind": "requirement", "by": "satisfies"},
    )
    assert not shown.grid
    assert len(shown.rows[0]) == 2
    assert len(shown.rows[0][1]) == 21


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"view": "gantt"},
        {"view": ["table"]},
        {"view": "table"},
        {"view": "table", "kind": "nothing"},
        {"view": "include", "path": "../outside.md"},
        {"view": "include"},
        {"view": "matrix", "rows": "requirement"},
    ],
)
def test_what_cannot_be_shown_shows_nothing_or_all(fields):
    shown = show(PROGRAMME, fields)
    assert shown == Nothing() or (fields == {"view": "table"} and len(ids(shown)) == len(PROGRAMME.artifacts))


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["requirement", "REQ-101", "id", "status", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["status", "satisfies", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = [
    "kind",
    "ids",
    "path",
    "where",
    "columns",
    "sort",
    "rows",
    "columns_kind",
    "columns_where",
    "by",
    "top",
    "parts",
    "caption",
]


@given(st.sampled_from(list(VIEWS)), st.dictionaries(st.sampled_from(KEYS), values))
def test_no_view_fails_whatever_its_fields_hold(view, fields):
    show(PROGRAMME, {"view": view, **fields})


def links(count: int, **fields):
    """Needs and as many requirements, each of which satisfies the need of its number but for every tenth."""
    return register(
        *(section(f"BN-{n}", status="approved", process="abc"[n % 3]) for n in range(1, count + 1)),
        *(
            section(f"REQ-{n}", status="approved", satisfies=[f"BN-{n}"] if n % 10 else [], **fields)
            for n in range(1, count + 1)
        ),
    )


MATRIX = {"view": "matrix", "rows": "business-need", "columns_kind": "requirement", "by": "satisfies"}


def told(table: Table) -> list[list[str]]:
    return [
        [" ".join(part.text if isinstance(part, Words) else part.id for part in cell) for cell in row]
        for row in (table.headers, *table.rows)
    ]


def test_a_matrix_of_a_thousand_by_a_thousand_counts_links_by_ranges_of_ids():
    shown = show(links(1000), MATRIX)
    assert isinstance(shown, Several)
    grid, bare = map(told, shown.parts)
    assert grid[0][0] == "Business need × Requirement"
    assert grid[0][1:3] == ["REQ-1 – REQ-100 (100)", "REQ-101 – REQ-200 (100)"]
    assert grid[1] == ["BN-1 – BN-100 (100)", "90", *[""] * 9, "10"]
    assert [row[0] for row in grid[1:]][-1] == "BN-901 – BN-1000 (100)"
    assert bare[1][0] == "100 of 1,000 (10%)"
    assert bare[1][1].startswith("BN-10 BN-20 BN-30")
    assert bare[1][1].endswith("and 40 more")


def test_rows_and_columns_are_put_together_by_a_field():
    fields = {**MATRIX, "rows_by": "process", "columns_by": "priority", "caption": "Needs"}
    shown = show(links(12, priority="must"), fields, "nl")
    grid, bare = map(told, shown.parts)
    # Of the twelve numbers four leave no rest by three, and so on; number 10 has no link and leaves 1.
    assert grid == [
        ["Bedrijfsbehoefte × Vereiste", "Noodzakelijk (12)", "Zonder koppeling"],
        ["A (4)", "4", ""],
        ["B (4)", "3", "1"],
        ["C (4)", "4", ""],
    ]
    assert shown.parts[0].caption == "Needs. De cijfers zijn aantallen koppelingen"
    assert bare[1] == ["1 van 12 (8\u00a0%)", "BN-10"]


def test_of_many_values_the_smaller_ones_are_one():
    texts = [section(f"BN-{n}", status="approved", process=f"p{n}") for n in range(1, 13)]
    programme = register(*texts, section("REQ-1", status="approved", satisfies=["BN-12"]))
    grid = told(show(programme, {**MATRIX, "rows_by": "process"}).parts[0])
    assert len(grid) == 11
    assert grid[-1][0] == "Others (3)"


def test_a_row_lists_only_columns_that_the_block_chooses_and_not_hundreds():
    many = "".join(
        f"## REQ-{n} T\n\n```yaml {{.artifact}}\nstatus: {'draft' if n < 250 else 'approved'}\n"
        "satisfies: [BN-001]\n```\n\nText.\n\n"
        for n in range(200, 300)
    )
    programme = sample(more=f"# More\n\n{many}")[0]
    shown = show(programme, {**MATRIX, "columns_where": {"status": ["draft"]}})
    assert [part.id for part in shown.rows[0][1] if isinstance(part, Ref)] == [
        f"REQ-{n}" for n in range(200, 240)
    ]
    assert shown.rows[0][1][-1] == Words("and 10 more")


def test_a_day_is_in_words_and_on_one_line():
    programme = register(section("RSK-1", review_due="2026-03-01"))
    columns = {"view": "table", "kind": "risk", "columns": ["id", "review_due"]}
    assert [told(show(programme, columns, lang))[-1][-1] for lang in ("en", "fr", "nl")] == [
        "1\u00a0March\u00a02026",
        "1er\u00a0mars\u00a02026",
        "1\u00a0maart\u00a02026",
    ]
