"""The structure tree, built from the HTML elements that painted content comes from.

One element gives one structure, however many boxes, lines and pages it was split over; what WeasyPrint would write
itself follows boxes instead, and splits and repeats with them.
"""

from collections.abc import Iterator
from typing import Any

from pipeline.render.pdf import roles
from pipeline.render.pdf.paint import Leaf, Painted

# A pixel of CSS in points of PDF.
POINTS = 0.75


class Node:
    """A structure: its type, its place in the tree, and what it holds in order."""

    __slots__ = ("attributes", "extra", "kids", "kind", "lang", "parent", "reference")

    def __init__(self, kind: str, parent: "Node | None", lang: str = "") -> None:
        self.kind = kind
        self.parent = parent
        self.lang = lang
        # Nodes, pairs of page and marked content, or references to annotations.
        self.kids: list[Any] = []
        self.attributes: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.reference: bytes = b""
        if parent is not None:
            parent.kids.append(self)

    def walk(self) -> Iterator["Node"]:
        """Give this node and all below it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()


class Tree:
    """The structure of one document while it is built."""

    def __init__(self, root: Any, lang: str) -> None:
        self.root = Node("Document", None)
        self._lang = lang
        self._parents = {child: parent for parent in root.iter() for child in parent}
        # Where the content of an element goes.
        self._inner: dict[Any, Node] = {}
        self._labels: dict[Any, Node] = {}
        self._outer: dict[Any, Node] = {}

    def node_for_box(self, box: Any) -> Node:
        """Give the node that the content of a box belongs to."""
        element, _, pseudo = box.element, *str(box.element_tag).partition("::")[1:]
        if pseudo == "marker":
            return self._label(element)
        if pseudo == "footnote-marker":
            return self._label(element)
        if pseudo == "footnote-call":
            return self._call(element)
        return self.inner(element)

    def inner(self, element: Any) -> Node:
        """Give the node that takes what is directly in an element, making it and those above where needed."""
        if element not in self._inner:
            self._inner[element] = self._make(element)
        return self._inner[element]

    def _make(self, element: Any) -> Node:
        parent = self._parents.get(element)
        if parent is None:
            return self.root
        above = self.inner(parent)
        kind = roles.role(element, parent, self._in_contents(element))
        if not kind:
            return above
        if element.tag in ("dt", "dd") and above.kind == "L":
            above = self._item(element, above)
        if kind == "Link" and self._in_contents(element):
            above = Node("Reference", above)
        node = self._outer[element] = Node(kind, above, element.get("lang", ""))
        node.attributes = roles.attributes(element, kind)
        if element.tag == "abbr":
            node.extra["E"] = element.get("title", "")
        return Node("LBody", node) if kind == "LI" and element.tag == "li" else node

    def _item(self, element: Any, above: Node) -> Node:
        """Give the item for a term or its definition: a term after a definition begins a new one."""
        siblings = list(self._parents[element])
        before = siblings[: siblings.index(element)]
        previous = before[-1] if before else None
        if previous is not None and not (element.tag == "dt" and previous.tag == "dd"):
            self.inner(previous)
            return self._outer[previous].parent or above
        return Node("LI", above)

    def _label(self, element: Any) -> Node:
        """Give the label of a list item or of a note, which stands before its body."""
        if element not in self._labels:
            self.inner(element)
            outer = self._outer[element]
            label = self._labels[element] = Node("Lbl", outer)
            outer.kids.remove(label)
            outer.kids.insert(0, label)
        return self._labels[element]

    def _call(self, element: Any) -> Node:
        """Give the reference to a note; the note itself follows it, wherever on the page it stands."""
        key = (element, "call")
        if key not in self._labels:
            above = self.inner(self._parents[element])
            self._labels[key] = Node("Reference", above)
            self.inner(element)
        return self._labels[key]

    def _in_contents(self, element: Any) -> bool:
        while element is not None:
            if element.get("role") == "doc-toc":
                return True
            if element.tag in ("article", "main", "section"):
                return False
            element = self._parents.get(element)
        return False


def build_tree(document: Any, painted: Painted, lang: str) -> Tree:
    """Give the structure of a painted document."""
    tree = Tree(document._html.etree_element, lang)
    for leaf in painted.leaves:
        node = tree.node_for_box(leaf.box)
        mark = painted.marks[leaf.page].get(leaf.box)
        if mark is not None:
            node.kids.append((leaf.page, mark["mcid"]))
        if node.kind == "Figure":
            _describe_figure(node, leaf, document.pages[leaf.page])
    return tree


def _describe_figure(node: Node, leaf: Leaf, page: Any) -> None:
    import pydyf

    element, box = leaf.box.element, leaf.box
    title = element.find("{http://www.w3.org/2000/svg}title")
    node.extra["Alt"] = element.get("alt") or (title.text if title is not None else "") or ""
    left, top = box.content_box_x() * POINTS, (page.height - box.content_box_y()) * POINTS
    corners = (left, top - box.height * POINTS, left + box.width * POINTS, top)
    node.attributes = {"O": "/Layout", "BBox": pydyf.Array(round(corner, 3) for corner in corners)}
