"""`new`, `init`, `export`, `schema`, `explain`, `doctor`: what they write, what they never touch, what they refuse."""

import json
import os
import re
import stat
import tomllib
from hashlib import sha256
from pathlib import Path

import jsonschema
import pytest

from pipeline import tools
from pipeline.kinds import build_catalogue, read_schemas
from tests.e2e.commands import call, digests
from tests.e2e.projects import ROOT, break_link, make_programme, make_repository, run

KINDS = build_catalogue(read_schemas([str(ROOT / "schemas")])).kinds


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    return make_programme(tmp_path)


def new(cwd: Path, *arguments: str | Path, status: int = 0):
    return call("new", *arguments, "--today", "2026-03-01", cwd=cwd, status=status)


def check(cwd: Path, *arguments: str, status: int = 0) -> str:
    return call("check", "--no-prose", *arguments, cwd=cwd, status=status).out


def test_a_new_artifact_has_the_next_free_id(programme: Path):
    assert new(programme, "requirement", "Send a letter").out.startswith(
        "REQ-002 is in docs_src/requirements/REQ-002-send-a-letter.md."
    )
    assert "REQ-003 is in" in new(programme, "REQ", "Send another").out
    (programme / "docs_src/requirements/REQ-002-send-a-letter.md").unlink()
    assert "REQ-004 is in" in new(programme, "req", "Number 2 stays free").out


def test_an_id_is_taken_also_where_its_file_cannot_be_read(programme: Path):
    (programme / "docs_src/REQ-007-broken.md").write_text("---\nid: [\n---\n\n# Broken\n")
    (programme / "docs_src/REQ-008-other.md").write_text("---\nid: REQ-9\n---\n\n# Other\n")
    assert "REQ-010 is in" in new(programme, "requirement", "Next").out


def test_an_id_is_as_wide_as_the_widest(programme: Path):
    page = programme / "docs_src/requirements.md"
    page.write_text(page.read_text().replace("REQ-001", "REQ-09999"))
    assert "REQ-10000 is in" in new(programme, "requirement", "Next").out


@pytest.mark.parametrize(
    ("kind", "words"),
    [("requirment", "did you mean requirement?"), ("zzz", "`paraph schema` lists the kinds"), ("", "lists")],
)
def test_an_unknown_kind_is_refused_with_the_nearest(programme: Path, kind: str, words: str):
    before = digests(programme)
    done = new(programme, kind, "Title", status=2)
    assert f"there is no kind {kind}" in done.err
    assert words in done.err
    assert digests(programme) == before


@pytest.mark.parametrize("title", ["", "  ", "\n", "\x1b[31mred", "a\0b", "x\u202ey"])
def test_a_title_that_is_none_is_refused(programme: Path, title: str):
    before = digests(programme)
    assert "title" in new(programme, "requirement", title, status=2).err
    assert digests(programme) == before


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Send\na  letter ", "REQ-002-send-a-letter.md"),
        ("Überweisung: «zurück»", "REQ-002-uberweisung-zuruck.md"),
        ("送金", "REQ-002.md"),
        ("../../etc/passwd", "REQ-002-etcpasswd.md"),
        ("word " * 40, f"REQ-002-{'word-' * 12}".rstrip("-") + ".md"),
        ("{0} %s \\ ' \"", "REQ-002-0-s.md"),
    ],
)
def test_any_other_title_becomes_one_line_and_a_safe_name(programme: Path, title: str, name: str):
    new(programme, "requirement", title)
    file = programme / "docs_src/requirements" / name
    assert f"\n# {' '.join(title.split())}\n" in file.read_text(encoding="utf-8")
    assert " error " not in check(programme)


@pytest.mark.parametrize("name", sorted(KINDS))
@pytest.mark.parametrize("section", [False, True])
def test_what_is_new_has_no_error_at_the_gate_of_a_merge(tmp_path: Path, name: str, section: bool):
    (tmp_path / "docs_src").mkdir()
    into = ("--into", "docs_src/register.md") if section else ()
    new(tmp_path, name, "A fresh one", *into)
    assert " error " not in check(tmp_path)
    assert "(1 artifact)" in check(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(KINDS))
def test_what_is_new_has_no_error_of_wording(tmp_path: Path, name: str):
    assert tools.find("vale"), tools.lack("vale")
    (tmp_path / "docs_src").mkdir()
    new(tmp_path, name, "A fresh one")
    assert " error " not in call("check", cwd=tmp_path, CI="true").out


def test_every_commented_field_of_what_is_new_can_be_uncommented(tmp_path: Path):
    """Its examples fit the schema; that the IDs in them lead nowhere is another matter."""
    (tmp_path / "docs_src").mkdir()
    for name in sorted(KINDS):
        new(tmp_path, name, "A fresh one")
    for path in (tmp_path / "docs_src").rglob("*.md"):
        path.write_text(re.sub(r"^# (\w+: )", r"\1", path.read_text(), flags=re.MULTILINE))
    shown = check(tmp_path, "--select", "SCHEMA,SRC,ID", status=0)
    assert shown.startswith("No findings in ")


