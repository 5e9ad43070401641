"""What an attacker can do to a signed PDF without any key. Each takes honest bytes and gives forged ones."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

Tamper = Callable[[bytes], bytes]


class Tampering(NamedTuple):
    """A way to tamper, and the codes by which it is refused: all of them, sorted."""

    act: Tamper
    codes: tuple[str, ...]


def updated(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Append a revision in which something was changed, as any editor can."""
    stream = BytesIO(content)
    writer = IncrementalPdfFileWriter(stream)
    change(writer)
    writer.write_in_place()
    return stream.getvalue()


def first_page(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def control_page(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/AcroForm"]["/Fields"][0]["/P"]


def text_page(writer: IncrementalPdfFileWriter) -> Any:
    kids = writer.root["/Pages"]["/Kids"]
    return kids[len(kids) - 1]


def touch(writer: IncrementalPdfFileWriter, item: Any) -> None:
    writer.mark_update(item.container_ref)


def drawn(writer: IncrementalPdfFileWriter, commands: bytes, **entries: Any) -> Any:
    stream = generic.StreamObject(
        {pdf_name(f"/{key}"): value for key, value in entries.items()}, stream_data=commands
    )
    return writer.add_object(stream)


# Bytes.


def flipped_byte(content: bytes) -> bytes:
    """A byte of the document is another: the page says 900 instead of 100, say."""
    place = content.index(b"/Title") + 9
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def flipped_signature(content: bytes) -> bytes:
    """A byte of the first signature value is another."""
    reader = PdfFileReader(BytesIO(content))
    signature = reader.embedded_signatures[0]
    value = signature.signer_info["signature"].native.hex().encode()
    place = content.lower().index(value) + len(value) // 2
    other = b"0" if content[place : place + 1] != b"0" else b"1"
    return content[:place] + other + content[place + 1 :]


def trailing_bytes(content: bytes) -> bytes:
    """Something follows the end, where no reader looks."""
    return content + b"\n% see also page 7\n"


def trailing_end(content: bytes) -> bytes:
    """What follows the end has an end of its own."""
    start = content.rindex(b"startxref")
    return content + b"% more\n" + content[start:]


def cut_off(content: bytes) -> bytes:
    """The last third of the file is missing."""
    return content[: len(content) * 2 // 3].replace(b"%%EOF", b"%%EOX")


def rewritten(content: bytes) -> bytes:
    """The file is written anew as a whole by another program; it looks the same."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(out, static_id=True)
    return out.getvalue()


def encrypted(content: bytes) -> bytes:
    """The file is locked with a password."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def hidden_beside_a_signature(content: bytes) -> bytes:
    """The last timestamp leaves room, which nothing signs: something else is written there."""
    signature = PdfFileReader(BytesIO(content)).embedded_signatures[-1]
    end = int(signature.byte_range[2]) - 1
    return content[: end - 40] + b"secret words".hex().encode().ljust(40, b"0") + content[end:]


# Pages and what they show.


def appended_page(content: bytes) -> bytes:
    """A page follows the last one."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        page = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Page"),
                pdf_name("/Parent"): writer.root.raw_get("/Pages"),
                pdf_name("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
                pdf_name("/Resources"): generic.DictionaryObject(),
                pdf_name("/Contents"): drawn(writer, b"0 0 200 200 re f"),
            }
        )
        pages["/Kids"].append(writer.add_object(page))
        pages[pdf_name("/Count")] = generic.NumberObject(pages["/Count"] + 1)
        touch(writer, pages)

    return updated(content, change)


def page_left_out(content: bytes) -> bytes:
    """The last page is gone."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        pages["/Kids"].pop()
        pages[pdf_name("/Count")] = generic.NumberObject(pages["/Count"] - 1)
        touch(writer, pages)

    return updated(content, change)


def pages_turned(content: bytes) -> bytes:
    """Two pages changed places."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        kids = writer.root["/Pages"]["/Kids"]
        kids.insert(0, kids.pop())
        touch(writer, writer.root["/Pages"])

    return updated(content, change)


def replaced_content(content: bytes) -> bytes:
    """Shadow attack, replace: a page shows something else, under the same number."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = text_page(writer)
        reference = page.raw_get("/Contents").reference
        writer.objects[reference.generation, reference.idnum] = generic.StreamObject(
            stream_data=b"0 0 300 300 re f"
        )

    return updated(content, change)


def hidden_content(content: bytes) -> bytes:
    """Shadow attack, hide: white paper is painted over what a page says."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = text_page(writer)
        before = page.raw_get("/Contents")
        page[pdf_name("/Contents")] = generic.ArrayObject(
            [before, drawn(writer, b"1 1 1 rg 0 0 595 842 re f")]
        )
        touch(writer, page)

    return updated(content, change)


def replaced_font(content: bytes) -> bytes:
    """Shadow attack, replace: a font draws other letters for the same text."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        fonts = text_page(writer)["/Resources"]["/Font"]
        font = fonts[min(fonts)]
        font[pdf_name("/BaseFont")] = pdf_name("/Symbol")
        touch(writer, font)

    return updated(content, change)


def laid_over(content: bytes) -> bytes:
    """Shadow attack, overlay: a stamp with other words lies over the text."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        box = generic.ArrayObject(map(generic.NumberObject, (50, 50, 500, 800)))
        look = drawn(
            writer,
            b"1 1 1 rg 0 0 500 800 re f",
            Type=pdf_name("/XObject"),
            Subtype=pdf_name("/Form"),
            BBox=box,
        )
        note = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Stamp"),
                pdf_name("/Rect"): box,
                pdf_name("/F"): generic.NumberObject(4),
                pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): look}),
            }
        )
        page = text_page(writer)
        if "/Annots" not in page:
            page[pdf_name("/Annots")] = generic.ArrayObject()
        page["/Annots"].append(writer.add_object(note))
        touch(writer, page)

    return updated(content, change)


def note_taken_off(content: bytes) -> bytes:
    """The fields of the signatures are no longer on their page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = control_page(writer)
        del page["/Annots"]
        touch(writer, page)

    return updated(content, change)


# Fields and signatures.


def field_moved(content: bytes) -> bytes:
    """A signature stands in the row of another role."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field[pdf_name("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (10, 10, 200, 60)))
        touch(writer, field)

    return updated(content, change)


def field_renamed(content: bytes) -> bytes:
    """The tooltip of a field says another role."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field[pdf_name("/TU")] = generic.pdf_string("Signature – Minister")
        touch(writer, field)

    return updated(content, change)


def stamp_repainted(content: bytes) -> bytes:
    """The stamp of a signature says another name."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        box = field["/AP"]["/N"]["/BBox"]
        look = drawn(
            writer, b"0 0 50 50 re f", Type=pdf_name("/XObject"), Subtype=pdf_name("/Form"), BBox=box
        )
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): look})
        touch(writer, field)

    return updated(content, change)


def stamp_overwritten(content: bytes) -> bytes:
    """The stream that draws a stamp is another, under the same number."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        look = writer.root["/AcroForm"]["/Fields"][0]["/AP"].raw_get("/N").reference
        old = look.get_object()
        new = generic.StreamObject(
            {key: old.raw_get(key) for key in ("/Type", "/Subtype", "/BBox")}, stream_data=b""
        )
        writer.objects[look.generation, look.idnum] = new

    return updated(content, change)


def signature_taken_out(content: bytes) -> bytes:
    """A signature is no longer in its field."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][1]
        del field["/V"]
        touch(writer, field)

    return updated(content, change)


def fields_taken_out(content: bytes) -> bytes:
    """The form has fewer fields."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form["/Fields"].pop(1)
        touch(writer, form)

    return updated(content, change)


def drawn_anew(content: bytes) -> bytes:
    """Readers are asked to draw the fields anew."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form[pdf_name("/NeedAppearances")] = generic.BooleanObject(True)
        touch(writer, form)

    return updated(content, change)


def rolled_back(content: bytes) -> bytes:
    """Only the first signature is left: the file as it was once, and honest then."""
    reader = PdfFileReader(BytesIO(content))
    signature = reader.embedded_regular_signatures[0]
    _, length, start, rest = (int(each) for each in signature.byte_range)
    assert length < start
    return content[: start + rest]


def signature_of_another(content: bytes, other: bytes) -> bytes:
    """The first signature is that of another file, moved here: in its place, padded to its length."""
    there, here = (PdfFileReader(BytesIO(each)).embedded_signatures[0] for each in (other, content))
    begin, end = int(here.byte_range[1]) + 1, int(here.byte_range[2]) - 1
    value = there.signed_data
    from asn1crypto import cms

    moved = cms.ContentInfo({"content_type": "signed_data", "content": value}).dump().hex().encode()
    assert len(moved) <= end - begin
    return content[:begin] + moved.ljust(end - begin, b"0") + content[end:]


def stripped_timestamp(content: bytes) -> bytes:
    """The timestamp is taken out of the first signature: it stands where the signature does not protect it."""
    signature = PdfFileReader(BytesIO(content)).embedded_signatures[0]
    begin, end = int(signature.byte_range[1]) + 1, int(signature.byte_range[2]) - 1
    from asn1crypto import cms

    value = cms.ContentInfo.load(signature.pkcs7_content).copy()
    del value["content"]["signer_infos"][0]["unsigned_attrs"]
    value = cms.ContentInfo.load(value.dump(force=True))
    return content[:begin] + value.dump().hex().encode().ljust(end - begin, b"0") + content[end:]


# Metadata, attachments, the rest.


def metadata_changed(content: bytes) -> bytes:
    """The document says that it is for everybody."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        reader = PdfFileReader(BytesIO(content))
        place = reader.root.raw_get("/Metadata").reference
        old = reader.get_object(place, revision=reader.total_revisions - 1).data
        assert b"internal" in old
        entries = {pdf_name("/Type"): pdf_name("/Metadata"), pdf_name("/Subtype"): pdf_name("/XML")}
        stream = generic.StreamObject(entries, stream_data=old.replace(b"internal", b"public"))
        writer.root[pdf_name("/Metadata")] = writer.add_object(stream)
        writer.update_root()

    return updated(content, change)


def title_changed(content: bytes) -> bytes:
    """The title that a reader's window shows is another."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        info = writer.trailer["/Info"]
        info[pdf_name("/Title")] = generic.pdf_string("Price of nothing")
        touch(writer, info)

    return updated(content, change)


def attachment_added(content: bytes) -> bytes:
    """A file is attached that was not there."""
    from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file

    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = EmbeddedFileObject.from_file_data(writer, b"other sources")
        embed_file(writer, FileSpec(file_spec_string="sources.zip", embedded_data=stream))

    return updated(content, change)


def attachment_replaced(content: bytes) -> bytes:
    """The attached sources are others, under the same number."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
        stream = names[1]["/EF"].raw_get("/F").reference
        old = stream.get_object()
        new = generic.StreamObject(
            {pdf_name("/Type"): pdf_name("/EmbeddedFile")}, stream_data=b"other sources"
        )
        if "/Subtype" in old:
            new[pdf_name("/Subtype")] = old["/Subtype"]
        writer.objects[stream.generation, stream.idnum] = new

    return updated(content, change)


def opens_with_an_action(content: bytes) -> bytes:
    """The document does something when it is opened."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        action = {
            pdf_name("/S"): pdf_name("/JavaScript"),
            pdf_name("/JS"): generic.pdf_string("app.alert(1)"),
        }
        writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject(action)
        writer.update_root()

    return updated(content, change)


def language_changed(content: bytes) -> bytes:
    """A screen reader reads the text in another language."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[pdf_name("/Lang")] = generic.pdf_string("de")
        writer.update_root()

    return updated(content, change)


TAMPERINGS: dict[str, Tampering] = {
    act.__name__: Tampering(act, tuple(codes))
    for act, *codes in (
        (flipped_byte, "signature.digest"),
        (flipped_signature, "signature.broken"),
        (trailing_bytes, "file.trailing"),
        (trailing_end, "file.trailing"),
        (cut_off, "file.cut-off"),
        (rewritten, "signature.digest"),
        (hidden_beside_a_signature, "signature.coverage"),
        (encrypted, "file.encrypted"),
        (appended_page, "change.pages"),
        (page_left_out, "change.pages"),
        (pages_turned, "change.pages"),
        (replaced_content, "change.content"),
        (hidden_content, "change.content"),
        (replaced_font, "change.content"),
        (laid_over, "change.annotation"),
        (note_taken_off, "change.annotation"),
        (field_moved, "change.field"),
        (field_renamed, "change.field"),
        (stamp_repainted, "change.field"),
        (stamp_overwritten, "change.field"),
        (signature_taken_out, "signature.removed"),
        (fields_taken_out, "change.field"),
        (drawn_anew, "change.field"),
        (metadata_changed, "change.metadata"),
        (title_changed, "change.metadata"),
        (attachment_added, "change.attachment"),
        (attachment_replaced, "change.attachment"),
        (opens_with_an_action, "change.other"),
        (language_changed, "change.other"),
    )
}
