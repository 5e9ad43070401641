"""An SVG of Vega's made plain: without what only a script needs, without what cannot be seen, with links and titles."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from pipeline.model.picture import MARK

_SVG = "http://www.w3.org/2000/svg"
_LINK = "http://www.w3.org/1999/xlink"
_DROPPED = frozenset({"class", "role", "pointer-events", "aria-hidden", "aria-roledescription", "cursor"})


def plain_svg(text: str) -> str:
    """The picture with its parts named by nothing, its marks as links and titles, and its size left to the page."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(text)  # noqa: S314 (our own)
    _clean(root)
    _prune(root)
    _mark(root)
    width, height = root.attrib.pop("width", "0"), root.attrib.pop("height", "0")
    root.set("viewBox", root.get("viewBox", f"0 0 {width} {height}"))
    return ElementTree.tostring(root, encoding="unicode").replace(f' xmlns:xlink="{_LINK}"', "")


def _clean(root: Element) -> None:
    for node in root.iter():
        for name in _DROPPED & node.attrib.keys():
            del node.attrib[name]
        label = node.attrib.pop("aria-label", "")
        if label.startswith(MARK):
            node.set("aria-label", label)


def _prune(node: Element) -> bool:
    """Leave out below a node what shows nothing. Says whether anything is left of the node."""
    for child in list(node):
        if not _prune(child):
            node.remove(child)
    tag = node.tag.rpartition("}")[2]
    if node.get("opacity") == "0" or node.get("display") == "none":
        return False
    if tag in ("g", "defs"):
        return len(node) > 0
    if tag == "path":
        unseen = node.get("fill", "") in ("", "none", "transparent") and "stroke" not in node.attrib
        return bool(node.get("d")) and (not unseen or node.get("aria-label") is not None)
    return tag != "text" or bool("".join(node.itertext()).strip())


def _mark(root: Element) -> None:
    """Make of the marks links with titles; a mark that leads nowhere has a title alone."""
    for parent in list(root.iter()):
        for index, child in enumerate(list(parent)):
            label = child.attrib.pop("aria-label", "")
            if not label:
                continue
            address, _, words = label.removeprefix(MARK).partition("|")
            if words:
                title = Element(f"{{{_SVG}}}title")
                title.text = words
                child.insert(0, title)
            if address:
                link = Element(f"{{{_SVG}}}a", {"href": address, "tabindex": "-1"})
                parent.remove(child)
                link.append(child)
                parent.insert(index, link)
