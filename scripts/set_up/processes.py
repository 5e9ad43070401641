"""Runs other programs for the set-up: with a time limit, no input, and their output kept for a failure."""

import contextlib
import os
import signal
import subprocess
import sys

SHOWN_LINES = 25


class Failed(Exception):
    """The set-up cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    """Prints one line of progress."""
    print(f"set-up: {text}", flush=True)


def run(command: "list[str]", seconds: int, environment: "dict[str, str] | None" = None) -> str:
    """Runs `command` and gives what it printed; raises Failed where it fails or outlasts `seconds`."""
    settings = {**os.environ, **(environment or {})}
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=settings,
            start_new_session=True,
            # Where this run is killed, what it started still holds the lock until it ends.
            close_fds=False,
        )
    except OSError as error:
        raise Failed(f"{command[0]} could not be started: {error.strerror}") from error
    text = watch(process, command, seconds)
    if process.returncode:
        raise Failed(f"this failed with exit code {process.returncode}:\n  {' '.join(command)}\n{tail(text)}")
    return text


def watch(process: "subprocess.Popen[bytes]", command: "list[str]", seconds: int) -> str:
    """Waits for `process`, and ends it with all its children when its time is up or ^C comes."""
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        end(process)
        raise Failed(f"this took longer than {seconds} s and was ended:\n  {' '.join(command)}") from error
    except BaseException:
        end(process)
        raise
    return output.decode(errors="replace")


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ends a process and whatever it started: asks, and kills what has not gone ten seconds later."""
    for order in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, order)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
            break
    if process.stdout:
        process.stdout.close()


def tail(text: str) -> str:
    """Gives the last lines of a program's output, indented, for a message."""
    return "\n".join(f"  | {line}" for line in text.strip().splitlines()[-SHOWN_LINES:])


def warn(text: str) -> None:
    """Prints a warning that should not be overlooked."""
    print(f"set-up: WARNING: {text}", file=sys.stderr, flush=True)
