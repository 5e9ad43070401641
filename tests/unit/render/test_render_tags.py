"""The structure tree says what the page shows; each known trap of the layout engine has its test."""

import re
from collections import Counter
from itertools import pairwise
from types import SimpleNamespace

import pikepdf
import pypdf
import pytest
import weasyprint

from pipeline.render.pdf import paint
from tests.unit.render.samples import ROWS, kids, structures

pytestmark = pytest.mark.slow


@pytest.fixture
def pdf(everything):
    with pikepdf.open(everything) as opened:
        yield opened


def of_kind(pdf, kind):
    return [structure for structure in structures(pdf) if f"/{kind}" == structure.S]


def marks_in(structure):
    return [
        kid
        for kid in kids(structure)
        if not isinstance(kid, pikepdf.Dictionary) or kid.get("/Type") == "/MCR"
    ]


def operators(page):
    for operands, operator in pikepdf.parse_content_stream(page):
        yield str(operator), operands


def test_the_engine_is_the_one_that_the_tags_were_written_for():
    assert weasyprint.VERSION == paint.WEASYPRINT


def test_another_engine_is_refused(monkeypatch):
    monkeypatch.setattr(weasyprint, "VERSION", "70.1")
    with pytest.raises(RuntimeError, match=r"written for WeasyPrint 70\.0"):
        paint.watch(SimpleNamespace(pages=[]))


def test_the_file_says_that_it_is_tagged_and_in_which_language(pdf):
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_all_painted_content_is_tagged_or_an_artifact(pdf):
    for page in pdf.pages:
        depth = 0
        for operator, _ in operators(page):
            depth += operator in ("BDC", "BMC")
            depth -= operator == "EMC"
            # Marks inside marks would be an artifact within tagged content, or the other way round.
            assert 0 <= depth <= 1
            if operator in ("Tj", "TJ", "Do", "f", "S", "B"):
                assert depth == 1, operator


def test_every_mark_leads_to_the_structure_that_holds_it(pdf):
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    held = Counter()
    for structure in structures(pdf):
        for kid in marks_in(structure):
            page = kid.Pg if isinstance(kid, pikepdf.Dictionary) else structure.Pg
            mark = int(kid.MCID if isinstance(kid, pikepdf.Dictionary) else kid)
            number = pages[page.objgen]
            assert owners[number][mark].objgen == structure.objgen
            held[number, mark] += 1
    painted = Counter()
    for number, page in enumerate(pdf.pages):
        for operator, operands in operators(page):
            if operator == "BDC" and "/MCID" in operands[1]:
                painted[number, int(operands[1].MCID)] += 1
    assert held == painted
    assert set(painted.values()) == {1}


def test_languages_stand_where_they_begin(pdf):
    languages = Counter(
        (str(structure.S), str(structure.Lang)) for structure in structures(pdf) if "/Lang" in structure
    )
    assert languages == {
        ("/Div", "fr"): 1,
        ("/Div", "nl"): 1,
        ("/P", "fr"): 1,
        ("/P", "nl"): 1,
        ("/Span", "fr"): 1,
    }


def test_header_cells_have_a_scope_and_no_header_list(pdf):
    heads = of_kind(pdf, "TH")
    assert Counter(str(cell.A.Scope) for cell in heads).keys() == {"/Column", "/Row"}
    cells = [*heads, *of_kind(pdf, "TD")]
    assert not [cell for cell in cells if "/ID" in cell or "/Headers" in cell.get("/A", {})]


def test_rows_of_a_table_have_as_many_cells_as_its_head_though_some_are_empty(pdf):
    for table in of_kind(pdf, "Table"):
        groups = [group for group in kids(table) if group.S != "/Caption"]
        rows = [row for group in groups for row in kids(group)]
        assert {str(row.S) for row in rows} == {"/TR"}
        assert len({len(kids(row)) for row in rows}) == 1


def test_a_table_over_three_pages_is_one_table_with_one_head(pdf):
    longest = max(of_kind(pdf, "Table"), key=lambda table: len(kids(kids(table)[-1])))
    assert [str(kid.S) for kid in kids(longest)] == ["/Caption", "/THead", "/TBody"]
    assert len(kids(kids(longest)[2])) == ROWS
    pages = {row_cell.Pg.objgen for row in kids(kids(longest)[2]) for row_cell in kids(row)}
    assert len(pages) >= 2


def test_the_repeated_head_of_a_table_is_an_artifact(render):
    rows = "".join(f"| a{number} | b |\n" for number in range(90))
    pdf = render(f"## One {{#one}}\n\n| Zeppelin | B |\n|---|---|\n{rows}")
    # Version history, approvals, and the one table of the text.
    assert len(of_kind(pdf, "THead")) == 3
    text = [page.extract_text() for page in pypdf.PdfReader(pdf.filename).pages]
    assert sum("Zeppelin" in page for page in text) == 3


