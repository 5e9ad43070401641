"""What other systems hand over, before it is matched with the programme: results of tests, issues of a tracker."""

from msgspec import Struct


class Result(Struct, frozen=True):
    """One test of a results file. `stated` is the test case that it names by a property or a key, or ''.

    `verdict` is pass, fail or blocked; '' where the file says something else, which `said` then has, or that it was not
    carried out (`said` is '' too). `day` is the day on which it was run (2026-03-19), or ''.
    """

    name: str
    verdict: str
    said: str = ""
    stated: str = ""
    message: str = ""
    day: str = ""
    build: str = ""
    environment: str = ""
    tester: str = ""


class Results(Struct, frozen=True):
    """A results file: its path, the SHA-256 of its bytes, and its tests."""

    path: str
    sha256: str
    tests: tuple[Result, ...]


class Issue(Struct, frozen=True):
    """An issue of a tracker, with its fields by the names of a work item's; what the export leaves empty is not there.

    `line` is where the export has it: its row, or its place in the list. `kind` is the tracker's own name of its type.
    """

    key: str
    line: int
    kind: str
    fields: dict[str, str]
    parent: str = ""
    requirements: tuple[str, ...] = ()
