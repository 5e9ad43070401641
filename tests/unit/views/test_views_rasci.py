"""Who does what: activities and parties with the letters of RASCI, in the form that fits a page."""

from pipeline.views import Nothing, Ref, Words, show
from tests.registers import register, section
from tests.unit.views.test_views_raid import words

LEGEND = "(R responsible, A accountable, S supports, C consulted, I informed)"


def activities(count: int, parties: int):
    return register(
        *(section(f"PTY-{n}", f"Party {n}", status="approved") for n in range(1, parties + 1)),
        *(
            section(
                f"RAS-{n}",
                status="approved",
                responsible=[f"PTY-{party}" for party in range(1, parties + 1)],
                accountable=["PTY-1"],
                informed=["The press"],
            )
            for n in range(1, count + 1)
        ),
    )


def test_few_parties_are_the_columns_those_without_a_register_last():
    shown = show(activities(2, 2), {"view": "rasci"})
    assert shown.headers == (
        (Words("Activity"),), (Words("Party 1"),), (Words("Party 2"),), (Words("The press"),),
    )  # fmt: skip
    assert words(shown) == [["RAS-1", "R A", "R", "I"], ["RAS-2", "R A", "R", "I"]]
    assert shown.caption == f"Responsibilities {LEGEND}"
    assert shown.grid


def test_many_parties_are_the_rows():
    shown = show(activities(2, 12), {"view": "rasci", "caption": "Who does what"}, "en")
    assert shown.headers == ((Words("Party"),), (Ref("RAS-1", titled=True),), (Ref("RAS-2", titled=True),))
    assert words(shown)[0] == ["PTY-1", "R A", "R A"]
    assert words(shown)[-1] == ["The press", "I", "I"]
    assert shown.caption == f"Who does what {LEGEND}"


def test_many_of_both_are_listed():
    shown = show(activities(12, 12), {"view": "rasci"}, "nl")
    assert [cell[0].text for cell in shown.headers] == [
        "Activiteit", "R: voert uit", "A: eindverantwoordelijk", "S: ondersteunt", "C: geraadpleegd", "I: geïnformeerd",
    ]  # fmt: skip
    row = words(shown)[0]
    assert (row[0], row[2], row[3], row[5]) == ("RAS-1", "Party 1", "", "The press")
    assert not shown.grid


def test_what_was_withdrawn_or_names_nobody_is_left_out():
    programme = register(
        section("RAS-1", status="withdrawn", accountable=["The press"]),
        section("RAS-2", status="draft", accountable="nobody in a list", responsible=[3]),
    )
    assert words(show(programme, {"view": "rasci"})) == [["RAS-2", "A"]]
    assert show(register(section("RAS-2", status="draft")), {"view": "rasci"}) == Nothing()
