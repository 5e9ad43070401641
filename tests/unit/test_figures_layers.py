"""Layers of small networks, by hand."""

from pipeline.figures.layers import Pass, layers


def test_each_node_stands_below_all_that_it_comes_after():
    assert layers({"a-1": [], "a-2": ["a-1"], "a-3": ["a-2"], "a-4": ["a-3"]}, 4) == [
        ["a-1"],
        ["a-2"],
        ["a-3"],
        ["a-4"],
    ]


def test_a_line_that_passes_layers_has_a_place_in_each():
    passing = Pass("a-1", "a-4")
    found = layers({"a-1": [], "a-2": ["a-1"], "a-3": ["a-2"], "a-4": ["a-1", "a-3"]}, 4)
    assert [set(row) for row in found] == [{"a-1"}, {"a-2", passing}, {"a-3", passing}, {"a-4"}]


def test_lines_do_not_cross_where_they_need_not():
    above, below = layers({"a-1": [], "a-2": [], "b-1": ["a-2"], "b-2": ["a-1"]}, 4)
    ends = {"a-1": "b-2", "a-2": "b-1"}
    assert set(above) == ends.keys()
    assert below == [ends[node] for node in above]


def test_a_layer_that_is_too_wide_goes_on_below():
    assert [len(row) for row in layers({f"a-{number}": [] for number in range(10)}, 4)] == [4, 4, 2]


def test_a_circle_is_entered_at_its_first_name():
    assert layers({"a-1": ["a-2"], "a-2": ["a-1"], "a-3": ["a-2"]}, 4) == [["a-1"], ["a-2"], ["a-3"]]
    assert layers({}, 4) == []
