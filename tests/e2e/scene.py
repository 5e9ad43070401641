"""The people who sign in a PDF reader, their authorities, and how what they signed comes back."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from tests.e2e.commands import Done, call
from tests.e2e.signing import PDF, SIGNER, Keys, new_keys, programme
from tests.pki.authority import Authority, serving
from tests.pki.certificates import Holder, Pki
from tests.pki.samples import sign_as

Set = TypeVar("Set", bound="Scene")
ROLES = "Director, Chief information officer"
SIGNED = PDF.replace(".pdf", ".signed.pdf")


class Scene:
    """The people and the authorities of these tests."""

    def __init__(self, folder: Path, authority: Authority, pki: Pki) -> None:
        self.keys: Keys = new_keys(folder / "keys")
        self.pki, self.authority = pki, authority
        root, lists = pki.files()
        self.trust = ["--trust", root, *(part for each in lists for part in ("--crl", each))]

    def programme(self) -> dict[str, str | bytes]:
        """The files of the programme, with those who sign; a deputy may stand in for the officer."""
        people = (
            ("PTY-003", "An Unreal", "Director", self.pki.director, ""),
            ("PTY-004", "Luc Unreal", "Chief information officer", self.pki.officer, "deputies: [PTY-005]\n"),
            ("PTY-005", "Sofie Unreal", "Analyst", self.pki.analyst, ""),
        )
        parties = (
            SIGNER.format(
                identity=identity, title=role, name=name, role=role, fingerprint=who.fingerprint, more=more
            )
            for identity, name, role, who, more in people
        )
        return programme(self.keys, *parties, roles=ROLES)

    def signed(self, source: Path, target: Path, who: Holder, role: str, level: str = "B-B") -> Path:
        """A copy of a file that somebody signed in a PDF reader, somewhere else."""
        target.parent.mkdir(exist_ok=True)
        shutil.copy(source, target)
        made = sign_as(target, self.pki, who, role, self.authority.url, level)
        target.unlink()
        return made.rename(target)

    def receive(self, folder: Path, file: Path, *more: str | Path, status: int | None = 0) -> Done:
        """Run `paraph receive`, with a timestamp authority."""
        given = ("--key", self.keys.clerk, "--tsa", self.authority.url, *self.trust)
        return call("receive", file, *given, *more, cwd=folder, status=status)


@contextmanager
def set_scene(folder: Path, make: Callable[[Path, Authority, Pki], Set]) -> Iterator[Set]:
    """Make a scene in a folder, with a timestamp authority that ends with the block."""
    pki = Pki(folder / "pki")
    with serving(pki) as authority:
        yield make(folder, authority, pki)
