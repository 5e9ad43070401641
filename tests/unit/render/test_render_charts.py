"""Charts: drawn the same everywhere, kept while they stay the same, put into the text."""

import os
import re
import subprocess
import sys

import pytest

from pipeline.errors import CouldNotRun
from pipeline.model.picture import Picture
from pipeline.render.charts.draw import colours, draw, template_folders
from pipeline.render.charts.kept import FOLDER, Charts
from pipeline.render.charts.plain import plain_svg
from pipeline.render.charts.site import drawn
from pipeline.weave.chart import address_of, picture_at
from tests.support import ROOT

ROW = {
    "id": "MS-001 Start",
    "day": "2026-01-01",
    "baseline": "2025-12-01",
    "state": "achieved",
    "told": "1 Jan 2026",
    "mark": "paraph:../plan/#MS-001|MS-001 <Start> & more",
}
PICTURE = Picture("days", "en", {"milestones": [ROW], "today": []}, {"format": "%b %y"})
# A template of Vega-Lite, and the theme that is shipped.
FOLDERS = template_folders(os.path.join(ROOT, "tests", "unit", "render", "charts"))


def test_a_picture_comes_back_from_its_address():
    assert picture_at(address_of(PICTURE)) == PICTURE


@pytest.mark.slow
def test_a_mark_becomes_a_link_with_a_title():
    svg = draw(PICTURE, FOLDERS)
    assert '<a href="../plan/#MS-001" tabindex="-1">' in svg
    assert "<title>MS-001 &lt;Start&gt; &amp; more</title>" in svg
    assert "aria-label" not in svg


@pytest.mark.slow
def test_days_are_told_in_the_language_of_the_picture():
    french = draw(Picture("days", "fr", PICTURE.data, {"format": "%B"}), FOLDERS)
    assert "janvier" in french


@pytest.mark.slow
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Adak"])
def test_it_is_the_same_in_every_time_zone(zone):
    code = (
        "from tests.unit.render.test_render_charts import PICTURE, FOLDERS; import sys\n"
        "from pipeline.render.charts.draw import draw\n"
        "sys.stdout.write(draw(PICTURE, FOLDERS))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == draw(PICTURE, FOLDERS)


@pytest.mark.slow
def test_a_chart_is_put_into_a_page_with_the_colours_of_the_page(tmp_path):
    text = f'<div class="paraph-drawing">{address_of(PICTURE)}</div>'
    page = drawn(text, str(tmp_path), FOLDERS)
    assert page.startswith('<div class="paraph-drawing"><svg aria-hidden="true"')
    assert "chart:" not in page.replace("paraph-chart", "")
    good = colours(FOLDERS)["good"]
    assert f'fill="var(--paraph-chart-good, {good})"' in page
    assert set(re.findall(r"--paraph-chart-(\w+)", page)) <= colours(FOLDERS).keys()


@pytest.mark.slow
def test_what_has_not_changed_is_not_drawn_again(tmp_path, monkeypatch):
    charts = Charts(str(tmp_path), FOLDERS)
    first = charts.svg(PICTURE)
    monkeypatch.setattr("pipeline.render.charts.draw.draw_by", lambda *_: pytest.fail("it was drawn again"))
    assert Charts(str(tmp_path), FOLDERS).svg(PICTURE) == first


@pytest.mark.slow
def test_one_that_nobody_asked_for_in_a_long_time_is_forgotten(tmp_path):
    charts = Charts(str(tmp_path), FOLDERS)
    charts.svg(PICTURE)
    (old,) = (tmp_path / FOLDER).iterdir()
    other = Picture("days", "fr", PICTURE.data, PICTURE.values)
    os.utime(old, (0, 0))
    assert charts.svg(PICTURE), "asked for again, it is young"
    charts.svg(other)
    assert old.exists()
    os.utime(old, (0, 0))
    charts.svg(Picture("days", "nl", PICTURE.data, PICTURE.values))
    assert not old.exists()
    assert len(list((tmp_path / FOLDER).iterdir())) == 2


@pytest.mark.slow
def test_one_that_was_kept_in_part_is_drawn_again(tmp_path):
    charts = Charts(str(tmp_path), FOLDERS)
    first = charts.svg(PICTURE)
    (file,) = (tmp_path / FOLDER).iterdir()
    file.write_text(first[:100])
    assert charts.svg(PICTURE) == first


@pytest.mark.parametrize("written", ["chart:AAAA", "chart:e30=", "chart:A"])
def test_what_only_looks_like_the_place_of_a_chart_stays(written, tmp_path):
    text = f'```\n<div class="paraph-drawing">{written}</div>\n```'
    assert drawn(text, str(tmp_path), FOLDERS) == text


def test_a_template_that_does_not_exist_is_named():
    with pytest.raises(CouldNotRun, match=r"there is no template nothing\.json for charts"):
        draw(Picture("nothing", "en", {}), FOLDERS)


def test_a_template_of_the_project_comes_first(tmp_path):
    folder = tmp_path / "charts"
    folder.mkdir()
    (folder / "days.json").write_text("{")
    with pytest.raises(CouldNotRun, match=r"days\.json is no JSON"):
        draw(PICTURE, template_folders(str(folder)))


def test_what_cannot_be_seen_is_left_out():
    svg = plain_svg(
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20">'
        '<g class="a" role="b"><path d="M0,0h9" fill="none"/><text opacity="0">no</text></g>'
        '<path d="M0,0h9" fill="red"/><text>yes</text></svg>'
    )
    assert svg == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20">'
        '<path d="M0,0h9" fill="red" /><text>yes</text></svg>'
    )
