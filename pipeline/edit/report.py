"""A report frozen as it is issued: its registers beside it, and what was made of them in its header."""

import json
import os
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.edit.header import Lines, changed
from pipeline.edit.write import Change, change_all, write_new
from pipeline.model import Artifact
from pipeline.sources.evidence import registers_path


class Frozen(NamedTuple):
    """What a report is frozen with: its day, its figures as measure and value, its registers and their digest."""

    as_of: str
    figures: Sequence[tuple[str, str]]
    registers: bytes
    digest: str


def freeze(report: Artifact, root: str, frozen: Frozen) -> tuple[str, str]:
    """Write the registers of a report and its header, both or neither; give the paths of the two below the root.

    Registers of an earlier attempt are written over. Raises CouldNotRun where a file has changed in the meantime.
    """
    source = os.path.join(root, report.header.path)
    before = _read(source)
    values = {
        **({"as_of": frozen.as_of} if report.fields.get("as_of") != frozen.as_of else {}),
        "figures": Lines(_row(*pair) for pair in frozen.figures),
        "snapshot_digest": frozen.digest,
    }
    after = changed(report.header.path, before, {report.id: values}, [report])
    place = registers_path(report)
    target = os.path.join(root, place)
    changes = [Change(source, before, after)]
    if os.path.exists(target):
        change_all([*changes, Change(target, _read(target), frozen.registers)])
        return place, report.path
    write_new(target, frozen.registers.decode())
    try:
        change_all(changes)
    except BaseException:
        os.remove(target)
        raise
    return place, report.path


def _row(measure: str, value: str) -> str:
    return f"{{measure: {measure}, value: {json.dumps(value)}}}"


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
