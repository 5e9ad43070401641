"""Signing: what is made at each level, with each sort of key; and what is refused, in which words."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest

from pipeline.errors import CouldNotRun
from pipeline.signoff.pdf import keys
from pipeline.signoff.pdf.examine import examine
from pipeline.signoff.pdf.file import held, place, read_pdf
from pipeline.signoff.pdf.keys import KeyFile, Token
from pipeline.signoff.pdf.sign import LEVELS, Wish, sign_file, signed_path
from pipeline.signoff.pdf.trust import read_trust
from tests.e2e.verapdf import breaches
from tests.pki.certificates import NATIONAL_NUMBER, PASSWORD, Pki
from tests.pki.samples import ROLES, issued, sign_as, signers, trust_of
from tests.pki.token import make_token
from tests.tamper.pdf import hidden_content

pytestmark = pytest.mark.slow

B_B = Wish(ROLES[0], "B-B")


def key_of(pki, holder, password=PASSWORD):
    return KeyFile(str(pki.p12(holder)), password)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", ["director", "officer", "analyst"])
def test_each_level_with_each_sort_of_key(fresh, pki, authority, level, name):
    path = sign_as(fresh, pki, getattr(pki, name), ROLES[0], authority.url, level)
    found = examine(
        path, trust_of(pki) if level in ("B-B", "B-T") else read_trust([str(pki.files()[0])]), moment=None
    )
    # What B-B and B-T lack, the one who checks has to have: the certificate between comes with the signature.
    assert found.reasons == ()
    (mark,) = found.signatures
    assert (mark.level, mark.role, mark.certifies, mark.trusted) == (level, ROLES[0], True, True)
    assert bool(mark.when) == (level != "B-B")


def test_roles_may_sign_in_any_order_and_only_the_first_certifies(fresh, pki, authority, trust):
    path = fresh
    for role in reversed(ROLES):
        path = sign_as(path, pki, signers(pki)[role], role, authority.url)
    found = examine(path, trust)
    assert found.reasons == ()
    assert [(mark.role, mark.certifies) for mark in found.signatures] == [
        (ROLES[2], True),
        (ROLES[1], False),
        (ROLES[0], False),
    ]
    assert found.free == ()
    assert "a signature of Luc Dubois (Chief information officer)" in found.signatures[0].since


def test_the_file_keeps_to_both_standards_before_and_after_each_signature(fresh, pki, authority):
    files = [fresh]
    for number, (role, holder) in enumerate(signers(pki).items()):
        last = Path(str(fresh).replace(".pdf", f"-{number}.signed.pdf"))
        last.write_bytes(files[-1].read_bytes())
        files.append(sign_as(last, pki, holder, role, authority.url))
    assert all(not found for profile in ("3a", "ua1") for found in breaches(profile, files).values())


def test_the_stamp_says_who_when_and_in_which_role_with_a_font_of_its_own(honest, pki):
    with pikepdf.open(honest) as pdf:
        look = pdf.Root.AcroForm.Fields[0].AP.N
        fonts = [font.DescendantFonts[0].FontDescriptor for font in look.Resources.Font.values()]
        assert fonts
        assert all("/FontFile2" in font for font in fonts)
        assert all("/ToUnicode" in font for font in look.Resources.Font.values())
        out = pikepdf.new()
        page = out.add_blank_page(page_size=(300, 100))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(S=out.copy_foreign(look)))
        page.Contents = out.make_stream(b"/S Do")
        shown = honest.with_name("stamp.pdf")
        out.save(shown)
    import subprocess

    text = subprocess.run(
        ["pdftotext", "-raw", shown, "-"], capture_output=True, text=True, check=True
    ).stdout
    lines = text.strip().splitlines()
    assert lines[:3] == ["Signed electronically by", "An Peeters", "Programme director"]
    assert datetime.now(UTC).strftime("%Y") in lines[3]
    assert lines[3].endswith("UTC")


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "Signé électroniquement par"), ("nl", "Elektronisch ondertekend door")]
)
def test_the_stamp_speaks_the_language_of_the_document(tmp_path, pki, lang, words):
    path = sign_as(issued(tmp_path, (ROLES[0],), lang), pki, pki.officer, ROLES[0], "", "B-B")
    import subprocess

    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert words in text


def test_no_number_of_a_person_is_shown_or_given(honest, trust):
    import msgspec

    found = examine(honest, trust)
    assert NATIONAL_NUMBER not in msgspec.json.encode(found).decode()
    assert found.signatures[0].who == "An Peeters"


def test_no_number_of_a_person_stands_in_what_goes_wrong(untouched, pki, authority, tmp_path):
    from msgspec import structs

    other = Pki(tmp_path / "other")
    foreign = structs.replace(trust_of(other), lists=trust_of(pki).lists)
    wish = Wish(ROLES[0], "B-LTA", authority.url, trust=foreign)
    with pytest.raises(CouldNotRun, match="An Peeters") as told:
        sign_file(str(untouched), wish, key_of(pki, pki.director))
    assert NATIONAL_NUMBER not in told.value.message + told.value.hint
    assert "--trust" in told.value.hint


def test_a_pseudonym_stands_where_there_is_no_name(fresh, pki, authority, trust):
    path = sign_as(fresh, pki, pki.deputy, ROLES[0], authority.url)
    assert examine(path, trust).signatures[0].who == "Deputy 7"


def test_the_signed_file_lies_beside_and_what_was_issued_stays_as_it_was(fresh, pki):
    before = fresh.read_bytes()
    made = sign_file(str(fresh), B_B, key_of(pki, pki.officer))
    assert made.path == signed_path(str(fresh)) == str(fresh).replace(".pdf", ".signed.pdf")
    assert fresh.read_bytes() == before
    assert Path(made.path).read_bytes().startswith(before)
    assert made.waiting == ROLES[1:]
    assert [each.name for each in fresh.parent.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize("sort", ["director", "officer", "analyst"])
def test_a_token_signs_as_a_card_does(fresh, pki, authority, trust, tmp_path, monkeypatch, sort):
    token = make_token(pki, (getattr(pki, sort),), tmp_path / "hsm", monkeypatch.setenv)
    wish = Wish(ROLES[0], "B-LTA", authority.url, trust=with_chain(pki))
    made = sign_file(str(fresh), wish, Token(token.library, token.label, token.pin))
    assert examine(made.path, trust).reasons == ()


def test_a_token_with_several_certificates_asks_which(fresh, pki, tmp_path, monkeypatch):
    token = make_token(pki, (pki.officer, pki.analyst), tmp_path / "hsm", monkeypatch.setenv)
    with pytest.raises(CouldNotRun, match="several certificates to sign with: Luc Dubois, Sofie Janssens"):
        sign_file(str(fresh), B_B, Token(token.library, token.label, token.pin))
    made = sign_file(str(fresh), B_B, Token(token.library, token.label, token.pin, "Luc Dubois"))
    assert made.who == "Luc Dubois"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pin": "1111"}, "the PIN is wrong"),
        ({"label": "Nobody"}, "gives no token with the label Nobody"),
        ({"library": "/nowhere/lib.so"}, "/nowhere/lib.so gives no token"),
        ({"certificate": "Other"}, "the card has no certificate Other"),
    ],
)
def test_what_is_wrong_with_a_token_is_said(fresh, pki, tmp_path, monkeypatch, change, words):
    from msgspec import structs

    token = make_token(pki, (pki.officer,), tmp_path / "hsm", monkeypatch.setenv)
    wrong = structs.replace(Token(token.library, token.label, token.pin), **change)
    with pytest.raises(CouldNotRun, match=words):
        sign_file(str(fresh), B_B, wrong)


def with_chain(pki):
    from msgspec import structs

    return structs.replace(trust_of(pki), others=(pki.issuing.der,))


# What is refused. Nothing is written then.


@pytest.fixture
def untouched(fresh):
    """The document's folder holds the document alone, as it was, when the test is over."""
    before = fresh.read_bytes()
    yield fresh
    assert [each.name for each in fresh.parent.glob("*.pdf")] == [fresh.name]
    assert fresh.read_bytes() == before


