"""`paraph build`, `site`, `pdf` and `serve`: outputs are whole or not at all, whatever happens on the way."""

import http.client
import os
import re
import resource
import signal
import subprocess
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from pipeline import tools
from tests.e2e.commands import call, digests
from tests.e2e.projects import BIN, environment, make_programme, make_repository, run

DELIVERABLE = """\
---
id: DLV-001
status: draft
version: "0.1"
created: 2026-01-12
---

# DLV-001 Requirements of lot 1

What lot 1 does.

## All requirements

```yaml {.view}
view: cards
kind: requirement
```
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)


def add_deliverable(folder: Path, text: str = DELIVERABLE) -> Path:
    file = folder / "docs_src/deliverables/DLV-001-lot-1.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    return folder


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    return add_deliverable(make_programme(tmp_path))


def words(pdf: Path) -> str:
    return " ".join("".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages).split())


@pytest.mark.slow
def test_a_build_makes_the_site_and_the_pdfs_and_leaves_nothing_else(programme: Path):
    (programme / ".gitignore").write_text("dist/\n")
    make_repository(programme)
    before = digests(programme)
    done = run(BIN / "paraph", "build", cwd=programme, env=environment(CI="true"))
    assert done.stderr == ""
    assert done.stdout.startswith("No findings in 4 documents")
    for line in (
        "Made:",
        "  dist/site  ",
        "  dist/pdf/DLV-001.pdf  ",
        "Look: paraph serve",
        "Next: paraph new",
    ):
        assert line in done.stdout
    assert sorted(os.listdir(programme / "dist")) == ["pdf", "site"]
    assert os.listdir(programme / "dist/pdf") == ["DLV-001.pdf"]
    site = programme / "dist/site"
    assert {"index.html", "search", "sitemap.xml", "404.html"} <= set(os.listdir(site))
    assert "payment plan" in (site / "search/search_index.json").read_text()
    assert "shall recalculate the payment plan within 2 seconds" in words(programme / "dist/pdf/DLV-001.pdf")
    after = {path: data for path, data in digests(programme).items() if not path.startswith("dist/")}
    assert {path for path in after.keys() - before.keys() if not path.startswith("build/")} == set()
    assert {path: after[path] for path in before} == before
    assert run("git", "status", "--porcelain", cwd=programme).stdout == ""


@pytest.mark.slow
def test_the_same_commit_gives_the_same_pdf_and_pages(programme: Path):
    make_repository(programme)
    run(BIN / "paraph", "build", cwd=programme)
    first = digests(programme / "dist")
    (programme / "docs_src/new.md").write_text("# New\n")
    run(BIN / "paraph", "build", cwd=programme)
    (programme / "docs_src/new.md").unlink()
    run(BIN / "paraph", "build", cwd=programme)
    again = digests(programme / "dist")
    assert {path for path in first if first[path] != again.get(path)} == set()
    assert again.keys() == first.keys()


@pytest.mark.slow
def test_findings_do_not_stop_a_build_and_are_its_exit_status(programme: Path):
    (programme / "docs_src/page.md").write_text("# Page\n\nREQ-404 is none.\n")
    done = call("build", cwd=programme, status=1)
    assert "REF-DEAD" in done.out
    assert "Next: mend what is wrong above" in done.out
    assert (programme / "dist/site/page/index.html").exists()
    assert (programme / "dist/pdf/DLV-001.pdf").exists()


def without(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Be on a machine without some tools."""
    real = tools.look
    monkeypatch.setattr(tools, "look", lambda name: "is not installed" if name in names else real(name))


