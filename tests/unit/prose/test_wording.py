"""The wording rules themselves: every rule finds the words it names, in every form, and lets others be.

`tests/corpus/prose/<language>/<Rule>.txt` holds the sentences. A new rule is a YAML file and such a file.
"""

import re
from pathlib import Path

import pytest
import yaml

from pipeline import prose
from pipeline.model import Passage

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "tests/corpus/prose"
STYLES = prose.load([ROOT / "styles"])
HIT = re.compile(r"\[\[(.+?)\]\]")

# The words of each class as the catalogue of rules lists them.
NAMED = {
    "Paraph-en.Vague": "some, several, many, a few, nearly, about, adequate, appropriate, sufficient,"
    " reasonable, significant, typical, usually, timely, flexible, efficient, robust, user-friendly",
    "Paraph-en.Escape": "where possible, as appropriate, as required, if necessary, if practicable",
    "Paraph-en.OpenEnded": "etc., and so on, including but not limited to, such as",
}


def corpus_of(style: prose.Style) -> Path:
    return CORPUS / style.lang / f"{style.name}.txt"


def sentences(style: prose.Style) -> list[tuple[int, str]]:
    lines = enumerate(corpus_of(style).read_text(encoding="utf-8").splitlines(), 1)
    return [(number, line) for number, line in lines if line and not line.startswith("#")]


def hits(style: prose.Style) -> set[str]:
    return {hit for _, line in sentences(style) for hit in HIT.findall(line)}


def regex(style: prose.Style, token: str) -> re.Pattern[str]:
    word = token if yaml.safe_load(style.content).get("nonword") else rf"\b(?:{token})\b"
    return re.compile(word, re.IGNORECASE)


def tokens(style: prose.Style) -> list[str]:
    return list(yaml.safe_load(style.content)["tokens"])


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.check)
def test_a_rule_finds_what_its_sentences_mark_and_nothing_else(style):
    lines = sentences(style)
    passages = [
        ("x.md", Passage(HIT.sub(r"\1", line[2:]), style.lang, "REQ-001", ((number, 1),)))
        for number, line in lines
    ]
    found = prose.lint(passages, STYLES)
    for nth, (number, line) in enumerate(lines):
        text = passages[nth][1].text
        faults = [fault for fault in found.get(nth, ()) if fault.code == style.code]
        marked = [match.start() - 4 * order + 1 - 2 for order, match in enumerate(HIT.finditer(line))]
        words = [text[fault.column - 1 : fault.column - 1 + fault.length] for fault in faults]
        assert (number, words) == (number, HIT.findall(line))
        assert (number, [fault.column for fault in faults]) == (number, marked)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.check)
def test_every_sentence_says_what_it_is(style):
    for number, line in sentences(style):
        assert line[:2] in ("! ", ". "), f"{corpus_of(style)}:{number}"
        assert line.startswith("!") == bool(HIT.search(line)), f"{corpus_of(style)}:{number}"


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.check)
def test_every_token_of_a_rule_is_tried_by_a_sentence(style):
    texts = [HIT.sub(r"\1", line[2:]) for _, line in sentences(style) if line.startswith("!")]
    for token in tokens(style):
        found = {match[0] for text in texts for match in regex(style, token).finditer(text)}
        assert found & hits(style), f"no sentence tries {token}"


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.check)
def test_every_word_is_tried_at_the_begin_of_a_sentence_and_before_punctuation(style):
    marked = [line[2:] for _, line in sentences(style) if line.startswith("!")]
    for token in tokens(style):
        word = regex(style, token)
        begins = any(line.startswith("[[") and word.match(HIT.sub(r"\1", line)) for line in marked)
        assert begins, f"no sentence begins with {token}"
        ends = [hit for line in marked for hit in re.findall(r"\[\[([^\]]+)\]\](?=[.,;:)]|$)", line)]
        # "about" counts before a figure only, and so never before punctuation.
        assert token.startswith("about") or any(_matches(word, hit) for hit in ends), (
            f"nothing follows {token}"
        )


@pytest.mark.parametrize(("check", "words"), sorted(NAMED.items()))
def test_every_word_of_the_catalogue_is_tried(check, words):
    style = next(style for style in STYLES if style.check == check)
    tried = {hit.lower() for hit in hits(style)}
    assert {word.strip() for word in words.split(",")} <= tried


def test_every_rule_has_its_sentences_and_the_sentences_their_rule():
    assert {corpus_of(style) for style in STYLES} == set(CORPUS.glob("*/*.txt"))


def test_every_rule_says_what_is_wrong_why_and_how_to_mend_it():
    for rule in prose.rules(STYLES):
        assert "\n\n**Why.** " in rule.page
        assert "\n\n**Mend.** " in rule.page
        assert rule.page.splitlines()[0].endswith(".")


def test_every_rule_warns_while_a_draft_and_blocks_later():
    assert [(rule.code, rule.weight) for rule in prose.rules(STYLES)] == [
        ("WD-ESCAPE", "completeness"),
        ("WD-OPEN", "completeness"),
        ("WD-VAGUE", "completeness"),
    ]


def test_every_rule_names_the_word_in_its_message():
    for style in STYLES:
        assert "%s" in yaml.safe_load(style.content)["message"]


def _matches(word: re.Pattern[str], hit: str) -> bool:
    # Lookarounds want to see what stands around the word.
    return bool(word.search(f"x {hit}.")) and word.search(f"x {hit}.")[0] == hit
