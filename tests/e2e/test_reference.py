"""What a build makes of the reference programme: the same bytes everywhere, PDFs that keep to their standards."""

import datetime
import sys
from pathlib import Path

import pikepdf
import pytest

from pipeline.render.pdf import render_pdf
from tests.e2e.commands import digests
from tests.e2e.conftest import common, once
from tests.e2e.projects import ROOT, environment, run
from tests.e2e.reference import build_reference, reference
from tests.e2e.verapdf import breaches
from tests.unit.render.samples import TEMPLATES, all_constructs, facts_of, woven_of

pytestmark = pytest.mark.slow

LATER = {"PYTHONPATH": str(ROOT / "tests/e2e/later")}
ELSEWHERE = {
    "TZ": "Pacific/Auckland",
    "LC_ALL": "nl_BE.UTF-8",
    "LANGUAGE": "fr",
    "PYTHONHASHSEED": "4711",
    "SOURCE_DATE_EPOCH": "1",
    **LATER,
}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the reference programme, built."""
    return once(common(tmp_path_factory), reference)


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_every_pdf_keeps_to_the_standards_that_it_names(profile: str, built: Path, tmp_path: Path):
    sample = render_pdf(
        woven_of(all_constructs()), facts_of(), tmp_path / "sample.pdf", template_folders=TEMPLATES
    )
    files = [*sorted((built / "dist/pdf").glob("*.pdf")), sample]
    assert len(files) >= len(list((built / "docs_src/deliverables").glob("DLV-*.md"))) + 1
    assert breaches(profile, files) == {file.name: [] for file in files}


@pytest.mark.parametrize(("profile", "key", "clause"), [("3a", "Metadata", "6.6"), ("ua1", "Lang", "7.2")])
def test_a_pdf_that_lacks_what_a_standard_asks_is_told_from_one_that_has_it(
    profile: str, key: str, clause: str, tmp_path: Path
):
    woven = woven_of("## One {#one}\n\nWords.\n")
    sample = render_pdf(woven, facts_of(), tmp_path / "sample.pdf", template_folders=TEMPLATES)
    with pikepdf.open(sample) as pdf:
        del pdf.Root[f"/{key}"]
        pdf.save(tmp_path / "less.pdf")
    found = breaches(profile, [tmp_path / "less.pdf"])["less.pdf"]
    assert [rule for rule in found if rule.startswith(clause)]


def test_the_same_commit_gives_the_same_bytes_in_another_place_at_another_time(built: Path, tmp_path: Path):
    clone = tmp_path / "another place, quelque part/über/here"
    clone.parent.mkdir(parents=True)
    run("git", "clone", "--quiet", built, clone, cwd=tmp_path)
    again, first = digests(build_reference(clone, **ELSEWHERE)), digests(built / "dist")
    assert len(first) > 100
    assert sorted(again) == sorted(first)
    assert [path for path in first if again[path] != first[path]] == []


def test_what_is_built_later_takes_another_day_for_today():
    code = "import datetime, time; print(datetime.date.today(), int(time.time()))"
    said = run(sys.executable, "-c", code, cwd=ROOT, env=environment(**LATER)).stdout.split()
    now = datetime.datetime.now(datetime.UTC)
    assert datetime.date.fromisoformat(said[0]) > now.date() + datetime.timedelta(30)
    assert int(said[1]) > now.timestamp() + 30 * 86_400
