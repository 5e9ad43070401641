import pytest

from pipeline.report.excerpt import LEAD, WIDTH, excerpt


@pytest.mark.parametrize(
    ("line", "column", "length", "shown", "carets"),
    [
        pytest.param("status: aproved", 9, 7, "status: aproved", "        ^^^^^^^", id="plain"),
        pytest.param("ＡＢ x", 4, 1, "ＡＢ x", "     ^", id="after full-width letters"),
        pytest.param("\tkey: x", 2, 3, "    key: x", "    ^^^", id="tab before"),
        pytest.param("a\tb", 2, 1, "a    b", " ^^^^", id="the tab itself"),
        pytest.param("日本: x", 1, 2, "日本: x", "^^^^", id="wide characters"),
        pytest.param("日本: x", 5, 1, "日本: x", "      ^", id="after wide characters"),
        pytest.param(
            "re\u0301union: x", 11, 1, "re\u0301union: x", "         ^", id="after a combining accent"
        ),
        pytest.param("a\x1bb", 3, 1, r"a\x1bb", "     ^", id="after an escape"),
        pytest.param("key:", 5, 1, "key:", "    ^", id="after the end"),
        pytest.param("key:", 99, 9, "key:", "    ^", id="far after the end"),
        pytest.param("key: value", 6, 99, "key: value", "     ^^^^^", id="longer than the line"),
        pytest.param("key", 0, 0, "key", "^", id="no column"),
        pytest.param("", 1, 1, "", "^", id="empty line"),
    ],
)
def test_carets_stand_under_the_characters(line, column, length, shown, carets):
    found = excerpt(line, column, length)
    assert (found.line, found.carets) == (shown, carets)


@pytest.mark.parametrize("place", [0, 40, 5_000, 9_950, 9_994])
def test_a_long_line_is_cut_around_the_caret(place):
    line = "." * place + "REQ-99" + "." * (9_994 - place)
    found = excerpt(line, place + 1, 6)
    assert WIDTH <= len(found.line) <= WIDTH + 2
    start = found.line.index("REQ-99")
    assert found.carets == " " * start + "^" * 6
    assert found.line.startswith("…") == (place > LEAD)
    assert found.line.endswith("…") == (place < 9_900)


def test_a_long_line_of_wide_characters_is_cut_to_the_same_width():
    found = excerpt("日" * 500, 250, 2)
    assert found.line == "…" + "日" * (WIDTH // 2) + "…"
    assert found.carets.endswith(" ^^^^")


def test_a_line_that_fits_is_not_cut():
    line = "x" * WIDTH
    assert excerpt(line, WIDTH, 1).line == line


def test_carets_end_where_a_long_line_is_cut():
    found = excerpt("x" * 1_000, 10, 900)
    assert len(found.carets) == WIDTH
