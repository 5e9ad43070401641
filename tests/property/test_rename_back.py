"""Renaming there and back restores every byte, whatever the documents hold; and in between nothing names the old ID."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edit.rename import rename
from pipeline.edit.write import change_all
from pipeline.errors import CouldNotRun
from pipeline.model import Programme
from pipeline.run import Options, load
from pipeline.settings import open_project

OLD, NEW = "REQ-002", "REQ-1000"
ARTIFACT = (
    f"## {OLD} Letters\n\n```yaml {{.artifact}}\nstatus: draft\n```\n\nThe system shall send letters.\n\n"
)
PIECES = [
    f"{OLD} and *{OLD}*, ({OLD}@1.2)\n",
    f"[{OLD}](#req-002-letters) ![é {OLD}](img/{OLD}.png)\n",
    f"[{OLD}]: other.md#req-002-letters\n",
    f"\n### {OLD} {{#own}}\n\n",
    "\n### REQ-002 again\n\n",
    f"`{OLD}` <!-- {OLD} --> {OLD}-based, {OLD}/AC-1, X{OLD}, {OLD}0\n",
    f"\n```text\n{OLD}\n```\n\n",
    f"\n```yaml {{.view}}\nview: table\nids: [{OLD}] # {OLD}\n```\n\n",
    f"\n- item\n\n    ```yaml {{.view}}\n    view: cards\n    ids:\n      - '{OLD}'\n    ```\n\n",
    f"\n## BN-001 {OLD}\n\n```yaml {{.artifact}}\nstatus: draft\nvalue: \"a\\n {OLD}\"\n```\n\nNeed {OLD}.\n\n",
    "\n```yaml {.artifact\n", "```\n", "<a@b.c>\n", "---\n", "\ufeff", "\u2028", "é𝔘 ", "\t", "[", "](", "`",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
FRONT = st.sampled_from(
    ["", f"---\ntitle: {OLD} # {OLD}\ndefaults: {{related: [{OLD}]}}\n---\n\n", "---\ntitle: x\n---\n"]
)


def programme_in(folder: Path) -> Programme:
    return load(open_project(cwd=str(folder)), Options(prose=False, day="2026-03-01")).programme


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "docs_src").iterdir()}


def moved(folder: Path, old: str, new: str) -> Programme:
    programme = programme_in(folder)
    change_all(rename(programme, str(folder / "docs_src"), old, new).changes)
    return programme_in(folder)


@settings(deadline=None, max_examples=60)
@given(first=TEXTS, second=TEXTS, front=FRONT, ends=ENDS)
def test_there_and_back_restores_every_byte(first: str, second: str, front: str, ends: str):
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "docs_src").mkdir()
        for name, text in (("one.md", front + ARTIFACT + first), ("other.md", second)):
            (folder / "docs_src" / name).write_bytes(text.replace("\n", ends).encode())
        before, programme = held(folder), programme_in(folder)
        try:
            after = moved(folder, OLD, NEW)
        except CouldNotRun:
            assert held(folder) == before
            return
        assert OLD not in after.artifacts
        assert OLD not in after.mentioned
        assert OLD not in after.incoming
        assert len(after.mentioned.get(NEW, ())) == len(programme.mentioned.get(OLD, ()))
        moved(folder, NEW, OLD)
        assert held(folder) == before
