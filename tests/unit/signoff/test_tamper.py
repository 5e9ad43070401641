"""Every way to tamper with a signed PDF is refused, by its exact codes; what was not tampered with is not."""

from datetime import timedelta
from io import BytesIO
from random import Random

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from pipeline.signoff.pdf.examine import Wanted, examine, examine_content
from pipeline.signoff.pdf.reasons import REASONS
from tests.pki.certificates import Holder
from tests.pki.samples import ROLES, issued, sign_as, signed, signers
from tests.tamper.pdf import TAMPERINGS, rolled_back, signature_of_another, stripped_timestamp

pytestmark = pytest.mark.slow


def codes(examined):
    return [reason.code for reason in examined.reasons]


@pytest.fixture(scope="session")
def content(honest):
    return honest.read_bytes()


@pytest.fixture(scope="session")
def expected(pki):
    """Who signed in which field, as a record would have it."""
    from pipeline.model.signature import field_name

    return {
        field_name(number, role): holder.fingerprint
        for number, (role, holder) in enumerate(signers(pki).items(), start=1)
    }


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_refused_by_its_code(content, trust, name):
    tampering = TAMPERINGS[name]
    forged = tampering.act(content)
    assert forged != content
    assert tuple(codes(examine_content(forged, "forged.pdf", trust))) == tampering.codes


@pytest.mark.parametrize("seed", range(3))
def test_no_byte_of_what_is_signed_can_be_another(content, trust, seed):
    """Up to where the last timestamp stands, which signs all before it."""
    random = Random(seed)
    last = PdfFileReader(BytesIO(content)).embedded_signatures[-1]
    for _ in range(25):
        place = random.randrange(9, int(last.byte_range[1]))
        forged = content[:place] + bytes([content[place] ^ 1 << random.randrange(8)]) + content[place + 1 :]
        found = examine_content(forged, "forged.pdf", trust)
        assert not found.holds, place
        assert set(codes(found)) <= REASONS.keys()


@pytest.mark.parametrize("seed", range(2))
def test_no_damage_is_more_than_a_reason(content, trust, seed):
    random = Random(seed)
    for _ in range(25):
        place, length = random.randrange(9, len(content) - 2000), random.choice((1, 10, 1000))
        other = random.choice((b"", b"(", b"<<", bytes(random.randrange(256) for _ in range(length))))
        found = examine_content(content[:place] + other + content[place + length :], "damaged.pdf", trust)
        assert set(codes(found)) <= REASONS.keys()
        assert not found.holds


def test_the_same_file_untouched_holds(content, trust, expected):
    wanted = Wanted(signers=expected, level="B-LTA")
    assert codes(examine_content(content, "honest.pdf", trust, wanted=wanted)) == []


def test_a_file_that_was_rolled_back_is_refused_by_those_who_know_who_signed(content, trust, expected):
    earlier = rolled_back(content)
    # By itself it cannot be told from a file that was never signed further.
    assert codes(examine_content(earlier, "earlier.pdf", trust)) == ["revocation.unknown"]
    found = examine_content(earlier, "earlier.pdf", trust, wanted=Wanted(signers=expected))
    assert codes(found)[-2:] == ["signature.missing", "signature.missing"]


def test_a_signature_of_another_file_is_refused(content, trust, folder, pki, authority, tmp_path):
    other = signed(issued(tmp_path, text="## Other {#other}\n\nOther words.\n"), pki, authority.url)
    forged = signature_of_another(content, other.read_bytes())
    assert codes(examine_content(forged, "forged.pdf", trust)) == ["signature.digest"]


def test_a_timestamp_that_was_stripped_from_the_only_signature_lowers_its_level(fresh, trust, pki, authority):
    path = sign_as(fresh, pki, pki.officer, ROLES[1], authority.url, "B-T")
    lists = with_lists(trust, pki)
    assert examine(path, lists).signatures[0].level == "B-T"
    forged = stripped_timestamp(path.read_bytes())
    found = examine_content(forged, "forged.pdf", lists, wanted=Wanted(level="B-T"))
    assert codes(found) == ["signature.level"]
    assert found.signatures[0].when == ""


def test_a_timestamp_that_was_stripped_from_a_kept_signature_is_seen_by_what_keeps_it(content, trust):
    assert codes(examine_content(stripped_timestamp(content), "forged.pdf", trust)) == ["timestamp.digest"]


def test_another_signer_than_was_recorded_is_refused(fresh, trust, pki, authority, expected):
    path = sign_as(fresh, pki, pki.analyst, ROLES[0], authority.url)
    field = "Signature_1_programme-director"
    found = examine(path, trust, wanted=Wanted(signers={field: expected[field]}))
    assert codes(found) == ["signature.swapped"]