@pytest.mark.slow
def test_without_pandoc_a_person_gets_the_site_and_is_told_loudly(
    programme: Path, monkeypatch: pytest.MonkeyPatch
):
    add_deliverable(programme)
    other = programme / "docs_src/deliverables/DLV-002-lot-2.md"
    other.write_text(DELIVERABLE.replace("DLV-001", "DLV-002"))
    without(monkeypatch, "pandoc")
    done = call("build", cwd=programme)
    assert (programme / "dist/site/index.html").exists()
    assert done.out.count("WARNING: pandoc is not installed: no PDF was made") == 1
    assert "to get pandoc" in done.out
    assert "pandoc is not installed" in call("build", cwd=programme, status=2, CI="true").err
    assert "pandoc is not installed" in call("pdf", cwd=programme, status=2).err


@pytest.mark.slow
def test_without_mkdocs_a_person_gets_the_pdf_and_is_told_loudly(
    programme: Path, monkeypatch: pytest.MonkeyPatch
):
    without(monkeypatch, "mkdocs")
    done = call("build", cwd=programme)
    assert "WARNING: mkdocs is not installed: no site was made" in done.out
    assert (programme / "dist/pdf/DLV-001.pdf").exists()
    assert "Look:" not in done.out
    assert "mkdocs is not installed" in call("site", cwd=programme, status=2).err


@pytest.mark.slow
def test_one_deliverable_that_cannot_be_made_does_not_take_the_others_with_it(programme: Path):
    (programme / "docs_src/map.png").write_text("no image")
    broken = DELIVERABLE.replace("DLV-001", "DLV-000").replace("What lot 1 does.", "![a map](../map.png)")
    (programme / "docs_src/deliverables/DLV-000-broken.md").write_text(broken)
    done = call("build", cwd=programme, status=2)
    assert "DLV-000: no PDF" in done.err
    assert "dist/pdf/DLV-001.pdf" in done.out
    assert os.listdir(programme / "dist/pdf") == ["DLV-001.pdf"]
    assert (programme / "dist/site/index.html").exists()


MARKERS = {
    "id": "RSK-077",
    "title": "Zanzibarmark",
    "body": "Bodymarkquux",
    "front matter": "Frontmarkquux",
    "tag": "tagmarkquux",
    "image": "imagemarkquux",
    "alternative text": "Altmarkquux",
    "heading": "Headmarkquux",
    "page": "pagemarkquux",
    "folder": "foldermarkquux",
}
LIMITED = """\
---
id: RSK-077
status: open
version: "1.0"
classification: limited
created: 2026-01-12
tags: [tagmarkquux]
cause: Frontmarkquux is true.
event: It may fail.
effect: We are late.
probability: 3
impact: 4
affects: [DLV-001]
---

# RSK-077 Zanzibarmark

Bodymarkquux rests on REQ-001. ![Altmarkquux](imagemarkquux.png)

## Headmarkquux

More.
"""


@pytest.fixture
def marked(programme: Path) -> Path:
    """A programme with an artifact and a page that are limited, of which others speak."""
    folder = programme / "docs_src/foldermarkquux"
    folder.mkdir()
    (folder / "RSK-077-zanzibarmark.md").write_text(LIMITED)
    (folder / "imagemarkquux.png").write_bytes(PNG)
    page = "---\ntitle: pagemarkquux\nclassification: limited\n---\n\n# pagemarkquux\n\nBodymarkquux.\n"
    (folder / "pagemarkquux.md").write_text(page)
    index = programme / "docs_src/index.md"
    index.write_text(
        index.read_text()
        + "\nSee RSK-077 and [it](foldermarkquux/RSK-077-zanzibarmark.md#headmarkquux).\n"
        + "\n```yaml {.view}\nview: table\nkind: risk\ncolumns: [id, title, tags]\n```\n"
    )
    text = DELIVERABLE + "\nOf RSK-077 more below.\n\n```yaml {.view}\nview: cards\nkind: risk\n```\n"
    add_deliverable(programme, text)
    needs = programme / "docs_src/needs.md"
    needs.write_text(needs.read_text() + "\nRSK-077 threatens it.\n")
    # The check would tell all of these; here it is weave that must withhold them.
    with (programme / "paraph.toml").open("a") as settings:
        settings.write('\n[severity]\nSEC-AUD = "off"\n')
    return programme


