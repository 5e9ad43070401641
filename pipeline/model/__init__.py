"""The values that the rooms share: frozen, plain, and importing nothing of ours.

They are `msgspec.Struct`s rather than `dataclasses`: the same declarations, but defined and made ten times
faster, which is what lets a programme of ten thousand artifacts live in memory and in the cache (ADR 0001).
"""

from pipeline.model.base import Base, Change, Taken
from pipeline.model.coverage import Coverage
from pipeline.model.document import (
    Artifact,
    Document,
    Header,
    Heading,
    Hyperlink,
    Link,
    Mention,
    Page,
    Passage,
    Source,
    ViewBlock,
)
from pipeline.model.finding import WEIGHTS, Fault, Finding, Rule, Severity, Weight
from pipeline.model.kind import Adoption, Kind, LinkRule, State
from pipeline.model.ledger import Entry, Ledger, Pinned, Policy, Reason, Signed, Standing, Vote
from pipeline.model.programme import Programme
from pipeline.model.report import Report
from pipeline.model.thresholds import Thresholds

__all__ = [
    "WEIGHTS",
    "Adoption",
    "Artifact",
    "Base",
    "Change",
    "Coverage",
    "Document",
    "Entry",
    "Fault",
    "Finding",
    "Header",
    "Heading",
    "Hyperlink",
    "Kind",
    "Ledger",
    "Link",
    "LinkRule",
    "Mention",
    "Page",
    "Passage",
    "Pinned",
    "Policy",
    "Programme",
    "Reason",
    "Report",
    "Rule",
    "Severity",
    "Signed",
    "Source",
    "Standing",
    "State",
    "Taken",
    "Thresholds",
    "ViewBlock",
    "Vote",
    "Weight",
]
