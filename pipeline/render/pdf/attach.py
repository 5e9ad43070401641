"""A file inside a PDF, as PDF/A-3 (ISO 19005-3, 6.8) wants it: named, typed, and tied to the document as its source."""

from hashlib import md5
from typing import Any

from pipeline.model.woven import Attached

_TYPE = "/application#2Fzip"


def attach(pdf: Any, attached: Attached, day: str) -> None:
    """Embed an archive in a pydyf PDF, as the source of the document, with the document's day (YYYY-MM-DD)."""
    import pydyf

    date = pydyf.String(f"D:{day.replace('-', '')}000000Z")
    # What a reader checks against damage, as ISO 32000-1 (7.11.4) has it; it proves nothing.
    checksum = md5(attached.content, usedforsecurity=False).hexdigest()
    about = pydyf.Dictionary(
        {
            "Size": len(attached.content),
            "CheckSum": f"<{checksum}>",
            "CreationDate": date,
            "ModDate": date,
        }
    )
    # An archive does not become smaller, and as it is, it can be cut out of the file without a PDF reader.
    stream = pydyf.Stream([attached.content], {"Type": "/EmbeddedFile", "Subtype": _TYPE, "Params": about})
    pdf.add_object(stream)
    name = pydyf.String(attached.name)
    embedded = pydyf.Dictionary({"F": stream.reference, "UF": stream.reference})
    file = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": name,
            "UF": name,
            "EF": embedded,
            "Desc": pydyf.String(attached.description),
            "AFRelationship": "/Source",
        }
    )
    pdf.add_object(file)
    names = pydyf.Dictionary({"Names": pydyf.Array((name, file.reference))})
    pdf.add_object(names)
    if "Names" not in pdf.catalog:
        pdf.catalog["Names"] = pydyf.Dictionary()
    pdf.catalog["Names"]["EmbeddedFiles"] = names.reference
    pdf.catalog["AF"] = pydyf.Array((file.reference,))
