"""Styles are read from folders: which file counts, what its comments say, and what is refused."""

from pathlib import Path

import pytest

from pipeline.errors import CouldNotRun
from pipeline.prose import styles as prose

HEAD = "# code: WD-SHOUT\n# hint: speak softly\n#\n# A word is loud.\n#\n# It hurts.\n"
BODY = "extends: existence\nmessage: \"'%s' is loud\"\ntokens:\n  - loud\n"


def put(folder: Path, name: str, text: str = HEAD + BODY) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_a_style_says_its_code_hint_and_page(tmp_path):
    path = put(tmp_path, "Own-en/Shout.yml")
    (style,) = prose.load([tmp_path])
    assert (style.check, style.lang, style.path) == ("Own-en.Shout", "en", str(path))
    assert (style.code, style.hint, style.weight) == ("WD-SHOUT", "speak softly", "completeness")
    assert style.page == "A word is loud.\n\nIt hurts."
    assert style.content == (HEAD + BODY).encode()


def test_a_style_may_only_warn(tmp_path):
    put(tmp_path, "Own-en/Shout.yml", HEAD.replace("# hint", "# weight: warn\n# hint") + BODY)
    assert [rule.weight for rule in prose.rules(prose.load([tmp_path]))] == ["warn"]


def test_comments_below_the_first_ones_are_not_read(tmp_path):
    put(tmp_path, "Own-en/Shout.yml", HEAD + BODY + "# code: WD-OTHER\n")
    assert prose.load([tmp_path])[0].code == "WD-SHOUT"


def test_windows_line_ends_are_read(tmp_path):
    put(tmp_path, "Own-en/Shout.yml", (HEAD + BODY).replace("\n", "\r\n"))
    (style,) = prose.load([tmp_path])
    assert (style.code, style.page) == ("WD-SHOUT", "A word is loud.\n\nIt hurts.")


def test_a_later_folder_replaces_files_of_the_same_name_and_adds_others(tmp_path):
    for name in ("Own-en/Shout.yml", "Own-en/Whisper.yml", "Own-fr/Shout.yml"):
        put(tmp_path / "shipped", name)
    own = put(tmp_path / "project", "Own-en/Shout.yml", HEAD.replace("softly", "up") + BODY)
    added = put(tmp_path / "project", "House-en/Shout.yml")
    styles = {style.check: style for style in prose.load([tmp_path / "shipped", tmp_path / "project"])}
    assert sorted(styles) == ["House-en.Shout", "Own-en.Shout", "Own-en.Whisper", "Own-fr.Shout"]
    assert styles["Own-en.Shout"].path == str(own)
    assert styles["Own-en.Shout"].hint == "speak up"
    assert styles["House-en.Shout"].path == str(added)


def test_a_folder_that_is_not_there_holds_no_styles(tmp_path):
    assert prose.load([tmp_path / "nowhere"]) == ()


def test_what_is_no_style_of_a_language_is_left_alone(tmp_path):
    put(tmp_path, "config/vocabularies/Own/accept.txt", "loud\n")
    put(tmp_path, "Microsoft/Shout.yml")
    put(tmp_path, "Own-en/README.md")
    put(tmp_path, "Own-en.yml")
    assert prose.load([tmp_path]) == ()


def test_the_languages_are_those_of_the_folders(tmp_path):
    for name in ("Own-en/Shout.yml", "House-fr/Shout.yml", "Own-nl/Shout.yml"):
        put(tmp_path, name)
    assert prose.languages(prose.load([tmp_path])) == {"en", "fr", "nl"}


def test_files_that_share_a_code_make_one_rule_with_the_english_page(tmp_path):
    put(tmp_path, "A-de/Shout.yml", HEAD.replace("A word is loud", "Ein Wort ist laut") + BODY)
    put(tmp_path, "B-en/Shout.yml")
    put(tmp_path, "C-fr/Shout.yml", HEAD.replace("A word is loud", "Un mot est fort") + BODY)
    (rule,) = prose.rules(prose.load([tmp_path]))
    assert (rule.code, rule.title, rule.reads, rule.external) == (
        "WD-SHOUT",
        "A word is loud",
        "document",
        True,
    )
    assert list(rule.run(object())) == []


def test_rules_stand_in_the_order_of_their_codes(tmp_path):
    put(tmp_path, "Own-en/A.yml", HEAD.replace("SHOUT", "Z") + BODY)
    put(tmp_path, "Own-en/B.yml", HEAD.replace("SHOUT", "A") + BODY)
    assert [rule.code for rule in prose.rules(prose.load([tmp_path]))] == ["WD-A", "WD-Z"]


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("", "no page"),
        ("# code: WD-SHOUT\n", "no page"),
        ("# code: WD-SHOUT\n#\n# Only a title.\n", "no page"),
        (HEAD.replace("WD-SHOUT", "REF-DEAD"), "its code is 'REF-DEAD'"),
        (HEAD.replace("WD-SHOUT", "WD-shout"), "its code is 'WD-shout'"),
        (HEAD.replace("# code: WD-SHOUT\n", ""), "its code is ''"),
        (HEAD.replace("code", "cdoe"), "'cdoe: WD-SHOUT'"),
        (HEAD.replace("hint", "code"), "'code: speak softly'"),
        (HEAD.replace("# hint", "# weight: heavy\n# hint"), "its weight is 'heavy'"),
    ],
)
def test_a_style_whose_comments_do_not_say_what_they_must_is_refused(tmp_path, head, reason):
    path = put(tmp_path, "Own-en/Shout.yml", head + BODY)
    with pytest.raises(CouldNotRun) as raised:
        prose.load([tmp_path])
    assert raised.value.message.startswith(f"{path} is no wording rule: ")
    assert reason in raised.value.message
    assert "# code: WD-..." in raised.value.hint


def test_a_style_that_is_no_text_is_refused(tmp_path):
    put(tmp_path, "Own-en/Shout.yml").write_bytes(b"\xff\xfe")
    with pytest.raises(CouldNotRun, match=r"Shout\.yml is no wording rule"):
        prose.load([tmp_path])


def test_a_folder_in_the_place_of_a_style_is_refused(tmp_path):
    (tmp_path / "Own-en/Shout.yml").mkdir(parents=True)
    with pytest.raises(CouldNotRun, match=r"Shout\.yml is no wording rule"):
        prose.load([tmp_path])
