"""Whether a published version is what its release says: the manifest, who signed it, and every file by its digest."""

import os
import stat
from collections.abc import Iterator
from hashlib import sha256
from tempfile import TemporaryDirectory

from msgspec import Struct

from pipeline import tools
from pipeline.errors import CouldNotRun
from pipeline.ledger.signature import NAMESPACE, signers
from pipeline.model import Reason
from pipeline.model.release import MANIFEST, PUBLISHED, SIGNATURE, Manifest, read_manifest

_MOST = 100_000_000
_CHUNK = 1 << 20


class Examined(Struct, frozen=True):
    """What is wrong with a release ('release.edited' and the like; nothing where it holds), and what it says.

    `signer` is the fingerprint of the key that signed it, `principals` the names that the trusted file has for it.
    """

    reasons: tuple[Reason, ...]
    manifest: Manifest | None = None
    signer: str = ""
    principals: tuple[str, ...] = ()


def verify_release(folder: str, trust: str) -> Examined:
    """Judge the folder of a published version by an allowed_signers file from outside of it; '' trusts nobody.

    The reasons are `release.no-manifest`, `release.unreadable`, `release.unsigned`, `release.unknown-signer`,
    `release.edited` (the manifest, or a file), `release.missing-file` and `release.extra-file`. A manifest that its
    signature does not fit says nothing about files, which are then not looked at. Raises CouldNotRun where the trusted
    file is missing, and ToolMissing without ssh-keygen.
    """
    place = f"{PUBLISHED}/{MANIFEST}"
    data = _read(os.path.join(folder, PUBLISHED, MANIFEST))
    if data is None:
        return _only(
            "release.no-manifest", place, "there is no manifest: this is no version that a release published"
        )
    signature = _read(os.path.join(folder, PUBLISHED, SIGNATURE))
    try:
        manifest = read_manifest(data)
    except ValueError as error:
        return _only("release.unreadable", place, f"the manifest cannot be read: {error}")
    if signature is None:
        return _only("release.unsigned", f"{PUBLISHED}/{SIGNATURE}", "the manifest is not signed", manifest)
    (signer,) = signers([(data, signature)])
    if not signer:
        return _only("release.edited", place, "the signature is not of this manifest", manifest)
    who = f"the key {signer} that signed the manifest is not trusted for {manifest.day}"
    principals = principals_of(data, signature, trust, manifest.day) if trust else ()
    unknown = () if principals else (Reason("release.unknown-signer", place, who),)
    reasons = (*unknown, *_files(folder, manifest))
    return Examined(reasons, manifest, signer, principals)


def principals_of(data: bytes, signature: bytes, trust: str, day: str) -> tuple[str, ...]:
    """The names that an allowed_signers file has on a day (2026-03-31) for whoever signed some bytes.

    Raises CouldNotRun where there is no such file.
    """
    if not os.path.isfile(trust):
        hint = "name a file of trusted keys, in the form that man ssh-keygen calls ALLOWED SIGNERS"
        raise CouldNotRun(f"there is no file {trust}", hint)
    with TemporaryDirectory(prefix="paraph-") as folder:
        file = os.path.join(folder, "signature")
        with open(file, "wb") as handle:
            handle.write(signature)
        common = ["-s", file, "-f", os.path.abspath(trust), f"-Overify-time={day.replace('-', '')}120000Z"]

        def ask(*arguments: str, given: bytes | None = None) -> tuple[str, ...] | None:
            done = tools.run("ssh-keygen", ["-Y", *arguments, *common], input=given, check=False)
            return tuple(done.text.splitlines()) if done.code == 0 else None

        names = dict.fromkeys(ask("find-principals") or ())
        return tuple(
            name for name in names if ask("verify", "-n", NAMESPACE, "-I", name, given=data) is not None
        )


def _only(code: str, where: str, words: str, manifest: Manifest | None = None) -> Examined:
    return Examined((Reason(code, where, words),), manifest)


def _files(folder: str, manifest: Manifest) -> Iterator[Reason]:
    """What is wrong with the files, in the order of their paths."""
    there = set(_below(folder)) - {f"{PUBLISHED}/{MANIFEST}", f"{PUBLISHED}/{SIGNATURE}"}
    listed = {item.path: item for item in manifest.outputs}
    for path in sorted(there | listed.keys()):
        if path not in listed:
            yield Reason("release.extra-file", path, "the manifest does not name this file")
        elif path not in there:
            yield Reason("release.missing-file", path, "the manifest names this file, and it is not there")
        elif _digest(os.path.join(folder, path)) != (listed[path].sha256, listed[path].size):
            yield Reason("release.edited", path, "this file is not the one that was released")


def _below(folder: str) -> Iterator[str]:
    """All that is no folder below one, by its path; a link to a folder is none."""
    for above, names, files in os.walk(folder):
        links = [name for name in names if os.path.islink(os.path.join(above, name))]
        for name in (*files, *links):
            yield os.path.relpath(os.path.join(above, name), folder).replace(os.sep, "/")


def _digest(path: str) -> tuple[str, int]:
    """The SHA-256 and the size of a plain file; of anything else, a link included, what fits no file."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        return "", -1
    digest, size = sha256(), 0
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _read(path: str) -> bytes | None:
    """What a file holds; None without one, and for what is no plain file or is too large to be one of ours."""
    try:
        known = os.lstat(path)
        if not stat.S_ISREG(known.st_mode) or known.st_size > _MOST:
            return None
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None