def test_a_wrong_password_is_said(untouched, pki):
    with pytest.raises(CouldNotRun, match="the password does not open"):
        sign_file(str(untouched), B_B, key_of(pki, pki.officer, "wrong"))


def test_a_certificate_without_its_key_is_said(untouched, pki):
    with pytest.raises(CouldNotRun, match="has no key"):
        sign_file(str(untouched), B_B, KeyFile(str(pki.p12(pki.officer, key=False)), PASSWORD))


def test_what_is_no_key_file_is_said(untouched, pki):
    path = pki.write("no.p12", b"not a key")
    with pytest.raises(CouldNotRun, match="is no PKCS#12 file"):
        sign_file(str(untouched), B_B, KeyFile(str(path), PASSWORD))


def test_a_clock_before_the_certificate_is_said(untouched, pki):
    with pytest.raises(CouldNotRun, match=r"begins on .* UTC, and this clock says") as told:
        sign_file(str(untouched), B_B, key_of(pki, pki.coming))
    assert "set the clock right" in told.value.hint


def test_a_certificate_that_ended_is_said(untouched, pki):
    with pytest.raises(CouldNotRun, match=r"certificate of Jan Claes ended on \d{4}-\d\d-\d\d"):
        sign_file(str(untouched), B_B, key_of(pki, pki.expired))


