"""`paraph check` as people and CI run it: what it says, where, and with which exit status."""

import contextlib
import json
import os
import pty
import signal
import subprocess
import time
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from pipeline import tools
from pipeline.report import REPORTERS
from tests.e2e.commands import Done, call, digests
from tests.e2e.projects import BIN, ROOT, break_link, environment, make_programme, make_repository, run

DEAD = "docs_src/requirements.md:"


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    return make_programme(tmp_path)


@pytest.fixture
def broken(programme: Path) -> Path:
    break_link(programme)
    return programme


def check(cwd: Path, *arguments: str | Path, status: int | None = 0, traced: bool = False) -> Done:
    return call("check", "--no-prose", *arguments, cwd=cwd, status=status, traced=traced)


def findings(cwd: Path, *arguments: str | Path) -> list[dict[str, object]]:
    done = check(cwd, "--format", "json", *arguments, status=None)
    return json.loads(done.out)["findings"]


def codes(cwd: Path, *arguments: str | Path) -> list[str]:
    return [str(finding["code"]) for finding in findings(cwd, *arguments)]


@pytest.mark.slow
def test_the_real_command_in_a_real_repository_says_what_is_clean_and_what_is_not(programme: Path):
    make_repository(programme)
    clean = run(BIN / "paraph", "check", cwd=programme)
    assert clean.stdout == "No findings in 3 documents (2 artifacts), gate merge\n"
    assert clean.stderr == ""
    break_link(programme)
    dirty = run(BIN / "paraph", "check", cwd=programme, status=1)
    assert dirty.stdout.startswith(DEAD)
    assert "REF-DEAD" in dirty.stdout
    assert dirty.stderr == ""


@pytest.mark.parametrize("form", sorted(REPORTERS))
def test_every_format_holds_the_finding_and_nothing_but_the_report_is_on_stdout(broken: Path, form: str):
    done = check(broken, "--format", form, status=1)
    assert "REF-DEAD" in done.out
    assert done.err == ""
    if form in ("json", "sarif", "gitlab"):
        assert json.loads(done.out)
    elif form == "junit":
        assert ElementTree.fromstring(done.out).tag == "testsuites"


def test_json_fits_the_published_schema(broken: Path):
    schema = json.loads((ROOT / "schemas/reports/findings.schema.json").read_text())
    done = check(broken, "--format", "json", status=1)
    jsonschema.Draft202012Validator(schema).validate(json.loads(done.out))


def test_select_takes_codes_and_their_beginnings(broken: Path):
    (broken / "docs_src/index.md").write_text("# Home\n\n[gone](gone.md)\n")
    assert set(codes(broken)) == {"REF-DEAD", "LINK-DEAD"}
    assert codes(broken, "--select", "REF-DEAD") == ["REF-DEAD"]
    assert codes(broken, "--select", "ref") == ["REF-DEAD"]
    assert set(codes(broken, "--select", "REF,LINK-DEAD")) == {"REF-DEAD", "LINK-DEAD"}
    assert set(codes(broken, "--select", "REF", "--select", "LINK-DEAD")) == {"REF-DEAD", "LINK-DEAD"}


def test_an_unknown_code_is_refused_with_the_nearest(programme: Path):
    done = check(programme, "--select", "REF-DED", status=2)
    assert done.out == ""
    assert "there is no rule REF-DED; did you mean REF-DEAD?" in done.err


@pytest.mark.parametrize("selected", ["", ",", " , "])
def test_a_selection_of_nothing_is_refused(programme: Path, selected: str):
    assert "--select" in check(programme, "--select", selected, status=2).err


def test_a_gate_and_what_fails_decide_the_exit_status(programme: Path):
    page = programme / "docs_src/requirements.md"
    page.write_text(page.read_text().replace("verification: [test]\n", ""))
    assert "warning RQ-VERIF" in check(programme).out
    assert "warning RQ-VERIF" in check(programme, "--fail-on", "warning", status=1).out
    page.write_text(page.read_text().replace("status: draft", "status: approved"))
    assert "error RQ-VERIF" in check(programme, status=1).out
    for gate in ("merge", "issue", "release"):
        assert f"gate {gate}" in check(programme, "--gate", gate, status=1).out


@pytest.mark.parametrize("value", ["Merge", "tag", ""])
def test_an_unknown_gate_is_refused(programme: Path, value: str):
    assert "--gate" in check(programme, "--gate", value, status=2).err


