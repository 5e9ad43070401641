"""Places to sign: one tagged field a role, on the page and in the form; none in a draft."""

import pikepdf
import pytest

from pipeline.model.signature import field_name, is_for
from pipeline.model.woven import Approval
from pipeline.render.pdf import render_pdf
from tests.e2e.verapdf import breaches
from tests.unit.render.samples import TEMPLATES, facts_of, kids, structures, woven_of

pytestmark = pytest.mark.slow

ROLES = ("Programme director", "Chief information officer")
TEXT = "## Text {#text}\n\nOne paragraph.\n"


@pytest.fixture
def pdf(render):
    with render(TEXT, signatures=ROLES) as opened:
        yield opened


def fields_of(pdf):
    return list(pdf.Root.AcroForm.Fields)


def text_of(pdf, path):
    pdf.save(path)
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_each_role_has_a_field_that_says_whose_it_is(pdf):
    assert [str(field.T) for field in fields_of(pdf)] == [
        "Signature_1_programme-director",
        "Signature_2_chief-information-officer",
    ]
    assert [str(field.TU) for field in fields_of(pdf)] == [
        "Signature – Programme director",
        "Signature – Chief information officer",
    ]
    assert all(field.FT == "/Sig" and "/V" not in field and "/DA" not in field for field in fields_of(pdf))


def test_a_field_is_seen_and_printed_on_its_page(pdf):
    (page,) = [page for page in pdf.pages if "/Annots" in page and "/Sig" in map(field_type, page.Annots)]
    assert [each.objgen for each in page.Annots if field_type(each) == "/Sig"] == [
        each.objgen for each in fields_of(pdf)
    ]
    for field in fields_of(pdf):
        left, bottom, right, top = map(float, field.Rect)
        # The column has 84 mm, the border included; 19 mm and its border are high enough for four lines.
        assert 225 < right - left < 240
        assert 55 <= top - bottom <= 57
        # What signing writes has the same box, in whole points.
        assert list(map(float, field.AP.N.BBox)) == [0, top - bottom, right - left, 0]
        assert field.F == 4
        assert field.P.objgen == page.objgen


def field_type(annotation):
    return str(annotation.get("/FT", ""))


def test_a_field_has_an_empty_look_that_no_reader_is_asked_to_draw_anew(pdf):
    assert "/NeedAppearances" not in pdf.Root.AcroForm
    assert [field.AP.N.read_bytes() for field in fields_of(pdf)] == [b"", b""]


def test_a_field_is_the_only_child_of_its_structure_and_no_array_stands_between(pdf):
    """Else the second signature makes the first one invalid: only this way is looked for."""
    forms = [structure for structure in structures(pdf) if structure.S == "/Form"]
    assert [structure.K.Obj.objgen for structure in forms] == [field.objgen for field in fields_of(pdf)]
    assert all(isinstance(structure.K, pikepdf.Dictionary) for structure in forms)
    assert all(structure.P.S == "/TD" for structure in forms)
    # What holds the form, on the other hand, is looked for in arrays only.
    assert all(isinstance(structure.P.K, pikepdf.Array) for structure in forms)


def test_the_way_back_leads_from_a_field_to_its_structure(pdf):
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    for field in fields_of(pdf):
        assert kids(owners[int(field.StructParent)])[0].Obj.objgen == field.objgen


def test_a_draft_has_no_field_and_keeps_its_table(render, tmp_path):
    with render(TEXT) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not [structure for structure in structures(pdf) if structure.S == "/Form"]
        assert "Decision" in text_of(pdf, tmp_path / "draft.pdf")


def test_what_is_to_be_signed_bears_no_watermark_and_says_who_approved_before(render, tmp_path):
    approvals = (
        Approval("Analyst", "Sofie Janssens", "approved", "2026-11-19"),
        Approval(ROLES[0], "An Peeters"),
    )
    with render(TEXT, signatures=ROLES, approvals=approvals) as pdf:
        text = text_of(pdf, tmp_path / "issue.pdf")
    assert "DRAFT" not in text
    assert "Approved, 19 November 2026" in text
    assert "An Peeters" in text
    assert text.count("see signature") == 1
    assert "awaited" not in text


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", ("Approbation", "voir signature")), ("nl", ("Goedkeuring", "zie handtekening"))],
)
def test_the_table_speaks_the_language_of_the_document(tmp_path, lang, words):
    out = tmp_path / "out.pdf"
    facts = facts_of(signatures=("Directeur général",), approvals=())
    render_pdf(woven_of(TEXT, lang=lang), facts, out, template_folders=TEMPLATES)
    with pikepdf.open(out) as pdf:
        text = text_of(pdf, tmp_path / "copy.pdf")
        assert str(fields_of(pdf)[0].T) == "Signature_1_directeur-general"
    assert all(word in text for word in words)


def test_the_bilingual_letter_has_fields_too(tmp_path):
    out = tmp_path / "out.pdf"
    folders = (TEMPLATES[0].replace("standard", "bilingual"), *TEMPLATES)
    facts = facts_of(signatures=ROLES, titles=(("nl", "Vereisten"),))
    render_pdf(woven_of(TEXT, lang="fr"), facts, out, template_folders=folders)
    with pikepdf.open(out) as pdf:
        assert str(fields_of(pdf)[0].TU) == "Signature / Handtekening – Programme director"
    assert breaches("3a", [out]) == breaches("ua1", [out]) == {"out.pdf": []}


def test_the_file_keeps_to_both_standards(tmp_path):
    out = tmp_path / "out.pdf"
    # Ligatures in the names: the font of a form field would lose them.
    facts = facts_of(signatures=("Office of affiliates", "Chief financial officer"))
    render_pdf(woven_of(TEXT), facts, out, template_folders=TEMPLATES)
    assert breaches("3a", [out]) == breaches("ua1", [out]) == {"out.pdf": []}


@pytest.mark.parametrize(
    ("role", "field"),
    [
        ("Programme director", "Signature_3_programme-director"),
        ("Directeur général", "Signature_3_directeur-general"),
        ("R&D / Q.A.", "Signature_3_r-d-q-a"),
        ("局長", "Signature_3_role"),
    ],
)
def test_the_name_of_a_field_says_its_role(role, field):
    assert field_name(3, role) == field
    assert is_for(field, role)
    assert not is_for(field, "Quality")
