"""Rules on what nobody should find in a document: secrets, numbers of persons and of accounts.

Most documents hold nothing that even looks like it, so each search asks first for what is cheap to find.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pipeline.checks.rule import Reading, rule
from pipeline.model import Document, Fault
from pipeline.sources.text import Text, starts_of

_GAPS = " .\u00a0\u202f-"
# To look for the rare in much text, each byte is mapped to its class, which is ten times faster than a pattern: digits
# without the gaps between them, what the tokens of services are made of, and small letters.
_AS_DIGITS = bytes(0x30 if chr(byte) in "0123456789" else 0x20 for byte in range(256))
_AS_TOKENS = bytes(
    0x61 if byte < 128 and (chr(byte).isalnum() or chr(byte) in "_-") else 0x20 for byte in range(256)
)
_AS_WORDS = bytes(
    0x5F if chr(byte) in "- " else ord(chr(byte).lower()) if byte < 128 else byte for byte in range(256)
)
# Neither an IBAN nor a national number has fewer digits in a row, nor a token fewer signs; and what is in words before
# a password or a key.
_DIGITS, _TOKEN = b"0" * 10, b"a" * 20
_SIGNS = (b"pass", b"pwd", b"secret", b"token", b"woord", b"_key", b"apikey", b"sskey", b"tkey")
_IBAN = re.compile(rf"(?<![A-Za-z0-9])[A-Z]{{2}}[0-9]{{2}}(?:[{_GAPS}]?[A-Z0-9]){{11,30}}(?![A-Za-z0-9])")
# Lengths of the IBAN registry (ISO 13616), for the countries that a Belgian office meets most.
_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18,
    "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21,
    "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "TR": 26,
}  # fmt: skip
_PERSON = re.compile(
    rf"(?<![A-Za-z0-9])(?<![0-9][/{_GAPS}])"
    rf"([0-9]{{2}})[{_GAPS}]?([0-9]{{2}})[{_GAPS}]?([0-9]{{2}})[{_GAPS}]?([0-9]{{3}})[{_GAPS}]?([0-9]{{2}})"
    rf"(?![A-Za-z0-9])(?![/,{_GAPS}][0-9])"
)
_KEY = re.compile(r"-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY-----")
_RUN = re.compile(r"[A-Za-z0-9_-]{20,}+")
_PREFIXES = (
    "AKIA", "ASIA", "AIza", "eyJ", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "sk_live_",
    "rk_live_", "npm_", "pypi-AgEI",
)  # fmt: skip
# Compiled where they are needed, which most texts are not.
_SERVICE = r"""(?x) (?:
          A[KS]IA [A-Z0-9]{16} | gh[pousr]_ [A-Za-z0-9]{36,255} | github_pat_ [A-Za-z0-9_]{22,255}
        | glpat- [A-Za-z0-9_-]{20,255} | xox[abeoprs]- [A-Za-z0-9-]{16,255} | AIza [A-Za-z0-9_-]{35}
        | [sr]k_live_ [A-Za-z0-9]{24,255} | npm_ [A-Za-z0-9]{36} | pypi-AgEI [A-Za-z0-9_-]{50,255}
        | eyJ [A-Za-z0-9_-]{10,2000} \. eyJ [A-Za-z0-9_-]{10,4000} \. [A-Za-z0-9_-]{10,2000}
        ) (?![A-Za-z0-9_-])"""
_ADDRESS = re.compile(r"://(?P<value>[^\s:/@<>{}$*'\"`]{1,99}:[^\s:/@<>{}$*'\"`]{3,99})(?=@)")
# A value behind a sign that may assign it, and what must stand before that sign.
_VALUE = re.compile(
    r"""(?x) (?: [:=] (?<=[\w"'\ \t][:=]) (?!=) ) [ \t]* (?P<quote> ["']? ) (?P<value> [^\s"'`<>{}$*|,;()\[\]]{8,200}+ )
        (?! [(\[] )"""
)
_BEFORE = r"""(?xi) (?: (?P<word> pass(?:word|wd|phrase)? | pwd | wachtwoord | paswoord | mot\ de\ passe )
          | (?:api|access|auth|client|secret|account)[_ -]?(?:key|token|secret) | secret | token ) ["']? [ \t]* \Z"""
_HEXADECIMAL = re.compile(r"0x[0-9A-Fa-f]+")


class _Hit(NamedTuple):
    """Something that was found: what it is, where, and how to mend it."""

    start: int
    end: int
    words: str
    hint: str


@rule("SEC-DATA", "block", "document")
def exposed(reading: Reading) -> Iterator[Fault]:
    """A secret, an account number or a Belgian national number stands in a document.

    A private key, a token of a well-known form, or a password; an IBAN whose check digits are right; a national number
    (or a BIS number) whose date exists and whose check digits are right. Only whole tokens count, and code is
    searched too. A structured communication, `+++ddd/dddd/ddddd+++`, is none of these. Values that are made up stand in
    the setting `fictional`.

    **Why.** What is in the repository is with everyone who ever cloned it, and in every version of the site. A national
    number may be used only by those whom the law allows to.

    **Mend.** Remove it; a secret must be revoked as well, since the history keeps it. An example needs a value that
    is made up: name it in `fictional`.
    """
    text = reading.source.text
    hits = list(_hits(text))
    if not hits:
        return
    fictional = {_plain(value) for value in reading.judge.fictional}
    hits = [hit for hit in hits if _plain(text[hit.start : hit.end]) not in fictional]
    document, places = reading.source.document, Text(text, starts_of(text))
    for hit in hits:
        line, column = places.place(hit.start)
        length = min(hit.end, places.offset(line + 1)) - hit.start
        owner = _owner(document, line)
        yield Fault(
            document.path, hit.words, hit.hint, owner, line=line, column=column, length=max(length, 1)
        )


def _hits(text: str) -> Iterator[_Hit]:
    data = text.encode()
    if _DIGITS in data.translate(_AS_DIGITS, _GAPS.encode()):
        yield from _accounts(text)
        yield from _persons(text)
    yield from _secrets(text, data)


def _plain(value: str) -> str:
    """A value as the setting `fictional` is compared: without what separates its groups."""
    return "".join(sign for sign in value if sign not in _GAPS)


def _accounts(text: str) -> Iterator[_Hit]:
    for match in _IBAN.finditer(text):
        end = _account_end(match[0])
        if end:
            words = f"{match[0][:2]}.. is the number of a bank account (IBAN)"
            hint = "remove it, or name it in the setting fictional if it is made up"
            yield _Hit(match.start(), match.start() + end, words, hint)


def _account_end(candidate: str) -> int:
    """Where the IBAN at the beginning of a candidate ends; 0 where there is none.

    Words in capitals may follow: the length of its country, or the check digits, tell where it ends.
    """
    country = _IBAN_LENGTHS.get(candidate[:2])
    count, digits = 0, ""
    for index, sign in enumerate(candidate):
        if sign in _GAPS:
            continue
        count += 1
        digits += sign
        whole = index + 1 == len(candidate) or not candidate[index + 1].isalnum()
        if whole and (count == country if country else count >= 15) and _is_account(digits):
            return index + 1
    return 0


def _is_account(value: str) -> bool:
    """Whether the check digits of an IBAN are right (ISO 7064, MOD 97-10)."""
    turned = value[4:] + value[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _persons(text: str) -> Iterator[_Hit]:
    for match in _PERSON.finditer(text):
        year, month, day, serial, check = (int(part) for part in match.groups())
        if _is_person(year, month, day, serial, check, "".join(match.groups()[:4])):
            words = "this is a valid Belgian national number"
            hint = "remove it, or name it in the setting fictional if it is made up"
            yield _Hit(match.start(), match.end(), words, hint)


def _is_person(year: int, month: int, day: int, serial: int, check: int, nine: str) -> bool:
    """Whether a number of the National Register, or of the BIS register, is valid.

    Its first six digits are the day of birth (a BIS number adds 20 or 40 to the month), the next three a serial
    number, the last two 97 less the rest of the first nine by 97, which are preceded by a 2 for births from 2000 on.
    Source: Royal Decree of 3 April 1984 on the identification number, article 3, and that of 25 November 1997.
    """
    if not 0 < serial < 999:
        return False
    for century, before in ((1900, ""), (2000, "2")):
        if check == 97 - int(before + nine) % 97 and _is_day(century + year, month % 20, day) and month < 53:
            return True
    return False


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _secrets(text: str, data: bytes) -> Iterator[_Hit]:
    found: list[tuple[tuple[int, int], str]] = []
    words = data.translate(_AS_WORDS)
    if any(sign in words for sign in _SIGNS):
        found += [(span, "a password") for span in _passwords(text)]
    if "PRIVATE KEY" in text:
        found += [(match.span(), "a private key") for match in _KEY.finditer(text)]
    for run in _RUN.finditer(text) if _TOKEN in data.translate(_AS_TOKENS) else ():
        if run[0].startswith(_PREFIXES) and (match := re.compile(_SERVICE).match(text, run.start())):
            found.append((match.span(), "an access token"))
    if "://" in text:
        found += [(match.span("value"), "a password in an address") for match in _ADDRESS.finditer(text)]
    taken = 0
    for (start, end), what in sorted(found):
        if start >= taken:
            taken = end
            yield _Hit(
                start, end, f"this looks like {what}", "remove it, and revoke it: the history keeps it"
            )


def _passwords(text: str) -> Iterator[tuple[int, int]]:
    """Where values stand behind a word for a password or a key.

    Only right behind the equals sign of a password a value needs no digit: "password: at least twelve signs" is prose,
    and `token = other` is code.
    """
    for match in _VALUE.finditer(text):
        before = re.compile(_BEFORE).search(text, max(0, match.start() - 30), match.start())
        if before is None or (before.start() and text[before.start() - 1].isalpha()):
            continue
        value, tight = match["value"], match.start("quote") == match.start() + 1
        plain = before["word"] and text[match.start()] == "=" and tight
        if (plain or any(sign.isdigit() for sign in value)) and not _HEXADECIMAL.fullmatch(value):
            yield match.span("value")


def _owner(document: Document, line: int) -> str:
    return next((item.id for item in reversed(document.artifacts) if item.line <= line <= item.end), "")


RULES = (exposed,)