def test_paths_limit_what_is_shown_and_not_what_is_read(broken: Path):
    assert codes(broken, "docs_src/requirements.md") == ["REF-DEAD"]
    assert codes(broken, "docs_src") == ["REF-DEAD"]
    assert codes(broken, ".") == ["REF-DEAD"]
    assert codes(broken, "docs_src/needs.md", "docs_src/requirements.md") == ["REF-DEAD"]
    assert codes(broken, "docs_src/needs.md") == []
    # The link that leads nowhere shows that the file of the needs was read all the same.
    assert check(broken, "docs_src/needs.md").out.startswith("No findings")


def test_a_path_that_is_not_there_is_refused(programme: Path):
    assert "there is no file or folder nope.md" in check(programme, "nope.md", status=2).err


def test_a_path_outside_the_sources_is_said_to_hold_nothing_that_is_checked(broken: Path):
    assert "paraph.toml is not among the documents" in check(broken, "paraph.toml").out
    assert "not among" not in check(broken, "docs_src/needs.md").out


def test_a_path_through_a_symbolic_link_is_the_same_path(
    broken: Path, tmp_path_factory: pytest.TempPathFactory
):
    link = tmp_path_factory.mktemp("elsewhere") / "link"
    link.symlink_to(broken)
    assert codes(broken, link / "docs_src/requirements.md") == ["REF-DEAD"]


def test_a_subfolder_shows_paths_that_can_be_opened_from_there(broken: Path):
    for folder in ("docs_src", "docs_src/deep", "other"):
        (broken / folder).mkdir(exist_ok=True)
        (shown,) = {str(finding["path"]) for finding in findings(broken / folder)}
        assert not os.path.isabs(shown)
        assert (broken / folder / shown).resolve() == (broken / "docs_src/requirements.md").resolve()
        assert "3 documents" in check(broken / folder, "--select", "SRC").out


def test_today_is_the_day_of_the_report_and_must_be_a_day(programme: Path):
    assert (
        json.loads(check(programme, "--format", "json", "--today", "2031-02-03").out)["day"] == "2031-02-03"
    )
    for value in ("2026-02-30", "tomorrow", ""):
        done = check(programme, "--today", value, status=2)
        assert f"'{value}' is not a day" in done.err


@pytest.mark.slow
def test_the_day_is_the_commits_wherever_git_can_say_it(programme: Path):
    past = {"GIT_AUTHOR_DATE": "2021-05-06T12:00:00Z", "GIT_COMMITTER_DATE": "2022-01-01T12:00:00Z"}
    make_repository(programme)
    run("git", "commit", "-q", "--allow-empty", "-m", "Later", cwd=programme, env=environment(**past))
    shown = run(BIN / "paraph", "check", "--no-prose", "--format=json", cwd=programme).stdout
    assert json.loads(shown)["day"] == "2021-05-06"


def test_root_may_be_read_only_and_the_cache_lies_beside_the_settings(
    programme: Path, tmp_path_factory: pytest.TempPathFactory
):
    beside = tmp_path_factory.mktemp("settings")
    (beside / "paraph.toml").write_text('title = "Foreign"\n')
    sources = programme / "docs_src"
    before = digests(programme)
    for path in (*sources.rglob("*"), sources):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = check(beside, "--config", beside / "paraph.toml", "--root", sources)
    finally:
        sources.chmod(0o755)
    assert "3 documents" in done.out
    assert digests(programme) == before
    assert not list(programme.rglob(".paraph"))
    assert sorted(path.name for path in beside.iterdir()) == [".paraph", "paraph.toml"]


def test_what_could_not_run_leaves_2_and_says_what_to_do_on_stderr(programme: Path):
    for arguments, words in (
        (("--root", "nope"), "there is no folder"),
        (("--root", "paraph.toml"), "there is no folder"),
        (("--config", "nope.toml"), "there is no settings file nope.toml"),
    ):
        done = check(programme, *arguments, status=2)
        assert done.out == ""
        assert words in done.err
        assert "help:" in done.err


def test_check_changes_no_file_but_its_cache(broken: Path):
    make_repository(broken)
    before = digests(broken)
    check(broken, status=1)
    assert digests(broken) == before
    assert (broken / ".paraph").is_dir()


def test_the_cache_hides_itself_from_git_without_a_line_in_gitignore(programme: Path):
    (programme / ".gitignore").unlink()
    make_repository(programme)
    check(programme)
    assert run("git", "status", "--porcelain", cwd=programme).stdout == ""


def test_without_a_repository_the_day_is_this_one(programme: Path):
    day = json.loads(check(programme, "--format", "json").out)["day"]
    assert abs(time.time() - time.mktime(time.strptime(day, "%Y-%m-%d"))) < 2 * 86400


