"""Vale over passages: faults in their exact places, by the styles of the language, whatever the text is."""

import errno
import json
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import tools
from pipeline.errors import CouldNotRun, ToolFailed, ToolMissing
from pipeline.model import Passage
from pipeline.prose import vale
from pipeline.prose.styles import load as styles_of

ROOT = Path(__file__).parents[3]
STYLES = styles_of([ROOT / "styles"])
SHOUT = "# code: WD-SHOUT\n# hint: speak softly\n#\n# A word is loud.\n#\n# It hurts.\n"


def passage(text: str, lang: str = "en", line: int = 1, column: int = 1) -> tuple[str, Passage]:
    """A passage whose first line stands at a place, and the others at the begin of the lines below."""
    count = text.count("\n")
    return "a.md", Passage(
        text, lang, "REQ-001", ((line, column), *((line + n, 1) for n in range(1, count + 1)))
    )


def style(folder: Path, name: str, token: str, head: str = SHOUT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    body = f"extends: existence\nmessage: \"'%s' is loud\"\nignorecase: true\ntokens:\n  - '{token}'\n"
    path.write_text(head + body, encoding="utf-8")
    return path


def places(faults) -> list[tuple[str, int, int, int]]:
    return [(fault.code, fault.line, fault.column, fault.length) for fault in faults]


@pytest.fixture
def answer(monkeypatch):
    """Puts an answer of Vale's in the place of Vale."""

    def put(out: object, code: int = 0, err: str = "") -> None:
        text = out if isinstance(out, str) else json.dumps(out)
        monkeypatch.setattr(tools, "run", lambda *_, **__: tools.Completed(code, text.encode(), err))

    return put


@pytest.mark.slow
def test_a_fault_says_what_where_and_how_to_mend_it():
    found = vale.lint([passage("The answer is sufficient.", line=7, column=5)], STYLES)
    (fault,) = found[0]
    assert (fault.path, fault.artifact, fault.code) == ("a.md", "REQ-001", "WD-VAGUE")
    assert places(found[0]) == [("WD-VAGUE", 7, 19, 10)]
    assert fault.message == "'sufficient' leaves open how much, how many or how well"
    assert fault.hint == "state the figure, the list or the test that decides"


@pytest.mark.slow
def test_faults_are_placed_by_characters_over_lines_markup_and_code():
    text = "L’été 日本 — **where\npossible**, it is `some` [sufficient](http://x/some)\n_and_ Some, etc."
    origins = ((5, 3), (6, 9), (7, 1))
    found = vale.lint([("b.md", Passage(text, "en", "REQ-002", origins))], STYLES)
    assert places(found[0]) == [
        ("WD-ESCAPE", 5, 16, 5),  # up to the end of the line, since what is shown is one line
        ("WD-VAGUE", 6, 35, 10),
        ("WD-VAGUE", 7, 7, 4),
        ("WD-OPEN", 7, 13, 4),
    ]


@pytest.mark.slow
def test_each_passage_has_its_own_faults_and_clean_ones_are_left_out():
    found = vale.lint(
        [passage("Clean."), passage("Some."), passage("Clean."), passage("Many and some.")], STYLES
    )
    assert {nth: places(faults) for nth, faults in found.items()} == {
        1: [("WD-VAGUE", 1, 1, 4)],
        3: [("WD-VAGUE", 1, 1, 4), ("WD-VAGUE", 1, 10, 4)],
    }


@pytest.mark.slow
def test_faults_stand_where_they_should_in_long_and_foreign_text():
    dice = random.Random(20)
    hits = {"some": 4, "etc.": 4, "such as": 7, "where possible": 14, "SUFFICIENT": 10, "several": 7}
    others = [
        "été",
        "naïve",
        "the",
        "—",
        "“x”",
        "significant digits",
        "joint and several",
        "someone",
        "€",
        "日本",
    ]
    others += [
        "x-ray",
        ",",
        "`some`",
        "[a](some)",
        "(b)",
        "e\u0301t\u0301",
        "l’an",
        "will\n",
        "**bold**",
        "&amp;",
    ]
    passages, expected = [], []
    for size in range(150):
        words = [dice.choice([*hits] if dice.random() < 0.3 else others) for _ in range(size + 1)]
        text, marks = "", []
        for word in words:
            if word in hits:
                marks.append((1 + text.count("\n"), len(text) - text.rfind("\n"), hits[word]))
            text += word + " "
        passages.append(passage(text))
        expected.append(marks)
    found = vale.lint(passages, STYLES)
    for nth, marks in enumerate(expected):
        got = [(line, column, length) for _, line, column, length in places(found.get(nth, ()))]
        assert got == marks, passages[nth][1].text


@pytest.mark.slow
def test_a_comment_cannot_switch_the_rules_off():
    text = "<!-- vale off -->\n\n<!-- vale Paraph-en.Vague = NO -->\nSome."
    assert places(vale.lint([passage(text)], STYLES)[0]) == [("WD-VAGUE", 4, 1, 4)]


@pytest.mark.slow
def test_terms_of_the_glossary_are_let_be():
    texts = [passage("A Significant Delay is reported to several debtors.")]
    assert len(vale.lint(texts, STYLES)[0]) == 2
    assert places(vale.lint(texts, STYLES, {"en": ["significant delay"]})[0]) == [("WD-VAGUE", 1, 36, 7)]


@pytest.mark.slow
def test_a_term_is_let_be_in_its_language_alone_and_in_the_plural():
    terms = {"en": ["appropriate authority"], "nl": ["enkele aanslag"]}
    texts = [
        passage("Appropriate authorities sign; enkele aanslagen."),
        passage("Enkele aanslagen.", "nl"),
        passage("Appropriate authority.", "fr"),
    ]
    assert vale.lint(texts, STYLES, terms) == {}
    assert len(vale.lint(texts, STYLES)) == 2


@pytest.mark.slow
def test_words_in_another_language_are_held_to_its_rules_in_their_place():
    text = "The letter says [un écran\nconvivial]{lang=fr}, `[some]{lang=en}`, [some]{lang=fr} and [snel]{.x lang=nl}."
    assert places(vale.lint([passage(text)], STYLES)[0]) == [("WD-VAGUE", 2, 1, 9), ("WD-VAGUE", 2, 62, 4)]


@pytest.mark.slow
def test_a_rule_may_be_on_one_field_alone():
    found = vale.lint(
        [
            ("a.md", Passage("A letter on paper.", "en", "REQ-001", ((1, 1),), field))
            for field in ("statement", "acceptance_criteria", "")
        ],
        STYLES,
    )
    assert {nth: [fault.code for fault in faults] for nth, faults in found.items()} == {0: ["WD-EARS"]}


@pytest.mark.slow
def test_a_style_that_only_warns_says_so_of_its_faults():
    texts = [passage("Les documents, notamment la lettre, etc.", "fr")]
    assert [fault.weight for fault in vale.lint(texts, STYLES)[0]] == ["warn", "completeness"]


@pytest.mark.slow
def test_each_language_has_its_own_rules(tmp_path):
    style(tmp_path, "Own-fr/Fort.yml", "élan")
    styles = styles_of([ROOT / "styles", tmp_path])
    text = "Some, élan."
    found = vale.lint([passage(text, lang) for lang in ("en", "fr", "fr-BE", "nl", "EN_gb")], styles)
    assert {nth: [fault.code for fault in faults] for nth, faults in found.items()} == {
        0: ["WD-VAGUE"],
        1: ["WD-SHOUT"],
        2: ["WD-SHOUT"],
        4: ["WD-VAGUE"],
    }


@pytest.mark.slow
def test_a_project_replaces_a_rule_by_a_file_of_its_name(tmp_path):
    style(tmp_path, "Paraph-en/Vague.yml", "loud")
    found = vale.lint([passage("Some loud words, etc.")], styles_of([ROOT / "styles", tmp_path]))
    assert places(found[0]) == [("WD-SHOUT", 1, 6, 4), ("WD-OPEN", 1, 18, 4)]


@pytest.mark.slow
def test_a_word_in_two_files_with_one_code_is_one_fault(tmp_path):
    style(tmp_path, "Own-en/Loud.yml", "loud")
    style(tmp_path, "House-en/Loud.yml", "loud|noisy")
    found = vale.lint([passage("Loud and noisy.")], styles_of([tmp_path]))
    assert places(found[0]) == [("WD-SHOUT", 1, 1, 4), ("WD-SHOUT", 1, 10, 5)]


@pytest.mark.slow
def test_what_a_person_has_set_for_vale_does_not_count(tmp_path, monkeypatch):
    config = tmp_path / "vale.ini"
    config.write_text("MinAlertLevel = error\n[*]\nBasedOnStyles =\nParaph-en.Vague = NO\n", encoding="utf-8")
    home = tmp_path / ".config/vale"
    home.mkdir(parents=True)
    (home / ".vale.ini").write_text(config.read_text(encoding="utf-8"), encoding="utf-8")
    for name, value in (("VALE_CONFIG_PATH", config), ("VALE_STYLES_PATH", tmp_path), ("HOME", tmp_path)):
        monkeypatch.setenv(name, str(value))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert places(vale.lint([passage("Some.")], STYLES)[0]) == [("WD-VAGUE", 1, 1, 4)]


@pytest.mark.slow
def test_a_style_that_vale_refuses_is_named_by_its_own_file(tmp_path):
    path = style(tmp_path, "Own-en/Loud.yml", "loud(")
    with pytest.raises(CouldNotRun) as raised:
        vale.lint([passage("Some.")], styles_of([tmp_path]))
    assert raised.value.message.startswith(f"{path}:")
    assert "missing closing )" in raised.value.message


@pytest.mark.slow
def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    vale.lint([passage("Some.")], STYLES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec=None) | st.sampled_from("` *_[]()<>\n\0\r")), min_size=1, max_size=20
    )
)
def test_any_text_is_checked_and_what_is_found_stands_in_it(texts):
    texts = [f"{text} some" for text in texts]
    found = vale.lint([passage(text) for text in texts], STYLES)
    for nth, faults in found.items():
        lines = texts[nth].split("\n")
        for fault in faults:
            assert 1 <= fault.column <= fault.column + fault.length - 1 <= len(lines[fault.line - 1])


