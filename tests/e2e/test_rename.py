"""`rename`: every place that names an artifact, nothing else, all or nothing; and what it refuses."""

import os
import re
import shutil
from pathlib import Path

import pytest

from pipeline.edit import write
from pipeline.edit.rename import rename
from pipeline.edit.write import Change, change_all
from pipeline.errors import CouldNotRun
from pipeline.run import Options, load, report
from pipeline.settings import open_project
from tests.e2e.commands import call, digests
from tests.e2e.projects import ROOT, make_programme, make_repository, run

# All sorts of places; {0} is REQ-002, the one that is renamed, and {1} its anchor. What is in code stays.
PLACES = """\
---
title: "About {0}"  # REQ-002 in a comment
defaults:
  related: [BN-001, '{0}']
---

# Places

{0}, **{0}** and [the words of {0}](other/{0}-letters.md), [below](#{1}-again), ({0}@0.1).

[file]: other/{0}-letters.md#{1}-letters
![REQ-0023 is another](img/REQ-002-plan.png)

`REQ-002` and <!-- REQ-002 --> stay, as do https://example.org/REQ-002 and XREQ-002.

## {0} again

```text
REQ-002 in code
```

## TC-001 Letters are sent

```yaml {{.artifact}}
status: draft   # of {0}: REQ-002
level: uat
verifies:
  - "{0}@0.1"
criteria: [{0}/AC-1]   # kept
expected: See {0} and evidence/REQ-002-plan.png.
```

```yaml {{.view}}
view: table
ids: [{0}, REQ-001]
```

```yaml {{.view}}
view: include
path: other/{0}-letters.md
```
""".replace("of {0}: REQ-002", "of REQ-002")
LETTERS = """\
---
id: {0}
status: draft
version: "0.1"
level: system
type: functional
priority: must
satisfies: [BN-001]
acceptance_criteria:
  - {{id: AC-1, text: The letter of {0} is sent.}}
---

# {0} Letters

The system shall send a letter within 2 days.

See [places](../places.md#{1}-again).
"""


def fill(folder: Path, identity: str, *, ends: str = "\n", mark: bytes = b"") -> None:
    anchor = identity.lower()
    files = {"places.md": PLACES, f"other/{identity}-letters.md": LETTERS}
    for name, text in files.items():
        path = folder / "docs_src" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(mark + text.format(identity, anchor).replace("\n", ends).encode())
    image = folder / "docs_src/img/REQ-002-plan.png"
    image.parent.mkdir(exist_ok=True)
    image.write_bytes(b"")


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    make_programme(tmp_path / "p")
    fill(tmp_path / "p", "REQ-002")
    return tmp_path / "p"


def renamed(cwd: Path, *arguments: str, status: int = 0):
    return call("rename", *arguments, cwd=cwd, status=status)


@pytest.mark.parametrize(
    ("ends", "mark"), [("\n", b""), ("\r\n", b""), ("\r\n", b"\xef\xbb\xbf"), ("\r", b"")]
)
def test_every_place_is_changed_and_nothing_else(tmp_path: Path, ends: str, mark: bytes):
    for name, identity in (("before", "REQ-002"), ("after", "REQ-1000")):
        make_programme(tmp_path / name)
        fill(tmp_path / name, identity, ends=ends, mark=mark)
    done = renamed(tmp_path / "before", "REQ-002", "REQ-1000")
    assert done.out.startswith("REQ-002 is now REQ-1000: 19 places in 2 files\n")
    assert "docs_src/other/REQ-002-letters.md, now docs_src/other/REQ-1000-letters.md\n" in done.out
    assert "8 places in code, comments, addresses or names of files still say REQ-002" in done.out
    assert digests(tmp_path / "before") == digests(tmp_path / "after")


