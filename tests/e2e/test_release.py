"""`paraph release` in real repositories: what it makes, what it refuses, and that a run that is killed does no harm."""

import hashlib
import json
import re
import shutil
import signal
import sys
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest

from pipeline.history.releases import last_release
from pipeline.publish.verify import verify_release
from pipeline.settings import open_project
from tests.e2e.commands import call, contents, digests
from tests.e2e.projects import INDEX, ROOT, make_programme, make_repository, run
from tests.e2e.test_build import DELIVERABLE

SCHEMA = json.loads((ROOT / "schemas/reports/release.schema.json").read_text())
RECORD = ["manifest.json", "manifest.json.sig", "sbom.cdx.json", "shown.json", "shown.json.sig"]
STEPS = (
    "building the site",
    "making the deliverables",
    "describing",
    "recording",
    "tagging",
    "publishing",
    "published",
)
PUBLIC = """\
---
title: For all
classification: public
---

# For all

## BN-002 Pay by card

```yaml {.artifact}
status: draft
version: "0.1"
created: 2026-01-12
classification: public
```

Debtors want to pay by card.
"""
# Ends the run the hard way before a step, or right after the site was placed.
KILLED = """\
import os, signal, sys
from contextlib import contextmanager
from pipeline.cli import release
from pipeline.cli.main import main
from pipeline.publish.places import Place

wanted, put = sys.argv.pop(1), Place.put

def die(step):
    print(step, file=sys.stderr)
    if step == wanted:
        # As when the power goes: nothing is put right on the way out.
        sys.stderr.flush()
        os.kill(os.getpid(), signal.SIGKILL)

def placed(*arguments):
    done = put(*arguments)
    die("published")
    return done

@contextmanager
def watched():
    yield die

release.progress, Place.put = watched, placed
main()
"""

pytestmark = pytest.mark.slow


def git(folder: Path, *arguments: str, status: int = 0) -> str:
    return run("git", *arguments, cwd=folder, status=status).stdout.strip()


def commit(folder: Path, message: str) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", f"--message={message}")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key made for this run, with its public half beside it."""
    file = tmp_path_factory.mktemp("keys") / "release"
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "release", "-f", file, cwd=file.parent)
    return file


def make(folder: Path) -> Path:
    make_programme(folder)
    (folder / "docs_src/deliverables").mkdir()
    (folder / "docs_src/deliverables/DLV-001.md").write_text(DELIVERABLE)
    return make_repository(folder)


class Done(NamedTuple):
    """A repository with the release 1.0 in it, what the command said, and the manifest."""

    repository: Path
    said: str
    manifest: dict[str, Any]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory, key: Path) -> Done:
    folder = make(tmp_path_factory.mktemp("release"))
    said = call("release", "1.0", "--key", key, cwd=folder).out
    return Done(folder, said, json.loads(git(folder, "show", "1.0:releases/1.0/manifest.json")))


def test_it_says_what_was_released_and_what_to_do_next(released: Done):
    short = git(released.repository, "rev-parse", "--short=10", "main")
    number = len(released.manifest["outputs"])
    assert released.said.endswith(
        f"\nReleased 1.0 of commit {short} for internal readers:\n"
        f"  tag 1.0  the signed manifest of {number} files, 1 of them deliverables (0 signed)\n"
        "  gh-pages  1.0, also as latest\n"
        "Next: git push origin 1.0 gh-pages makes it public.\n"
    )


def test_the_tag_leads_to_the_released_commit_and_a_record_beside_its_files(released: Done):
    folder = released.repository
    assert git(folder, "cat-file", "-t", "1.0") == "tag"
    assert git(folder, "rev-parse", "1.0^") == git(folder, "rev-parse", "main") == released.manifest["commit"]
    names = git(folder, "diff", "--name-status", "main", "1.0").splitlines()
    assert names == [f"A\treleases/1.0/{name}" for name in RECORD]
    assert git(folder, "status", "--porcelain") == ""
    assert not (folder / "releases").exists()
    held = run("git", "show", "1.0:releases/1.0/manifest.json", cwd=folder).stdout
    digest = hashlib.sha256(held.encode()).hexdigest()
    assert f"Paraph-Manifest: sha256:{digest}" in git(folder, "tag", "--list", "--format=%(contents)", "1.0")


