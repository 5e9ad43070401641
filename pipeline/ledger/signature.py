"""Signatures of entries, made and verified by ssh-keygen (`-Y`, namespace `paraph`).

What ssh-keygen says of a signature depends on the bytes alone, so it is asked once for each, and remembered.
"""

import os
import re
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b

from pipeline import tools
from pipeline.errors import CouldNotRun, ToolFailed

NAMESPACE = "paraph"
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_GOOD = re.compile(rf'Good "{NAMESPACE}" signature with \S+ key ({_FINGERPRINT.pattern})\s*')

Verdicts = dict[str, str]


def fingerprint_of(key: str) -> str:
    """The fingerprint of a key file, public or private. Raises CouldNotRun where it is none."""
    if not os.path.isfile(key):
        raise CouldNotRun(f"there is no key file {key}", "name the file of your SSH key with --key")
    done = tools.run("ssh-keygen", ["-l", "-E", "sha256", "-f", key], check=False)
    found = _FINGERPRINT.search(done.text)
    if done.code or found is None:
        raise CouldNotRun(f"{key} is no SSH key that ssh-keygen can read", _said(done.err))
    return found[0]


def sign(data: bytes, key: str) -> bytes:
    """The detached signature of some bytes by a key file; by the agent's, where the file is a public key.

    Raises CouldNotRun where the key cannot sign without being asked for its passphrase.
    """
    try:
        # An empty program to ask by: without a terminal, ssh-keygen would else try one with windows.
        env = {"SSH_ASKPASS_REQUIRE": "never"}
        return tools.run("ssh-keygen", ["-Y", "sign", "-f", key, "-n", NAMESPACE], input=data, env=env).out
    except ToolFailed as error:
        hint = (
            "a key with a passphrase signs through the agent: `ssh-add` it, and name its .pub file with --key"
        )
        raise CouldNotRun(f"{key} could not sign: {_said(error.said)}", hint) from error


def signers(signed: Sequence[tuple[bytes, bytes]], known: Verdicts | None = None) -> list[str]:
    """The fingerprint of the key that made each signature of some bytes; '' for one that is not good.

    Each is given as the bytes and the signature.
    What is `known` is not asked again, and what was asked is added to it. Raises ToolMissing.
    """
    known = {} if known is None else known
    marks = [_mark(*item) for item in signed]
    unknown = {mark: item for mark, item in zip(marks, signed, strict=True) if mark not in known}
    if unknown:
        if tools.find("ssh-keygen") is None:
            raise tools.missing("ssh-keygen")
        with (
            tempfile.TemporaryDirectory(prefix="paraph-") as folder,
            ThreadPoolExecutor(os.cpu_count()) as pool,
        ):
            jobs = [(os.path.join(folder, mark), *item) for mark, item in unknown.items()]
            known.update(zip(unknown, pool.map(_signer, jobs), strict=True))
    return [known[mark] for mark in marks]


def _signer(job: tuple[str, bytes, bytes]) -> str:
    path, data, signature = job
    with open(path, "wb") as file:
        file.write(signature)
    arguments = ["-Y", "check-novalidate", "-n", NAMESPACE, "-s", path]
    done = tools.run("ssh-keygen", arguments, input=data, check=False)
    good = _GOOD.fullmatch(done.text)
    return good[1] if done.code == 0 and good else ""


def _mark(data: bytes, signature: bytes) -> str:
    size = len(data).to_bytes(8, "big")
    return blake2b(size + data + signature, digest_size=20).hexdigest()


def _said(words: str) -> str:
    lines = words.strip().splitlines()
    return lines[-1].strip() if lines else "ssh-keygen does not say why"