def test_a_certificate_of_somebody_else_than_the_roles_party_is_said(untouched, pki):
    wish = Wish(ROLES[0], "B-B", expected=pki.director.fingerprint)
    with pytest.raises(CouldNotRun, match="is not the one that the role's party has"):
        sign_file(str(untouched), wish, key_of(pki, pki.officer))


def test_the_certificate_of_the_roles_party_may_be_given_with_colons(fresh, pki):
    print_ = pki.director.fingerprint.upper()
    written = ":".join(print_[at : at + 2] for at in range(0, len(print_), 2))
    wish = Wish(ROLES[0], "B-B", expected=written)
    assert sign_file(str(fresh), wish, key_of(pki, pki.director)).who == "An Peeters"


def test_a_role_without_a_field_is_said_with_those_that_have_one(untouched, pki):
    with pytest.raises(CouldNotRun, match="has no field for the role Minister") as told:
        sign_file(str(untouched), Wish("Minister", "B-B"), key_of(pki, pki.officer))
    assert all(role in told.value.hint for role in ROLES)


def test_a_field_that_is_signed_is_not_signed_again(fresh, pki):
    path = sign_file(str(fresh), B_B, key_of(pki, pki.officer)).path
    with pytest.raises(CouldNotRun, match="Programme director has signed already: Luc Dubois"):
        sign_file(path, B_B, key_of(pki, pki.director))


def test_what_was_tampered_with_is_not_signed(fresh, pki):
    path = Path(sign_file(str(fresh), B_B, key_of(pki, pki.officer)).path)
    path.write_bytes(hidden_content(path.read_bytes()))
    with pytest.raises(CouldNotRun, match=r"was tampered with: .*change\.content"):
        sign_file(str(path), Wish(ROLES[1], "B-B"), key_of(pki, pki.director))


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (Wish(ROLES[0], "B-T"), "B-T needs a timestamp authority"),
        (Wish(ROLES[0], "B-LTA", "http://127.0.0.1:9/"), "B-LTA needs the certificates that are trusted"),
        (Wish(ROLES[0], "B-X"), "B-X is no level of PAdES"),
        (Wish(ROLES[0], "B-T", "ftp://127.0.0.1/"), "is no address of a timestamp authority"),
        (Wish(ROLES[0], "B-T", "http://127.0.0.1:9/"), "cannot be reached"),
    ],
)
def test_what_a_level_lacks_is_said(untouched, pki, wish, words):
    with pytest.raises(CouldNotRun, match=words):
        sign_file(str(untouched), wish, key_of(pki, pki.officer))


