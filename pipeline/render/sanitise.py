"""What may stay of HTML that came out of pandoc: listed elements, listed attributes, listed addresses.

Raw HTML is not read at all, so what is cut here are attributes that pandoc lets through (`onclick`, `style`) and
addresses. The text of an element that may not stay does stay: nothing that was visible disappears.
"""

import re
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

_ELEMENTS = frozenset(
    """a abbr b blockquote body br caption cite code col colgroup dd del div dl dt em figcaption figure h1 h2 h3 h4
    h5 h6 hr i img input ins kbd label li mark ol p pre q s samp section small span strong sub sup table tbody td
    tfoot th thead tr u ul var""".split()
)
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
_STYLE = re.compile(r"(width|height|text-align):(left|right|center|justify|\d{1,4}(?:\.\d{1,4})?(?:%|px|pt|em|cm|mm|in))")


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
    plain = _INVISIBLE.sub("", unquote(address))
    parts = plain.replace("\\", "/").split("/")
    return bool(plain) and not _SCHEME.match(plain) and not plain.startswith(("/", "\\")) and ".." not in parts


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