def test_a_link_is_one_structure_with_its_annotations_and_no_box_inside_it_is_one(render):
    pdf = render("## One {#one}\n\n[some *words* and `code` and **more**](https://example.org/x)\n")
    links = of_kind(pdf, "Link")
    assert len(links) == 2  # of the contents, and of the text
    annotations = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
    assert len(annotations) == 2
    external = next(annotation for annotation in annotations if "/A" in annotation)
    assert str(external.Contents) == "some words and code and more"


def test_a_link_over_two_lines_has_two_annotations_below_one_structure(pdf):
    annotations = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
    words = "a link with emphasis, and code, that runs on and on until the line ends and begins again"
    parts = [annotation for annotation in annotations if str(annotation.Contents) == words]
    assert len(parts) == 2
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    assert len({owners[int(part.StructParent)].objgen for part in parts}) == 1


def test_every_annotation_has_a_description_a_structure_and_is_printed(pdf):
    annotations = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
    assert len(annotations) > 10
    for annotation in annotations:
        assert str(annotation.Contents)
        assert int(annotation.F) == 4
        assert "/StructParent" in annotation


def test_running_lines_leaders_and_the_watermark_are_artifacts(pdf):
    for page in list(pdf.pages)[1:]:
        kinds = [operands[1].get("/Type") for operator, operands in operators(page) if operator == "BDC"]
        assert kinds.count("/Pagination") >= 5


def test_the_contents_are_contents_and_not_a_list(pdf):
    entries = of_kind(pdf, "TOCI")
    assert len(entries) == 6
    for entry in entries:
        reference = kids(entry)[0]
        assert str(reference.S) == "/Reference"
        assert str(kids(reference)[0].S) == "/Link"
    assert {str(kid.S) for toc in of_kind(pdf, "TOC") for kid in kids(toc)} == {"/TOCI"}


def test_a_figure_has_a_text_and_a_box_in_points_from_below(pdf):
    figures = of_kind(pdf, "Figure")
    assert [str(figure.Alt) for figure in figures] == [
        "Three steps in a row: receipt, booking, plan.",
        "a small arrow",
    ]
    for figure in figures:
        left, bottom, right, top = (float(corner) for corner in figure.A.BBox)
        assert 0 < left < right < 595.3
        assert 0 < bottom < top < 841.9
    # 20 mm wide and at the proportions of the drawing.
    left, bottom, right, top = (float(corner) for corner in figures[1].A.BBox)
    assert right - left == pytest.approx(56.7, abs=0.1)
    assert top - bottom == pytest.approx(56.7 * 180 / 640, abs=0.1)


def test_a_caption_belongs_to_its_figure_and_its_table(pdf):
    parents = Counter(str(caption.P.S) for caption in of_kind(pdf, "Caption"))
    assert parents == {"/Table": 5, "/Div": 1}


def test_notes_are_notes_with_an_id_of_their_own_that_the_tree_of_ids_finds(pdf):
    notes = of_kind(pdf, "Note")
    assert len(notes) == 2
    names = list(pdf.Root.StructTreeRoot.IDTree.Kids[0].Names)
    found = {str(key): value.objgen for key, value in zip(names[::2], names[1::2], strict=True)}
    assert found == {str(note.ID): note.objgen for note in notes}
    for note in notes:
        siblings = kids(note.P)
        before = siblings[[getattr(kid, "objgen", None) for kid in siblings].index(note.objgen) - 1]
        assert str(before.S) == "/Reference"
        assert str(kids(note)[0].S) == "/Lbl"


def test_no_level_of_heading_is_skipped(render):
    pdf = render(
        "# Top {#a}\n\n#### Deep {#b}\n\ntext\n\n###### Deeper {#c}\n\n## Back {#d}\n\n##### Down {#e}\n"
    )
    levels = [int(match[1]) for s in structures(pdf) if (match := re.fullmatch(r"/H(\d)", str(s.S)))]
    assert levels == [1, 2, 2, 2, 3, 4, 3, 4]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_lists_hold_items_of_a_label_and_a_body(pdf):
    lists = of_kind(pdf, "L")
    assert {str(each.A.ListNumbering) for each in lists} == {"/Decimal", "/Disc", "/None"}
    for each in lists:
        assert {str(kid.S) for kid in kids(each)} <= {"/LI"}
    for item in of_kind(pdf, "LI"):
        shapes = [str(kid.S) for kid in kids(item)]
        assert shapes in (["/Lbl", "/LBody"], ["/LBody"])


def test_content_that_is_alone_is_held_directly_and_structures_never_are(pdf):
    held = [structure.K for structure in structures(pdf) if "/K" in structure]
    alone = [item[0] for item in held if isinstance(item, pikepdf.Array) and len(item) == 1]
    assert alone
    assert all("/S" in item for item in alone)
    assert [item for item in held if isinstance(item, pikepdf.Dictionary) and "/S" in item] == []


def test_an_image_without_a_text_is_decoration(render):
    pdf = render("## One {#one}\n\nA mark ![](img/flow.svg){width=20mm} in the line.\n")
    assert of_kind(pdf, "Figure") == []
