"""Deliverables are made side by side, and not again while nothing changed of all that they are made of."""

import os
import re
import signal
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from pipeline.outputs import kept
from pipeline.render.pdf import jobs
from tests.e2e.commands import Done, call
from tests.e2e.projects import BIN, environment, make_programme, make_repository, run
from tests.e2e.test_build import DELIVERABLE, alive, children, started, wait_for

IDS = ("DLV-001", "DLV-002", "DLV-003")
UNCHANGED = re.compile(r"(DLV-\d+)\.pdf .* \(unchanged\)$", re.MULTILINE)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="{}" height="9"/></svg>'


def add(folder: Path, identity: str, words: str = "What it does.") -> Path:
    file = folder / f"docs_src/deliverables/{identity}.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(DELIVERABLE.replace("DLV-001", identity).replace("What lot 1 does.", words))
    return file


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """Three deliverables of which only the second has an image."""
    make_programme(tmp_path)
    (tmp_path / "docs_src/a.svg").write_text(SVG.format(3))
    for identity in IDS:
        add(tmp_path, identity, "![a bar](../a.svg)" if identity == "DLV-002" else "What it does.")
    return tmp_path


def pdfs(folder: Path) -> dict[str, str]:
    """The SHA-256 of each PDF."""
    return {
        path.stem: sha256(path.read_bytes()).hexdigest() for path in sorted((folder / "dist/pdf").iterdir())
    }


def unchanged(done: Done) -> set[str]:
    """The deliverables that a run says it did not make again."""
    return set(UNCHANGED.findall(done.out))


def made(folder: Path, *arguments: str) -> set[str]:
    """The deliverables that `paraph pdf` makes."""
    done = call("pdf", *arguments, cwd=folder)
    return set(re.findall(r"(DLV-\d+)\.pdf", done.out)) - unchanged(done)


