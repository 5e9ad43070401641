"""Coverage rules of a project's own: tables of the settings, with the nearest name for what there is not."""

from pathlib import Path

import pytest

from pipeline.run import Options, check
from pipeline.settings import open_project
from tests.e2e.commands import call
from tests.trees import DAY, GOOD, REQUIREMENT, write

TABLE = {
    "code": '"PRJ-DATA"',
    "kind": '"requirement"',
    "where": '{type = "functional", verification = ["test", "analysis"]}',
    "needs": '"verified by"',
    "to": '"test-case"',
    "with": '{level = ["integration", "uat"]}',
}
TEST = (
    "# Tests\n\n## TC-001 Test\n\n```yaml {{.artifact}}\nstatus: {}\n"
    'version: "1.0"\nlevel: {}\nverifies: [REQ-101]\n```\n'
)


def settings(folder: Path, **changes: str) -> None:
    lines = "".join(f"{key} = {value}\n" for key, value in (TABLE | changes).items())
    write(folder, {"paraph.toml": f"[[coverage]]\n{lines}"})


def found(folder: Path, files: dict[str, str], gate: str = "merge") -> list[tuple[str, int, str, str]]:
    write(folder / "docs_src", GOOD | files)
    report = check(open_project(cwd=str(folder)), Options(day=DAY, prose=False, gate=gate))
    return [(item.path, item.line, item.code, item.severity) for item in report.findings]


@pytest.mark.parametrize(
    ("level", "status", "lacks"),
    [
        ("system", "approved", True),
        ("uat", "approved", False),
        ("integration", "draft", False),
        ("uat", "withdrawn", True),
    ],
)
def test_a_table_is_a_rule(tmp_path: Path, level: str, status: str, lacks: bool):
    settings(tmp_path)
    told = [("docs_src/requirements.md", 3, "PRJ-DATA", "error")] if lacks else []
    assert found(tmp_path, {"tests.md": TEST.format(status, level)}) == told


def test_what_it_is_not_about_needs_nothing(tmp_path: Path):
    settings(tmp_path, where='{type = ["data", "interface"]}')
    assert found(tmp_path, {}) == []


def test_a_link_of_the_artifact_itself_may_be_what_is_needed(tmp_path: Path):
    settings(tmp_path, where="{}", needs='"derived_from"', to='"requirement"', severity='"warning"')
    settings_with = (tmp_path / "paraph.toml").read_text().replace('{level = ["integration", "uat"]}', "{}")
    (tmp_path / "paraph.toml").write_text(settings_with)
    more = REQUIREMENT.replace("REQ-101", "REQ-102").replace("satisfies: [BN-001]", "derived_from: [REQ-101]")
    assert found(tmp_path, {"more.md": "# More\n\n" + more}) == [
        ("docs_src/requirements.md", 3, "PRJ-DATA", "warning")
    ]


def test_the_rule_has_its_page_its_severity_and_its_waivers(tmp_path: Path):
    settings(tmp_path, title='"Data that nobody tries"', hint='"write one"')
    write(tmp_path / "docs_src", GOOD)
    page = call("explain", "prj-data", cwd=tmp_path).out
    assert page.startswith("PRJ-DATA: Data that nobody tries.")
    assert "level integration or uat" in page
    assert "**Mend.** Write one." in page
    done = call("check", "--no-prose", "--select", "PRJ", cwd=tmp_path, status=1)
    assert "error PRJ-DATA REQ-101 has no test-case (verified by) with level integration or uat" in done.out
    with (tmp_path / "paraph.toml").open("a") as file:
        file.write('\n[severity]\nPRJ-DATA = "off"\n')
    call("check", "--no-prose", cwd=tmp_path)


@pytest.mark.parametrize(
    ("changes", "message", "hint"),
    [
        (
            {"kind": '"requirment"'},
            "3: the setting 'coverage.0.kind' is wrong: there is no kind 'requirment'",
            "requirement",
        ),
        (
            {"to": '"testcase"'},
            "6: the setting 'coverage.0.to' is wrong: there is no kind 'testcase'",
            "test-case",
        ),
        (
            {"needs": '"verifid by"'},
            "5: the setting 'coverage.0.needs' is wrong: no link of requirement or to it is called 'verifid by'",
            "verified by",
        ),
        (
            {"where": '{prority = "must"}'},
            "4: the setting 'coverage.0.where.prority' is wrong: a requirement has no field 'prority'",
            "priority",
        ),
        (
            {"with": '{level = "uatt"}'},
            "7: the setting 'coverage.0.with.level' is wrong: level is never 'uatt'",
            "uat",
        ),
        (
            {"code": '"RQ-TEST"'},
            "2: the setting 'coverage.0.code' is wrong: RQ-TEST is the code of another rule",
            None,
        ),
        ({"code": '"data"'}, "2: the setting 'coverage.0.code' is wrong: 'data' is no code of a rule", None),
        ({"wher": "{}"}, "8: there is no setting 'wher' in coverage[0]", "where"),
    ],
)
def test_what_there_is_not_is_an_error_with_the_nearest_name(
    tmp_path: Path, changes, message: str, hint: str | None
):
    settings(tmp_path, **changes)
    write(tmp_path / "docs_src", GOOD)
    done = call("check", "--no-prose", cwd=tmp_path, status=2)
    assert f"paraph.toml:{message}" in done.err
    assert hint is None or f"help: did you mean '{hint}'?" in done.err


def test_two_tables_with_one_code_are_an_error(tmp_path: Path):
    settings(tmp_path)
    text = (tmp_path / "paraph.toml").read_text()
    write(tmp_path, {"paraph.toml": text + "\n" + text})
    write(tmp_path / "docs_src", GOOD)
    done = call("check", "--no-prose", cwd=tmp_path, status=2)
    assert (
        "paraph.toml:10: the setting 'coverage.1.code' is wrong: PRJ-DATA is the code of another rule"
        in done.err
    )