@pytest.mark.slow
def test_the_settings_for_editors_name_the_styles_that_there_are(tmp_path):
    (tmp_path / "a.md").write_text("# Title\n\nSome `many` words.\n", encoding="utf-8")
    options = ["--no-exit", "--output=JSON", f"--config={ROOT / '.vale.ini'}", "a.md"]
    said = json.loads(tools.run("vale", options, cwd=tmp_path).text)
    assert [(alert["Check"], alert["Line"]) for alert in said["a.md"]] == [("Paraph-en.Vague", 3)]


@pytest.mark.parametrize(
    "passages",
    [[], [passage("ein Text", "de")], [passage("")], [passage("`some code`, 12 %")]],
)
def test_without_anything_to_read_vale_is_not_needed(passages, monkeypatch):
    monkeypatch.setattr(tools, "run", None)
    assert vale.lint(passages, STYLES) == {}


def test_a_missing_vale_says_that_the_wording_was_not_checked(monkeypatch):
    monkeypatch.setattr(tools, "look", lambda _: "is not installed")
    with pytest.raises(
        ToolMissing, match="vale is not installed: the wording of the documents was not checked"
    ):
        vale.lint([passage("Some.")], STYLES)


@pytest.mark.parametrize(
    ("stated", "column"),
    [
        (7, 7),  # exact
        (8, 7),  # a place with another text: the nearest that fits
        (20, 18),
        (0, 7),
        (-1, 7),
        (99, 18),
    ],
)
def test_a_place_that_vale_mistakes_is_put_right(answer, stated, column):
    alert = {
        "Check": "Paraph-en.Vague",
        "Match": "some",
        "Message": "m",
        "Span": [stated, stated + 3],
        "Line": 1,
    }
    answer({"texts/0.en.txt": [alert]})
    assert places(vale.lint([passage("There some words some.")], STYLES)[0]) == [("WD-VAGUE", 1, column, 4)]