def test_the_manifest_fits_its_schema_and_names_every_published_file_as_it_is(released: Done, tmp_path: Path):
    jsonschema.Draft202012Validator(SCHEMA).validate(released.manifest)
    git(released.repository, "worktree", "add", "--quiet", "--detach", str(tmp_path / "www"), "gh-pages")
    version = tmp_path / "www/1.0"
    found = {
        path.relative_to(version).as_posix(): path.read_bytes()
        for path in version.rglob("*")
        if path.is_file()
    }
    for name in ("released/manifest.json", "released/manifest.json.sig"):
        del found[name]
    assert [
        {"path": path, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for path, data in sorted(found.items())
    ] == released.manifest["outputs"]
    assert {"index.html", "released/pdf/DLV-001.pdf", "released/sbom.cdx.json"} < found.keys()
    git(released.repository, "worktree", "remove", str(tmp_path / "www"))


def test_the_manifest_says_where_the_programme_stood(released: Done):
    manifest = released.manifest
    assert [(item["id"], item["version"], item["status"]) for item in manifest["artifacts"]] == [
        ("BN-001", "0.1", "draft"),
        ("DLV-001", "0.1", "draft"),
        ("REQ-001", "0.1", "draft"),
    ]
    assert (manifest["audience"], manifest["engine"], manifest["ledgers"]) == ("internal", "material", {})
    assert manifest["day"] == git(released.repository, "log", "-1", "--format=%as", "main")
    assert {"git", "pandoc", "python", "ssh-keygen", "vale"} == manifest["tools"].keys()


def test_what_is_released_is_not_released_again(released: Done, key: Path):
    folder = released.repository
    before = git(folder, "for-each-ref")
    done = call("release", "1.0", "--key", key, cwd=folder, status=2)
    assert "1.0 is released already, of this commit" in done.err
    git(folder, "commit", "--quiet", "--allow-empty", "--message=More")
    done = call("release", "1.0", "--key", key, cwd=folder, status=2)
    assert f"1.0 is released already, of commit {released.manifest['commit'][:10]}" in done.err
    git(folder, "reset", "--quiet", "--hard", "HEAD^")
    assert git(folder, "for-each-ref") == before


def refs(folder: Path) -> dict[str, str]:
    rows = git(folder, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    return dict(row.split() for row in rows)


def test_a_release_that_is_killed_at_any_step_does_no_harm_and_goes_on_when_run_again(
    tmp_path: Path, key: Path
):
    folder, script = make(tmp_path / "programme"), tmp_path / "killed.py"
    script.write_text(KILLED)
    command = ("release", "2.0", "--key", key)
    call("release", "1.0", "--key", key, cwd=folder)
    (folder / "docs_src/index.md").write_text(INDEX + "\nA second version.\n")
    commit(folder, "More")
    first, project = refs(folder), open_project(cwd=str(folder))
    run("git", "clone", "--quiet", folder, tmp_path / "other", cwd=tmp_path)
    for step in STEPS:
        done = run(sys.executable, script, step, *command, cwd=folder, status=-signal.SIGKILL)
        assert done.stderr.splitlines()[-1] == step
        tagged, now = step in ("publishing", "published"), refs(folder)
        changed = {name for name in now.keys() | first.keys() if now.get(name) != first.get(name)}
        reached = ["refs/tags/2.0"] * tagged + ["refs/heads/gh-pages"] * (step == "published")
        assert changed == set(reached), step
        assert git(folder, "status", "--porcelain") == ""
        last = last_release(project)
        assert last is not None
        assert last.version == ("2.0" if tagged else "1.0")
        assert git(folder, "rev-parse", "gh-pages:1.0") == git(
            folder, "rev-parse", f"{first['refs/heads/gh-pages']}:1.0"
        )
    assert "2.0 is released already" in call(*command, cwd=folder, status=2).err
    # It is the release that one run makes which nobody disturbs, in another clone.
    call(*command, cwd=tmp_path / "other")
    assert git(tmp_path / "other", "rev-parse", "gh-pages:2.0") == git(folder, "rev-parse", "gh-pages:2.0")
    # What a killed run has left is taken away by the next one that builds.
    assert len(list((folder / "build/site").glob("published-*"))) == 1


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(released: Done, key: Path):
    folder = released.repository
    before = refs(folder), digests(folder)
    short = git(folder, "rev-parse", "--short=10", "HEAD")
    fingerprint = run("ssh-keygen", "-l", "-f", key, cwd=folder).stdout.split()[1]
    done = call("release", "1.1", "--key", key, "--dry-run", cwd=folder)
    assert done.out.endswith(
        f"\nThis would make release 1.1 of commit {short}:\n"
        "  1. make the site for internal readers, with the deliverables: DLV-001 (draft)\n"
        f"  2. sign their manifest with {key} ({fingerprint})\n"
        "  3. record it under the tag 1.1\n"
        "  4. publish it to gh-pages as 1.1, also as latest\n"
        "Nothing was changed.\n"
    )
    assert (refs(folder), digests(folder)) == before


def test_what_may_not_be_released_is_refused_before_anything_is_made(tmp_path: Path, key: Path):
    folder = make(tmp_path)

    def refused(*arguments: str | Path, version: str = "1.0") -> str:
        done = call("release", version, *arguments, cwd=folder, status=2)
        assert refs(folder).keys() == {"refs/heads/main", *tags}
        return done.err

    tags: set[str] = set()
    locked = tmp_path / ".paraph/locked"
    locked.parent.mkdir()
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "secret words", "-C", "locked", "-f", locked, cwd=tmp_path)
    assert "could not sign" in refused("--key", locked)
    assert "name it with --key" in refused()
    assert "there is no key" in refused("--key", tmp_path / "none")
    assert "'1,0' is no version" in refused("--key", key, version="1,0")
    for name in ("docs_src/new.md", "docs_src/index.md", "styles/own/a.yml"):
        path = folder / name
        before = path.read_text() if path.exists() else None
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# New\n")
        assert "the files are not those of commit" in refused("--key", key)
        path.unlink() if before is None else path.write_text(before)
    git(folder, "tag", "1.0")
    tags.add("refs/tags/1.0")
    assert "there is a tag 1.0, which no release made here" in refused("--key", key)
    assert "another with --branch" in refused("--key", key, "--branch=a b", version="2.0")
    (folder / "docs_src/released.md").write_text("---\ntitle: Released\n---\n\n# Released\n\nOf REQ-001.\n")
    commit(folder, "More")
    assert "a page of the site is called released" in refused("--key", key, version="2.0")


def test_without_a_name_for_git_nothing_is_begun(tmp_path: Path, key: Path):
    folder = make(tmp_path)
    nobody = {
        "GIT_COMMITTER_EMAIL": "",
        "GIT_COMMITTER_NAME": "",
        "GIT_AUTHOR_NAME": "",
        "GIT_AUTHOR_EMAIL": "",
    }
    done = call("release", "1.0", "--key", key, cwd=folder, status=2, **nobody)
    assert "git does not know who you are" in done.err
    assert "git config user.name" in done.err


def test_what_blocks_at_the_gate_is_not_released(tmp_path: Path, key: Path):
    folder = make(tmp_path)
    needs = folder / "docs_src/needs.md"
    needs.write_text(needs.read_text() + "\nSee REQ-999.\n")
    commit(folder, "Names what is not there")
    done = call("release", "1.0", "--key", key, cwd=folder, status=1)
    assert "REF-DEAD" in done.out
    assert done.out.endswith("Nothing was released: 1.0 does not pass the gate.\n")
    assert refs(folder).keys() == {"refs/heads/main"}


def test_the_key_of_git_signs_where_none_is_named_and_a_folder_is_published_to(tmp_path: Path, key: Path):
    folder = make(tmp_path / "programme")
    git(folder, "config", "gpg.format", "ssh")
    git(folder, "config", "user.signingkey", str(key))
    (folder / "docs_src/public.md").write_text(PUBLIC)
    commit(folder, "More")
    done = call("release", "1.0", "--folder=dist/www", "--audience=public", cwd=folder)
    assert "Next: git push origin 1.0 makes it public." in done.out
    www = contents(folder / "dist/www/1.0")
    for name, data in www.items():
        assert b"BN-001" not in data, name
    mine = json.loads(git(folder, "show", "1.0:releases/1.0/manifest.json"))
    theirs = json.loads(www["released/manifest.json"])
    assert [item["id"] for item in mine["artifacts"]] == ["BN-001", "BN-002", "DLV-001", "REQ-001"]
    assert [item["id"] for item in theirs["artifacts"]] == ["BN-002"]
    # Of the findings, too, only those that its readers may know of; all else is the same.
    assert theirs["findings"] == [item for item in mine["findings"] if item["code"] == "ND-COV"]
    assert theirs == mine | {key: theirs[key] for key in ("artifacts", "findings")}
    again = call("release", "1.0", "--folder=dist/www", "--audience=public", cwd=folder, status=2)
    assert "released already" in again.err


def test_a_release_is_not_finished_with_other_outputs_than_its_manifest_names(tmp_path: Path, key: Path):
    folder, script = make(tmp_path / "programme"), tmp_path / "killed.py"
    script.write_text(KILLED)
    command = ("release", "1.0", "--key", key)
    run(sys.executable, script, "publishing", *command, cwd=folder, status=-signal.SIGKILL)
    done = call(*command, "--engine=zensical", cwd=folder, status=2)
    assert "what is made here is not what the manifest of 1.0 says" in done.err
    assert "refs/heads/gh-pages" not in refs(folder)
    done = call(*command, "--audience=public", cwd=folder, status=2)
    assert "finish it with --audience internal" in done.err
    assert "This would finish release 1.0" in call(*command, "--dry-run", cwd=folder).out
    call(*command, cwd=folder)
    assert "refs/heads/gh-pages" in refs(folder)


def test_what_is_published_holds_against_its_manifest_with_paraph_and_without(tmp_path: Path, key: Path):
    folder = make(tmp_path / "programme")
    call("release", "1.0", "--key", key, "--folder=dist/www", cwd=folder)
    version = folder / "dist/www/1.0"
    trust = tmp_path / "signers"
    trust.write_text(f"release@example.org {key.with_suffix('.pub').read_text()}")
    assert verify_release(str(version), str(trust)).reasons == ()
    # As the handbook prints it.
    page = (ROOT / "docs_src/handbook/releasing.md").read_text()
    (command,) = re.findall(r"^ssh-keygen -Y verify(?:.*\\\n)*.*$", page, re.MULTILINE)
    shutil.copy(trust, version)
    done = run("sh", "-c", command, cwd=version)
    assert done.stdout.startswith('Good "paraph" signature for release@example.org with ED25519 key SHA256:')
