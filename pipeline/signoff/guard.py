"""What keeps a process to itself while it works on a file of a stranger: no network, no other program, no file outside.

Python tells of each such step before it takes it; here it is refused unless it is one that making a PDF needs. What
the system itself can refuse (the network) is refused there too, by who starts the process.
"""

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# The first arguments of these steps are paths: a number of them, which change what is there.
_CHANGES = {
    "os.chflags": 1,
    "os.chmod": 1,
    "os.chown": 1,
    "os.link": 2,
    "os.mkdir": 1,
    "os.mkfifo": 1,
    "os.mknod": 1,
    "os.remove": 1,
    "os.removexattr": 1,
    "os.rename": 2,
    "os.rmdir": 1,
    "os.setxattr": 1,
    "os.symlink": 2,
    "os.truncate": 1,
    "os.utime": 1,
}
_LOOKS = frozenset(
    {"os.chdir", "os.getxattr", "os.listdir", "os.listxattr", "os.scandir", "os.walk", "glob.glob"}
)
_REFUSED = (
    "socket.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "os.kill",
    "os.putenv",
    "pty.",
    "signal.pthread_kill",
    "sys.remote_exec",
    "webbrowser.",
    "urllib.",
    "ftplib.",
    "http.",
    "imaplib.",
    "poplib.",
    "smtplib.",
    "sqlite3.",
    "telnetlib.",
    "winreg.",
)


def shut(readable: Iterable[str], writable: str, may_start: Callable[[list[str]], bool]) -> None:
    """Refuse from now on what is not needed; there is no way back.

    `readable` are the folders of which files may be read, `writable` is the one in which files may change besides,
    `may_start` says of a command whether it may be started. A step that is refused raises PermissionError.
    """
    below = tuple(_real(path) for path in (*readable, writable))
    own = _real(writable)

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            _check_open(args, below, own)
        elif event == "subprocess.Popen":
            if not may_start([os.fspath(part) for part in args[1]]):
                raise PermissionError(f"no other program may be started: {args[0]!r}")
        elif event in _CHANGES:
            for path in args[: _CHANGES[event]]:
                _check_path(path, (own,), event)
        elif event in _LOOKS:
            _check_path(args[0] if args else None, below, event)
        elif event.startswith(_REFUSED):
            raise PermissionError(f"{event} is not needed to make a PDF")

    sys.addaudithook(hook)


def _check_open(args: tuple[Any, ...], below: tuple[str, ...], own: str) -> None:
    path, mode, flags = args
    if isinstance(path, int) or path == os.devnull:
        return
    writes = bool(flags & _WRITES) if isinstance(flags, int) else isinstance(mode, str) and mode[:1] != "r"
    _check_path(path, (own,) if writes else below, "open")


def _check_path(path: Any, below: tuple[str, ...], event: str) -> None:
    if isinstance(path, int):
        return
    real = _real(os.fsdecode(path) if path is not None else ".")
    if not any(real == folder or real.startswith(folder + os.sep) for folder in below):
        raise PermissionError(f"{event}: {path!r} lies outside")


def _real(path: str) -> str:
    return os.path.realpath(path)
