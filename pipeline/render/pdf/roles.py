"""Which structure each HTML element has in the PDF (ISO 32000-1, 14.8.4)."""

from typing import Any

_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_BLOCKS = _HEADINGS | frozenset(
    {
        "article",
        "aside",
        "blockquote",
        "div",
        "dl",
        "figure",
        "footer",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
    }
    | {"pre", "section", "table", "ul"}
)
_ROLES = {
    "article": "Art",
    "aside": "Sect",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "code": "Code",
    "dl": "L",
    "dd": "LBody",
    "dt": "Lbl",
    "figcaption": "Caption",
    "figure": "Div",
    "img": "Figure",
    "nav": "Sect",
    "p": "P",
    "pre": "P",
    "q": "Quote",
    "section": "Sect",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "{http://www.w3.org/2000/svg}svg": "Figure",
    **{tag: tag.upper() for tag in _HEADINGS},
}
_NUMBERINGS = {"ol": "/Decimal", "ul": "/Disc", "dl": "/None"}


def role(element: Any, parent: Any, in_contents: bool) -> str:
    """Give the structure type of an element, or '' where its content belongs to what is around it.

    `in_contents` says that it is part of the table of contents. An element with a language of its own always has a
    type, since that is where the language is stated.
    """
    tag = element.tag
    if element.get("data-signature"):
        return "Form"
    if tag in ("ol", "ul"):
        return "TOC" if in_contents else "L"
    if tag == "li":
        return "TOCI" if in_contents else "LI"
    if tag == "a":
        return "Link" if element.get("href") else ""
    if tag == "div":
        return _role_of_division(element, parent)
    if tag == "abbr":
        return "Span" if element.get("title") else ""
    if "footnote" in element.get("class", "").split():
        return "Note"
    if tag in _ROLES:
        return _ROLES[tag]
    return "Span" if element.get("lang") and tag not in ("html", "body") else ""


def attributes(element: Any, kind: str) -> dict[str, Any]:
    """Give the attributes that a structure needs besides its type, as names and values of PDF."""
    if kind in ("TD", "TH"):
        return _cell(element, kind)
    if kind == "L":
        numbering = "/None" if element.get("class") == "none" else _NUMBERINGS.get(element.tag, "/None")
        return {"O": "/List", "ListNumbering": numbering}
    return {}


def _role_of_division(element: Any, parent: Any) -> str:
    if parent is not None and parent.tag == "dl":
        return "LI"
    if any(child.tag in _BLOCKS for child in element):
        return "Div" if element.get("lang") else ""
    return "P"


def _cell(element: Any, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {"O": "/Table"}
    if kind == "TH":
        found["Scope"] = "/Row" if element.get("scope") == "row" else "/Column"
    for attribute, name in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        span = element.get(attribute, "1")
        if span.isdecimal() and int(span) > 1:
            found[name] = int(span)
    return found if len(found) > 1 else {}
