"""What may stay of HTML that came out of pandoc: listed elements, listed attributes, listed addresses.

Raw HTML is not read at all, so what is cut here are attributes that pandoc lets through (`onclick`, `style`) and
addresses. The text of an element that may not stay does stay: nothing that was visible disappears.
"""

import re
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

_BLOCKS = {
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "ul",
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_TABLES = {"caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
_INLINE = {
    "a",
    "abbr",
    "b",
    "br",
    "cite",
    "code",
    "del",
    "em",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "mark",
    "q",
}
_QUIET = {"s", "samp", "small", "span", "strong", "sub", "sup", "u", "var"}
_ELEMENTS = frozenset(_BLOCKS | _HEADINGS | _TABLES | _INLINE | _QUIET)
_ANYWHERE = frozenset({"class", "dir", "id", "lang", "title"})
_ATTRIBUTES = {
    "a": {"href", "role"},
    "col": {"style"},
    "img": {"alt", "height", "src", "style", "width"},
    "input": {"checked", "type"},
    "li": {"value"},
    "ol": {"start", "type"},
    "section": {"role"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
}
_SCHEMES = ("http", "https", "mailto")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
_LENGTH = r"\d{1,4}(?:\.\d{1,4})?(?:%|px|pt|em|cm|mm|in)"
_STYLE = re.compile(rf"(?:width|height):{_LENGTH}|text-align:(?:left|right|center|justify)")


def sanitise(root: Element) -> Element:
    """Take out of the tree below `root` what may not stay, in place; give `root` back."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in _ELEMENTS:
                _clean(child)
            else:
                _replace_by_text(parent, child)
    return root


def safe_link(address: str) -> bool:
    """Whether a link may lead there: a place in the document, the web, or a mailbox.

    A relative address is none: in a PDF it would be resolved on the reader's machine.
    """
    plain = _INVISIBLE.sub("", address)
    if plain.startswith("#"):
        return len(plain) > 1
    try:
        return urlsplit(plain).scheme.lower() in _SCHEMES
    except ValueError:
        return False


def safe_image(address: str) -> bool:
    """Whether an image may have this address: a path that goes down from the root and has no scheme."""
    plain = _INVISIBLE.sub("", unquote(address)).replace("\\", "/")
    if not plain or _SCHEME.match(plain) or plain.startswith("/"):
        return False
    return ".." not in plain.split("/")


def _clean(element: Element) -> None:
    allowed = _ANYWHERE | _ATTRIBUTES.get(str(element.tag), set())
    for name in set(element.attrib) - allowed:
        del element.attrib[name]
    if (style := element.get("style")) is not None:
        element.set("style", _clean_style(style))
    if (address := element.get("href")) is not None and not safe_link(address):
        del element.attrib["href"]
    if element.tag == "input":
        element.set("type", "checkbox")


def _clean_style(style: str) -> str:
    kept = (_STYLE.fullmatch(re.sub(r"\s*:\s*", ":", part.strip().lower())) for part in style.split(";"))
    return "; ".join(match[0] for match in kept if match)


def _replace_by_text(parent: Element, child: Element) -> None:
    """Put the text of a child, and of all below it, in its place."""
    text = "".join(child.itertext()) + (child.tail or "")
    index = list(parent).index(child)
    parent.remove(child)
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