def test_a_signature_that_was_not_recorded_is_refused(content, trust, expected):
    fewer = dict(list(expected.items())[:2])
    found = examine_content(content, "more.pdf", trust, wanted=Wanted(signers=fewer))
    assert codes(found) == ["signature.unexpected"]


def test_a_file_that_does_not_begin_with_what_was_issued_is_refused(content, base, trust):
    from hashlib import sha256

    issued_as = sha256(base.read_bytes()).hexdigest()
    assert codes(examine_content(content, "honest.pdf", trust, wanted=Wanted(issued=issued_as))) == []
    found = examine_content(content, "other.pdf", trust, wanted=Wanted(issued="0" * 64))
    assert codes(found) == ["file.base"]


def test_a_certificate_of_an_authority_that_is_not_trusted_is_refused(fresh, trust, pki):
    path = bare(fresh, pki, pki.stranger)
    assert codes(examine(path, with_lists(trust, pki))) == ["certificate.untrusted"]


def test_a_certificate_that_was_revoked_before_is_refused(fresh, trust, pki):
    path = bare(fresh, pki, pki.revoked)
    found = examine(path, with_lists(trust, pki))
    assert codes(found) == ["certificate.revoked"]
    assert found.signatures[0].revoked is True


def test_a_certificate_that_had_ended_is_refused(fresh, trust, pki):
    path = bare(fresh, pki, pki.expired)
    assert codes(examine(path, with_lists(trust, pki))) == ["certificate.expired"]


def test_a_certificate_that_had_not_begun_is_refused(fresh, trust, pki):
    path = bare(fresh, pki, pki.coming)
    assert codes(examine(path, with_lists(trust, pki))) == ["certificate.not-yet"]


def test_a_certificate_for_something_else_is_refused(fresh, trust, pki):
    path = bare(fresh, pki, pki.tsa)
    assert codes(examine(path, with_lists(trust, pki))) == ["certificate.usage"]


def test_a_signature_of_which_nothing_says_whether_it_was_revoked_is_refused(fresh, trust, pki):
    path = sign_as(fresh, pki, pki.officer, ROLES[1], "", "B-B")
    assert codes(examine(path, trust)) == ["revocation.unknown"]


def test_a_signature_without_proof_does_not_outlive_its_certificate(fresh, trust, pki):
    path = sign_as(fresh, pki, pki.officer, ROLES[1], "", "B-B")
    later = pki.now + timedelta(days=3000)
    lists = with_lists(trust, pki, at=later)
    assert codes(examine(path, lists, moment=later)) == ["certificate.expired"]


def test_a_document_that_nobody_signed_does_not_hold(base, trust):
    found = examine(base, trust)
    assert codes(found) == ["signature.none"]
    assert set(found.free) == set(ROLES)


@pytest.mark.parametrize(
    ("text", "code"),
    [(b"", "file.no-pdf"), (b"<html>", "file.no-pdf"), (b"%PDF-1.7\n%%EOF\n", "file.unreadable")],
)
def test_what_is_no_pdf_is_refused(tmp_path, trust, text, code):
    path = tmp_path / "x.pdf"
    path.write_bytes(text)
    assert codes(examine(path, trust)) == [code]


def test_a_huge_file_is_refused_by_its_size_and_not_read(tmp_path, trust):
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 * 1024**3)
    assert codes(examine(path, trust)) == ["file.large"]


def test_every_code_that_a_tampering_is_refused_by_stands_in_the_table():
    assert {code for tampering in TAMPERINGS.values() for code in tampering.codes} <= REASONS.keys()


def with_lists(trust, pki, at=None):
    """What is trusted, with revocation lists and the certificate between, as one who checks has them."""
    from msgspec import structs

    return structs.replace(
        trust,
        others=(pki.issuing.der,),
        lists=(pki.crl(pki.root, at=at), pki.crl(pki.issuing, pki.revoked, at=at)),
    )


def bare(path, pki, holder: Holder):
    """Sign with pyHanko alone, which asks nothing of the certificate: what another program may do."""
    from io import BytesIO

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers.functions import sign_pdf
    from pyhanko.sign.signers.pdf_cms import SimpleSigner
    from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata

    from tests.pki.certificates import PASSWORD

    signer = SimpleSigner.load_pkcs12(str(pki.p12(holder)), passphrase=PASSWORD.encode())
    writer = IncrementalPdfFileWriter(BytesIO(path.read_bytes()))
    field = next(name for name, value, _ in enumerate_sig_fields(writer.prev) if value is None)
    metadata = PdfSignatureMetadata(field, subfilter=SigSeedSubFilter.PADES)
    out = path.with_suffix(".signed.pdf")
    out.write_bytes(sign_pdf(writer, metadata, signer).getvalue())
    return out
