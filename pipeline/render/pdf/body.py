"""From pandoc's HTML to the HTML that is laid out: notes at the page's foot, cards, callouts, figures, tables."""

import re
from collections.abc import Mapping
from copy import deepcopy
from xml.etree.ElementTree import Element

from pipeline.render.pdf.trees import add_class, classes, is_blank, make, pairs, remove, replace, text_of

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    {"blockquote", "dd", "div", "dl", "dt", "li", "ol", "p", "pre", "ul", *_HEADINGS}
) | frozenset({"table", "tbody", "td", "tfoot", "th", "thead", "tr"})
_ID = re.compile(r"[A-Z][A-Z0-9]*-[0-9A-Za-z.-]*\d")
_WIDE, _VERY_WIDE, _WIDEST = 7, 10, 16
# In characters: cards above it are let break.
_LONG_CARD = 600
# A word this long has to be broken anywhere, or its column pushes the others off the page.
_LONG_WORD = 40


def prepare(body: Element, words: Mapping[str, str]) -> Element:
    """Make of the elements below `body` what the style sheets and the tags know, in place; give `body` back.

    `words` has the titles of callouts that state none, as `admonition.note` and so on.
    """
    _place_notes(body)
    _undo_sections(body)
    _pair_passages(body)
    for parent, child in list(pairs(body)):
        _prepare_one(parent, child, words)
    _drop_twin_ids(body)
    _drop_dead_links(body)
    return body


def _prepare_one(parent: Element, child: Element, words: Mapping[str, str]) -> None:
    if child.tag == "table":
        _prepare_table(parent, child)
    elif child.tag == "p":
        _prepare_paragraph(parent, child)
    elif child.tag == "input":
        checked = child.get("checked") is not None
        replace(parent, child, make("span", "☑ " if checked else "☐ ", class_="box"))
    elif child.tag == "label":
        child.tag = "span"
        if parent.tag == "li":
            add_class(parent, "task")
    elif child.tag == "ul" and child.find("li/label") is not None:
        add_class(child, "tasks")
    elif "card" in classes(child):
        _prepare_card(child)
    elif "admonition" in classes(child):
        _title_callout(child, words)


def _place_notes(body: Element) -> None:
    """Move each note to where it is called; the layout takes it from there to the foot of the page."""
    notes = {}
    for parent, section in list(pairs(body)):
        if section.get("role") == "doc-endnotes":
            notes = {item.get("id", ""): item for item in section.iter("li") if item.get("id")}
            remove(parent, section)
    for parent, call in list(pairs(body)):
        note = notes.get(call.get("href", "").removeprefix("#"))
        if call.get("role") == "doc-noteref" and note is not None:
            replace(parent, call, _inline_note(note))


def _inline_note(note: Element) -> Element:
    """Give a note as a span of spans: a block may not stand in a paragraph."""
    for parent, child in list(pairs(note)):
        if child.get("role") == "doc-backlink":
            remove(parent, child)
    for element in note.iter():
        if element.tag in _BLOCKS and element is not note:
            add_class(element, f"as-{element.tag}")
            element.tag = "span"
    content = [child for child in note if len(child) or not is_blank(child.text)]
    for child in content:
        child.tail = None
    return make("span", (note.text or "").strip(), content, class_="footnote", id=note.get("id", ""))


def _undo_sections(body: Element) -> None:
    """Make divisions again of those that pandoc made sections, since a heading comes first; it takes its ID back."""
    for section in body.iter("section"):
        section.tag = "div"
        if len(section) and section[0].tag in _HEADINGS and "id" not in section[0].attrib:
            section[0].set("id", section.attrib.pop("id", ""))


def _pair_passages(body: Element) -> None:
    """Hold passages together that follow each other in different languages: they say the same."""
    for parent in list(body.iter()):
        for run in _runs(parent):
            pair = make("div", class_="pair")
            replace(parent, run[0], pair)
            # What follows the last one follows the pair; between them there is white space alone.
            pair.tail = run[-1].tail
            for passage in run[1:]:
                parent.remove(passage)
            for passage in run:
                passage.tail = None
            pair.extend(run)