@pytest.mark.parametrize("match", ["", "no such words"])
def test_a_fault_of_the_whole_paragraph_stands_at_its_begin(answer, match):
    alert = {"Check": "Paraph-en.Vague", "Match": match, "Message": "m", "Span": [1, 1], "Line": 1}
    answer({"texts/0.en.txt": [alert]})
    (fault,) = vale.lint([passage("A few.", column=4)], STYLES)[0]
    assert (fault.line, fault.column) == (1, 4)


@pytest.mark.parametrize(
    ("out", "code", "err"), [("", 0, ""), ("oops", 0, ""), ("[]", 0, ""), ("", 2, "Killed")]
)
def test_an_answer_that_makes_no_sense_is_a_failure_of_vale(answer, out, code, err):
    answer(out, code, err)
    with pytest.raises(ToolFailed, match="vale failed"):
        vale.lint([passage("Some.")], STYLES)


def test_a_refusal_without_a_style_gives_the_words_of_vale(answer):
    answer(
        "",
        2,
        json.dumps({"Line": 0, "Path": "", "Text": "[config] Runtime error", "Code": "E100", "Span": 0}),
    )
    with pytest.raises(CouldNotRun, match=r"^vale refuses it: \[config\] Runtime error$"):
        vale.lint([passage("Some.")], STYLES)


def test_a_full_disk_is_said(monkeypatch, tmp_path):
    def fill(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "x")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(vale, "_lay_out", fill)
    with pytest.raises(CouldNotRun, match="the wording was not checked: No space left on device"):
        vale.lint([passage("Some.")], STYLES)
    assert list(tmp_path.iterdir()) == []


def test_the_fingerprint_tells_styles_and_versions_apart(tmp_path, monkeypatch):
    path = style(tmp_path, "Own-en/Loud.yml", "loud")
    prints = [vale.fingerprint(styles_of([tmp_path]))]
    style(tmp_path, "Own-en/Loud.yml", "noisy")
    prints.append(vale.fingerprint(styles_of([tmp_path])))
    path.rename(path.with_name("Noisy.yml"))
    prints.append(vale.fingerprint(styles_of([tmp_path])))
    for found in (tools.Found(("vale",), "3.99.0"), None):
        monkeypatch.setattr(tools, "find", lambda _, found=found: found)
        prints.append(vale.fingerprint(styles_of([tmp_path])))
    assert len(set(prints)) == 5


def test_the_fingerprint_is_the_same_for_the_same(tmp_path):
    for folder in ("a", "b"):
        style(tmp_path / folder, "Own-en/Loud.yml", "loud")
    assert vale.fingerprint(styles_of([tmp_path / "a"])) == vale.fingerprint(styles_of([tmp_path / "b"]))
