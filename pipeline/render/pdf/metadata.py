"""What the file says of itself: XMP with both standards that it keeps, a fixed date, a fixed identifier."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from xml.sax.saxutils import escape

from pipeline import __version__
from pipeline.model.woven import Facts

NAMESPACE = "urn:paraph:document:1.0:"
_OWN = ("identifier", "version", "status", "classification", "revision")
# The SHA-256 of the file that a document carries: what it was made from.
_SOURCES = "sources"

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:paraph="{namespace}">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{author}
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:CreatorTool>{tool}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
{own}
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>
{schemas}
</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""

_CREATOR = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"

_SCHEMA = """<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>{name}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>
{properties}
</rdf:Seq></pdfaSchema:property>
</rdf:li>"""

_PROPERTY = """<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>{type}</pdfaProperty:valueType>
<pdfaProperty:category>{category}</pdfaProperty:category>
<pdfaProperty:description>{description}</pdfaProperty:description>
</rdf:li>"""


def packet(facts: Facts, lang: str, producer: str, sources: str = "") -> str:
    """Give the XMP packet: the standards kept, the usual properties, and the document's own, declared as they must.

    `sources` is the SHA-256 of the attached sources, in hexadecimal digits; '' where there are none.
    """
    values = (facts.id, facts.version, facts.status, facts.classification, facts.revision)
    own = dict(zip(_OWN, values, strict=True)) | ({_SOURCES: sources} if sources else {})
    return _PACKET.format(
        namespace=NAMESPACE,
        title=escape(title(facts)),
        author=_CREATOR.format(escape(author)) if (author := _author(facts)) else "",
        lang=escape(lang),
        date=f"{facts.day}T00:00:00Z",
        tool=f"Paraph {__version__}",
        producer=escape(producer),
        own="\n".join(f"<paraph:{name}>{escape(value)}</paraph:{name}>" for name, value in own.items()),
        schemas=f"{_schema_of_ua()}\n{_schema_of_ours(own)}",
    )


def title(facts: Facts) -> str:
    """Give the title that a reader's window shows."""
    return f"{facts.id} {facts.title}"


def _author(facts: Facts) -> str:
    return facts.owner or facts.organisation


def identifier(facts: Facts) -> bytes:
    """Give the identifier of the file, the same for every build of one version of a document."""
    return sha256(f"{facts.id}\0{facts.version}\0{facts.organisation}".encode()).hexdigest()[:32].encode()


def write_metadata(pdf: Any, facts: Facts, lang: str, sources: str = "") -> None:
    """Put the packet into a pydyf PDF in place of what is there, and dates into its information dictionary."""
    import pydyf
    from weasyprint import VERSION

    producer = f"WeasyPrint {VERSION}"
    number = int(pdf.catalog["Metadata"].split()[0])
    # The packet stays readable to programs that search the file for it.
    stream = pydyf.Stream(
        [packet(facts, lang, producer, sources).encode()], {"Type": "/Metadata", "Subtype": "/XML"}
    )
    stream.number = number
    pdf.objects[number] = stream
    author = {"Author": pydyf.String(_author(facts))} if _author(facts) else {}
    day = pydyf.String(f"D:{facts.day.replace('-', '')}000000Z")
    pdf.info.clear()
    pdf.info.update(
        Title=pydyf.String(title(facts)),
        Creator=pydyf.String(f"Paraph {__version__}"),
        Producer=pydyf.String(producer),
        CreationDate=day,
        ModDate=day,
        **author,
    )


def _schema_of_ua() -> str:
    part = _PROPERTY.format(
        name="part", type="Integer", category="internal", description="Part of ISO 14289 that the file keeps"
    )
    namespace = "http://www.aiim.org/pdfua/ns/id/"
    return _SCHEMA.format(
        name="PDF/UA identification", namespace=namespace, prefix="pdfuaid", properties=part
    )


def _schema_of_ours(names: Iterable[str]) -> str:
    properties = "\n".join(
        _PROPERTY.format(name=name, type="Text", category="external", description=f"The document's {name}")
        for name in names
    )
    return _SCHEMA.format(name="Paraph document", namespace=NAMESPACE, prefix="paraph", properties=properties)
