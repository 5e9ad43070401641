"""A process that renders its share of the deliverables: it reads jobs, and writes what became of each."""

import signal
import sys

import msgspec

from pipeline.render.pdf.jobs import Job, attempt, tell


def main() -> None:
    """Render what is asked for on standard input."""
    # Raised where it stands, so that a half-written file goes, and pandoc with it.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    for job in msgspec.json.decode(sys.stdin.buffer.read(), type=list[Job]):
        # One by one: where the process breaks down, what it had finished is known.
        sys.stdout.buffer.write(msgspec.json.encode(tell(attempt(job))) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
