"""What signing and judging cost beside pyHanko alone doing the same, in the same process and run.

The authority that stamps time runs in a thread of its own, and its time does not count.
"""

import asyncio
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.font.opentype import GlyphAccumulatorFactory
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_timestamp
from pyhanko.stamp.text import TextStampStyle
from pyhanko_certvalidator import ValidationContext

from pipeline.render.fonts import FONTS, font_file
from pipeline.signoff.pdf.examine import examine_content
from pipeline.signoff.pdf.keys import KeyFile, opened
from pipeline.signoff.pdf.quiet import quiet
from pipeline.signoff.pdf.sign import DSS, Wish, sign
from pipeline.signoff.pdf.trust import Trust, context, read_trust
from tests.bench.measure import Figures, median
from tests.pki.authority import serving
from tests.pki.certificates import PASSWORD, Pki
from tests.pki.samples import ROLES, issued, signed, trust_of

SIGNED, TO_SIGN, RUNS = 100, 10, 3
# As many are really different; each is judged several times.
DIFFERENT = 4


def bench_sign(figures: Figures, folder: str) -> None:
    """Judge 100 deliverables with three signatures each at B-LTA, and sign 10."""
    print(f"signing {TO_SIGN}, judging {SIGNED} signed deliverables")
    pki = Pki(Path(folder, "pki"))
    roots = read_trust([str(pki.files()[0])])
    with serving(pki) as authority:
        files = [_made(Path(folder, str(number)), pki, authority.url) for number in range(DIFFERENT)]
        base = issued(Path(folder)).read_bytes()
        wish = Wish(ROLES[0], "B-LTA", authority.url, trust=trust_of(pki))
        key = KeyFile(str(pki.p12(pki.officer)), PASSWORD)
        with quiet():
            alone, ours = median(
                RUNS, lambda: _spent(_sign_alone, base, wish, key), lambda: _spent(_sign, base, wish, key)
            )
    figures.show("pyHanko alone, signing", alone, "s")
    figures.show("paraph, signing", ours, "s")
    figures.show("paraph / pyHanko, signing", ours / alone, "x", 1.5)
    with quiet():
        alone, ours = median(
            RUNS, lambda: _spent(_judge_alone, files, roots), lambda: _spent(_judge, files, roots)
        )
    figures.show("pyHanko alone, judging", alone, "s")
    figures.show("paraph, judging", ours, "s")
    figures.show("paraph / pyHanko, judging", ours / alone, "x", 1.5)


def _made(folder: Path, pki: Pki, tsa: str) -> bytes:
    folder.mkdir()
    return signed(issued(folder), pki, tsa).read_bytes()


def _spent(what: Callable[..., None], *given: Any) -> float:
    """CPU seconds of this thread."""
    begin = time.thread_time()
    what(*given)
    return time.thread_time() - begin


def _sign(base: bytes, wish: Wish, key: KeyFile) -> None:
    for _ in range(TO_SIGN):
        with opened(key) as signer:
            sign(base, wish, signer)


def _sign_alone(base: bytes, wish: Wish, key: KeyFile) -> None:
    font = GlyphAccumulatorFactory(font_file(FONTS[0]))
    style = TextStampStyle(text_box_style=TextBoxStyle(font=font), stamp_text="%(signer)s\n%(ts)s")
    for _ in range(TO_SIGN):
        signer = SimpleSigner.load_pkcs12(key.path, passphrase=key.password.encode())
        metadata = PdfSignatureMetadata(
            "Signature_1_programme-director",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.FILL_FORMS,
            embed_validation_info=True,
            use_pades_lta=True,
            validation_context=context(wish.trust),
            dss_settings=DSS,
        )
        writer = IncrementalPdfFileWriter(BytesIO(base))
        PdfSigner(metadata, signer, timestamper=HTTPTimeStamper(wish.tsa), stamp_style=style).sign_pdf(writer)


def _judge(files: list[bytes], roots: Trust) -> None:
    for number in range(SIGNED):
        found = examine_content(files[number % DIFFERENT], "signed.pdf", roots)
        assert found.holds
        assert len(found.signatures) == len(ROLES)


def _judge_alone(files: list[bytes], roots: Trust) -> None:
    trusted = [x509.Certificate.load(der) for der in roots.roots]
    for number in range(SIGNED):
        asyncio.run(_validate(files[number % DIFFERENT], trusted))


async def _validate(content: bytes, trusted: list[x509.Certificate]) -> None:
    reader = PdfFileReader(BytesIO(content))
    store = DocumentSecurityStore.read_dss(reader)
    settings = {"trust_roots": trusted, "allow_fetching": False, "revocation_mode": "require"}
    proof: ValidationContext = store.as_validation_context(settings)
    for signature in reader.embedded_regular_signatures:
        status = await async_validate_pdf_signature(signature, proof)
        assert status.bottom_line
    for stamp in reader.embedded_timestamp_signatures:
        assert (await async_validate_pdf_timestamp(stamp, proof)).valid