@pytest.fixture
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment like this one, but without the programs that stand in its folder."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "bin").mkdir()
    (folder / "bin/python").symlink_to(os.path.realpath(BIN / "python"))
    (folder / "pyvenv.cfg").write_bytes((BIN.parent / "pyvenv.cfg").read_bytes())
    (folder / "lib").symlink_to(BIN.parent / "lib")
    return folder / "bin/python"


def bare_run(python: Path, cwd: Path, *arguments: str, status: int, **env: str):
    nothing = python.parents[1] / "nothing"
    variables = environment(**env) | {"PATH": str(nothing)}
    return run(python, "-m", "pipeline.cli", *arguments, cwd=cwd, env=variables, status=status)


@pytest.mark.slow
def test_without_vale_a_person_is_told_loudly_and_the_rest_goes_on(broken: Path, bare: Path):
    done = bare_run(bare, broken, "check", status=1)
    assert "REF-DEAD" in done.stdout
    assert "WARNING: vale is not installed: the wording of the documents was not checked" in done.stdout
    break_link(broken)
    run("git", "--version", cwd=broken)
    clean = make_programme(broken)
    again = bare_run(bare, clean, "check", status=0)
    assert "WARNING: vale is not installed" in again.stdout
    # It is said each time, also when the answer comes from the cache.
    assert "WARNING: vale is not installed" in bare_run(bare, clean, "check", status=0).stdout
    machine = bare_run(bare, clean, "check", "--format", "json", status=0)
    assert "vale is not installed" in machine.stderr
    assert "vale is not installed" in json.loads(machine.stdout)["notes"][0]


@pytest.mark.slow
def test_without_vale_ci_fails(programme: Path, bare: Path):
    done = bare_run(bare, programme, "check", status=2, CI="true")
    assert "vale is not installed" in done.stderr
    assert "help:" in done.stderr
    # Not even what an earlier run learned without it lets it pass.
    bare_run(bare, programme, "check", status=0)
    bare_run(bare, programme, "check", status=2, CI="true")
    bare_run(bare, programme, "check", "--no-prose", status=0, CI="true")


@pytest.mark.slow
def test_without_git_a_repository_is_checked_by_this_day_and_that_is_said(programme: Path, bare: Path):
    outside = bare_run(bare, programme, "check", "--no-prose", status=0)
    assert outside.stderr == ""
    make_repository(programme)
    inside = bare_run(bare, programme, "check", "--no-prose", status=0)
    assert "git is not installed" in inside.stderr
    assert bare_run(bare, programme, "check", "--no-prose", "--today=2026-01-01", status=0).stderr == ""
    assert (
        "git is not installed" in bare_run(bare, programme, "check", "--no-prose", status=2, CI="true").stderr
    )


def test_nothing_is_said_of_progress_where_nobody_watches(broken: Path):
    done = check(broken, status=1)
    assert done.err == ""
    assert "\x1b" not in done.out
    assert "\r" not in done.out


def wait_for(happened: Callable[[], object]) -> None:
    for _ in range(600):
        if happened():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen within 30 seconds")


def on_a_terminal(cwd: Path, *arguments: str, interrupt: float | None = None) -> tuple[int, str]:
    """Run the command on a terminal of its own, and give its exit status and all that it showed.

    With `interrupt`, ^C is typed so many seconds after the first progress was shown.
    """
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover: the other process
        os.chdir(cwd)
        os.execve(BIN / "paraph", ["paraph", *arguments], environment(TERM="xterm"))
    shown = b""
    # The end of the other side is an error on Linux, and nothing to read elsewhere.
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 65536):
            shown += part
            if interrupt is not None and b"..." in shown:
                time.sleep(interrupt)
                os.write(terminal, b"\x03")
                interrupt = None
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


@pytest.mark.slow
def test_a_terminal_shows_progress_on_one_line_and_colours(broken: Path):
    status, shown = on_a_terminal(broken, "check", "--no-prose")
    assert status == 1
    assert "reading the documents ..." in shown
    assert shown.index("reading the documents") < shown.index("REF-DEAD")
    progress, _, rest = shown.rpartition("\r\x1b[K")
    assert "\n" not in progress, "progress stays on its line"
    assert "..." not in rest
    assert "\x1b[1;31m" in rest


@pytest.mark.slow
def test_an_error_on_a_terminal_begins_on_a_clear_line(programme: Path):
    (programme / "docs_src/deliverables").mkdir()
    status, shown = on_a_terminal(programme, "pdf", "DLV-404")
    assert status == 2
    assert "\r\x1b[Kparaph: there is no deliverable DLV-404" in shown


