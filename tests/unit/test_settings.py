"""Settings: every key is known, and what is wrong is said with its line and the nearest name."""

from pathlib import Path

import pytest

from pipeline.errors import CouldNotRun
from pipeline.settings import Settings, open_project, read_settings


def error(folder: Path, text: str, name: str = "paraph.toml") -> tuple[str, str]:
    file = folder / name
    file.write_bytes(text.encode())
    with pytest.raises(CouldNotRun) as raised:
        open_project(cwd=str(folder))
    return raised.value.message.removeprefix(f"{folder}/"), raised.value.hint


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('titel = "x"\n', "paraph.toml:1: there is no setting 'titel'", "did you mean 'title'?"),
        (
            'title = "x"\n\n[site]\nurl = "u"\nedti = "e"\n',
            "paraph.toml:5: there is no setting 'edti' in site",
            "did you mean 'edit'?",
        ),
        (
            "[limits]\nheadr = 1\n",
            "paraph.toml:2: there is no setting 'headr' in limits",
            "did you mean 'header'?",
        ),
        (
            '[site]\nurl = "u"\nengine = "zensicle"\n',
            "paraph.toml:3: the setting 'site.engine' is wrong: there is no site engine 'zensicle'",
            "did you mean 'zensical'?",
        ),
        ('[sitte]\nurl = "u"\n', "paraph.toml:1: there is no setting 'sitte'", "did you mean 'site'?"),
        (
            '[[adopt]]\npattern = "a"\nkind = "k"\n\n[[adopt]]\npattern = "b"\nkind = "k"\nid_feild = "i"\n',
            "paraph.toml:8: there is no setting 'id_feild' in adopt[1]",
            "did you mean 'id_field'?",
        ),
        ("site.edti = 'e'\n", "paraph.toml:1: there is no setting 'edti' in site", "did you mean 'edit'?"),
        (
            "site = {url = 'u', edti = 'e'}\n",
            "paraph.toml:1: there is no setting 'edti' in site",
            "did you mean 'edit'?",
        ),
    ],
)
def test_an_unknown_key_is_named_with_its_line_and_the_nearest(
    tmp_path: Path, text: str, message: str, hint: str
):
    assert error(tmp_path, text) == (message, hint)


def test_a_key_like_none_is_answered_with_all(tmp_path: Path):
    message, hint = error(tmp_path, "zzz = 1\n")
    assert message == "paraph.toml:1: there is no setting 'zzz'"
    assert hint.startswith("there are: title, organisation, ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = 1\n", "paraph.toml:1: the setting 'title' is wrong: expected `str`, got `int`"),
        (
            '# first\n[limits]\nfile = "x"\n',
            "paraph.toml:3: the setting 'limits.file' is wrong: expected `int`, got `str`",
        ),
        ("[limits]\nfile = 0\n", "paraph.toml:2: the setting 'limits.file' is wrong: expected `int` >= 1"),
        (
            'exclude = "drafts"\n',
            "paraph.toml:1: the setting 'exclude' is wrong: expected `array`, got `str`",
        ),
        (
            'exclude = ["a", 1]\n',
            "paraph.toml:1: the setting 'exclude[1]' is wrong: expected `str`, got `int`",
        ),
        ("site = 1\n", "paraph.toml:1: the setting 'site' is wrong: expected `object`, got `int`"),
        (
            '[[adopt]]\npattern = "a"\n',
            "paraph.toml:1: the setting 'adopt[0]' is wrong: object missing required field `kind`",
        ),
    ],
)
def test_a_wrong_value_is_named_with_its_line(tmp_path: Path, text: str, message: str):
    assert error(tmp_path, text)[0] == message


def test_the_key_of_pyproject_is_looked_for_in_the_tables_of_paraph(tmp_path: Path):
    text = '[project]\ntitel = "x"\n\n[tool.other]\ntitel = 1\n\n[tool.paraph]\ntitel = "x"\n'
    message, _ = error(tmp_path, text, "pyproject.toml")
    assert message == "pyproject.toml:8: there is no setting 'titel'"
    text = '[tool.site]\nedti = 1\n\n[tool.paraph.site]\nedti = "x"\n'
    message, _ = error(tmp_path, text, "pyproject.toml")
    assert message == "pyproject.toml:5: there is no setting 'edti' in site"


