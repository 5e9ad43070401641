"""Lengthening: signatures of a PDF reader are raised to B-LTA, and what is that stays so with another timestamp."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from pipeline.errors import CouldNotRun
from pipeline.signoff.pdf.examine import examine
from pipeline.signoff.pdf.renew import lengthen, renew_file
from tests.e2e.verapdf import breaches
from tests.pki.authority import serving
from tests.pki.samples import ROLES, sign_as, trust_of
from tests.tamper.pdf import trailing_bytes

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("level", ["B-B", "B-T", "B-LT"])
def test_a_lower_signature_is_raised(fresh, pki, authority, trust, level):
    path = sign_as(fresh, pki, pki.director, ROLES[0], authority.url, level)
    before = path.read_bytes()
    assert renew_file(str(path), trust_of(pki), authority.url) == str(path)
    found = examine(path, trust)
    assert found.reasons == ()
    assert found.signatures[0].level == "B-LTA"
    # What was signed is still there as it was.
    assert path.read_bytes().startswith(before)
    assert breaches("3a", [path]) == breaches("ua1", [path]) == {path.name: []}


def test_one_who_signs_after_a_reader_raises_nothing_and_renew_raises_all(fresh, pki, authority, trust):
    path = sign_as(fresh, pki, pki.director, ROLES[0], "", "B-B")
    path = sign_as(path, pki, pki.officer, ROLES[1], "", "B-B")
    renew_file(str(path), trust_of(pki), authority.url)
    assert [mark.level for mark in examine(path, trust).signatures] == ["B-LTA", "B-LTA"]


def test_a_file_is_renewed_again_and_again(honest, pki, authority, trust, tmp_path):
    content = honest.read_bytes()
    for _ in range(3):
        content = lengthen(content, trust_of(pki), authority.url)
    path = tmp_path / "renewed.pdf"
    path.write_bytes(content)
    found = examine(path, trust)
    assert found.reasons == ()
    assert len(found.timestamps) == 6
    assert {mark.level for mark in found.signatures} == {"B-LTA"}


def test_a_renewed_file_outlives_the_certificates_of_its_signers(fresh, pki, authority, trust):
    path = sign_as(fresh, pki, pki.director, ROLES[0], authority.url)
    # The signer's certificate ends 800 days from now, that of the authority 3250.
    assert examine(path, trust, moment=pki.now + timedelta(days=3000)).reasons == ()
    late = pki.now + timedelta(days=4000)
    assert [reason.code for reason in examine(path, trust, moment=late).reasons] == ["timestamp.expired"]


def test_a_certificate_that_is_revoked_after_it_was_stamped_stays_good(fresh, pki, authority, trust):
    path = sign_as(fresh, pki, pki.officer, ROLES[0], authority.url)
    later = pki.now + timedelta(days=20)
    # Revoked ten days from now, which a list of that time says.
    soon = structs_of(pki, later, at=pki.now + timedelta(days=10))
    assert examine(path, structs.replace(trust, lists=soon), moment=later).reasons == ()


def test_a_certificate_that_was_revoked_before_it_was_stamped_is_refused(fresh, pki, authority, trust):
    path = sign_as(fresh, pki, pki.officer, ROLES[0], authority.url, "B-T")
    lists = structs_of(pki, datetime.now(UTC), at=pki.now - timedelta(days=1))
    found = examine(path, structs.replace(trust, lists=lists))
    assert [reason.code for reason in found.reasons] == ["certificate.revoked"]


def structs_of(pki, when, *, at):
    kept, pki.revoked_at = pki.revoked_at, at
    try:
        return (pki.crl(pki.root, at=when), pki.crl(pki.issuing, pki.officer, at=when))
    finally:
        pki.revoked_at = kept


def test_what_does_not_hold_is_not_renewed(honest, pki, authority, tmp_path):
    path = tmp_path / "forged.pdf"
    path.write_bytes(trailing_bytes(honest.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(CouldNotRun, match=r"does not hold, so it was left as it is: .*file\.trailing"):
        renew_file(str(path), trust_of(pki), authority.url)
    assert path.read_bytes() == before


def test_what_nobody_signed_is_not_renewed(fresh, pki, authority):
    with pytest.raises(CouldNotRun, match=r"signature\.none"):
        renew_file(str(fresh), trust_of(pki), authority.url)


def test_a_signature_whose_revocation_is_unknown_is_not_raised(fresh, pki, authority, trust):
    path = sign_as(fresh, pki, pki.director, ROLES[0], "", "B-B")
    with pytest.raises(CouldNotRun, match=r"revocation\.unknown") as told:
        renew_file(str(path), trust, authority.url)
    assert "--crl" in told.value.hint


def test_a_timestamp_of_an_authority_that_is_not_trusted_is_refused(fresh, pki, authority, trust, tmp_path):
    from tests.pki.certificates import Pki

    other = Pki(tmp_path / "other")
    path = sign_as(fresh, pki, pki.director, ROLES[0], authority.url)
    with serving(other) as foreign, pytest.raises(CouldNotRun, match="could not be signed"):
        renew_file(str(path), trust_of(pki), foreign.url)


def test_an_authority_that_hangs_leaves_the_file_as_it_was(honest, pki, tsa, tmp_path):
    path = tmp_path / "x.signed.pdf"
    path.write_bytes(honest.read_bytes())
    tsa.manner = "hang"
    with pytest.raises(CouldNotRun, match="did not answer within"):
        renew_file(str(path), trust_of(pki), tsa.url, seconds=0.5)
    assert path.read_bytes() == honest.read_bytes()
