"""Signatures with SSH keys, made by ssh-keygen."""

import os

from pipeline import tools
from pipeline.errors import CouldNotRun, ToolFailed

NAMESPACE = "paraph"


def sign(data: bytes, key: str) -> bytes:
    """The detached signature of some bytes with a key: the file of a private one, or of a public one that an agent has.

    Raises CouldNotRun where the key cannot be used.
    """
    if not os.path.isfile(key):
        raise CouldNotRun(f"there is no key {key}", "name the file of an SSH key")
    try:
        return tools.run("ssh-keygen", ["-Y", "sign", "-q", "-f", key, "-n", NAMESPACE], input=data).out
    except ToolFailed as error:
        why = error.said.splitlines()[-1] if error.said else "ssh-keygen does not say why"
        hint = "a key with a passphrase is first given to the agent: ssh-add; the file of the public key is then named"
        raise CouldNotRun(f"{key} cannot sign: {why}", hint) from error
