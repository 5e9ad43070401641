"""The page on the plan: made where there is something to see, in the language of the site, for its readers alone."""

import re

import pytest

from pipeline.weave.chart import picture_at
from pipeline.weave.site import weave_site
from tests.registers import section
from tests.unit.weave.samples import sample

PLAN = (
    "# Plan\n\n"
    + section("MS-1", "Start", status="achieved", baseline="2026-02-02", actual="2026-02-02")
    + section("MS-2", "Letters", status="planned", after=["MS-1"], forecast="2026-04-01")
    + section(
        "MS-3", "Ledger", status="planned", after=["MS-2"], forecast="2026-05-01", classification="limited"
    )
    + section("DEP-1", "Form", status="open", provider="Red", consumer="Blue", to=["MS-2"])
)


def page(lang: str = "en", audience: str = "limited", **texts: str) -> str | None:
    """The page on the plan, if it is made."""
    programme, source = sample(**texts)
    found = weave_site(programme, source, audience, title="Our site", day="2026-03-01", lang=lang).files
    return found.get("state/plan.md")


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        (
            "en",
            "Milestones|The critical path|How sure the days are|What moved|Dependencies between teams|"
            "What was promised, and for when|The next months",
        ),
        (
            "fr",
            "Jalons|Le chemin critique|La solidité des dates|Ce qui a bougé|Dépendances entre équipes|"
            "Ce qui est promis, et pour quand|Les prochains mois",
        ),
        (
            "nl",
            "Mijlpalen|Het kritieke pad|Hoe zeker de datums zijn|Wat verschoof|Afhankelijkheden tussen teams|"
            "Wat beloofd is, en tegen wanneer|De komende maanden",
        ),
    ],
)
def test_its_sections_are_those_that_show_something(lang, titles):
    text = page(lang, plan=PLAN)
    assert [line[3:].split(" {")[0] for line in text.splitlines() if line.startswith("## ")] == titles.split(
        "|"
    )
    # Milestones, critical path, forecast, trend, dependencies and months.
    assert len(re.findall(r"chart:[\w=-]+", text)) == 6


def test_its_marks_lead_to_the_artifacts():
    address = re.findall(r"chart:[\w=-]+", page(plan=PLAN))[0]
    marks = [row["mark"] for row in picture_at(address).data["points"] if row["mark"]]
    assert "paraph:../../plan/#MS-2|MS-2 Letters: 1 Apr 2026" in marks


def test_a_reader_sees_only_what_the_reader_may_see():
    text = page(audience="internal", plan=PLAN)
    assert "MS-2" in text
    assert "MS-3" not in text
    pictures = [picture_at(address) for address in re.findall(r"chart:[\w=-]+", text)]
    assert not [
        1 for picture in pictures for rows in picture.data.values() for row in rows if "MS-3" in str(row)
    ]


def test_without_a_plan_there_is_no_page():
    assert page() is None
