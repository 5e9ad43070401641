"""The half of a run that judges the wording: which passages go to Vale, and what comes of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline import tools
from pipeline.cache import Record
from pipeline.prose import glossary, step
from pipeline.refresh import read_bytes

if TYPE_CHECKING:
    from pipeline.work import Work


def check_wording(work: "Work") -> None:
    """Send the passages of documents whose wording is not known yet, or no longer, to Vale.

    Raises ToolMissing where it is not there and must be; else a note of the work says that it is not.
    """
    work.terms = glossary.terms(work.fresh.programme)
    records = list(work.fresh.records.values())
    wanted = [record for record in records if record.prose is None]
    found = _passages(work, wanted)
    if work.index and work.index.terms != work.terms:
        others = _passages(work, [record for record in records if record.prose is not None])
        paths = glossary.affected(others, work.index.terms, work.terms)
        wanted += [work.fresh.records[path] for path in sorted(paths)]
        found += [item for item in others if item[0] in paths]
    if found and tools.find("vale") is None:
        if work.options.must_have_tools:
            raise tools.missing("vale")
        missing = tools.missing("vale")
        work.notes.append(f"{missing.message}; {missing.hint}")
        return
    work.progress("checking the wording")
    faults = step.faults(found, work.styles, work.terms)
    for record in wanted:
        record.prose = faults.get(record.document.path, [])


def _passages(work: "Work", records: Sequence[Record]) -> step.Placed:
    def read(path: str) -> bytes:
        return read_bytes(work.project.root, path) or b""

    return step.passages((item.document for item in records), work.catalogue.kinds, work.styles, read)
