"""`paraph`: where a run begins and ends.

Exit status: 0 clean, 1 findings at the gate, 2 could not run, 130 interrupted. Nothing is imported before ^C is
looked for, since loading the command line takes longer than some commands do.
"""

import os
import sys


def main() -> None:
    """Run the command line and end the process with its exit status."""
    kept: list[object] = []
    status = begin(kept)
    if not kept:
        sys.exit(status)
    # To free a large programme value by value takes a tenth of a run, to drop it whole nothing.
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            status = status or 1
    os._exit(status)


def begin(kept: list[object] | None = None) -> int:
    """Run the command line and give its exit status; what a command wants to outlive it is put into `kept`."""
    try:
        from pipeline.cli.group import run

        return run(kept)
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; nothing was left half done\n")
        return 130
