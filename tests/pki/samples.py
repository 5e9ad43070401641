"""Documents that are honestly signed, to be judged, raised, renewed or tampered with.

    pki = Pki(folder / "pki")
    with serving(pki) as authority:
        path = signed(issued(folder), pki, authority.url)   # three roles, PAdES B-LTA

What it is judged by are `pki.files()`: the file of the trusted certificate and those of the revocation lists.
"""

from pathlib import Path

from pipeline.model.woven import Approval, Attached, Facts, Woven
from pipeline.render.pdf import render_pdf
from pipeline.signoff.pdf.keys import KeyFile
from pipeline.signoff.pdf.sign import Wish, sign_file
from pipeline.signoff.pdf.trust import Trust, read_trust
from tests.pki.certificates import PASSWORD, Holder, Pki

TEMPLATES = (str(Path(__file__).parents[2] / "templates/pdf/standard"),)
ROLES = ("Programme director", "Chief information officer", "Data protection officer")
TEXT = """## Scope {#scope}

The agency shall **not** pay more than 100 euro for each reminder.

| Item | Price |
|:-----|------:|
| One  |   100 |
"""


def issued(
    folder: Path,
    roles: tuple[str, ...] = ROLES,
    lang: str = "en",
    text: str = TEXT,
    sources: bytes = b"PK\x05\x06" + bytes(18),
) -> Path:
    """A document with a field for each role, which nobody signed yet; `sources` (an empty archive) is attached."""
    woven = Woven(id="DLV-007", title="Price of reminders", lang=lang, markdown=text, root=str(folder))
    facts = Facts(
        id="DLV-007",
        title="Price of reminders",
        version="1.0",
        status="approved",
        settled=True,
        classification="internal",
        day="2026-11-20",
        organisation="Demonstration Agency",
        owner="Sofie Janssens",
        approvals=(Approval("Analyst", "Sofie Janssens", "approved", "2026-11-19"),),
        signatures=roles,
    )
    attached = Attached("DLV-007-1.0.sources.zip", sources, "What it was made from")
    return render_pdf(woven, facts, folder / "DLV-007-1.0.pdf", template_folders=TEMPLATES, attached=attached)


def trust_of(pki: Pki) -> Trust:
    """What proves the certificates of a PKI."""
    root, lists = pki.files()
    return read_trust([str(root)], (), map(str, lists))


def signers(pki: Pki, roles: tuple[str, ...] = ROLES) -> dict[str, Holder]:
    """Who signs in which role: keys on P-384, P-256 and RSA, in turn."""
    return dict(zip(roles, (pki.director, pki.officer, pki.analyst), strict=False))


def signed(path: Path, pki: Pki, tsa: str, level: str = "B-LTA", **who: Holder) -> Path:
    """Sign a document in every role of `ROLES`, or as `who` says, and give the signed file."""
    for role, holder in (who or signers(pki)).items():
        path = sign_as(path, pki, holder, role, tsa, level)
    return path


def sign_as(path: Path, pki: Pki, holder: Holder, role: str, tsa: str, level: str = "B-LTA") -> Path:
    """Sign a document in one role, and give the signed file."""
    wish = Wish(role, level, tsa if level != "B-B" else "", trust=trust_of(pki))
    return Path(sign_file(str(path), wish, KeyFile(str(pki.p12(holder)), PASSWORD)).path)