def _runs(parent: Element) -> list[list[Element]]:
    """The longest runs of two passages or more of which no two are in one language."""
    runs: list[list[Element]] = [[]]
    for child in parent:
        passage = child.tag == "div" and child.get("lang") and not child.get("class")
        if not passage or child.get("lang") in [other.get("lang") for other in runs[-1]]:
            runs.append([])
        if passage:
            runs[-1].append(child)
        if not is_blank(child.tail):
            runs.append([])
    return [run for run in runs if len(run) > 1]


def _prepare_paragraph(parent: Element, paragraph: Element) -> None:
    loose = [paragraph.text, *(child.tail for child in paragraph)]
    if not len(paragraph) or not all(is_blank(text) for text in loose):
        return
    if all("badge" in classes(child) for child in paragraph):
        add_class(paragraph, "badges")
    elif len(paragraph) == 1 and paragraph[0].tag == "img":
        replace(parent, paragraph, _figure(paragraph[0]))


def _prepare_card(card: Element) -> None:
    """Make a card of an artifact; its first paragraph is what it states, and a long one may break over pages."""
    card.tag = "article"
    if len(text_of(card)) > _LONG_CARD:
        add_class(card, "long")
    for child in card:
        if child.tag == "p" and (not len(child) or "badge" not in classes(child[0])):
            add_class(child, "lead")
            return
        if child.tag not in (*_HEADINGS, "p"):
            return


def _figure(image: Element) -> Element:
    caption = image.attrib.pop("title", "")
    image.tail = None
    figure = make("figure", children=[image])
    if identity := image.attrib.pop("id", ""):
        figure.set("id", identity)
    if caption:
        figure.append(make("figcaption", caption))
    return figure


def _title_callout(callout: Element, words: Mapping[str, str]) -> None:
    callout.tag = "aside"
    stated = callout.attrib.pop("title", "")
    first = callout[0] if len(callout) else None
    if first is not None and set(classes(first)) & {"title", "admonition-title"}:
        first.tag = "p"
        add_class(first, "admonition-title")
        return
    sorts = [name for name in classes(callout) if name != "admonition"]
    title = stated or (words.get(f"admonition.{sorts[0]}", sorts[0].capitalize()) if sorts else "")
    if title:
        callout.insert(0, make("p", title, class_="admonition-title"))


def _prepare_table(parent: Element, table: Element) -> None:
    for cell in table.iterfind("thead/tr/th"):
        cell.set("scope", "col")
    rows = table.findall("tbody/tr")
    first = [row[0] for row in rows if len(row)]
    if first and all(_ID.fullmatch(text_of(cell)) for cell in first):
        for cell in first:
            cell.tag = "th"
            cell.set("scope", "row")
    columns = max((len(row) for row in table.iter("tr")), default=0)
    if columns >= _WIDE:
        add_class(table, "wide")
    if max(map(len, "".join(table.itertext()).split()), default=0) > _LONG_WORD:
        add_class(table, "breakable")
    if columns >= _VERY_WIDE:
        landscape = make("div", class_="landscape")
        replace(parent, table, landscape)
        landscape.extend(_slices(table, columns))


def _slices(table: Element, columns: int) -> list[Element]:
    """Cut a table that no page is wide enough for into tables that share its first column."""
    if columns <= _WIDEST:
        return [table]
    starts = range(1, columns, _WIDEST - 1)
    return [_slice(table, start, start + _WIDEST - 1, first=start == 1) for start in starts]


def _slice(table: Element, start: int, end: int, *, first: bool) -> Element:
    part = deepcopy(table)
    for parent, child in list(pairs(part)):
        if child.tag == "colgroup" or (child.tag == "caption" and not first):
            remove(parent, child)
    for row in part.iter("tr"):
        row[:] = [row[0], *row[start:end]]
    return part


def _drop_twin_ids(body: Element) -> None:
    seen = set()
    for element in body.iter():
        if (identity := element.get("id")) is not None:
            if identity in seen or not identity:
                del element.attrib["id"]
            seen.add(identity)


def _drop_dead_links(body: Element) -> None:
    """Make plain text of links to places that this document does not have."""
    there = {element.get("id") for element in body.iter()}
    for link in body.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and target[1:] not in there:
            del link.attrib["href"]
        if "href" not in link.attrib:
            link.tag = "span"
