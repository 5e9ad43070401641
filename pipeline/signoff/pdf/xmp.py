"""What a document says of itself (XMP), as plain properties: programs write the same packet in different ways."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
# What every program that writes into a file may set anew.
MOVING = frozenset({f"{_XMP}ModifyDate", f"{_XMP}MetadataDate", "{http://ns.adobe.com/pdf/1.3/}Producer"})
# Between the names of a path; a name holds an address, with a slash.
_STEP = " "
_CONTAINERS = frozenset({f"{_RDF}Alt", f"{_RDF}Bag", f"{_RDF}Seq"})


def properties(packet: bytes) -> dict[str, str]:
    """The properties of a packet by their path. Raises ValueError for what is no packet."""
    if b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        raise ValueError("the metadata declare entities")
    try:
        root = ElementTree.fromstring(packet.strip())  # noqa: S314 - without entities nothing can grow
    except ElementTree.ParseError as error:
        raise ValueError(f"the metadata are not well formed: {error}") from error
    found: dict[str, str] = {}
    for description in root.iter(f"{_RDF}RDF"):
        for child in description:
            _collect(child, "", found)
    return found


def stated(packet: bytes) -> dict[str, str]:
    """The properties that no program may change once they are signed."""
    return {path: value for path, value in properties(packet).items() if path.split(_STEP)[0] not in MOVING}


def own(packet: bytes, namespace: str) -> dict[str, str]:
    """The properties of one namespace, by their plain names."""
    prefix = f"{{{namespace}}}"
    return {
        path.removeprefix(prefix): value
        for path, value in properties(packet).items()
        if path.startswith(prefix)
    }


def _collect(element: Element, path: str, found: dict[str, str]) -> None:
    """Add what is below an element that describes something: its attributes and children are properties of it."""
    for name, value in element.attrib.items():
        if not name.startswith(_RDF) and name != _XML_LANG:
            _add(found, _join(path, name), value)
    for child in element:
        _property(child, _join(path, child.tag), found)


def _property(element: Element, path: str, found: dict[str, str]) -> None:
    inner = [child for child in element if child.tag in _CONTAINERS]
    if inner:
        for number, item in enumerate(inner[0]):
            _property(item, f"{path}{_STEP}{number}", found)
    elif len(element) == 1 and element[0].tag == f"{_RDF}Description":
        _collect(element[0], path, found)
    elif len(element):
        _collect(element, path, found)
    else:
        lang = element.get(_XML_LANG)
        value = element.get(f"{_RDF}resource", (element.text or "").strip())
        _add(found, path, f"{lang}: {value}" if lang else value)


def _add(found: dict[str, str], path: str, value: str) -> None:
    if path in found:
        raise ValueError(f"the metadata state {path} twice")
    found[path] = value


def _join(path: str, name: str) -> str:
    return f"{path}{_STEP}{name}" if path else name