@pytest.mark.slow
def test_it_can_be_interrupted_at_any_time(programme: Path):
    for number in range(500):
        text = f"# Page {number}\n\n" + "REQ-001 is a requirement, and REQ-404 is none.\n\n" * 20
        (programme / f"docs_src/page-{number}.md").write_text(text)
    before = digests(programme)
    statuses = set()
    for moment in (0, 0.05, 0.1, 0.2, 0.4):
        status, shown = on_a_terminal(programme, "check", "--no-prose", interrupt=moment)
        assert "Traceback" not in shown
        assert status in (1, 130)
        if status == 130:
            assert shown.endswith("\r\x1b[Kinterrupted; nothing was left half done\r\n")
        statuses.add(status)
        assert digests(programme) == before
        assert not list((programme / ".paraph").glob("*.[0-9]*"))
    assert 130 in statuses
    assert check(programme, status=1).out.count("error REF-DEAD") == 500 * 20


def test_it_can_be_interrupted_while_it_is_loaded(programme: Path, monkeypatch: pytest.MonkeyPatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.cli.group.run", interrupted)
    done = check(programme, status=130)
    assert done.err == "interrupted; nothing was left half done\n"
    assert done.out == ""


@pytest.mark.slow
def test_a_request_to_end_ends_it_and_the_tool_that_runs(
    programme: Path, tmp_path_factory: pytest.TempPathFactory
):
    tools_there = tmp_path_factory.mktemp("slow")
    git = tools_there / "git"
    git.write_text(
        f"#!/bin/sh\ncase $1 in --version) echo git version 2.40.0;; *) echo $$ >{tools_there}/pid; sleep 60;; esac\n"
    )
    git.chmod(0o755)
    process = subprocess.Popen([BIN / "paraph", "check"], cwd=programme, env=environment(path=tools_there))
    wait_for(lambda: (tools_there / "pid").exists() and (tools_there / "pid").read_text())
    process.terminate()
    assert process.wait(timeout=20) == 128 + signal.SIGTERM
    child = int((tools_there / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


@pytest.mark.slow
@pytest.mark.parametrize(("faults", "status"), [(0, 0), (3000, 0), (3000, 1)])
def test_a_reader_that_goes_away_changes_neither_verdict_nor_manners(
    programme: Path, faults: int, status: int
):
    link = "[here](needs.md)" if status == 0 else "[here](gone.md)"
    (programme / "docs_src/page.md").write_text("# Page\n\n" + f"{link}\n\n" * faults)
    severity = "warning" if status == 0 else "error"
    (programme / "paraph.toml").write_text(f'[severity]\nA11Y = "{severity}"\n')
    command = f"set -o pipefail; '{BIN}/paraph' check --no-prose | head -1"
    done = run("bash", "-c", command, cwd=programme, status=status)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


@pytest.mark.slow
def test_a_full_disk_behind_stdout_is_said(broken: Path):
    done = run("sh", "-c", f"'{BIN}/paraph' check --no-prose >/dev/full", cwd=broken, status=2)
    assert done.stderr.startswith("paraph: No space left on device")
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_terminal_that_lacks_a_character_still_shows_the_finding(programme: Path, encoding: str):
    (programme / "docs_src/page.md").write_text("# Page – 日本\n\n[→ 日本](gone.md) — é\n", encoding="utf-8")
    done = subprocess.run(
        [BIN / "paraph", "check", "--no-prose"],
        cwd=programme,
        env=environment(PYTHONIOENCODING=encoding),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert b"LINK-DEAD" in done.stdout
    assert done.stderr == b""


def test_a_file_name_that_is_no_text_is_no_accident(programme: Path):
    name = os.fsdecode(b"caf\xe9.md")
    (programme / "docs_src" / name).write_text("# Page\n\nREQ-404 is none.\n")
    for form in REPORTERS:
        assert "SRC-READ" in check(programme, "--format", form, status=1).out
    assert "caf" in call("export", "json", "--no-prose", cwd=programme).out


def test_an_error_nobody_foresaw_is_no_finding(programme: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise RuntimeError("what nobody foresaw")

    monkeypatch.setattr("pipeline.cli.check.check", fail)
    # Status 1 would tell CI of findings; and whoever mends it needs to see where it came from.
    done = check(programme, status=2, traced=True)
    assert "RuntimeError: what nobody foresaw" in done.err
    assert "paraph: this is a fault of Paraph itself, not of your documents" in done.err


@pytest.mark.slow
def test_this_repositorys_own_documents_are_clean():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["paraph"]
    assert "severity" not in settings, "no rule is turned down for our own documents"
    assert tools.find("vale"), tools.lack("vale")
    done = call("check", "--fail-on", "warning", cwd=ROOT, CI="true")
    assert done.out.startswith("No findings in ")