def traces(folder: Path) -> set[str]:
    """The markers of which a byte, a name or a word is anywhere below a folder."""
    seen = b"\n".join(
        str(path.relative_to(folder)).encode() + b"\n" + (path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    )
    for path in folder.rglob("*.gz"):
        seen += zlib.decompress(path.read_bytes(), 31)
    for path in folder.rglob("*.pdf"):
        reader = pypdf.PdfReader(path)
        seen += words(path).encode() + repr(reader.metadata).encode() + repr(reader.outline).encode()
        seen += repr([str(item.get_object()) for item in objects(reader)]).encode()
        seen += b"".join(item.get_data() for item in objects(reader) if hasattr(item, "get_data"))
    low = seen.lower()
    return {name for name, marker in MARKERS.items() if marker.lower().encode() in low}


def objects(reader: pypdf.PdfReader) -> list[object]:
    found = (reader.get_object(number) for number in range(1, int(reader.trailer["/Size"])))
    return [item for item in found if item is not None]


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["public", "internal"])
def test_what_an_audience_may_not_read_leaves_no_trace(marked: Path, audience: str):
    call("site", "--audience", audience, cwd=marked)
    if audience == "internal":
        call("build", "--audience", audience, cwd=marked)
        assert (marked / "dist/pdf/DLV-001.pdf").exists()
        assert "payment plan" in words(marked / "dist/pdf/DLV-001.pdf")
    assert traces(marked / "dist") == set()
    assert (marked / "dist/site/sitemap.xml").exists()


@pytest.mark.slow
def test_who_may_read_it_finds_it_and_the_next_build_for_others_takes_it_away(marked: Path):
    secret = marked / "docs_src/deliverables/DLV-009-secret.md"
    secret.write_text(
        DELIVERABLE.replace("DLV-001", "DLV-009").replace("status:", "classification: limited\nstatus:")
    )
    call("build", "--audience", "limited", cwd=marked)
    assert traces(marked / "dist/site") == set(MARKERS)
    assert {"id", "title", "body"} <= traces(marked / "dist/pdf")
    assert sorted(os.listdir(marked / "dist/pdf")) == ["DLV-001.pdf", "DLV-009.pdf"]
    (marked / "dist/pdf/theirs.txt").write_text("not ours")
    done = call("build", "--audience", "internal", cwd=marked)
    assert "DLV-009" not in done.out
    assert sorted(os.listdir(marked / "dist/pdf")) == ["DLV-001.pdf", "theirs.txt"]
    assert traces(marked / "dist") == set()


@pytest.mark.slow
def test_a_deliverable_that_an_audience_may_not_read_is_refused_by_name_and_else_left_out(marked: Path):
    done = call("pdf", "DLV-001", "--audience", "public", cwd=marked, status=2)
    assert "DLV-001 may not be seen by public readers" in done.err
    shown = call("pdf", "--audience", "public", cwd=marked)
    assert "no deliverable that public readers may see" in shown.out
    assert not (marked / "dist/pdf/DLV-001.pdf").exists()


def wait_for(happened: Callable[[], object]) -> None:
    for _ in range(1200):
        if happened():
            return
        time.sleep(0.025)
    pytest.fail("it did not happen within 30 seconds")


