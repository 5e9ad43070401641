"""Brings the ledgers to a programme: the half of `run` that needs what reads documents and what judges approvals."""

from functools import partial
from typing import NamedTuple

from pipeline.errors import ToolMissing
from pipeline.ledger.contents import Contents
from pipeline.ledger.judge import with_approvals
from pipeline.ledger.read import read_ledgers
from pipeline.ledger.signature import Verdicts
from pipeline.refresh import Fresh, read_bytes
from pipeline.settings import Project


class Approved(NamedTuple):
    """The programme with its ledgers, the digests of its artifacts, the verdicts on signatures, and perhaps a note."""

    fresh: Fresh
    contents: Contents
    verdicts: Verdicts
    note: str


def with_ledgers(fresh: Fresh, project: Project, known: Verdicts, *, must_verify: bool) -> Approved:
    """The programme with where its artifacts stand. What was learned of a document is put into its record.

    Without ssh-keygen signatures are taken for good, and the note says so. Raises ToolMissing where they `must` be
    verified.
    """
    folder, settings, records = project.folder, project.settings, fresh.records
    digests = {path: item.contents for path, item in records.items() if item.contents is not None}
    contents = Contents(fresh.programme, partial(read_bytes, project.root), digests)
    verdicts, note = dict(known), ""
    try:
        ledgers = read_ledgers(folder, settings, verdicts)
    except ToolMissing as missing:
        if must_verify:
            raise
        note = f"{missing.message}; {missing.hint}"
        ledgers = read_ledgers(folder, settings, verify=False)
    programme = with_approvals(fresh.programme, folder, settings.policies, ledgers, contents)
    for path, found in contents.known.items():
        records[path].contents = found
    return Approved(fresh._replace(programme=programme), contents, verdicts, note)
