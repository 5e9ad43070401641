"""The wheel is all that a project needs, and the project's own files stand in for those it carries."""

import json
import zipfile
from pathlib import Path
from subprocess import CompletedProcess

import pypdf
import pytest

from tests.e2e.projects import ROOT, environment, make_programme, run
from tests.e2e.signing import PDF, commit, committed, new_keys, programme

CARDS = """
## Requirements

```yaml {.view}
view: cards
kind: requirement
```
"""
CARRIED = (".vale.ini", "schemas", "styles", "templates")

pytestmark = pytest.mark.slow


class Installed:
    """The command from the wheel, in a folder, with Vale on PATH and nothing of the checkout."""

    def __init__(self, programs: Path, vale: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        # In CI a tool that is missing is an error, so that nothing here passes for want of Vale.
        self.env = environment(path=vale, CI="true")

    def __call__(self, *arguments: str, status: int = 0) -> CompletedProcess[str]:
        return run(self.programs / "paraph", *arguments, cwd=self.folder, env=self.env, status=status)


@pytest.fixture
def paraph(installed: Path, vale_alone: Path, tmp_path: Path) -> Installed:
    return Installed(installed, vale_alone, tmp_path)


def test_it_carries_all_schemas_styles_and_templates_and_no_tests(wheel: Path):
    there = {path for name in CARRIED for path in files_below(ROOT / name)}
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    inside = "pipeline/_data/"
    assert {name.removeprefix(inside) for name in names if name.startswith(inside)} == there
    assert len(there) > 20
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"pipeline"}


def files_below(path: Path) -> set[str]:
    found = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return {each.relative_to(ROOT).as_posix() for each in found if "__pycache__" not in each.parts}


def test_the_checkout_is_out_of_its_reach(paraph: Installed):
    code = "import pipeline, pipeline.shipped as s; print(pipeline.__file__, s.folder('schemas'))"
    shown = run(paraph.programs / "python", "-c", code, cwd=paraph.folder, env=paraph.env).stdout
    assert all(place.startswith(str(paraph.programs.parent)) for place in shown.split())


def test_an_empty_folder_becomes_a_checked_programme_a_site_and_a_pdf(paraph: Installed):
    begin(paraph)
    shown = paraph("check").stdout
    assert "4 documents (3 artifacts)" in shown
    assert "error" not in shown

    paraph("site")
    site = paraph.folder / "dist/site"
    assert "Collection" in (site / "index.html").read_text()
    (page,) = site.rglob("REQ-001-recalculate-a-plan/index.html")
    assert "the system shall recalculate" in page.read_text()
    assert list(site.rglob("SourceSansPro-Regular.ttf"))

    paraph("pdf", "DLV-001")
    text = read_pdf(paraph.folder / "dist/pdf/DLV-001.pdf")
    assert "Requirements of lot 1" in text
    assert "the system shall recalculate" in text
    assert "Document control" in text


def begin(paraph: Installed) -> None:
    """Begin a programme in an empty folder, with an artifact of three kinds."""
    paraph("init", "--title", "Collection")
    paraph("new", "business-need", "Know the balance")
    paraph("new", "requirement", "Recalculate a plan")
    paraph("new", "deliverable", "Requirements of lot 1")
    assert (paraph.folder / "docs_src/needs/BN-001-know-the-balance.md").exists()
    with (paraph.folder / "docs_src/deliverables/DLV-001-requirements-of-lot-1.md").open("a") as file:
        file.write(CARDS)


def read_pdf(file: Path) -> str:
    pages = pypdf.PdfReader(file).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_it_finds_what_is_wrong(paraph: Installed):
    make_programme(paraph.folder)
    (paraph.folder / "docs_src/needs.md").unlink()
    assert "REF-DEAD" in paraph("check", status=1).stdout


def test_a_schema_of_the_project_replaces_the_one_of_its_name_and_leaves_the_others(paraph: Installed):
    name = "schemas/business-need.schema.json"
    schema = json.loads((ROOT / name).read_text())
    schema["x-kind"] |= {"prefix": "NEED", "folder": "wishes"}
    (paraph.folder / "schemas").mkdir()
    (paraph.folder / name).write_text(json.dumps(schema))
    paraph("init")
    paraph("new", "business-need", "Know the balance")
    paraph("new", "requirement", "Recalculate a plan")
    assert (paraph.folder / "docs_src/wishes/NEED-001-know-the-balance.md").exists()
    assert (paraph.folder / "docs_src/requirements/REQ-001-recalculate-a-plan.md").exists()


def test_a_wording_rule_of_the_project_replaces_the_one_of_its_name_and_leaves_the_others(paraph: Installed):
    make_programme(paraph.folder)
    file = paraph.folder / "docs_src/requirements.md"
    file.write_text(file.read_text().replace("the payment plan", "several payment plans, if possible,"))
    assert wording(paraph) == {("WD-VAGUE", "several"), ("WD-ESCAPE", "if possible")}

    rule = (ROOT / "styles/Paraph-en/Vague.yml").read_text()
    head, _, _ = rule.partition("tokens:")
    own = paraph.folder / "styles/Paraph-en/Vague.yml"
    own.parent.mkdir(parents=True)
    own.write_text(f"{head}tokens:\n  - plans\n")
    assert wording(paraph) == {("WD-VAGUE", "plans"), ("WD-ESCAPE", "if possible")}


def wording(paraph: Installed) -> set[tuple[str, str]]:
    """The wording findings: the rule, and the words that it objects to."""
    report = json.loads(paraph("check", "--format=json", "--select=WD").stdout)
    return {(each["code"], each["message"].split("'")[1]) for each in report["findings"]}


def test_templates_of_the_project_replace_those_of_their_name_and_leave_the_others(paraph: Installed):
    begin(paraph)
    own = {
        "templates/pdf/standard/control.html": "<section><p>A control sheet of our own</p></section>\n",
        "templates/pdf/standard/words.toml": '[en]\ncontents = "What it holds"\n',
        "templates/site/paraph.css": "/* A look of our own */\n",
    }
    for name, text in own.items():
        path = paraph.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    paraph("build")
    text = read_pdf(paraph.folder / "dist/pdf/DLV-001.pdf")
    assert "A control sheet of our own" in text
    assert "Document control" not in text
    assert "What it holds" in text
    assert "Version" in text
    assert [file.read_text() for file in (paraph.folder / "dist/site").rglob("paraph.css")] == [
        "/* A look of our own */\n"
    ]


def test_what_it_issued_it_builds_again_shut_in(paraph: Installed, tmp_path: Path):
    """The process that is shut in finds all that is installed, and nothing of the checkout."""
    keys = new_keys(tmp_path.with_name(f"{tmp_path.name}-keys"))
    repository = committed(paraph.folder, programme(keys))
    paraph("approve", "DLV-001", "--role", "Business owner", "--key", str(keys.owner))
    commit(repository)
    paraph("issue", "DLV-001", "--key", str(keys.clerk))
    code = "import sys, pipeline.shipped as s; from pipeline.signoff.rebuild import rebuild; from pathlib import Path;"
    code += "print(rebuild(Path(sys.argv[1]).read_bytes(), [s.folder('templates/pdf')]).code)"
    python = paraph.programs / "python"
    done = run(python, "-c", code, PDF, cwd=paraph.folder, env=environment(path=paraph.programs))
    assert done.stdout == "rebuild.same\n"
