"""Shuts itself in as a process does that works on a stranger's file, tries to get out, and says what came of it."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

from pipeline.signoff.guard import shut

OUTSIDE = "/etc/hostname" if os.path.exists("/etc/hostname") else "/etc/hosts"


def attempts(folder: str) -> dict[str, Callable[[], object]]:
    """What is tried, by a name: what must be refused, and (those called `may`) what must not."""
    link = os.path.join(folder, "link")
    os.symlink(OUTSIDE, link)
    own = os.path.join(folder, "own.txt")
    return {
        "may write in the folder": lambda: Path(own).write_text("x"),
        "may read in the folder": lambda: Path(own).read_text(),
        "may read what is installed": lambda: Path(os.__file__).read_text(),
        "may start what is allowed": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
        "read outside": lambda: Path(OUTSIDE).read_text(),
        "read through a link": lambda: Path(link).read_text(),
        "read past the folder": lambda: Path(folder, "..", "..", OUTSIDE).read_text(),
        "read by a descriptor's path": lambda: os.open(OUTSIDE, os.O_RDONLY),
        "list outside": lambda: os.listdir("/etc"),
        "write outside": lambda: Path(folder + "-beside").write_text("x"),
        "write what is installed": lambda: Path(os.__file__).open("a"),
        "make a folder outside": lambda: os.mkdir(folder + "-beside"),
        "remove outside": lambda: os.remove(OUTSIDE),
        "move out": lambda: os.rename(own, folder + "-beside"),
        "link out": lambda: os.symlink(own, folder + "-beside"),
        "open a socket": lambda: socket.socket(),
        "look up a name": lambda: socket.getaddrinfo("localhost", 80),
        "fetch": lambda: urllib.request.urlopen("http://127.0.0.1:9/"),
        "start another program": lambda: subprocess.run(["/bin/true"], check=True),
        "start with other arguments": lambda: subprocess.run([sys.executable, "-c", "1"], check=True),
        "fork": lambda: os.fork(),
        "replace itself": lambda: os.execv("/bin/true", ["true"]),
        "ask a shell": lambda: os.system("true"),
    }


def main() -> None:
    """Try all in the folder that is named; print a line for each, `refused` or `done` first."""
    folder = os.path.realpath(sys.argv[1])
    tried = attempts(folder)
    shut([os.path.dirname(os.__file__)], folder, [sys.executable, "-c", ""].__eq__)
    for name, attempt in tried.items():
        try:
            attempt()
        except PermissionError:
            print("refused", name)
        except urllib.error.URLError as error:
            print("refused" if isinstance(error.reason, PermissionError) else "done", name)
        except OSError as error:
            print("done", name, error)
        else:
            print("done", name)


if __name__ == "__main__":
    main()