@pytest.mark.slow
def test_side_by_side_they_are_the_same_as_one_after_the_other(
    programme: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(jobs, "cores", lambda: 1)
    call("pdf", cwd=programme)
    one_by_one = pdfs(programme)
    monkeypatch.setattr(jobs, "cores", lambda: 2)
    begun: list[list[int]] = []
    real = jobs._shares
    monkeypatch.setattr(jobs, "_shares", lambda *of: begun.append(real(*of)) or begun[-1])
    for name in one_by_one:
        (programme / f"dist/pdf/{name}.pdf").unlink()
    call("pdf", cwd=programme)
    assert [sorted(map(len, shares)) for shares in begun] == [[1, 2]]
    assert pdfs(programme) == one_by_one
    assert one_by_one.keys() == set(IDS)


@pytest.mark.slow
def test_what_one_lacks_does_not_keep_the_others_from_being_made_side_by_side(
    programme: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(jobs, "cores", lambda: 2)
    (programme / "docs_src/a.svg").write_text("no picture")
    add(programme, "DLV-003", "A sign that no font has: \U0001f409.")
    done = call("pdf", cwd=programme, status=2)
    assert "DLV-002: no PDF, since image a.svg is not what its suffix .svg says" in done.err
    assert "DLV-003: no PDF, since no font of the template has “\U0001f409” (U+1F409)" in done.err
    assert done.err.count("paraph: ") == 2
    assert pdfs(programme).keys() == {"DLV-001"}
    (programme / "docs_src/a.svg").write_text(SVG.format(3))
    assert made(add(programme, "DLV-003").parents[2]) == {"DLV-002", "DLV-003"}


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_all_that_works_ends_and_the_last_outputs_stay(programme: Path, number: signal.Signals):
    call("pdf", cwd=programme)
    last = pdfs(programme)
    for identity in IDS:
        add(programme, identity, "Other words.")
    process = started(programme, "pdf")
    wait_for(lambda: len(children(process.pid)) == jobs.cores() > 1)
    workers = children(process.pid)
    # Their tools stand in groups of their own, and have to be ended by them.
    wait_for(lambda: any(map(children, workers)))
    below = [pid for worker in workers for pid in children(worker)]
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}[number]
    assert "Traceback" not in said
    wait_for(lambda: not any(map(alive, [*workers, *below])))
    assert pdfs(programme) == last
    assert made(programme) == set(IDS)


@pytest.mark.slow
def test_a_process_that_is_killed_is_told_and_the_rest_is_made(programme: Path):
    process = started(programme, "pdf")
    wait_for(lambda: len(children(process.pid)) == jobs.cores() > 1)
    os.kill(children(process.pid)[0], signal.SIGKILL)
    out, said = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "no PDF, since the process that was to render it ended with signal 9" in said
    assert "Traceback" not in said
    assert 1 <= out.count(".pdf") < len(IDS)
    call("pdf", cwd=programme)
    assert pdfs(programme).keys() == set(IDS)


@pytest.mark.slow
def test_a_run_where_nothing_changed_makes_nothing_and_loads_nothing_that_draws(programme: Path):
    make_repository(programme)
    call("pdf", cwd=programme)
    before = {path: path.stat().st_mtime_ns for path in (programme / "dist/pdf").iterdir()}
    code = (
        "import resource, sys; sys.argv = ['paraph', 'pdf']; from pipeline.cli.group import run; run();"
        "used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)];"
        "print(sum(each.ru_utime + each.ru_stime for each in used));"
        "print({'weasyprint', 'jinja2', 'pipeline.weave', 'pipeline.refresh'} & set(sys.modules))"
    )
    done = run(BIN / "python", "-c", code, cwd=programme, env=environment())
    *lines, seconds, loaded = done.stdout.splitlines()
    assert len(lines) == 3
    assert all(line.endswith(" (unchanged)") for line in lines)
    assert loaded == "set()"
    # Half of it on a machine at rest; the figure itself is one of `make bench`.
    assert float(seconds) < 2
    assert {path: path.stat().st_mtime_ns for path in (programme / "dist/pdf").iterdir()} == before
    assert unchanged(call("build", cwd=programme)) == set(IDS)


def append(name: str, text: str):
    def change(folder: Path) -> None:
        with (folder / name).open("a") as file:
            file.write(text)

    return change


def bar(folder: Path) -> None:
    (folder / "docs_src/a.svg").write_text(SVG.format(4))


def style(folder: Path) -> None:
    own = folder / "templates/pdf/standard"
    own.mkdir(parents=True)
    (own / "theme.css").write_text("body { color: navy }\n")


def commit(folder: Path) -> None:
    run("git", "commit", "--quiet", "--allow-empty", "--message=More", cwd=folder)


def remove(folder: Path) -> None:
    (folder / "dist/pdf/DLV-003.pdf").unlink()


CHANGES = {
    "nothing": (lambda folder: None, set()),
    "a page that none holds": (append("docs_src/index.md", "\nMore.\n"), set()),
    "the text of one": (append("docs_src/deliverables/DLV-001.md", "\nMore.\n"), {"DLV-001"}),
    "what all hold": (append("docs_src/requirements.md", "\nMore.\n"), set(IDS)),
    "an image": (bar, {"DLV-002"}),
    "a setting": (append("paraph.toml", 'organisation = "Bureau"\n'), set(IDS)),
    "a template": (style, set(IDS)),
    "the commit": (commit, set(IDS)),
    "one that was altered": (append("dist/pdf/DLV-002.pdf", "%"), {"DLV-002"}),
    "one that was removed": (remove, {"DLV-003"}),
    "no cache": (lambda folder: (folder / ".paraph/deliverables").unlink(), set(IDS)),
    "a cache cut short": (lambda folder: os.truncate(folder / ".paraph/deliverables", 40), set(IDS)),
    "a corrupt cache": (append(".paraph/deliverables", "\xff"), set(IDS)),
}


@pytest.mark.slow
def test_only_what_changed_is_made_again(programme: Path):
    """One change after the other, each with the deliverables that it makes anew."""
    make_repository(programme)
    # The tree is changed from the first run on: what a commit states besides does not change with each step.
    (programme / "docs_src/new.md").write_text("# New\n")
    assert made(programme) == set(IDS)
    for name, (change, expected) in CHANGES.items():
        change(programme)
        assert (name, made(programme)) == (name, expected)
        assert (name, made(programme)) == (name, set())


@pytest.mark.slow
def test_another_day_or_audience_is_another_pdf(programme: Path):
    assert made(programme, "--today", "2026-02-01") == set(IDS)
    assert made(programme, "--today", "2026-02-02") == set(IDS)
    assert made(programme, "--today", "2026-02-02", "--audience", "limited") == set()
    assert made(programme, "DLV-001", "--today", "2026-02-02") == set()
    other = ("DLV-001", "--today", "2026-02-02", "--out", "other.pdf")
    assert [call("pdf", *other, cwd=programme).out.count("(unchanged)") for _ in range(2)] == [0, 1]
    assert (programme / "other.pdf").read_bytes() == (programme / "dist/pdf/DLV-001.pdf").read_bytes()
    assert made(programme, "--today", "2026-02-02") == set()


@pytest.mark.slow
def test_another_program_makes_them_again(programme: Path, monkeypatch: pytest.MonkeyPatch):
    from pipeline.outputs import inputs

    call("pdf", cwd=programme)
    for name in ("program", "engine"):
        with monkeypatch.context() as patch:
            patch.setattr(inputs, name, lambda: ["another"])
            assert made(programme) == set(IDS)
        assert made(programme) == set(IDS)


def test_what_is_kept_forgets_what_is_gone(tmp_path: Path):
    (tmp_path / ".paraph").mkdir()
    (tmp_path / "a.pdf").write_bytes(b"a")
    known = kept.Kept()
    for name in ("a.pdf", "gone.pdf"):
        known.note(str(tmp_path / name), b"key")
    kept.write(str(tmp_path), known)
    again = kept.read(str(tmp_path))
    assert list(again.pdfs) == [str(tmp_path / "a.pdf")]
    assert again.holds(str(tmp_path / "a.pdf"), b"key")
    assert not again.holds(str(tmp_path / "a.pdf"), b"other")
    assert os.listdir(tmp_path / ".paraph") == ["deliverables"]


@pytest.mark.parametrize("content", [b"", b"\x00", b"\xc1", msgspec.msgpack.encode([1, 2]), b"\x92" * 9999])
def test_a_file_that_says_nothing_equals_none(content: bytes, tmp_path: Path):
    (tmp_path / ".paraph").mkdir()
    (tmp_path / ".paraph/deliverables").write_bytes(content)
    assert kept.read(str(tmp_path)) == kept.Kept()


def test_where_nothing_can_be_kept_that_is_no_fault(tmp_path: Path):
    kept.write(str(tmp_path / "nowhere"), kept.Kept())
    assert os.listdir(tmp_path) == []
