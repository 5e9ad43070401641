"""Writes a structure tree into a PDF: structures, what they hold, links, notes by ID, and the way back."""

from typing import Any

from pipeline.render.pdf.fields import write_fields
from pipeline.render.pdf.paint import Painted
from pipeline.render.pdf.tags import Node, Tree, build_tree


def write_structure(pdf: Any, document: Any, painted: Painted, lang: str) -> None:
    """Tag a painted pydyf PDF, and say in its catalogue that it is tagged and in which language."""
    import pydyf

    tree = build_tree(document, painted, lang)
    links = [*_links(pdf, document, tree), *write_fields(pdf, document, painted, tree)]
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    nodes = list(tree.root.walk())
    for node in nodes:
        structure = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.kind}"})
        pdf.add_object(structure)
        node.reference = structure.reference
    tree.root.parent = None
    for node in nodes:
        _fill(pdf, pdf.objects[int(node.reference.split()[0])], node, root.reference)
    root["K"] = pydyf.Array([tree.root.reference])
    root["ParentTree"] = _parent_tree(pdf, nodes, len(document.pages), links)
    if identities := _identities(pdf, nodes):
        root["IDTree"] = identities
    _say_so(pdf, root.reference, lang)


def _fill(pdf: Any, structure: Any, node: Node, root: bytes) -> None:
    import pydyf

    pages = pdf.page_references
    structure["P"] = node.parent.reference if node.parent else root
    home = next((kid[0] for kid in node.kids if isinstance(kid, tuple)), None)
    if home is not None:
        structure["Pg"] = pages[home]
    # Content that is alone is held directly: a field's must, for signatures to stay valid. Structures stand in an array
    # even when they are alone, since pyHanko overlooks others, and takes the way back to a field for another use of it.
    kids = [_kid(kid, home, pages) for kid in node.kids]
    alone = len(kids) == 1 and not isinstance(node.kids[0], Node)
    structure["K"] = kids[0] if alone else pydyf.Array(kids)
    if node.attributes:
        structure["A"] = pydyf.Dictionary(node.attributes)
    if node.lang:
        structure["Lang"] = pydyf.String(node.lang)
    for key, value in node.extra.items():
        structure[key] = pydyf.String(value)


def _kid(kid: Any, home: int | None, pages: tuple[bytes, ...]) -> Any:
    import pydyf

    if isinstance(kid, Node):
        return kid.reference
    if isinstance(kid, bytes):
        return kid
    page, mark = kid
    return mark if page == home else pydyf.Dictionary({"Type": "/MCR", "Pg": pages[page], "MCID": mark})


def _links(pdf: Any, document: Any, tree: Tree) -> list[tuple[Node, Any]]:
    """Hang the annotation of each link below its structure; give structures with their annotations."""
    import pydyf

    links = []
    for number, page in enumerate(document.pages):
        for _, _, _, box in page.links:
            annotation = box.link_annotation
            if not annotation:
                continue
            node = tree.inner(box.element)
            words = box.element.get("title") or " ".join("".join(box.element.itertext()).split())
            annotation["Contents"] = pydyf.String(words)
            annotation["F"] = 4
            reference = pydyf.Dictionary(
                {"Type": "/OBJR", "Obj": annotation.reference, "Pg": pdf.page_references[number]}
            )
            pdf.add_object(reference)
            node.kids.append(reference.reference)
            links.append((node, annotation))
    return links


def _parent_tree(pdf: Any, nodes: list[Node], pages: int, links: list[tuple[Node, Any]]) -> bytes:
    """Write the way from marked content and annotations back to their structures; give its reference."""
    import pydyf

    owners: list[dict[int, bytes]] = [{} for _ in range(pages)]
    for node in nodes:
        for kid in node.kids:
            if isinstance(kid, tuple):
                owners[kid[0]][kid[1]] = node.reference
    numbers = pydyf.Array()
    for number, (owner, page) in enumerate(zip(owners, _pages(pdf), strict=True)):
        numbers.extend((number, pydyf.Array(reference for _, reference in sorted(owner.items()))))
        page["StructParents"] = number
        page["Tabs"] = "/S"
    for number, (node, annotation) in enumerate(links, start=pages):
        numbers.extend((number, node.reference))
        annotation["StructParent"] = number
    tree = pydyf.Dictionary({"Nums": numbers})
    pdf.add_object(tree)
    return bytes(tree.reference)


def _identities(pdf: Any, nodes: list[Node]) -> bytes:
    """Give every note an ID of its own, as PDF/UA-1 (7.9) asks, and a tree to find it by; b'' without notes."""
    import pydyf

    names = pydyf.Array()
    for number, node in enumerate((node for node in nodes if node.kind == "Note"), start=1):
        identity = f"note-{number:05}"
        pdf.objects[int(node.reference.split()[0])]["ID"] = pydyf.String(identity)
        names.extend((pydyf.String(identity), node.reference))
    if not names:
        return b""
    limits = pydyf.Array((names[0], names[-2]))
    leaf = pydyf.Dictionary({"Names": names, "Limits": limits})
    pdf.add_object(leaf)
    tree = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})
    pdf.add_object(tree)
    return bytes(tree.reference)


def _pages(pdf: Any) -> list[Any]:
    return [pdf.objects[number] for number in pdf.pages["Kids"][::3]]


def _say_so(pdf: Any, root: bytes, lang: str) -> None:
    import pydyf

    pdf.catalog["StructTreeRoot"] = root
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["Lang"] = pydyf.String(lang)
