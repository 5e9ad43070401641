"""What is known of a file that cannot be read, or is too large to be: the IDs that it declares.

Its artifacts have no fields, but links to them are not dead: one fault stays one fault.
"""

import re

from pipeline.model import Artifact, Document, Fault, Header
from pipeline.sources.identity import id_of_name
from pipeline.sources.vocabulary import Vocabulary

_DECLARED = re.compile(rb"^(?:id:[ \t]*[\"']?|#{1,6}[ \t]+)([A-Z][A-Z0-9]*-[0-9]+)", re.MULTILINE)


def unread(path: str, fault: Fault, words: Vocabulary, data: bytes = b"") -> Document:
    """The document of a file that was not read, for a fault that says why; `data` is what is at hand of it."""
    declared = [(match[1].decode(), match.start()) for match in _DECLARED.finditer(data)]
    if not declared:
        declared = [(id_of_name(path), 0)]
    artifacts: dict[str, Artifact] = {}
    for identity, offset in declared:
        kind = words.kind_of(identity)
        if kind is not None and identity not in artifacts:
            line = data.count(b"\n", 0, offset) + 1 if len(artifacts) < 1000 else 1
            header, fields = Header(path, line, 0), {"id": identity}
            artifacts[identity] = Artifact(
                identity, kind.name, path, line, line, line, header, fields, section=True, partial=True
            )
    return Document(path, tuple(artifacts.values()), faults=(fault,))
