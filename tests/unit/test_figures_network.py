"""The network of milestones: a published example, and what has no order."""

from pipeline.figures.network import Step, critical_path, knotted, order, schedule

# "Program evaluation and review technique" in Wikipedia (example of seven activities): expected times in hundredths
# of a day, and the activities before each.
WIKIPEDIA = {"a": 400, "b": 533, "c": 517, "d": 633, "e": 517, "f": 450, "g": 517}
BEFORE = {"a": [], "b": [], "c": ["a"], "d": ["a"], "e": ["b", "c"], "f": ["d"], "g": ["e"]}
STEPS = {name: Step(duration) for name, duration in WIKIPEDIA.items()}


def test_the_published_example():
    times = schedule(STEPS, BEFORE)
    early = {name: item.early for name, item in times.items()}
    late = {name: item.late for name, item in times.items()}
    assert early == {"a": 400, "b": 533, "c": 917, "d": 1033, "e": 1434, "f": 1483, "g": 1951}
    assert late == {"a": 400, "b": 917, "c": 917, "d": 1501, "e": 1434, "f": 1951, "g": 1951}
    assert {name: item.slack for name, item in times.items() if item.slack} == {"b": 384, "d": 468, "f": 468}
    assert critical_path(times, STEPS, BEFORE) == ["a", "c", "e", "g"]


def test_a_fixed_time_holds_back_what_follows():
    steps = {"a": Step(5), "b": Step(0, 20), "c": Step(3)}
    after = {"a": [], "b": ["a"], "c": ["b"]}
    times = schedule(steps, after)
    assert times["c"].early == 23
    assert (times["a"].late, times["a"].slack) == (20, 15)
    assert critical_path(times, steps, after) == ["b", "c"]


def test_a_cycle_breaks_nothing_and_has_no_times():
    after = {"a": [], "b": ["a", "c"], "c": ["b"], "d": ["c"], "e": ["a"], "f": ["f"]}
    steps = {name: Step(1) for name in after}
    assert order(after) == ["a", "e"]
    assert set(schedule(steps, after)) == {"a", "e"}
    assert knotted(after) == {"b", "c", "f"}
    assert critical_path({}, {}, {}) == []


def test_a_link_that_is_named_twice_or_leads_nowhere():
    after = {"a": [], "b": ["a", "a", "x"]}
    assert order(after) == ["a", "b"]
    assert schedule({"a": Step(2), "b": Step(3)}, after)["b"].early == 5


def test_a_long_chain():
    names = [str(number) for number in range(20_000)]
    after = {
        name: names[:1] if name == "1" else [names[int(name) - 1]] if name != "0" else [] for name in names
    }
    assert schedule({name: Step(1) for name in names}, after)["19999"].early == 20_000
