"""The structure of the deliverable that holds every construct, as an outline kept under tests/golden."""

import pikepdf
import pytest

from tests.unit.render.samples import GOLDEN, kids

pytestmark = pytest.mark.slow


def outline(structure, depth=0):
    """A line a structure: type, what is said of it, how many marks and annotations it holds; twins counted once."""
    held = [kid for kid in kids(structure) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    leaves = len(kids(structure)) - len(held)
    said = [f"{name[1:]}={structure[name]}" for name in ("/Lang", "/Alt") if name in structure]
    said += [
        f"{name[1:]}={value}"
        for name, value in structure.get("/A", {}).items()
        if name in ("/Scope", "/ListNumbering")
    ]
    lines = ["  " * depth + " ".join([str(structure.S)[1:], *said, *(["•" * leaves] if leaves else [])])]
    blocks = [outline(kid, depth + 1) for kid in held]
    position = 0
    while position < len(blocks):
        end = position
        while end < len(blocks) and blocks[end] == blocks[position]:
            end += 1
        first, *rest = blocks[position]
        lines += [first + (f" × {end - position}" if end - position > 1 else ""), *rest]
        position = end
    return lines


def test_the_structure_is_the_one_that_was_looked_at(everything):
    with pikepdf.open(everything) as pdf:
        found = outline(pdf.Root.StructTreeRoot.K[0])
    assert found == (GOLDEN / "structure.txt").read_text(encoding="utf-8").splitlines()