def children(pid: int) -> list[int]:
    shown = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in shown.stdout.split()]


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def started(folder: Path, *arguments: str, limit: int = 0) -> subprocess.Popen[str]:
    def confine() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [BIN / "paraph", *arguments],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=confine,
    )


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_site_cut_short_leaves_the_last_one_and_the_next_run_works(programme: Path, number: signal.Signals):
    call("site", cwd=programme)
    last = digests(programme / "dist")
    (programme / "docs_src/later.md").write_text("# Later\n")
    process = started(programme, "site")
    wait_for(lambda: [path for path in (programme / "dist").iterdir() if path.name != "site"])
    (engine,) = children(process.pid)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert digests(programme / "dist/site") == {
        path.removeprefix("site/"): data for path, data in last.items()
    }
    if number != signal.SIGKILL:
        assert process.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}[number]
        assert "Traceback" not in said
        wait_for(lambda: not alive(engine))
    # Where the run was killed, its engine may still be at work while the next run builds.
    call("site", cwd=programme)
    assert (programme / "dist/site/later/index.html").exists()
    wait_for(lambda: not alive(engine))
    call("site", cwd=programme)
    assert os.listdir(programme / "dist") == ["site"]


@pytest.mark.slow
def test_a_pdf_cut_short_leaves_the_last_one_and_the_next_run_works(programme: Path):
    call("pdf", cwd=programme)
    pdf = programme / "dist/pdf/DLV-001.pdf"
    last = pdf.read_bytes()
    add_deliverable(programme, DELIVERABLE.replace("What lot 1 does.", "What lot 1 will do."))
    cut = 0
    for moment in (0.2, 0.5, 0.8, 1.1, 1.4, 1.7, 2.0):
        process = started(programme, "pdf")
        time.sleep(moment)
        process.kill()
        process.communicate()
        if process.returncode == 0:
            break
        cut += 1
        # Whole, and the last good one or already the new one.
        assert pdf.read_bytes() == last or "What lot 1 will do." in words(pdf)
    assert cut > 1
    call("pdf", cwd=programme)
    assert "What lot 1 will do." in words(pdf)
    assert os.listdir(pdf.parent) == ["DLV-001.pdf"]


@pytest.mark.slow
@pytest.mark.parametrize(("command", "limit"), [("site", 60_000), ("site", 150_000), ("pdf", 20_000)])
def test_a_full_disk_is_one_message_and_the_last_output_stays(programme: Path, command: str, limit: int):
    call(command, cwd=programme)
    last = digests(programme / "dist")
    add_deliverable(programme, DELIVERABLE.replace("What lot 1 does.", "What lot 1 will do."))
    process = started(programme, command, limit=limit)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 2, said
    assert said.count("paraph: ") == 1
    assert "File too large" in said
    assert "Traceback" not in said
    assert 'File "' not in said
    assert len(said.splitlines()) == 2
    assert digests(programme / "dist") == last
    call(command, cwd=programme)


@pytest.mark.slow
def test_two_builds_at_once_do_not_mix(programme: Path):
    call("site", cwd=programme)
    first = started(programme, "site")
    wait_for(lambda: len(list((programme / "dist").iterdir())) > 1)
    done = call("site", cwd=programme, status=2)
    assert "another run is building this site" in done.err
    _, said = first.communicate(timeout=60)
    assert first.returncode == 0, said
    assert os.listdir(programme / "dist") == ["site"]


@pytest.mark.slow
def test_modules_in_the_project_are_no_part_of_the_engine(programme: Path):
    for name in ("mkdocs.py", "yaml.py", "jinja2.py", "markdown.py"):
        (programme / name).write_text("raise SystemExit('the project ran its own code')\n")
    call("site", cwd=programme)
    assert (programme / "dist/site/index.html").exists()


def test_a_new_document_is_a_change_that_is_no_part_of_the_commit(programme: Path):
    from pipeline.history.commit import revision

    make_repository(programme)
    root = str(programme / "docs_src")
    name, dirty = revision(root)
    assert re.fullmatch("[0-9a-f]{10}", name)
    assert not dirty
    (programme / "docs_src/new.md").write_text("# New\n")
    assert revision(root) == (name, True)
    (programme / "docs_src/new.md").unlink()
    (programme / "notes.txt").write_text("beside the sources")
    assert revision(root) == (name, False)
    (programme / "paraph.toml").write_text('title = "Other"\n')
    assert revision(root) == (name, True)


