"""Paints pages so that every piece of content is either tagged or marked as an artifact.

WeasyPrint marks what it paints when a stream has a dictionary for marks; what belongs to the text and what is
furniture (running lines, leaders, a table head that is repeated, what is `aria-hidden`) it does not tell apart. So each
page is looked through first, and painted with that knowledge.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

# The version whose boxes and streams this room and `tags` know from the inside.
WEASYPRINT = "70.0"
_REPEATED = ("thead", "tfoot")
_LISTS = ("dl", "ol", "ul")


class Leaf(Struct, frozen=True):
    """A box on a page that is content: text, an image, a place to sign, or a cell or row, which may be empty."""

    box: Any
    page: int


class Painted:
    """What was learned while a document was painted: its leaves in reading order, and their marks.

    `marks` holds by page the number of each box's marked content.
    """

    def __init__(self, pages: list[Any]) -> None:
        self.leaves: list[Leaf] = []
        self.streams: list[Any] = []
        self.marks: list[dict[Any, dict[str, Any]]] = []
        seen: set[Any] = set()
        self._furniture: list[set[int]] = []
        for number, page in enumerate(pages):
            furniture: set[int] = set()
            repeated: set[Any] = set()
            for box, content in _walk(page._page_box, seen, repeated, False):
                if content:
                    self.leaves.append(Leaf(box, number))
                else:
                    furniture.add(id(box))
            self._furniture.append(furniture)
            seen |= repeated

    def painter(self, page: Any, number: int) -> Any:
        """Give the function that paints a page in place of the page's own."""

        def paint(stream: Any, scale: float = 1) -> None:
            stream._tags = {}
            self.streams.append(stream)
            self.marks.append(stream._tags)
            _mark(stream, self._furniture[number])
            type(page).paint(page, stream, scale)

        return paint


def watch(document: Any) -> Painted:
    """Let the pages of a laid out document be painted with marks; give what will then be known.

    Raises RuntimeError for a WeasyPrint that this was not written for.
    """
    import weasyprint

    if weasyprint.VERSION != WEASYPRINT:
        raise RuntimeError(f"tags are written for WeasyPrint {WEASYPRINT}, not {weasyprint.VERSION}")
    painted = Painted(document.pages)
    for number, page in enumerate(document.pages):
        page.links = [link for link in page.links if _is_link(link[3])]
        page.paint = painted.painter(page, number)
    return painted


def _is_link(box: Any) -> bool:
    """Whether the box is that of an `<a>` itself: every box inside one is given as a link too."""
    return box.element is not None and box.element_tag == "a"


def _walk(box: Any, seen: set[Any], repeated: set[Any], furniture: bool) -> Iterator[tuple[Any, bool]]:
    """Give the leaves of a box in order, with whether they are content; note repeated heads in `repeated`."""
    box = getattr(box, "_box", box)
    furniture = furniture or _is_furniture(box, seen, repeated)
    if _is_leaf(box):
        yield box, not furniture
    for child in getattr(box, "children", ()):
        yield from _walk(child, seen, repeated, furniture)


def _is_leaf(box: Any) -> bool:
    kind = type(box).__name__
    if kind == "TextBox" or kind.endswith("ReplacedBox") or box.element_tag in ("tr", "td", "th"):
        return True
    return box.element is not None and bool(box.element.get("data-signature"))


def _is_furniture(box: Any, seen: set[Any], repeated: set[Any]) -> bool:
    element = box.element
    if type(box).__name__ == "MarginBox" or box.is_leader or box.style["position"] == "fixed":
        return True
    if element is None:
        return False
    if box.element_tag in _REPEATED:
        repeated.add(element)
        return element in seen
    decorative = box.element_tag == "img" and not element.get("alt")
    # White space between items that are laid out in one line: a list holds nothing but items.
    between = type(box).__name__ == "TextBox" and box.element_tag in _LISTS and not box.text.strip()
    return decorative or between or element.get("aria-hidden") == "true"


def _mark(stream: Any, furniture: set[int]) -> None:
    """Let the stream mark furniture as artifacts, and never put one mark inside another."""
    kind = type(stream)
    depth = 0

    @contextmanager
    def nested(mark: Any) -> Iterator[None]:
        nonlocal depth
        depth += 1
        try:
            if depth > 1:
                yield
            else:
                with mark:
                    yield
        finally:
            depth -= 1

    stream.marked = lambda box, tag: nested(
        _pagination(stream) if id(box) in furniture else kind.marked(stream, box, tag)
    )
    stream.artifact = lambda: nested(kind.artifact(stream))


@contextmanager
def _pagination(stream: Any) -> Iterator[None]:
    import pydyf

    pydyf.Stream.begin_marked_content(stream, "Artifact", pydyf.Dictionary({"Type": "/Pagination"}))
    try:
        yield
    finally:
        pydyf.Stream.end_marked_content(stream)