def test_what_is_new_never_takes_the_place_of_a_file(programme: Path):
    file = programme / "docs_src/requirements/REQ-002-letter.md"
    file.parent.mkdir()
    file.symlink_to("nowhere")
    done = new(programme, "requirement", "Letter", status=None)
    assert file.is_symlink()
    assert os.readlink(file) == "nowhere"
    assert done.status == 2 or "REQ-003" in done.out


def test_two_at_once_never_overwrite_each_other(tmp_path: Path):
    from pipeline.edit.write import write_new
    from pipeline.errors import CouldNotRun

    file = tmp_path / "sub/new.md"
    write_new(str(file), "first")
    with pytest.raises(CouldNotRun, match="already there"):
        write_new(str(file), "second")
    assert file.read_text() == "first"
    assert os.listdir(file.parent) == ["new.md"]


def test_a_file_system_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from pipeline.edit import write

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(write.os, "link", refuse)
    write.write_new(str(tmp_path / "new.md"), "text")
    assert (tmp_path / "new.md").read_text() == "text"
    assert os.listdir(tmp_path) == ["new.md"]


def test_a_file_appearing_in_between_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from pipeline.edit import write
    from pipeline.errors import CouldNotRun

    file = tmp_path / "new.md"
    monkeypatch.setattr(write.os, "fsync", lambda _: file.write_text("theirs"))
    with pytest.raises(CouldNotRun, match="already there"):
        write.write_new(str(file), "ours")
    assert file.read_text() == "theirs"
    assert os.listdir(tmp_path) == ["new.md"]


@pytest.mark.parametrize(
    "before",
    [
        b"# Register\n",
        b"# Register\n\nNo line end",
        b"\xef\xbb\xbf# Register\r\n\r\nOf Windows.\r\n",
        b"# Caf\xe9\n\nNot UTF-8.\n",
        b"# Register\n\n\n\n",
        b"",
    ],
)
def test_into_a_file_keeps_what_is_there_byte_by_byte(programme: Path, before: bytes):
    file = programme / "docs_src/register.md"
    file.write_bytes(before)
    file.chmod(0o640)
    new(programme, "requirement", "Send a letter", "--into", file)
    after = file.read_bytes()
    assert after.startswith(before)
    added = after[len(before) :]
    assert b"## REQ-002 Send a letter" in added
    assert (b"\r\n" in added) == (b"\r\n" in before)
    assert b"\n" not in added.replace(b"\r\n", b"") or b"\r\n" not in before
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    if b"\xe9" not in before:
        assert " error " not in check(programme)
        assert "(3 artifacts)" in check(programme)


def test_into_a_link_writes_the_file_and_leaves_the_link(programme: Path):
    (programme / "docs_src/real.md").write_text("# Register\n")
    (programme / "docs_src/link.md").symlink_to("real.md")
    new(programme, "requirement", "Send a letter", "--into", "docs_src/link.md")
    assert (programme / "docs_src/link.md").is_symlink()
    assert "REQ-002" in (programme / "docs_src/real.md").read_text()


@pytest.mark.parametrize(
    ("into", "words"),
    [
        ("../out.md", "is not below the sources"),
        ("paraph.toml", "is not below the sources"),
        ("docs_src", "is not below the sources"),
        ("docs_src/deep", "is not a Markdown file"),
        ("docs_src/register.txt", "is not a Markdown file"),
    ],
)
def test_into_what_is_no_document_is_refused(programme: Path, into: str, words: str):
    (programme / "docs_src/deep").mkdir()
    before = digests(programme)
    assert words in new(programme, "requirement", "Letter", "--into", into, status=2).err
    assert digests(programme) == before


def test_from_a_subfolder_the_shown_command_works(programme: Path):
    (programme / "docs_src/deep").mkdir()
    shown = new(programme / "docs_src/deep", "risk", "Late data").out
    path = re.search(r"paraph check (\S+)", shown)[1]
    assert (programme / "docs_src/deep" / path).resolve().is_file()


def test_init_writes_a_project_that_is_clean(tmp_path: Path):
    done = call("init", "--title", 'The "first" \\ programme', cwd=tmp_path)
    assert done.out.count("  written  ") == 4
    assert tomllib.loads((tmp_path / "paraph.toml").read_text())["title"] == 'The "first" \\ programme'
    make_repository(tmp_path)
    assert check(tmp_path, "--fail-on", "warning").startswith("No findings in 1 document ")
    ignored = run("git", "status", "--porcelain", cwd=tmp_path).stdout
    assert ignored == ""
    assert "paraph check" in (tmp_path / ".pre-commit-config.yaml").read_text()