@pytest.mark.slow
def test_serve_shows_the_site_on_loopback_only_until_it_is_interrupted(programme: Path):
    call("site", cwd=programme)
    process = started(programme, "serve", "--port", "0")
    assert process.stdout
    try:
        line = process.stdout.readline()
        port = int(re.match(r"http://127\.0\.0\.1:(\d+)/ shows dist/site; end it with \^C", line)[1])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/")
        response = connection.getresponse()
        assert response.status == 200
        assert b"Home" in response.read()
        connection.request("GET", "/../../paraph.toml")
        assert connection.getresponse().status == 404
        assert {address for address, _ in listening(port)} == {"0100007F"}
        busy = call("serve", "--port", str(port), cwd=programme, status=2)
        assert f"port {port} is taken" in busy.err
    finally:
        process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=20)
    assert (process.returncode, out, said) == (0, "ended\n", "")


def listening(port: int) -> list[tuple[str, int]]:
    """The addresses at which a port is listened to, as the kernel writes them."""
    found = []
    for name in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(name).read_text().splitlines()[1:] if os.path.exists(name) else ():
            address, number = line.split()[1].split(":")
            if line.split()[3] == "0A" and int(number, 16) == port:
                found.append((address, port))
    return found


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_a_port_that_is_none_is_refused(programme: Path, port: str):
    assert "--port" in call("serve", "--port", port, cwd=programme, status=2).err


def test_serve_without_a_site_says_how_to_make_one(programme: Path):
    assert "make it with `paraph site`" in call("serve", cwd=programme, status=2).err


def test_a_full_disk_is_no_reason_to_lose_a_document(programme: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    before = digests(programme)
    monkeypatch.setattr("pipeline.edit.write.os.fsync", full)
    for into in ((), ("--into", "docs_src/needs.md")):
        done = call("new", "risk", "Late", *into, cwd=programme, status=2)
        assert done.err.startswith("paraph: No space left on device")
        assert "the disk is full" in done.err
        assert digests(programme) == before


def site(cwd: Path) -> str:
    call("site", cwd=cwd)
    return (cwd / "dist/site/index.html").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("files", [{}, {"notes.txt": "no Markdown"}, {"img/a.png": "x", "data.csv": "a,b\n"}])
def test_a_site_of_no_documents_is_a_site(tmp_path: Path, files: dict[str, str]):
    (tmp_path / "docs_src").mkdir()
    for name, text in files.items():
        (tmp_path / "docs_src" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "docs_src" / name).write_text(text)
    (tmp_path / "paraph.toml").write_text('title = "Nothing yet"\n')
    assert "Nothing yet" in site(tmp_path)
    assert "there is no deliverable yet" in call("pdf", cwd=tmp_path).out


def test_a_site_of_no_folder_cannot_be_made(tmp_path: Path):
    assert "there is no folder" in call("site", cwd=tmp_path, status=2).err
    assert os.listdir(tmp_path) == []


@pytest.mark.slow
def test_a_deliverable_without_views_is_its_own_text(programme: Path):
    add_deliverable(programme, DELIVERABLE.split("## All")[0])
    call("pdf", "DLV-001", cwd=programme)
    assert "What lot 1 does." in words(programme / "dist/pdf/DLV-001.pdf")


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked", ["ids: [DLV-001]", "path: deliverables/DLV-001-lot-1.md", "path: pages/again.md"]
)
def test_a_deliverable_that_includes_itself_ends(programme: Path, asked: str):
    (programme / "docs_src/pages").mkdir()
    again = "# Again\n\nAgain it says.\n\n```yaml {.view}\nview: include\nids: [DLV-001]\n```\n"
    (programme / "docs_src/pages/again.md").write_text(again)
    add_deliverable(programme, f"{DELIVERABLE}\n```yaml {{.view}}\nview: include\n{asked}\n```\n")
    call("pdf", "DLV-001", cwd=programme)
    assert words(programme / "dist/pdf/DLV-001.pdf").count("What lot 1 does.") == 1
    site(programme)


