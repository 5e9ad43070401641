"""Starting processes and ending them: never through a shell, and none outlives us or is started unknown to us."""

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any

from msgspec import Struct

from pipeline.errors import ToolFailed, ToolTimeout

if TYPE_CHECKING:
    import subprocess

_GRACE_SECONDS = 2


class Completed(Struct, frozen=True):
    """What a tool left: its exit status, what it printed as bytes, and what it complained of as text."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """What it printed, as text."""
        return self.out.decode(errors="replace")


def finish(
    name: str,
    command: list[str],
    cwd: str | os.PathLike[str] | None,
    input: bytes | str | None,
    timeout: float,
    env: dict[str, str],
) -> Completed:
    """Start a process and wait for its end; end it with its group when time is up or we are interrupted."""
    import subprocess

    given = input.encode() if isinstance(input, str) else input
    held = _HeldSignals()
    pipe = subprocess.PIPE
    process = _start(
        name, command, cwd, env, held, (subprocess.DEVNULL if given is None else pipe, pipe, pipe)
    )
    try:
        held.deliver()
        out, err = process.communicate(given, timeout)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise ToolTimeout(f"{name} took longer than {timeout:g} seconds and was ended") from error
    except BaseException:
        _end(process)
        raise
    return Completed(process.returncode, out, err.decode(errors="replace"))


@contextlib.contextmanager
def kept_running(
    name: str,
    command: list[str],
    cwd: str | os.PathLike[str] | None,
    env: dict[str, str],
    files: tuple[IO[bytes] | None, IO[bytes], IO[bytes]],
) -> Iterator[Callable[[], int | None]]:
    """Keep a process running for as long as the block lasts; then end it with its group.

    `files` are what it reads, if anything, what it prints to, and what it complains to. Gives a function whose answer
    is its exit status, None while it runs.
    """
    import subprocess

    held = _HeldSignals()
    given, out, said = files
    process = _start(name, command, cwd, env, held, (given or subprocess.DEVNULL, out, said))
    try:
        held.deliver()
        yield process.poll
    finally:
        _end(process)


def _start(
    name: str,
    command: list[str],
    cwd: str | os.PathLike[str] | None,
    env: dict[str, str],
    held: "_HeldSignals",
    streams: "tuple[int | IO[bytes], int | IO[bytes], int | IO[bytes]]",
) -> "subprocess.Popen[bytes]":
    import subprocess

    given, out, err = streams
    try:
        with held:
            # A session of its own: no terminal to ask questions on, and a group that can be ended whole.
            return subprocess.Popen(
                command, cwd=cwd, env=env, stdin=given, stdout=out, stderr=err, start_new_session=True
            )
    except OSError as error:
        raise ToolFailed(f"{name} could not be started: {error.strerror or error}", code=-1) from error


class _HeldSignals:
    """Holds ^C and requests to end back while a process is started, so that none is started and not known of."""

    def __init__(self) -> None:
        self._came: list[int] = []
        self._before: dict[int, Any] = {}

    def __enter__(self) -> None:
        # Only the main thread may set handlers, and only there does an interrupt arrive.
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, lambda came, _frame: self._came.append(came))

    def __exit__(self, *_error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)

    def deliver(self) -> None:
        """Let the signals do what they would have done."""
        for number in self._came:
            signal.raise_signal(number)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process with its whole group: asked first, killed where it has not gone soon after."""
    import subprocess

    with contextlib.suppress(ProcessLookupError, PermissionError, subprocess.TimeoutExpired):
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(_GRACE_SECONDS)
    # The group outlives its leader when a child ignored the signal.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with process:
        pass
