"""Asks DSS, the validator of the European Commission, what it holds of the signatures in a PDF.

It judges by its own default policy, offline: it trusts the certificates that it is given and takes all others, and what
was revoked, from the file alone. Starting takes seconds, a file one; so one process judges many.
"""

import json
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, convert

from tests.support import ROOT

CLASSES = Path(ROOT, ".venv/dss/*")
PROGRAM = Path(__file__).with_name("Dss.java")
# One file is judged at a time, once: a compiler that optimises costs more than it saves.
JAVA = ("java", "-Xmx700m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
SECONDS = 120
PASSED, LONGEST = "TOTAL_PASSED", "PAdES-BASELINE-LTA"


class Timestamp(Struct, frozen=True):
    """A timestamp: DSS' indication (`PASSED`, `FAILED`, `INDETERMINATE`), why, and what it is for."""

    indication: str
    because: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    kind: str


class Signature(Struct, frozen=True):
    """A signature: DSS' indication (`TOTAL_PASSED`, `TOTAL_FAILED`, `INDETERMINATE`), its level, field and signer.

    `unexplained` are the places in the file that were altered afterwards, and not by signing or filling in.
    """

    indication: str
    because: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    level: str
    field: str
    by: str
    unexplained: tuple[str, ...]


class Verdict(Struct, frozen=True):
    """What DSS says of a file; `refused` says why it could not be judged at all."""

    signatures: tuple[Signature, ...]
    timestamps: tuple[Timestamp, ...]
    refused: str

    @property
    def passed(self) -> bool:
        """Whether there is a signature, and every one is wholly valid with all its timestamps."""
        whole = all(each.indication == PASSED for each in self.signatures)
        return (
            bool(self.signatures) and whole and all(each.indication == "PASSED" for each in self.timestamps)
        )


class Dss:
    """A running DSS."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process

    def judge(self, file: Path, *roots: Path) -> Verdict:
        """The verdict on a file, given the certificates that are trusted."""
        assert self.process.stdin
        assert self.process.stdout
        line = "\t".join(str(path.resolve()) for path in (file, *roots)) + "\n"
        self.process.stdin.write(line.encode())
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], SECONDS)
        assert ready, f"DSS said nothing of {file} for {SECONDS} s"
        said = self.process.stdout.readline()
        assert said, "DSS has ended; what it printed says why"
        return convert(json.loads(said), Verdict)


@contextmanager
def running() -> Iterator[Dss]:
    """Run DSS until the block ends."""
    command = (*JAVA, "-cp", str(CLASSES), str(PROGRAM))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Dss(process)
        finally:
            process.kill()
