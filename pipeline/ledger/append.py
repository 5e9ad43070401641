"""Adding an entry to a ledger: signed, then written whole or not at all, the entry itself last."""

import contextlib
import os

from msgspec import structs

from pipeline.errors import CouldNotRun
from pipeline.ledger.files import ENTRY, SIGNATURE, stem
from pipeline.ledger.form import Unreadable, decode, digest, encode
from pipeline.ledger.signature import fingerprint_of, sign, signers
from pipeline.model import Entry
from pipeline.whole import write_whole


def append(folder: str, entry: Entry, key: str) -> str:
    """Sign an entry with a key file and write it below the folder of the ledgers; gives the path of the entry.

    Its own `key` is filled in by the key that signs. Raises CouldNotRun where the key cannot sign, where the entry says
    what an entry cannot, and where it is there already.
    """
    entry = structs.replace(entry, key=fingerprint_of(key))
    data = encode(entry)
    try:
        decode(data)
    except Unreadable as error:
        raise CouldNotRun(
            f"this would be no entry of a ledger: {error}", "correct what it is to say"
        ) from error
    signature = sign(data, key)
    if signers([(data, signature)]) != [entry.key]:
        raise CouldNotRun(
            f"the signature that {key} made is not good", "is it the key that its .pub file says?"
        )
    home = os.path.join(folder, entry.artifact)
    path = os.path.join(home, stem(digest(data)))
    if os.path.lexists(path + ENTRY):
        raise CouldNotRun(
            f"{path}{ENTRY} is there already", "nothing has to be done: the ledger has this entry"
        )
    write_whole(path + SIGNATURE, signature)
    try:
        write_whole(path + ENTRY, data)
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(path + SIGNATURE)
        raise
    return path + ENTRY
