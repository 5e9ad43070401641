"""The pages on requirements and on risks: made where there is something to see, in the language of the site."""

import re

import pytest

from pipeline.weave.chart import picture_at
from pipeline.weave.site import weave_site
from tests.registers import section
from tests.unit.weave.samples import sample

RISKS = (
    "# Risks\n\n"
    + section("RSK-1", "Late", probability=3, impact=5, classification="limited")
    + section("RSK-2", "Later", probability=2, impact=2)
    + section("ASM-1", validate_by="2026-04-01")
)


def site(audience="internal", lang="en", **texts):
    programme, source = sample(**texts)
    return weave_site(programme, source, audience, title="Our site", day="2026-03-01", lang=lang).files


def charts(text: str) -> list[str]:
    return [picture_at(address).template for address in re.findall(r"chart:[\w=-]+", text)]


def test_requirements_are_shown_as_a_flow_and_as_coverage():
    page = site()["state/requirements.md"]
    assert page.count("\n## ") == 3
    assert charts(page) == ["sankey", "coverage", "coverage-grid"]
    assert (
        "Requirements with a test: 1 of 2 (50%); with passed tests: 1 of 2 (50%). Links that are missing: no test (1)."
        in page
    )


@pytest.mark.parametrize(
    ("lang", "title", "caption"),
    [
        ("fr", "# Risques et problèmes", "Risques ouverts : 2, du plus élevé au moins élevé"),
        ("nl", "# Risico’s en issues", "Openstaande risico’s: 2, het hoogste eerst"),
    ],
)
def test_risks_are_shown_on_a_map_and_in_tables(lang, title, caption):
    page = site("limited", lang, risks=RISKS)["state/raid.md"]
    assert title in page
    assert charts(page) == ["heatmap"]
    assert caption in page
    assert page.index("RSK-1") < page.index("RSK-2")


def test_a_page_shows_what_its_readers_may_see_and_is_not_made_for_nothing():
    page = site("internal", risks=RISKS)["state/raid.md"]
    assert "RSK-1" not in page
    picture = picture_at(next(iter(re.findall(r"chart:[\w=-]+", page))))
    assert [row["words"] for row in picture.data["chips"]] == ["RSK-2 ?"]
    assert "state/raid.md" not in site()
    only = site("internal", risks="# Risks\n\n" + section("ASM-1", validate_by="2026-04-01"))["state/raid.md"]
    assert "No risk is open." in only
    assert "state/requirements.md" in site()