@pytest.mark.slow
def test_a_table_row_longer_than_a_page_and_titles_in_three_scripts_are_printed(programme: Path):
    cell = "word " * 3000 + "lastword"
    title = "Απαιτήσεις, требования, requirements"
    text = DELIVERABLE.replace("Requirements of lot 1", title)
    table = f"\n## Table\n\n| a | b |\n|---|---|\n| {cell} | short |\n"
    add_deliverable(programme, text + table)
    call("build", cwd=programme, status=None)
    shown = words(programme / "dist/pdf/DLV-001.pdf")
    assert "lastword" in shown
    assert shown.count("word ") >= 2900
    for part in title.split(", "):
        assert part in shown
        assert part in (programme / "dist/site/deliverables/DLV-001-lot-1/index.html").read_text()


@pytest.mark.slow
def test_the_engines_own_configuration_is_the_authors_and_stays_so(programme: Path):
    own = "site_name: Own\ntheme:\n  name: material\n  palette:\n    primary: teal\n"
    (programme / "mkdocs.yml").write_text(own)
    assert 'data-md-color-primary="teal"' in site(programme)
    assert (programme / "mkdocs.yml").read_text() == own


@pytest.mark.slow
def test_a_deliverable_names_its_template_and_a_project_may_have_its_own(programme: Path):
    own = programme / "templates/pdf/house"
    own.mkdir(parents=True)
    (own / "cover.html").write_text("<header><h1>A cover of our own, {{ facts.id }}</h1></header>")
    add_deliverable(programme, DELIVERABLE.replace("status: draft", "status: draft\ntemplate: house"))
    call("check", "--fail-on", "warning", cwd=programme)
    call("pdf", cwd=programme)
    shown = words(programme / "dist/pdf/DLV-001.pdf")
    assert "A cover of our own, DLV-001" in shown
    # What the folder lacks comes from the standard template.
    assert "Document control" in shown


@pytest.mark.parametrize("name", ["no-such", "../../templates/pdf/standard", "Standard", "3", "[a]"])
def test_a_template_that_does_not_exist_is_named_with_those_that_do(programme: Path, name: str):
    add_deliverable(programme, DELIVERABLE.replace("status: draft", f"status: draft\ntemplate: {name}"))
    done = call("pdf", cwd=programme, status=2)
    assert "DLV-001: there is no PDF template" in done.err
    assert "the templates are: bilingual, standard" in done.err


@pytest.mark.slow
def test_the_control_page_lists_the_versions_that_are_committed(programme: Path):
    add_deliverable(programme, DELIVERABLE)
    make_repository(programme)
    add_deliverable(programme, DELIVERABLE.replace('version: "0.1"', 'version: "0.2"'))
    run("git", "commit", "--quiet", "--all", "--message=Corrects the first lot", cwd=programme)
    call("pdf", cwd=programme)
    shown = " ".join(words(programme / "dist/pdf/DLV-001.pdf").split())
    assert re.search(
        r"0\.1 \d{4}-\d\d-\d\d A\. Person Begin 0\.2 \d{4}-\d\d-\d\d A\. Person Corrects the first lot", shown
    )


@pytest.mark.slow
def test_a_clone_without_older_commits_is_told_why_it_has_no_versions(programme: Path, tmp_path: Path):
    add_deliverable(programme, DELIVERABLE)
    make_repository(programme)
    run("git", "commit", "--quiet", "--allow-empty", "--message=More", cwd=programme)
    shallow = tmp_path / "shallow"
    run("git", "clone", "--quiet", "--depth=1", f"file://{programme}", shallow, cwd=tmp_path)
    done = call("pdf", cwd=shallow)
    assert "git fetch --unshallow" in done.out
    assert "Version history" not in words(shallow / "dist/pdf/DLV-001.pdf")
