"""What others say of signatures: DSS and poppler's pdfsig pass what is honest and not what was broken."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import common, once
from tests.e2e.verapdf import breaches
from tests.judges import dss as commission
from tests.judges import pdfsig
from tests.judges.dss import LONGEST, PASSED, Dss
from tests.judges.outloud import findings
from tests.judges.signed import HONEST, PERSONS, TAMPERINGS, signatures
from tests.judges.test_outloud import excepted

pytestmark = pytest.mark.slow

# Pdfsig looks neither at timestamps nor at what was appended.
UNSEEN = {"last-timestamp", "stripped-timestamp", "appended-page", "page-left-out"}


@pytest.fixture(scope="session")
def dss() -> Iterator[Dss]:
    with commission.running() as running:
        yield running


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of signed files."""
    return once(common(tmp_path_factory), signatures)


@pytest.fixture(scope="session")
def database(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What pdfsig trusts."""
    trust = files / "trust"
    return pdfsig.trusting(
        tmp_path_factory.mktemp("nss") / "database",
        trust / "root.pem",
        [trust / "issuing.pem"],
        [trust / "root.crl", trust / "issuing.crl"],
    )


@pytest.mark.parametrize("count", [1, 2, 3])
def test_dss_passes_every_signature_at_the_longest_level(count: int, dss: Dss, files: Path):
    verdict = dss.judge(files / f"honest/{count}.pdf", files / "trust/root.pem")
    assert verdict.passed, verdict
    assert [each.level for each in verdict.signatures] == [LONGEST] * count
    assert [each.field.partition("_")[2][0] for each in verdict.signatures] == list("123"[:count])
    assert [each.errors for each in (*verdict.signatures, *verdict.timestamps)] == [()] * 3 * count


@pytest.mark.parametrize("name", ["raised", "twice", "three", "received"])
def test_dss_passes_what_was_raised_renewed_and_taken_back(name: str, dss: Dss, files: Path):
    verdict = dss.judge(files / f"renewed/{name}.pdf", files / "trust/root.pem")
    assert verdict.passed, verdict
    assert {each.level for each in verdict.signatures} == {LONGEST}


def test_dss_finds_no_change_but_further_signatures(dss: Dss, files: Path):
    verdict = dss.judge(files / "honest/3.pdf", files / "trust/root.pem")
    changes = [place for each in verdict.signatures for place in each.unexplained]
    # It knows a signature that is filled in by the page and by the form, and not where the tags lead to the field.
    assert changes
    assert [
        place
        for place in changes
        if not (
            place.startswith("/Catalog /StructTreeRoot ")
            and place.rpartition(" /V ")[0].split()[-4] == "/Obj"
        )
    ] == []


@pytest.mark.parametrize(
    ("level", "indication"), [("B-B", "INDETERMINATE"), ("B-T", "INDETERMINATE"), ("B-LT", PASSED)]
)
def test_dss_names_the_level_of_each_signature(level: str, indication: str, dss: Dss, files: Path):
    (signature,) = dss.judge(files / f"levels/{level}.pdf", files / "trust/root.pem").signatures
    short = {"B-B": "PAdES-BASELINE-B", "B-T": "PAdES-BASELINE-T", "B-LT": "PAdES-BASELINE-LT"}
    # Without what proves the certificate, it cannot say more.
    assert (signature.level, signature.indication) == (short[level], indication)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_dss_passes_nothing_that_was_tampered_with(name: str, dss: Dss, files: Path):
    file = files / f"tampered/{name}.pdf"
    assert file.read_bytes() != (files / "honest/3.pdf").read_bytes()
    assert not dss.judge(file, files / "trust/root.pem").passed


def test_dss_passes_whom_an_authority_vouches_for_and_nobody_else(dss: Dss, files: Path):
    said = {
        name: dss.judge(files / f"persons/{name}.pdf", files / "trust/root.pem").signatures[0]
        for name in PERSONS
    }
    assert {name: (each.indication, each.because) for name, each in said.items()} == {
        **dict.fromkeys(HONEST, (PASSED, "")),
        "revoked": ("INDETERMINATE", "REVOKED_NO_POE"),
        "stranger": ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"),
    }


def test_dss_trusts_nobody_that_it_is_not_told_to(dss: Dss, files: Path):
    assert {each.indication for each in dss.judge(files / "honest/3.pdf").signatures} == {"INDETERMINATE"}


def test_dss_says_that_it_cannot_judge_what_is_no_pdf(dss: Dss, files: Path):
    verdict = dss.judge(files / "trust/root.pem", files / "trust/root.pem")
    assert "Not supported document" in verdict.refused
    assert not verdict.passed


def test_dss_does_not_pass_what_nobody_signed(dss: Dss, files: Path):
    verdict = dss.judge(files / "honest/0.pdf", files / "trust/root.pem")
    assert verdict.signatures == ()
    assert not verdict.passed


@pytest.mark.parametrize("count", [1, 2, 3])
def test_pdfsig_passes_every_signature(count: int, files: Path, database: Path):
    found = pdfsig.signatures(files / f"honest/{count}.pdf", database)
    assert [each.validity for each in found] == [pdfsig.VALID] * count
    # After the first, NSS finds the revocation lists no longer; each person is judged in a file of his own below.
    assert found[0].passed


@pytest.mark.parametrize("name", sorted(TAMPERINGS.keys() - UNSEEN))
def test_pdfsig_passes_nothing_that_was_tampered_with(name: str, files: Path, database: Path):
    found = pdfsig.signatures(files / f"tampered/{name}.pdf", database)
    assert not all(each.passed for each in found)


def test_pdfsig_passes_whom_an_authority_vouches_for_and_nobody_else(files: Path, database: Path):
    said = {}
    for name in PERSONS:
        (signature,) = pdfsig.signatures(files / f"persons/{name}.pdf", database)
        assert signature.validity == pdfsig.VALID
        said[name] = signature.trust
    assert said == {
        **dict.fromkeys(HONEST, pdfsig.TRUSTED),
        "revoked": "Certificate has been Revoked.",
        "stranger": "Certificate issuer is unknown.",
    }


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_document_keeps_to_its_standards_before_and_after_each_signature(profile: str, files: Path):
    more = [files / "renewed/three.pdf", files / "renewed/received.pdf"]
    steps = [*(files / f"honest/{count}.pdf" for count in range(4)), *more]
    assert breaches(profile, steps) == {file.name: [] for file in steps}


def test_signing_leaves_nothing_that_a_reader_could_not_say(files: Path):
    said = findings([files / "honest/0.pdf", files / "honest/3.pdf"])
    left = {name: [each for each in found if not excepted(each)] for name, found in said.items()}
    assert left.pop("0.pdf") == []
    assert [(each.rule, each.message) for each in left.pop("3.pdf")] == [
        # Timestamps over the document have fields without size: there is nothing to say of them.
        ("FRM-003", "3 form field widget(s) are not inside a /Form structure element"),
        # Who signed is what a reader says of a field that is signed; tags cannot follow, or earlier signatures break.
        ("TAG-003", "6 word(s) printed on the page are announced by no structure element"),
    ]
    assert not left
