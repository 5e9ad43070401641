"""Signature fields: where the page has a place for a signature, the PDF gets a field that a reader lets one sign.

The place is an element with `data-signature`, the name of the field, and `title`, what the field is for. The layout
engine knows no signature fields, and what it makes of an `<input>` has a font and a look that signing would change;
so the field is written here, over the box, with nothing in it.
"""

from math import ceil, floor
from typing import Any

from pipeline.render.pdf.paint import Leaf, Painted
from pipeline.render.pdf.tags import POINTS, Node, Tree

# Bits of an annotation's flags: it is printed (PDF/A-3, 6.3.2).
_PRINT = 4


def write_fields(pdf: Any, document: Any, painted: Painted, tree: Tree) -> list[tuple[Node, Any]]:
    """Write the fields of a document and its form; give each field with the structure that holds it."""
    import pydyf

    fields = []
    for leaf in painted.leaves:
        if leaf.box.element.get("data-signature"):
            field = _field(pdf, document, leaf)
            fields.append((_hang(pdf, tree.inner(leaf.box.element), field), field))
    if fields:
        references = pydyf.Array([field.reference for _, field in fields])
        # No NeedAppearances: a reader that draws fields anew would change what was signed.
        form = pydyf.Dictionary({"Fields": references, "SigFlags": 0})
        pdf.add_object(form)
        pdf.catalog["AcroForm"] = form.reference
    return fields


def _field(pdf: Any, document: Any, leaf: Leaf) -> Any:
    """A field that is its own widget, on its page, with an empty look."""
    import pydyf

    left, bottom, right, top = _corners(leaf.box, document.pages[leaf.page].height)
    look = pydyf.Stream(
        [],
        {
            "Type": "/XObject",
            "Subtype": "/Form",
            # As the one who signs will write it: another box is a change that DSS cannot explain.
            "BBox": pydyf.Array((0, top - bottom, right - left, 0)),
            "Resources": pydyf.Dictionary(),
        },
    )
    pdf.add_object(look)
    element = leaf.box.element
    field = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(element.get("data-signature")),
            "TU": pydyf.String(element.get("title", "")),
            "F": _PRINT,
            "Rect": pydyf.Array((left, bottom, right, top)),
            "P": pdf.page_references[leaf.page],
            "AP": pydyf.Dictionary({"N": look.reference}),
        }
    )
    pdf.add_object(field)
    page = pdf.objects[int(pdf.page_references[leaf.page].split()[0])]
    page.setdefault("Annots", pydyf.Array()).append(field.reference)
    return field


def _corners(box: Any, height: float) -> tuple[int, int, int, int]:
    """The left, lower, right and upper edge of a box with its border, in whole points from below left on its page.

    The box lies within them, so that no trace of its border is left beside a signature.
    """
    left, top = box.border_box_x(), height - box.border_box_y()
    bottom, right = top - box.border_height(), left + box.border_width()
    return floor(left * POINTS), floor(bottom * POINTS), ceil(right * POINTS), ceil(top * POINTS)


def _hang(pdf: Any, node: Node, field: Any) -> Node:
    """Hang a field below its structure, which holds nothing else: signatures stay valid on that condition only."""
    import pydyf

    reference = pydyf.Dictionary({"Type": "/OBJR", "Obj": field.reference, "Pg": field["P"]})
    pdf.add_object(reference)
    node.kids.append(reference.reference)
    return node
