"""Sets up what the project needs below `.venv/`: `python3 scripts/set_up runtime|pictures|test|lock|vale`.

Each step leaves a stamp with the fingerprint of what it works from, written last. A step whose stamp still
fits does nothing, so a second run is instant, and one that was interrupted begins that step again.
Only the standard library is used here: nothing is installed yet.
"""

import fcntl
import os
import signal
import sys
import time

from processes import Failed, say
from steps import GOALS, forget, forget_broken, run_step

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OLDEST = (3, 11)
WAIT_SECONDS = 1800


def main(arguments: "list[str]") -> int:
    """Runs the steps of one goal and gives the exit code: 0 done, 2 could not, 130 interrupted."""
    if len(arguments) != 1 or arguments[0] not in GOALS:
        print("usage: python3 scripts/set_up " + "|".join(GOALS), file=sys.stderr)
        return 2
    started = time.monotonic()
    for order in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(order, signal.default_int_handler)
    try:
        wait_for(os.open(ROOT, os.O_RDONLY))
        forget_broken(ROOT)
        if arguments[0] == "vale":
            forget(ROOT, "vale")
        worked = [step.name for step in GOALS[arguments[0]] if run_step(step, ROOT)]
    except Failed as error:
        print(f"\nset-up stopped: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nset-up interrupted; the next run takes it up again", file=sys.stderr)
        return 130
    if worked:
        say(f"done in {time.monotonic() - started:.0f} s")
    return 0


def wait_for(lock: int) -> None:
    """Holds the repository's folder for this process; two set-ups at a time would break each other's work."""
    os.set_inheritable(lock, True)
    deadline = time.monotonic() + WAIT_SECONDS
    told = False
    while time.monotonic() < deadline:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not told:
                say("another set-up of this checkout is running; waiting for it")
            told = True
            time.sleep(0.5)
        else:
            return
    raise Failed(f"another set-up of this checkout still runs after {WAIT_SECONDS} s")


def find_python() -> "str | None":
    """Gives a Python on PATH that is new enough, where the one that runs this is not."""
    names = [f"python3.{minor}" for minor in (14, 13, 12, 11)]
    folders = os.environ.get("PATH", "").split(os.pathsep)
    candidates = (os.path.join(folder, name) for name in names for folder in folders)
    return next((path for path in candidates if os.access(path, os.X_OK)), None)


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        newer = find_python()
        if newer is None:
            found = ".".join(str(part) for part in sys.version_info[:3])
            sys.exit(
                f"set-up stopped: Python 3.11 or newer is needed; this is {found}, and PATH has no other"
            )
        os.execv(newer, [newer, *sys.argv])
    sys.exit(main(sys.argv[1:]))
