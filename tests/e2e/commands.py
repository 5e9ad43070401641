"""The command in this process, as a terminal would run it: for what needs no process of its own."""

import contextlib
import io
import json
import os
import signal
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import jsonschema

from pipeline.cli.main import begin
from tests.e2e.projects import ROOT, environment


class Done(NamedTuple):
    """What a command left: its exit status, and what it wrote."""

    status: int
    out: str
    err: str


def call(*arguments: str | Path, cwd: Path, status: int | None = 0, traced: bool = False, **env: str) -> Done:
    """Run `paraph` with arguments in a folder and assert its exit status, unless that is None."""
    out, err, ending = io.StringIO(), io.StringIO(), signal.getsignal(signal.SIGTERM)
    with (
        contextlib.chdir(cwd),
        mock.patch.dict(os.environ, environment(**env), clear=True),
        mock.patch.object(sys, "argv", ["paraph", *map(str, arguments)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            code: object = begin()
        except SystemExit as ended:
            code = ended.code
        finally:
            signal.signal(signal.SIGTERM, ending)
    done = Done(code if isinstance(code, int) else 0 if code is None else 1, out.getvalue(), err.getvalue())
    if status is not None:
        assert done.status == status, f"{arguments} left {done.status}\n{done.out}\n{done.err}"
    assert ("Traceback" in done.err) == traced, done.err
    return done


def difference(cwd: Path, *revisions: str) -> dict[str, Any]:
    """What `paraph diff` says of revisions to programs, which its schema describes."""
    value = json.loads(call("diff", *revisions, "--format", "json", cwd=cwd).out)
    schema = json.loads((ROOT / "schemas/reports/diff.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(value)
    return value


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of all files below a folder by path, but for those of git and of the cache."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {".git", ".paraph"} & set(path.relative_to(folder).parts)
    }


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of the same files, to be compared: of two whole sites that differ, pytest would tell for hours."""
    return {path: sha256(data).hexdigest() for path, data in contents(folder).items()}
