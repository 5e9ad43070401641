"""The README says what is: its sessions are replayed, and what it shows is what the commands print.

A block of `console` holds commands after `$` and what they print. A block after a line that ends with a path in
code and a colon is that file. A block of `diff` is a mend of the first file of its session. A heading begins a
session in an empty folder.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.e2e.projects import BIN, ROOT, environment, run

README = (ROOT / "README.md").read_text(encoding="utf-8")
_FENCE = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`([^`\s]+)`:\s*\Z")

pytestmark = pytest.mark.slow


class Block(NamedTuple):
    """A fenced block: its language, what it holds, and the file that it is, or ''."""

    language: str
    content: str
    file: str


def sessions() -> Iterator[tuple[str, list[Block]]]:
    """The sections of the README that hold a session, by their heading."""
    headings = list(re.finditer(r"^## (.*)$", outside_blocks(), re.MULTILINE))
    ends = [*(match.start() for match in headings[1:]), len(README)]
    for heading, end in zip(headings, ends, strict=True):
        found = []
        for match in _FENCE.finditer(README, heading.end(), end):
            named = _FILE.search(README, heading.end(), match.start())
            found.append(Block(match[2], match[3], named[1] if named else ""))
        if any(block.language == "console" for block in found):
            yield heading[1], found


def outside_blocks() -> str:
    """The README with its blocks blanked, at the same offsets."""
    return _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), README)


def replay(blocks: list[Block], folder: Path) -> list[str]:
    """Do what a session does, and give each `console` block as it would be printed now."""
    shown, files = [], []
    for block in blocks:
        if block.file:
            files.append(folder / block.file)
            files[-1].parent.mkdir(parents=True, exist_ok=True)
            files[-1].write_text(block.content, encoding="utf-8")
        elif block.language == "diff":
            mend(files[0], block.content)
        elif block.language == "console":
            commands = re.findall(r"^\$ (.*)$", block.content, re.MULTILINE)
            shown.append("".join(f"$ {command}\n{printed(command, folder)}" for command in commands))
    return shown


def printed(command: str, folder: Path) -> str:
    done = run("sh", "-c", command, cwd=folder, env=environment(path=BIN, COLUMNS="80"), status=None)
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""
    return done.stdout


def mend(file: Path, diff: str) -> None:
    """Put what a diff adds in place of what it takes away; lines that only add follow the ones before them."""
    text = file.read_text(encoding="utf-8")
    for old, new in re.findall(r"^-(.*)\n((?:\+.*\n)+)", diff, re.MULTILINE):
        assert text.count(old) == 1, old
        text = text.replace(old, "\n".join(line[1:] for line in new.splitlines()))
    file.write_text(text, encoding="utf-8")


SESSIONS = dict(sessions())


@pytest.mark.parametrize("heading", SESSIONS)
def test_a_session_prints_what_the_readme_shows(heading: str, tmp_path: Path):
    blocks = SESSIONS[heading]
    shown = [block.content for block in blocks if block.language == "console"]
    assert replay(blocks, tmp_path) == shown
    made = re.findall(r"^  (dist/\S+\.pdf)", "".join(shown), re.MULTILINE)
    assert [path for path in made if not (tmp_path / path).read_bytes().startswith(b"%PDF-")] == []


def test_all_that_the_readme_is_to_show_is_replayed():
    commands = [
        line
        for blocks in SESSIONS.values()
        for block in blocks
        if block.language == "console"
        for line in block.content.splitlines()
        if line.startswith("$ ")
    ]
    assert {"$ paraph check", "$ paraph pdf DLV-001", "$ paraph --help", "$ paraph check --help"} <= set(
        commands
    )


def test_its_links_lead_somewhere():
    targets = re.findall(r"\]\(([^)#]+)\)", outside_blocks())
    assert targets
    assert [
        target for target in targets if not target.startswith("http") and not (ROOT / target).exists()
    ] == []
