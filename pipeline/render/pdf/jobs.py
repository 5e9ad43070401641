"""Deliverables that are rendered side by side: where there are two and two cores, in processes of their own.

What is to be rendered goes to a process, and what became of it comes back, as JSON through files without a name.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryFile
from typing import IO

import msgspec
from msgspec import Struct

from pipeline import tools
from pipeline.errors import CouldNotRun
from pipeline.model.woven import Facts, Woven
from pipeline.render.pdf.render import render_pdf

WORKER = "pipeline.render.pdf.worker"
_PAUSE = 0.02

Trouble = CouldNotRun | OSError | None


class Job(Struct, frozen=True):
    """A deliverable to be rendered: its text, what is stated of it, where to, and the folders of its templates.

    `kept` is the folder of the project, where charts are kept.
    """

    woven: Woven
    facts: Facts
    out: str
    folders: tuple[str, ...]
    kept: str = ""


class Told(Struct, frozen=True):
    """What became of a job, as one process tells another: no message where all went well, a number for the system's."""

    message: str = ""
    hint: str = ""
    number: int = 0
    file: str = ""


def render_all(jobs: Sequence[Job], processes: int = 0) -> list[Trouble]:
    """Render each deliverable, and give for each what kept it from being made.

    As many processes share them as there are cores, or as `processes` says. Interrupted, these are ended; what they
    had not finished stays as it was. Raises ToolMissing without pandoc, RuntimeError where a process broke down.
    """
    if jobs and tools.find("pandoc") is None:
        raise tools.missing("pandoc")
    count = min(processes or cores(), len(jobs))
    if count < 2:
        return [attempt(job) for job in jobs]
    return _side_by_side(jobs, _shares(jobs, count))


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def attempt(job: Job) -> Trouble:
    """Render a deliverable; give what kept it from being made."""
    try:
        render_pdf(job.woven, job.facts, job.out, template_folders=job.folders, kept=job.kept)
    except (CouldNotRun, OSError) as error:
        return error
    return None


def tell(trouble: Trouble) -> Told:
    """What is told of a job."""
    if isinstance(trouble, CouldNotRun):
        return Told(trouble.message, trouble.hint)
    if trouble is not None:
        return Told(trouble.strerror or str(trouble), "", trouble.errno or -1, str(trouble.filename or ""))
    return Told()


def understand(told: Told) -> Trouble:
    """What was told of a job, as the error that it was."""
    if told.number:
        return OSError(told.number, told.message, told.file or None)
    return CouldNotRun(told.message, told.hint) if told.message else None


def _shares(jobs: Sequence[Job], count: int) -> list[list[int]]:
    """Deal the jobs by number, the longest first, each to whom has the least to do so far."""
    shares: list[list[int]] = [[] for _ in range(count)]
    loads = [0] * count
    for number in sorted(range(len(jobs)), key=lambda each: -len(jobs[each].woven.markdown)):
        least = loads.index(min(loads))
        shares[least].append(number)
        loads[least] += len(jobs[number].woven.markdown) + 1
    return shares


class _Worker(Struct, frozen=True):
    """A process at work on its share: what asks whether it has ended, and what it writes."""

    share: list[int]
    status: Callable[[], int | None]
    out: IO[bytes]
    said: IO[bytes]

    def results(self, jobs: Sequence[Job]) -> list[Trouble]:
        """What became of its share. Raises RuntimeError with what it said where it broke down."""
        self.out.seek(0)
        results = [understand(msgspec.json.decode(line, type=Told)) for line in self.out]
        lost = [jobs[number].woven.id for number in self.share[len(results) :]]
        status = self.status() or 0
        if lost and status >= 0:
            self.said.seek(0)
            raise RuntimeError(f"{lost[0]}: {self.said.read().decode(errors='replace')}")
        words = f"no PDF, since the process that was to render it ended with signal {-status}"
        hint = "perhaps memory was short; name one deliverable at a time"
        return [*results, *(CouldNotRun(f"{name}: {words}", hint) for name in lost)]


def _side_by_side(jobs: Sequence[Job], shares: list[list[int]]) -> list[Trouble]:
    found: dict[int, Trouble] = {}
    with ExitStack() as stack:
        workers = [stack.enter_context(_worker(jobs, share)) for share in shares]
        while any(worker.status() is None for worker in workers):
            time.sleep(_PAUSE)
        for worker in workers:
            found.update(zip(worker.share, worker.results(jobs), strict=True))
    return [found[number] for number in range(len(jobs))]


@contextmanager
def _worker(jobs: Sequence[Job], share: list[int]) -> Iterator[_Worker]:
    """A process at work for as long as the block lasts."""
    # Files without a name: nothing of a text is left behind, however the run ends.
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as said:
        given.write(msgspec.json.encode([jobs[number] for number in share]))
        given.seek(0)
        with tools.running_own(WORKER, given, out, said) as status:
            yield _Worker(share, status, out, said)
