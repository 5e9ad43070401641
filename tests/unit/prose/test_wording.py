"""The wording rules themselves: every rule finds the words it names, in every form, and lets others be.

`words.txt` holds the words, `tests/corpus/prose/<language>/<Rule>.txt` sentences with what is to be found in them,
and `sentences/` twice six hundred that were written by people who had seen no rule.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from pipeline.model import Passage
from pipeline.prose import styles, vale

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CORPUS = ROOT / "tests/corpus/prose"
STYLES = styles.load([ROOT / "styles"])
BY_NAME = {(style.lang, style.name): style for style in STYLES}
HIT = re.compile(r"\[\[(.+?)\]\]")
# A word is tried at the begin of a sentence, in its middle, and before each sign that may end it.
PLACES = ("{0} x y.", "X {1} y z.", "X {1}, y.", "X ({1}); y.", "X y {1}.", "X y {1}", "X ; {1} : y ?")

# The words of each class as the catalogue of rules lists them.
NAMED = {
    "en": "some, several, many, a few, nearly, about, adequate, appropriate, sufficient, reasonable, significant,"
    " typical, usually, timely, flexible, efficient, robust, user-friendly, where possible, as appropriate,"
    " as required, if necessary, if practicable, etc., and so on, including but not limited to, such as, and/or, all,"
    " every, always, never, eventually, as soon as possible, support, handle, be able to, allow, should, may, can",
    "fr": "certains, plusieurs, quelques, environ, presque, suffisant, adéquat, approprié, raisonnable, significatif,"
    " divers, généralement, intuitif, convivial, rapide, souple, efficace, performant, si possible, si nécessaire,"
    " au besoin, éventuellement, sauf exception, dans la mesure du possible, autant que possible, en principe,"
    " le cas échéant, etc., et ainsi de suite, par exemple, tel que, notamment, et/ou, tous, toujours, jamais, 100 %,"
    " dès que possible, en temps utile, dans les meilleurs délais, ultérieurement, gérer, permettre, être capable de,"
    " prendre en charge, devrait, peut, pourrait",
    "nl": "meerdere, sommige, enkele, diverse, ongeveer, circa, soms, zelden, meestal, tijdig, voldoende, passend,"
    " redelijk, gebruiksvriendelijk, snel, flexibel, efficiënt, performant, robuust, indien nodig, zoveel mogelijk,"
    " eventueel, desgevallend, in voorkomend geval, in principe, normaliter, in het algemeen, indien mogelijk,"
    " waar nodig, etc., enz., zoals, bijvoorbeeld, bv., onder andere, o.a., en/of, alle, altijd, nooit,"
    " zo snel mogelijk, zo spoedig mogelijk, uiteindelijk, ondersteunen, in staat, toelaten, mogelijk maken, verwerken,"
    " behandelen, zou de brief moeten, mag, kan",
}

# The class of a sentence, and the codes that say it.
CLASSES = {
    "vague": {"WD-VAGUE"},
    "escape": {"WD-ESCAPE"},
    "open-ended": {"WD-OPEN"},
    "combinator": {"WD-COMBI"},
    "absolute": {"WD-ABSOLUTE", "WD-TIME"},
    "empty-verb": {"WD-EMPTY"},
    "modal": {"WD-MODAL"},
    "superlative": {"WD-SUPER"},
    "comparative": {"WD-COMPARE"},
    "pronoun": {"WD-PRONOUN"},
    "negation": {"WD-NEGATE"},
    "passive": {"WD-PASSIVE"},
    "two-requirements": {"WD-ONE"},
    "not-ears": {"WD-EARS"},
}
BINDS = re.compile(r"\b(?:shall|doit|doivent|moet|moeten|dient|dienen)\b")


class Trial(NamedTuple):
    """A word in a sentence: the style that is to find it, the word, the sentence, and where the word stands."""

    style: styles.Style
    word: str
    text: str
    column: int


def trials() -> list[Trial]:
    found = []
    for line in (HERE / "words.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            head, _, words = line.rpartition(": ")
            name, _, sentence = head.partition(" | ")
            lang, _, rule = name.partition(" ")
            for word in words.split(", "):
                found += tried(BY_NAME[lang, rule], word, sentence)
    return found


def tried(style: styles.Style, word: str, sentence: str) -> list[Trial]:
    if sentence:
        return [Trial(style, word, sentence.format(word) + ".", sentence.index("{}") + 1)]
    capital = word[0].upper() + word[1:]
    texts = [place.format(capital, word) for place in PLACES]
    return [
        Trial(style, shown, text, text.index(shown) + 1)
        for text, shown in zip(texts, [capital] + [word] * (len(PLACES) - 1), strict=True)
    ]


def passage(text: str, lang: str, field: str) -> tuple[str, Passage]:
    return "x.md", Passage(text, lang, "REQ-001", ((1, 1),), field)


TRIALS = trials()


@pytest.mark.slow
def test_every_word_is_found_in_its_place_wherever_it_stands():
    passages = [passage(trial.text, trial.style.lang, trial.style.field) for trial in TRIALS]
    found = vale.lint(passages, STYLES)
    missed = []
    for nth, trial in enumerate(TRIALS):
        places = {(fault.code, fault.column, fault.length) for fault in found.get(nth, ())}
        # The full stop of an abbreviation is its own where it ends the sentence too.
        lengths = {len(trial.word), len(trial.word) + 1, len(trial.word.rstrip("."))}
        if not any((trial.style.code, trial.column, length) in places for length in lengths):
            missed.append((trial.style.check, trial.word, trial.text, sorted(places)))
    assert missed == []


@pytest.mark.slow
def test_every_token_of_a_rule_is_of_use(tmp_path):
    """Each token is made a rule of its own, and must find something in the words or the sentences."""
    names = {}
    for style in STYLES:
        settings = yaml.safe_load(style.content)
        for nth, token in enumerate(settings["tokens"]):
            code = f"WD-{style.lang}-{style.name}-{nth}".upper()
            names[code] = f"{style.check}: {token}"
            path = tmp_path / f"Token-{style.lang}" / f"{style.name}{nth}.yml"
            path.parent.mkdir(exist_ok=True)
            body = yaml.safe_dump({**settings, "tokens": [token]}, allow_unicode=True)
            path.write_text(f"# code: {code}\n#\n# A.\n#\n# B.\n{body}", encoding="utf-8")
    texts = {(style.lang, text) for style in STYLES for text in marked(style)}
    texts |= {(trial.style.lang, trial.text) for trial in TRIALS}
    found = vale.lint([passage(text, lang, "") for lang, text in sorted(texts)], styles.load([tmp_path]))
    used = {fault.code for faults in found.values() for fault in faults}
    assert sorted(names[code] for code in names.keys() - used) == []


def corpus_of(style: styles.Style) -> Path:
    return CORPUS / style.lang / f"{style.name}.txt"


def sentences(style: styles.Style) -> list[tuple[int, str]]:
    path = corpus_of(style)
    lines = enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else (), 1)
    return [(number, line) for number, line in lines if line and not line.startswith("#")]


def marked(style: styles.Style) -> list[str]:
    return [HIT.sub(r"\1", line[2:]) for _, line in sentences(style) if line.startswith("!")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "style", [style for style in STYLES if corpus_of(style).exists()], ids=lambda style: style.check
)
def test_a_rule_finds_what_its_sentences_mark_and_nothing_else(style):
    lines = sentences(style)
    passages = [passage(HIT.sub(r"\1", line[2:]), style.lang, style.field) for _, line in lines]
    found = vale.lint(passages, STYLES)
    for nth, (number, line) in enumerate(lines):
        text = passages[nth][1].text
        faults = [fault for fault in found.get(nth, ()) if fault.code == style.code]
        places = [match.start() - 4 * order + 1 - 2 for order, match in enumerate(HIT.finditer(line))]
        words = [text[fault.column - 1 : fault.column - 1 + fault.length] for fault in faults]
        assert (number, words) == (number, HIT.findall(line))
        assert (number, [fault.column for fault in faults]) == (number, places)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*.txt")), ids=lambda path: path.stem)
def test_every_file_of_sentences_is_a_rules_and_every_sentence_says_what_it_is(path):
    style = BY_NAME[path.parent.name, path.stem]
    for number, line in sentences(style):
        assert line[:2] in ("! ", ". "), f"{path}:{number}"
        assert line.startswith("!") == bool(HIT.search(line)), f"{path}:{number}"


# One requirement a sentence is what the catalogue asks for, and two sentences are what WD-ONE tells to write.
DISPUTED = {
    "When the transfer ends, the Archive Transfer Module shall delete the source files. The Archive Transfer Module"
    " shall also notify the archivist.",
    "Lorsque le versement se termine, le module d'archivage doit effacer les fichiers sources. Le module d'archivage"
    " doit aussi avertir l'archiviste.",
    "Wanneer de overdracht eindigt, moet de archiefmodule de bronbestanden wissen. De archiefmodule moet ook de"
    " archivaris verwittigen.",
}


def read_foreign(folder: str) -> list[tuple[str, set[str], str]]:
    """The sentences that were written without sight of the rules: language, classes, sentence."""
    found = []
    for lang in ("en", "fr", "nl"):
        text = (HERE / "sentences" / folder / f"{lang}.tsv").read_text(encoding="utf-8")
        for line in text.rstrip("\n").split("\n"):
            classes, sentence = line.split("\t")
            found.append((lang, set() if classes == "-" else set(classes.split("+")), sentence))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["", "second"], ids=["first", "second"])
def test_of_six_hundred_sentences_one_in_two_hundred_at_most_is_blamed_wrongly_and_none_missed(folder):
    rows = read_foreign(folder)
    # A sentence that binds, or should, stands as a statement; the others as criteria, which tell what is seen.
    passages = [
        passage(text, lang, "statement" if BINDS.search(text) or "not-ears" in classes else "criterion")
        for lang, classes, text in rows
    ]
    found = vale.lint(passages, STYLES)
    wrongly, missed = [], []
    for nth, (lang, classes, text) in enumerate(rows):
        codes = {fault.code for fault in found.get(nth, ())}
        if not classes and codes:
            wrongly.append((lang, sorted(codes), text))
        if any(not CLASSES[name] & codes for name in classes):
            missed.append((lang, sorted(classes), sorted(codes), text))
    assert len(rows) == 600
    # The proof asks for one in two hundred a language at most; the rules were mended until there was none.
    assert wrongly == []
    assert {text for *_, text in missed} == {text for *_, text in rows} & DISPUTED, missed


@pytest.mark.parametrize("lang", sorted(NAMED))
def test_every_word_of_the_catalogue_is_tried(lang):
    words = {trial.word.lower() for trial in TRIALS if trial.style.lang == lang}
    assert {word.strip().lower() for word in NAMED[lang].split(",")} - words == set()


def test_every_rule_has_its_words():
    assert {(trial.style.lang, trial.style.name) for trial in TRIALS} == set(BY_NAME)


def test_every_class_is_there_in_every_language():
    for code in {style.code for style in STYLES}:
        assert {style.lang for style in STYLES if style.code == code} == {"en", "fr", "nl"}, code


def test_every_rule_says_what_is_wrong_why_and_how_to_mend_it():
    for rule in styles.rules(STYLES):
        assert "\n\n**Why.** " in rule.page
        assert "\n\n**Mend.** " in rule.page
        assert rule.page.splitlines()[0].endswith(".")


def test_rules_warn_while_a_draft_and_block_later_but_for_the_noisy_ones():
    weights = {rule.code: rule.weight for rule in styles.rules(STYLES)}
    assert {code for code, weight in weights.items() if weight == "warn"} == {
        "WD-COMBI",
        "WD-NEGATE",
        "WD-PRONOUN",
    }
    assert set(weights.values()) == {"warn", "completeness"}
    mild = {style.check for style in STYLES if style.name.endswith("Mild")}
    assert {style.check for style in STYLES if style.weight == "warn" and style.name.endswith("Mild")} == mild


def test_every_rule_names_the_word_in_its_message():
    for style in STYLES:
        assert "%s" in yaml.safe_load(style.content)["message"]