@pytest.mark.parametrize(
    ("manner", "words"),
    [
        ("hang", r"did not answer within 1 seconds"),
        ("rubbish", "answered with no timestamp"),
        ("page", "answered with no timestamp"),
        ("other-digest", "answered with a timestamp of something else"),
        ("refuse", "refused: no contract"),
        ("fail", "answered with HTTP status 503"),
    ],
)
def test_an_authority_that_does_not_do_its_work_is_said(untouched, pki, tsa, manner, words):
    tsa.manner = manner
    wish = Wish(ROLES[0], "B-LTA", tsa.url, 1.0, trust_of(pki))
    with pytest.raises(CouldNotRun, match=words) as told:
        sign_file(str(untouched), wish, key_of(pki, pki.officer))
    assert "nothing was written" in told.value.hint


def test_a_revoked_certificate_is_not_signed_with_at_long_term_levels(untouched, pki, authority):
    wish = Wish(ROLES[0], "B-LTA", authority.url, trust=trust_of(pki))
    with pytest.raises(CouldNotRun, match="revoked"):
        sign_file(str(untouched), wish, key_of(pki, pki.revoked))


def test_a_missing_revocation_list_is_said(untouched, pki, authority, trust):
    wish = Wish(ROLES[0], "B-LTA", authority.url, trust=trust)
    with pytest.raises(CouldNotRun) as told:
        sign_file(str(untouched), wish, key_of(pki, pki.officer))
    assert "--crl" in told.value.hint


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello", "is no PDF"),
        (b"%PDF-1.7\n1 0 obj", "is cut off"),
        (b"%PDF-1.7\n%%EOF\n", "could not be read as a PDF|was tampered with"),
    ],
)
def test_what_is_no_whole_pdf_is_said(tmp_path, pki, content, words):
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    with pytest.raises(CouldNotRun, match=words):
        sign_file(str(path), B_B, key_of(pki, pki.officer))


def test_an_encrypted_file_is_said(tmp_path, pki, base):
    path = tmp_path / "x.pdf"
    with pikepdf.open(base) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(CouldNotRun, match="is encrypted"):
        sign_file(str(path), B_B, key_of(pki, pki.officer))


def test_a_huge_file_is_refused_by_its_size_before_it_is_read(tmp_path, pki, monkeypatch):
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(CouldNotRun, match="is 2048 MB, and files above 256 MB are not read"):
        read_pdf(path)


# Two at once.


def test_the_second_of_two_who_sign_at_once_is_told(fresh, pki):
    with held(str(fresh)), pytest.raises(CouldNotRun, match="is being signed by someone else just now"):
        sign_file(str(fresh), B_B, key_of(pki, pki.officer))


def test_what_another_wrote_meanwhile_is_not_overwritten(tmp_path):
    path = tmp_path / "x.signed.pdf"
    path.write_bytes(b"theirs")
    for before in (None, b"as it was"):
        with pytest.raises(CouldNotRun, match="was written by someone else meanwhile"):
            place(str(path), b"ours", before)
    assert path.read_bytes() == b"theirs"
    assert [each.name for each in tmp_path.iterdir()] == ["x.signed.pdf"]


def test_of_two_who_sign_at_the_same_moment_one_is_in_and_one_is_told(fresh, pki, authority, trust):
    told, made = [], []

    def sign(role, holder):
        try:
            wish = Wish(role, "B-LTA", authority.url, trust=trust_of(pki))
            made.append(sign_file(str(fresh), wish, key_of(pki, holder)))
        except CouldNotRun as error:
            told.append(error.message)

    threads = [threading.Thread(target=sign, args=pair) for pair in list(signers(pki).items())[:2]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(told)) == (1, 1), told
    found = examine(made[0].path, trust)
    assert found.reasons == ()
    assert len(found.signatures) == 1


def test_the_clock_is_read_once_for_a_certificate(pki):
    with keys.opened(key_of(pki, pki.officer)) as signer:
        keys.check(signer, now=pki.now)
        with pytest.raises(CouldNotRun, match="ended on"):
            keys.check(signer, now=pki.now + timedelta(days=3000))
