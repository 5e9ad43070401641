"""Small moves on element trees, where an element knows its children but not its parent."""

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from xml.etree.ElementTree import Element


def make(tag: str, text: str = "", children: Iterable[Element] = (), **attributes: str) -> Element:
    """Give a new element; `class_` stands for the attribute `class`."""
    element = Element(tag, {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()})
    element.text = text
    element.extend(children)
    return element


def classes(element: Element) -> list[str]:
    """Give the classes of an element in order."""
    return element.get("class", "").split()


def add_class(element: Element, *names: str) -> None:
    """Add classes that the element has not yet."""
    element.set("class", " ".join(dict.fromkeys((*classes(element), *names))))


def text_of(element: Element) -> str:
    """Give the text of an element and all below it, white space collapsed."""
    return " ".join("".join(element.itertext()).split())


def copy_without(element: Element, unwanted: Callable[[Element], bool]) -> Element:
    """Give a deep copy of an element without the elements that `unwanted` names; the text after those stays."""
    copy = deepcopy(element)
    for parent, child in [pair for pair in pairs(copy) if unwanted(pair[1])]:
        remove(parent, child)
    return copy


def pairs(root: Element) -> Iterator[tuple[Element, Element]]:
    """Give every parent with every child of its, in document order, as they are now."""
    for parent in list(root.iter()):
        for child in list(parent):
            yield parent, child


def remove(parent: Element, child: Element) -> None:
    """Take a child out; the text that follows it stays."""
    index = list(parent).index(child)
    tail, child.tail = child.tail or "", None
    parent.remove(child)
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def replace(parent: Element, child: Element, other: Element) -> None:
    """Put another element in a child's place; the text that follows stays."""
    other.tail, child.tail = child.tail, None
    parent[list(parent).index(child)] = other


def is_blank(text: str | None) -> bool:
    """Whether there is nothing but white space."""
    return not (text or "").strip()
