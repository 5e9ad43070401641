"""`paraph sign` and `paraph renew` as a person runs them: what they say, whence the password comes, how they end."""

import os
import pty
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pki.authority import Authority, serving
from tests.pki.certificates import PASSWORD, Pki
from tests.pki.samples import ROLES, issued

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pki(tmp_path_factory) -> Pki:
    return Pki(tmp_path_factory.mktemp("pki"))


@pytest.fixture(scope="module")
def authority(pki: Pki) -> Iterator[Authority]:
    with serving(pki) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path, pki: Pki) -> Path:
    issued(tmp_path)
    (tmp_path / "director.p12").write_bytes(pki.p12(pki.director).read_bytes())
    (tmp_path / "officer.p12").write_bytes(pki.p12(pki.officer).read_bytes())
    return tmp_path


def paraph(folder, *arguments, password: str | None = PASSWORD, **more):
    given = {} if password is None else {"PARAPH_PASSWORD": password}
    environment = {key: value for key, value in os.environ.items() if key != "PARAPH_PASSWORD"} | given
    command = [sys.executable, "-m", "pipeline.cli", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
        **more,
    )


def proof(pki):
    root, lists = pki.files()
    return ["--trust", str(root), *(part for each in lists for part in ("--crl", str(each)))]


def test_one_signs_after_the_other_and_the_file_is_renewed(folder, pki, authority):
    long = ["--tsa", authority.url, *proof(pki)]
    first = paraph(folder, "sign", "DLV-007-1.0.pdf", "--role", ROLES[0], "--p12", "director.p12", *long)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.splitlines() == [
        "DLV-007-1.0.signed.pdf  signed by An Peeters as Programme director, B-LTA",
        "Still to sign: Chief information officer, Data protection officer. They sign DLV-007-1.0.signed.pdf.",
    ]
    arguments = ["--role", ROLES[1], "--p12", "officer.p12", "--level", "B-B"]
    second = paraph(folder, "sign", "DLV-007-1.0.signed.pdf", *arguments)
    assert second.stdout.startswith(
        "DLV-007-1.0.signed.pdf  signed by Luc Dubois as Chief information officer, B-B\n"
    )
    renewed = paraph(folder, "renew", "DLV-007-1.0.signed.pdf", *long)
    assert (renewed.returncode, renewed.stderr) == (0, "")
    lines = renewed.stdout.splitlines()
    assert lines[:2] == [
        "Programme director: An Peeters, B-LTA",
        "Chief information officer: Luc Dubois, B-LTA",
    ]
    assert lines[2].startswith("DLV-007-1.0.signed.pdf  renewed, with a timestamp of 20")


def test_the_last_one_is_told_that_all_have_signed(tmp_path, pki):
    issued(tmp_path, ("Director",))
    done = paraph(
        tmp_path,
        "sign",
        "DLV-007-1.0.pdf",
        "--role",
        "Director",
        "--p12",
        str(pki.p12(pki.officer)),
        "--level",
        "B-B",
    )
    assert done.stdout.splitlines()[-1] == "All have signed."


def test_the_password_may_stand_in_a_file(folder):
    (folder / "secret").write_text(PASSWORD + "\n")
    arguments = ["--role", ROLES[0], "--p12", "director.p12", "--password-file", "secret", "--level", "B-B"]
    assert paraph(folder, "sign", "DLV-007-1.0.pdf", *arguments, password=None).returncode == 0


def test_the_password_is_asked_for_and_not_shown(folder):
    arguments = ["--role", ROLES[0], "--p12", "director.p12", "--level", "B-B"]
    environment = {key: value for key, value in os.environ.items() if key != "PARAPH_PASSWORD"}
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pipeline.cli", "sign", "DLV-007-1.0.pdf", *arguments]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    deadline = time.monotonic() + 60
    while b"assword of director.p12" not in shown and time.monotonic() < deadline:
        shown += os.read(ours, 1000)
    os.write(ours, PASSWORD.encode() + b"\n")
    try:
        while part := os.read(ours, 1000):
            shown += part
    except OSError:
        # The other side has ended.
        pass
    assert process.wait(60) == 0
    os.close(ours)
    assert b"signed by An Peeters" in shown
    assert PASSWORD.encode() not in shown


@pytest.mark.parametrize(
    ("arguments", "password", "words"),
    [
        (
            ["--role", ROLES[0], "--p12", "director.p12", "--level", "B-B"],
            "wrong",
            "the password does not open director.p12",
        ),
        (
            ["--role", ROLES[0], "--p12", "director.p12", "--level", "B-B"],
            None,
            "nobody here to ask for the password",
        ),
        (
            ["--role", "Minister", "--p12", "director.p12", "--level", "B-B"],
            PASSWORD,
            "has no field for the role Minister",
        ),
        (["--role", ROLES[0], "--p12", "none.p12", "--level", "B-B"], PASSWORD, "none.p12 cannot be read"),
        (["--role", ROLES[0], "--p12", "director.p12"], PASSWORD, "B-LTA needs a timestamp authority"),
        (["--role", ROLES[0]], PASSWORD, "--p12 FILE or --pkcs11 LIBRARY"),
        (["--role", ROLES[0], "--pkcs11", "/none.so", "--level", "B-B"], "1", "/none.so gives no token"),
    ],
)
def test_what_cannot_be_signed_with_is_said_in_one_line_and_nothing_is_written(
    folder, arguments, password, words
):
    before = sorted(each.name for each in folder.iterdir())
    done = paraph(folder, "sign", "DLV-007-1.0.pdf", *arguments, password=password)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(each.name for each in folder.iterdir()) == before


def test_no_option_takes_a_password():
    said = paraph(".", "sign", "--help").stdout
    assert "--password-file" in said
    assert "--password " not in said
    assert "--pin" not in said
