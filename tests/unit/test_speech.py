"""What a translation leaves as it is, in the ways of four languages."""

import pytest

from tests.support import programme_of

HEAD = "---\nid: DLV-001\ntitle: Title\nstatus: draft\nlang: {}\nlanguage_regime: fr-nl\n---\n\n"


def tokens(body: str, lang: str = "fr") -> dict[str, set[str]]:
    programme, _ = programme_of({"DLV-001-title.md": HEAD.format(lang) + body})
    return {
        key: {token for token, _, _ in value} for key, value in programme.artifacts["DLV-001"].spoken.items()
    }


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "fr",
            "Le 1er juillet 2027 à 14 h 30, 1 250,50 EUR ; le 12 mars, en mars 2026, 1.000.000 (REQ-104).",
        ),
        ("nl", "Op 1 juli 2027 om 14.30 uur, 1.250,50 EUR; op 12 maart, in maart 2026, 1 000 000 (REQ-104)."),
        ("en", "On July 1, 2027 at 14:30, EUR 1,250.50; on 12 March, in March 2026, 1,000,000 (REQ-104)."),
        ("de", "Am 1. Juli 2027 um 14.30 Uhr, 1.250,50 EUR; am 12. März, im März 2026, 1.000.000 (REQ-104)."),
    ],
)
def test_each_language_in_its_way_says_the_same(lang, text):
    expected = {"2027-07-01", "14:30", "1250.5", "--03-12", "2026-03", "1000000", "REQ-104"}
    assert tokens(text, lang) == {lang: expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("version 3.0.1, § 2, 100 %", {"3.0.1", "2", "100"}),
        ("01/07/2027 et 2027-07-01", {"2027-07-01"}),
        ("+++202/6004/71149+++", {"202", "6004", "71149"}),
        ("`42`, [ici](page-7.md#8) et ![x](9.png)", set()),
        ("1. Premier\n2. Second\n", set()),
        ("DLV-001 est ceci ; en mai, le A4", set()),
        ("1,50 et 1,5", {"1.5"}),
    ],
)
def test_what_counts_and_what_does_not(text, expected):
    assert tokens(text) == {"fr": expected}


def test_divs_speak_their_languages_and_end():
    dutch = "::: {lang=nl}\nB 2\n\n::: note\nC 3\n:::\n\nD 4\n:::\n"
    body = f"# DLV-001 Titre 99\n\nA 1\n\n{dutch}\nE 5\n\n::: {{.x lang='de'}}\n:::\n"
    assert tokens(body) == {"fr": {"1", "5"}, "nl": {"2", "3", "4"}}


def test_an_artifact_in_one_language_is_not_looked_at():
    text = "---\nid: DLV-001\ntitle: Title\nstatus: draft\n---\n\n42\n"
    assert programme_of({"DLV-001-title.md": text})[0].artifacts["DLV-001"].spoken == {}