def test_init_touches_nothing_that_is_there(tmp_path: Path):
    there = {
        "paraph.toml": 'title = "Ours"\nsources = "docs"\n',
        "docs/index.md": "# Ours\n",
        ".pre-commit-config.yaml": "repos: []\n",
        ".gitignore": "*.o\n",
        "README.md": "Ours\n",
    }
    for name, text in there.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    done = call("init", "--title", "Other", cwd=tmp_path)
    assert digests(tmp_path) == {name: sha256(text.encode()).hexdigest() for name, text in there.items()}
    assert done.out.count("  kept     ") == 4
    assert "add to .gitignore: .paraph/ build/ dist/ mkdocs.paraph*.yml" in done.out
    again = call("init", cwd=tmp_path)
    assert again.out == done.out


def test_init_takes_the_settings_of_pyproject_for_the_projects(tmp_path: Path):
    (tmp_path / "pyproject.toml").write_text('[tool.paraph]\ntitle = "Ours"\nsources = "text"\n')
    done = call("init", cwd=tmp_path)
    assert "kept     pyproject.toml" in done.out
    assert not (tmp_path / "paraph.toml").exists()
    assert (tmp_path / "text/index.md").read_text().startswith("# Ours\n")
    assert not (tmp_path / "docs_src").exists()


def test_init_begins_a_project_of_its_own_below_another(tmp_path: Path):
    call("init", "--title", "Outer", cwd=tmp_path)
    (tmp_path / "inner").mkdir()
    call("init", "--title", "Inner", cwd=tmp_path / "inner")
    assert tomllib.loads((tmp_path / "inner/paraph.toml").read_text())["title"] == "Inner"
    assert (tmp_path / "inner/docs_src/index.md").read_text().startswith("# Inner\n")


@pytest.mark.parametrize("title", ["", " \n", "a\0b", "\x1b[1m"])
def test_init_refuses_a_title_that_is_none(tmp_path: Path, title: str):
    assert "title" in call("init", "--title", title, cwd=tmp_path, status=2).err
    assert os.listdir(tmp_path) == []


