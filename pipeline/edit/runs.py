"""Results of tests as test runs: which test case each is of, and the run that records it."""

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.edit.imports import heading, words
from pipeline.edit.scaffold import one_value
from pipeline.model import Artifact, Kind, Programme
from pipeline.model.imported import Result, Results
from pipeline.sources.scan import slug

_WORST = ("fail", "blocked", "pass")
# So many tests that did not pass are named in the text of a run.
_MOST_NAMED = 20


class Known(NamedTuple):
    """What a person says of all that was run, where the files do not: '' for what is not said."""

    date: str = ""
    build: str = ""
    environment: str = ""
    tester: str = ""
    status: str = "draft"


class Evidence(NamedTuple):
    """A results file as evidence: where it is, its digest, and its path below the root, to which it is copied."""

    source: str
    sha256: str
    path: str


class Planned(NamedTuple):
    """The run of one test case: its tests, with the results files that hold them."""

    case: Artifact
    tests: tuple[Result, ...]
    evidence: tuple[Evidence, ...]
    recorded: str = ""

    @property
    def verdict(self) -> str:
        """The worst verdict of its tests."""
        return next(verdict for verdict in _WORST if any(test.verdict == verdict for test in self.tests))


class Plan(NamedTuple):
    """What an import of results comes to.

    `runs` are new, `recorded` are there already, `unknown` are tests with a verdict that nobody knows, `missing` are
    those that name a test case that does not exist, `waiting` were not carried out, `unmapped` name no test case.
    """

    runs: list[Planned]
    recorded: list[Planned]
    unknown: list[Result]
    missing: list[tuple[Result, str]]
    waiting: list[Result]
    unmapped: list[Result]


def plan(programme: Programme, files: Sequence[Results], document: str, root: str) -> Plan:
    """Match the tests of results files with the test cases of a programme; runs go into `document`."""
    cases = {item.id: item for item in programme.artifacts.values() if item.kind == "test-case"}
    kind = programme.kinds["test-case"]
    found: dict[str, tuple[list[Result], dict[str, Evidence]]] = {}
    plan = Plan([], [], [], [], [], [])
    for results in files:
        evidence = Evidence(results.path, results.sha256, _place(results, document, root))
        for test, name in _matched(results.tests, kind, cases, plan):
            tests, places = found.setdefault(name, ([], {}))
            tests.append(test)
            places[results.sha256] = evidence
    for name in sorted(found, key=_number):
        tests, places = found[name]
        run = Planned(cases[name], tuple(tests), tuple(places.values()), _recorded(programme, name, places))
        (plan.recorded if run.recorded else plan.runs).append(run)
    return plan


def _number(identity: str) -> int:
    return int(identity.rpartition("-")[2])


def _matched(
    tests: Iterable[Result], kind: Kind, cases: Mapping[str, Artifact], plan: Plan
) -> Iterator[tuple[Result, str]]:
    """Each test that has a verdict with each test case that it names; what is none of it is noted in the plan."""
    known = {_number(name): name for name in cases}
    for test in tests:
        names = named(test, kind, known)
        if not names:
            plan.unmapped.append(test)
        elif test.said:
            plan.unknown.append(test)
        elif not test.verdict:
            plan.waiting.append(test)
        for name in names if test.verdict else ():
            if name in cases:
                yield test, name
            else:
                plan.missing.append((test, name))


def named(test: Result, kind: Kind, known: Mapping[int, str]) -> list[str]:
    """The IDs of the test cases that a test names: in a property or key, else in its name (TC-101, TC_101, TC101)."""
    pattern = rf"(?<![A-Za-z0-9]){re.escape(kind.prefix)}[-_]?(\d+)(?!\d)"
    for text in (test.stated, test.name):
        numbers = re.findall(pattern, text, re.IGNORECASE)
        if numbers:
            return list(dict.fromkeys(known.get(int(item), f"{kind.prefix}-{item}") for item in numbers))
    return []


def _recorded(programme: Programme, case: str, digests: Iterable[str]) -> str:
    """The run by which the same results of a test case are recorded, or ''."""
    for source, link in programme.incoming.get(case, ()):
        pieces = source.fields.get("evidence")
        stated = (
            {piece.get("sha256") for piece in pieces if isinstance(piece, dict)}
            if isinstance(pieces, list)
            else set()
        )
        if link.role == "executes" and stated >= set(digests):
            return source.id
    return ""


def _place(results: Results, document: str, root: str) -> str:
    """Where a results file is kept: where it is, if that is below the root, else beside the document of the runs."""
    whole = os.path.realpath(results.path)
    base = os.path.realpath(root)
    if whole.startswith(base + os.sep):
        return os.path.relpath(whole, base).replace(os.sep, "/")
    stem, ending = os.path.splitext(os.path.basename(results.path))
    name = f"{slug(stem)[:40]}-{results.sha256[:12]}{ending.lower() if ending.isascii() else ''}"
    return posixpath.join(posixpath.dirname(document), "evidence", name)


def section(run: Planned, identity: str, document: str, day: str, known: Known) -> str:
    """The text of a new run. `day` is the day on which it is recorded, which is not that of the test."""
    build, environment, tester = (_said(run, name, known) for name in ("build", "environment", "tester"))
    version = f"@{run.case.version}" if run.case.version else ""
    fields = {
        "status": known.status,
        "version": "1.0",
        "created": day,
        "executes": [f"{run.case.id}{version}"],
        "date": date_of(run, known),
        "build": build,
        "environment": environment,
        "tester": tester,
        "verdict": run.verdict,
    }
    lines = [f"{name}: {one_value(value)}" for name, value in fields.items() if value]
    lines.append("evidence:")
    folder = posixpath.dirname(document) or "."
    for piece in run.evidence:
        lines.append(f"  - file: {one_value(posixpath.relpath(piece.path, folder))}")
        lines.append(f"    sha256: {one_value(piece.sha256)}")
    suffix = f"build {heading(build)}" if build else date_of(run, known)
    header = "\n".join(lines)
    return f"## {identity} {run.case.title}, {suffix}\n\n```yaml {{.artifact}}\n{header}\n```\n\n{_body(run)}"


def date_of(run: Planned, known: Known) -> str:
    """The day of a run: the one that is said, else the last day of its tests, or ''."""
    return known.date or max((test.day for test in run.tests), default="")


def _said(run: Planned, name: str, known: Known) -> str:
    """What a person or else the tests say of the build, the environment or the tester; of several, all."""
    stated: str = getattr(known, name)
    found = [words(getattr(test, name)) for test in run.tests]
    return stated or ", ".join(dict.fromkeys(filter(None, found)))


def _body(run: Planned) -> str:
    """How many tests passed, and what those that did not say; as code, since it is nobody's prose."""
    bad = [test for test in run.tests if test.verdict != "pass"]
    passed = len(run.tests) - len(bad)
    one = len(run.tests) == 1
    text = (
        f"Recorded from {len(run.tests)} automated {'test' if one else 'tests'}, of which {passed} passed.\n"
    )
    if not bad:
        return text
    lines = [
        f"{test.verdict}: {words(test.name)}{': ' * bool(test.message)}{words(test.message)}" for test in bad
    ]
    if len(lines) > _MOST_NAMED:
        lines = [*lines[:_MOST_NAMED], f"and {len(lines) - _MOST_NAMED} more"]
    ticks = max((len(run) for run in re.findall(r"`+", "\n".join(lines))), default=0)
    fence = "`" * max(3, ticks + 1)
    return f"{text}\n{fence}text\n" + "\n".join(lines) + f"\n{fence}\n"