def test_there_and_back_restores_every_byte(programme: Path):
    before = digests(programme)
    shown = call("check", "--no-prose", cwd=programme, status=None).out
    renamed(programme, "REQ-002", "REQ-050")
    assert digests(programme) != before
    after = call("check", "--no-prose", cwd=programme, status=None).out
    # The hints name what is near, which changes with the number.
    assert findings(after.replace("REQ-050", "REQ-002")) == findings(shown)
    renamed(programme, "REQ-050", "REQ-002")
    assert digests(programme) == before


def findings(shown: str) -> list[str]:
    return re.findall(r"^docs_src/.*", shown, re.MULTILINE)


@pytest.mark.slow
def test_there_and_back_restores_every_byte_of_the_reference_programme(tmp_path: Path):
    shutil.copytree(Path(ROOT, "docs_src"), tmp_path / "docs_src")
    (tmp_path / "paraph.toml").write_text('title = "Copy"\n')
    project = open_project("paraph.toml", cwd=str(tmp_path))
    options = Options(prose=False, day="2026-11-20")
    before = digests(tmp_path)
    artifacts = load(project, options).programme.artifacts
    # A report that was issued with its registers keeps its ID: they name it, and are held by their digest.
    free = [item for item in artifacts.values() if "snapshot_digest" not in item.fields]
    # One of each kind, the last of them: some stand in files of their own, some in sections, some in French or Dutch.
    for old in {item.kind: item.id for item in free}.values():
        new = f"{old.rpartition('-')[0]}-7777"
        change_all(rename(load(project, options).programme, project.root, old, new).changes)
        loaded = load(project, options)
        assert report(project, options, loaded.checked, loaded.rules).findings == ()
        assert new in loaded.programme.artifacts
        assert old not in loaded.programme.artifacts
        change_all(rename(loaded.programme, project.root, new, old).changes)
        assert digests(tmp_path) == before


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("REQ-099", "REQ-100", "REQ-099 does not exist"),
        ("REQ-002", "REQ-001", "REQ-001 is taken: requirements.md:7"),
        ("REQ-002", "BN-100", "BN-100 is no ID of the kind of REQ-002"),
        ("REQ-002", "REQ-x", "write REQ- and a number"),
        ("REQ-002", "req-100", "write REQ- and a number"),
        ("REQ-002", "REQ-002", "REQ-002 is taken"),
        ("REQ-002", "REQ-0023", "names REQ-0023 already"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(programme: Path, old: str, new: str, words: str):
    before = digests(programme)
    assert words in renamed(programme, old, new, status=2).err
    assert digests(programme) == before


def test_an_id_that_an_approved_artifact_names_stays(programme: Path):
    page = programme / "docs_src/places.md"
    page.write_text(page.read_text().replace("status: draft ", "status: approved "))
    before = digests(programme)
    done = renamed(programme, "REQ-002", "REQ-050", status=2)
    assert "TC-001 (approved) names REQ-002" in done.err
    assert "supersedes: [REQ-002]" in done.err
    assert digests(programme) == before


def test_an_id_that_stands_twice_is_refused(programme: Path):
    page = programme / "docs_src/requirements.md"
    page.write_text(page.read_text().replace("## REQ-001", "## REQ-002"))
    assert "REQ-002 stands in " in renamed(programme, "REQ-002", "REQ-050", status=2).err


def test_an_id_that_is_on_the_base_stays_and_one_that_is_not_goes(programme: Path):
    shutil.rmtree(programme / "docs_src/other")
    (programme / "docs_src/places.md").unlink()
    make_repository(programme)
    run("git", "switch", "--quiet", "--create", "work", cwd=programme)
    fill(programme, "REQ-002")
    run("git", "add", "--all", cwd=programme)
    run("git", "commit", "--quiet", "--message=Letters", cwd=programme)
    for base in ((), ("--base", "main")):
        done = renamed(programme, "REQ-001", "REQ-050", *base, status=2)
        assert "REQ-001 is on main, where others may name it" in done.err
    assert (
        "there is no revision nowhere"
        in renamed(programme, "REQ-002", "REQ-3", "--base", "nowhere", status=2).err
    )
    assert "REQ-002 is on work" in renamed(programme, "REQ-002", "REQ-3", "--base", "work", status=2).err
    renamed(programme, "REQ-002", "REQ-050")
    assert (programme / "docs_src/other/REQ-050-letters.md").exists()


def test_what_is_not_committed_stays_where_it_is(programme: Path):
    shutil.rmtree(programme / "docs_src/other")
    (programme / "docs_src/places.md").unlink()
    make_repository(programme)
    fill(programme, "REQ-002")
    index = programme / "docs_src/index.md"
    index.write_text(index.read_text() + "\nREQ-002 is new; this line is not committed.\n")
    renamed(programme, "REQ-002", "REQ-050")
    assert index.read_text().endswith("\nREQ-050 is new; this line is not committed.\n")
    assert run("git", "diff", "--cached", "--name-only", cwd=programme).stdout == ""


def test_a_new_id_that_a_branch_has_and_a_merge_that_is_not_finished_are_refused(programme: Path):
    make_repository(programme)
    page = programme / "docs_src/index.md"
    for branch in ("one", "two"):
        run("git", "switch", "--quiet", "--create", branch, "main", cwd=programme)
        page.write_text(page.read_text() + f"\nBranch {branch}.\n\n## REQ-05{len(branch)} On {branch}\n")
        run("git", "commit", "--quiet", "--all", "--message=More", cwd=programme)
    run("git", "branch", "--quiet", "--move", "main", "begun", cwd=programme)
    run("git", "switch", "--quiet", "begun", cwd=programme)
    assert "another branch has REQ-053" in renamed(programme, "REQ-002", "REQ-053", status=2).err
    run("git", "switch", "--quiet", "one", cwd=programme)
    run("git", "merge", "--quiet", "two", cwd=programme, status=None)
    before = digests(programme)
    assert "a merge is not finished" in renamed(programme, "REQ-002", "REQ-060", status=2).err
    assert digests(programme) == before


@pytest.mark.parametrize("content", [b"REQ-002 \xff\n", b'---\ntitle: "REQ-002\n---\n\n# X\n'])
def test_a_file_that_cannot_be_read_and_may_name_it_is_refused(programme: Path, content: bytes):
    (programme / "docs_src/broken.md").write_bytes(content)
    before = digests(programme)
    assert "broken.md:" in renamed(programme, "REQ-002", "REQ-050", status=2).err
    assert digests(programme) == before


def test_an_adopted_document_is_renamed_by_its_own_rules(tmp_path: Path):
    shutil.copytree(ROOT / "examples/adopt-eips", tmp_path, dirs_exist_ok=True)
    page = tmp_path / "EIPS/eip-1.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("---\neip: 1\ntitle: One\nstatus: Draft\n---\n\n# One\n")
    done = renamed(tmp_path, "EIP-1", "EIP-2", status=2)
    assert "EIP-1 is adopted" in done.err


def test_what_goes_wrong_on_the_way_is_undone(programme: Path, monkeypatch: pytest.MonkeyPatch):
    before, calls, real = digests(programme), [], os.replace

    def fails_at_the_second(*arguments: str) -> None:
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*arguments)

    project = open_project("paraph.toml", cwd=str(programme))
    found = rename(
        load(project, Options(prose=False, day="2026-03-01")).programme, project.root, "REQ-002", "REQ-9"
    )
    monkeypatch.setattr(write.os, "replace", fails_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        change_all(found.changes)
    monkeypatch.undo()
    assert len(calls) >= 2
    assert digests(programme) == before


def test_a_file_that_changed_since_it_was_read_is_not_written_over(tmp_path: Path):
    one, two = tmp_path / "one.md", tmp_path / "two.md"
    one.write_text("one")
    two.write_text("meanwhile")
    with pytest.raises(CouldNotRun, match="has changed in the meantime"):
        change_all([Change(str(one), b"one", b"1"), Change(str(two), b"two", b"2")])
    assert sorted(item.name for item in tmp_path.iterdir()) == ["one.md", "two.md"]
    assert (one.read_text(), two.read_text()) == ("one", "meanwhile")
