"""`paraph`: where a run begins and ends.

Exit status: 0 clean, 1 findings at the gate, 2 could not run, 130 interrupted. Nothing is imported before ^C is
looked for, since loading the command line takes longer than some commands do.
"""

import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    try:
        from pipeline.cli.group import run

        status = run()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; nothing was left half done\n")
        status = 130
    sys.exit(status)