@pytest.mark.parametrize("text", ["[severity\n", "title = \n", "title = 'x'\ntitle = 'y'\n", "\0"])
def test_what_is_no_toml_is_an_error_with_its_line(tmp_path: Path, text: str):
    message, hint = error(tmp_path, text)
    assert message.startswith("paraph.toml cannot be read: ")
    assert "line" in message
    assert hint == "mend the file; it is TOML"


def test_what_is_no_text_is_an_error(tmp_path: Path):
    (tmp_path / "paraph.toml").write_bytes(b"title = '\xff'\n")
    with pytest.raises(CouldNotRun, match=r"cannot be read: .*0xff"):
        open_project(cwd=str(tmp_path))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_byte_order_marks_and_line_ends_of_windows_are_read(tmp_path: Path, mark: bytes, end: bytes):
    (tmp_path / "paraph.toml").write_bytes(mark + end.join([b'title = "x"', b"[site]", b'url = "u"', b""]))
    settings = open_project(cwd=str(tmp_path)).settings
    assert (settings.title, settings.site.url) == ("x", "u")


@pytest.mark.parametrize(
    ("severity", "message", "hint"),
    [
        ('RQ-NED = "off"', "paraph.toml:2: there is no rule 'RQ-NED'", "did you mean 'RQ-NEED'?"),
        (
            'RQ-NEED = "of"',
            "paraph.toml:2: the setting 'severity.RQ-NEED' is wrong: 'of' is no severity",
            "did you mean 'off'?",
        ),
        (
            'RQ-NEED = {merg = "off"}',
            "paraph.toml:2: 'merg' is neither a gate nor a status",
            "did you mean 'merge'?",
        ),
        (
            'RQ-NEED = {merge = "of"}',
            "paraph.toml:2: the setting 'severity.RQ-NEED.merge' is wrong: 'of' is no severity",
            "did you mean 'off'?",
        ),
    ],
)
def test_a_severity_must_be_of_a_rule_and_a_gate_that_exist(
    tmp_path: Path, severity: str, message: str, hint: str
):
    from tests.e2e.commands import call

    (tmp_path / "docs_src").mkdir()
    (tmp_path / "paraph.toml").write_text(f"[severity]\n{severity}\n")
    for _ in range(2):
        done = call("check", "--no-prose", cwd=tmp_path, status=2)
        assert f"{message}\n  help: {hint}" in done.err
        assert done.out == ""


def test_severities_that_exist_are_taken(tmp_path: Path):
    from tests.e2e.commands import call

    (tmp_path / "docs_src").mkdir()
    lines = ('RQ-NEED = {merge = "off", approved = "error"}', 'WD-VAGUE = "warning"', 'KIND-FILE = "error"')
    (tmp_path / "paraph.toml").write_text("[severity]\n" + "\n".join(lines))
    call("check", "--no-prose", cwd=tmp_path)


def test_without_a_file_every_setting_has_its_default(tmp_path: Path):
    project = open_project(cwd=str(tmp_path))
    if project.file:
        pytest.fail(f"a settings file above the folder of tests, {project.file}, stands in the way")
    assert project.settings == Settings()
    assert project.root == str(tmp_path / "docs_src")


def test_the_nearest_settings_above_count_and_paraph_toml_before_pyproject(tmp_path: Path):
    (tmp_path / "pyproject.toml").write_text('[tool.paraph]\ntitle = "outer"\n')
    inner = tmp_path / "inner"
    (inner / "deep").mkdir(parents=True)
    (inner / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.paraphrase]\na = 1\n')
    assert open_project(cwd=str(inner / "deep")).settings.title == "outer"
    (inner / "pyproject.toml").write_text('[tool]\nparaph = {title = "inline"}\n')
    assert open_project(cwd=str(inner / "deep")).settings.title == "inline"
    (inner / "paraph.toml").write_text('title = "own"\n')
    assert open_project(cwd=str(inner / "deep")).settings.title == "own"


def test_a_missing_file_is_an_error(tmp_path: Path):
    with pytest.raises(CouldNotRun, match=r"there is no settings file nope\.toml"):
        open_project(config="nope.toml", cwd=str(tmp_path))


def test_settings_of_another_name_are_read_whole(tmp_path: Path):
    (tmp_path / "foreign.toml").write_text('title = "x"\n')
    assert read_settings(str(tmp_path / "foreign.toml")).title == "x"
