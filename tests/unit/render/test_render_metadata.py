"""What the file says of itself."""

import xml.etree.ElementTree as ElementTree

import pikepdf
import pytest

from pipeline.render.pdf import metadata
from tests.unit.render.samples import facts_of

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"


def parsed(**changes):
    text = metadata.packet(facts_of(**changes), "en", "Producer 1")
    return ElementTree.fromstring(text[text.index("<x:xmpmeta") : text.index("<?xpacket end")])


def test_both_standards_are_stated():
    root = parsed()
    assert root.findtext(".//{http://www.aiim.org/pdfa/ns/id/}part") == "3"
    assert root.findtext(".//{http://www.aiim.org/pdfa/ns/id/}conformance") == "A"
    assert root.findtext(".//{http://www.aiim.org/pdfua/ns/id/}part") == "1"


def test_every_property_that_is_not_of_xmp_itself_is_declared():
    root = parsed()
    declared = {}
    for schema in root.iter(f"{SCHEMA}namespaceURI"):
        declared[schema.text] = set()
    for entry in root.find(f".//{EXTENSION}schemas/{RDF}Bag"):
        names = {name.text for name in entry.iter(f"{PROPERTY}name")}
        declared[entry.findtext(f"{SCHEMA}namespaceURI")] |= names
    assert declared == {
        "http://www.aiim.org/pdfua/ns/id/": {"part"},
        metadata.NAMESPACE: {"identifier", "version", "status", "classification", "revision"},
    }


def test_the_document_s_own_facts_are_there_and_markup_in_them_stays_text():
    root = parsed(status="<b>&", title="R & D <x>")
    assert root.findtext(f".//{{{metadata.NAMESPACE}}}status") == "<b>&"
    titles = root.findall(".//{http://purl.org/dc/elements/1.1/}title//*")
    assert [each.text for each in titles if each.text] == ["DLV-003 R & D <x>"]


def test_no_author_is_stated_where_none_is_known():
    assert len(parsed(owner="", organisation="").findall(".//{http://purl.org/dc/elements/1.1/}creator")) == 0
    assert len(parsed(owner="").findall(".//{http://purl.org/dc/elements/1.1/}creator")) == 1


def test_the_identifier_is_that_of_the_version_of_the_document():
    first = metadata.identifier(facts_of())
    assert first == metadata.identifier(facts_of(status="approved", settled=True, day="2027-01-01"))
    assert first != metadata.identifier(facts_of(version="1.1"))
    assert len(first) == 32


@pytest.mark.slow
def test_the_dates_are_those_of_the_document_s_day(everything):
    with pikepdf.open(everything) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20261120000000Z"
        assert str(pdf.docinfo.ModDate) == "D:20261120000000Z"
        assert str(pdf.docinfo.Title) == "DLV-003 Requirements and risks of lot 1"
        assert b"2026-11-20T00:00:00Z" in bytes(pdf.Root.Metadata.read_raw_bytes())
        assert bytes(pdf.trailer.ID[0]) == metadata.identifier(facts_of())


@pytest.mark.slow
def test_all_fonts_are_embedded_and_those_of_the_template(everything):
    with pikepdf.open(everything) as pdf:
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item]
        names = {str(font.FontName).split("+")[1] for font in fonts}
        assert {name.split("-")[0] for name in names} <= {"Source", "Plex"}
        assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


@pytest.mark.slow
def test_bookmarks_follow_the_headings(everything):
    with pikepdf.open(everything) as pdf, pdf.open_outline() as outline:
        top = outline.root[0]
        assert top.title == "Requirements and risks of lot 1"
        assert [item.title for item in top.children][:4] == [
            "Document control",
            "Contents",
            "1 Executive summary",
            "2 Requirements",
        ]