def schema_of(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((ROOT / f"schemas/reports/{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def export(cwd: Path, *arguments: str) -> str:
    return call("export", "json", "--no-prose", "--today", "2026-03-01", *arguments, cwd=cwd).out


def test_the_export_fits_its_schema_and_is_the_same_each_time(programme: Path):
    break_link(programme)
    first = export(programme)
    schema_of("programme").validate(json.loads(first))
    assert export(programme) == first
    (programme / ".paraph/index-plain").unlink()
    assert export(programme) == first


def test_the_export_holds_the_whole_programme(programme: Path):
    value = json.loads(export(programme))
    assert [item["id"] for item in value["artifacts"]] == ["BN-001", "REQ-001"]
    need, requirement = value["artifacts"]
    assert requirement["links"] == [{"role": "satisfies", "target": "BN-001", "version": ""}]
    assert need["linked_from"] == [{"role": "satisfies", "source": "REQ-001", "version": ""}]
    assert requirement["fields"]["acceptance_criteria"][0]["id"] == "AC-1"
    (index,) = [item for item in value["documents"] if item["path"] == "index.md"]
    assert [item["target"] for item in index["mentions"]] == ["REQ-001"]
    assert {item["name"] for item in value["kinds"]} == set(KINDS)
    assert value["findings"] == []


def test_the_export_of_our_own_documents_fits_the_schema():
    schema_of("programme").validate(json.loads(export(ROOT)))


def test_the_export_of_faulty_documents_fits_the_schema(programme: Path):
    page = programme / "docs_src/page.md"
    page.write_text(
        "---\nid: REQ-5\nstatus: 3\ntitle: [a]\nsatisfies: {a: b}\nn: .inf\nbig: 123456789012345678901234567890\n"
        "---\n\n# X\n\n## REQ-001 Twin\n\n```yaml {.artifact}\nstatus: \x85\n```\n\n![](x.png)\n"
    )
    (programme / "docs_src/empty.md").write_text("")
    (programme / "docs_src/broken.md").write_text("---\nid: [\n---\n")
    value = json.loads(export(programme))
    schema_of("programme").validate(value)
    assert {finding["path"] for finding in value["findings"]} >= {"docs_src/page.md", "docs_src/broken.md"}


@pytest.mark.parametrize("name", ["programme", "findings", "trace", "release", "diff", "approvals", "entry"])
def test_every_property_of_a_report_is_described(name: str):
    def walk(node: object, place: str) -> list[str]:
        if not isinstance(node, dict):
            return []
        missing = []
        for key, value in node.get("properties", {}).items():
            if place != "/tool" and not {"description", "const", "enum", "$ref"} & value.keys():
                missing.append(f"{place}/{key}")
            missing += walk(value, f"{place}/{key}") + walk(value.get("items"), f"{place}/{key}")
        for key, value in node.get("$defs", {}).items():
            missing += walk(value, f"{place}/$defs/{key}")
        return missing

    assert walk(json.loads((ROOT / f"schemas/reports/{name}.schema.json").read_text()), "") == []


@pytest.mark.parametrize("name", [*sorted(KINDS), "page", "view"])
def test_a_printed_schema_is_one_and_stands_alone(tmp_path: Path, name: str):
    schema = json.loads(call("schema", name, cwd=tmp_path).out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "$ref" not in json.dumps(schema)
    assert schema["additionalProperties"] is False


def test_a_printed_schema_accepts_what_check_accepts_and_refuses_what_it_refuses():
    value = json.loads(export(ROOT, "--today", "2026-11-26"))
    assert value["findings"] == []
    for name in KINDS:
        schema = json.loads(call("schema", name, cwd=ROOT).out)
        validator = jsonschema.Draft202012Validator(schema)
        artifacts = [item["fields"] for item in value["artifacts"] if item["kind"] == name]
        for fields in artifacts:
            assert not list(validator.iter_errors(fields))
            assert list(validator.iter_errors(fields | {"nonsense": 1}))
            assert list(validator.iter_errors(fields | {"status": "nonsense"}))
            assert list(validator.iter_errors({key: item for key, item in fields.items() if key != "status"}))


def test_the_kinds_are_listed_and_an_unknown_one_is_refused(tmp_path: Path):
    listed = call("schema", cwd=tmp_path).out
    assert [line.split()[1] for line in listed.splitlines()] == sorted(KINDS)
    assert "did you mean requirement?" in call("schema", "requirment", cwd=tmp_path, status=2).err


def test_a_faulty_schema_is_said_where_schemas_are_shown(tmp_path: Path):
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/own.schema.json").write_text("{")
    done = call("schema", "requirement", cwd=tmp_path)
    assert json.loads(done.out)
    assert "own.schema.json" in done.err


def codes(cwd: Path) -> list[str]:
    return [line.split()[0] for line in call("explain", cwd=cwd).out.splitlines()]


def test_every_rule_is_explained(tmp_path: Path):
    assert len(codes(tmp_path)) > 25
    for code in codes(tmp_path):
        shown = call("explain", code.lower(), cwd=tmp_path).out
        assert shown.startswith(f"{code}: ")
        assert len(shown.splitlines()) > 4
        assert re.search(r"^By default it (blocks|warns)", shown, re.MULTILINE)


def test_a_rule_of_the_projects_own_is_explained_selected_and_weighed(programme: Path):
    style = programme / "styles/Own-en/Nice.yml"
    style.parent.mkdir(parents=True)
    style.write_text(
        "# code: WD-NICE\n# hint: say what\n#\n# The word nice.\n#\n# It says nothing. Leave it out.\n"
        "extends: existence\nmessage: \"'%s' says nothing\"\nlevel: warning\ntokens: [nice]\n"
    )
    assert "WD-NICE" in codes(programme)
    assert "It says nothing." in call("explain", "WD-NICE", cwd=programme).out
    (programme / "paraph.toml").write_text('[severity]\nWD-NICE = "error"\n')
    assert check(programme, "--select", "WD-NICE").startswith("No findings")


@pytest.mark.parametrize("code", ["REQ-NED", "rq-ned", "zzz", ""])
def test_an_unknown_rule_is_refused(tmp_path: Path, code: str):
    done = call("explain", code, cwd=tmp_path, status=2)
    assert f"there is no rule {code}" in done.err
    assert ("did you mean RQ-NEED?" in done.err) == ("NED" in code.upper())


def test_doctor_names_each_tool_with_its_version_or_how_to_get_it(tmp_path: Path):
    shown = call("doctor", cwd=tmp_path).out
    for name in tools.TOOLS:
        (line,) = [line for line in shown.splitlines() if re.match(rf"  (found|missing) +{name} ", line)]
        if "missing" in line:
            assert f"get it: {tools.TOOLS[name].get}" in shown
        else:
            assert re.search(r"\d+\.\d+", line)


def test_doctor_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tools, "look", lambda name: "is not installed")
    shown = call("doctor", cwd=tmp_path).out
    assert shown.count("  missing  ") == len(tools.TOOLS)
    assert f"{len(tools.TOOLS)} missing: what they do is left undone, and said so" in shown


def test_an_unknown_command_is_refused_with_the_nearest(tmp_path: Path):
    assert "Did you mean 'check'?" in call("chekc", cwd=tmp_path, status=2).err
    assert "Usage:" in call("--help", cwd=tmp_path).out
