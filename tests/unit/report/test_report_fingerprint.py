from msgspec.structs import replace

from pipeline.report.fingerprint import fingerprint_all


def test_moving_a_line_or_a_section_keeps_the_name(dead):
    moved = replace(dead, line=99, column=2, path="docs/elsewhere.md")
    assert fingerprint_all((dead,)) == fingerprint_all((moved,))


def test_a_line_that_a_message_names_is_not_part_of_the_name(dead):
    first = replace(dead, message="REQ-102 is already used in docs/a.md:7")
    assert fingerprint_all((first,)) == fingerprint_all((replace(first, message=first.message + "1"),))
    assert fingerprint_all((first,)) != fingerprint_all(
        (replace(first, message="REQ-102 is already used in docs/b.md:7"),)
    )


def test_grading_anew_keeps_the_name(dead):
    graded = replace(dead, severity="warning", status="draft", phase="early", hint="")
    assert fingerprint_all((dead,)) == fingerprint_all((graded,))


def test_another_code_place_or_message_gives_another_name(dead):
    page = replace(dead, artifact="")
    others = (
        dead,
        replace(dead, code="REF-KIND"),
        replace(dead, artifact="REQ-103"),
        replace(dead, message="REQ-998 does not exist"),
        page,
        replace(page, path="docs/elsewhere.md"),
    )
    names = fingerprint_all(others)
    assert all(name.endswith(":1") for name in names)
    assert len(set(names)) == len(others)


def test_words_that_move_between_the_parts_give_another_name(dead):
    first = replace(dead, code="A", artifact="B1", message="x")
    second = replace(dead, code="A", artifact="B", message="1x")
    assert fingerprint_all((first,)) != fingerprint_all((second,))


def test_findings_that_are_alike_are_numbered(dead):
    names = fingerprint_all((dead, replace(dead, line=13), replace(dead, line=14)))
    assert [name.rpartition(":")[2] for name in names] == ["1", "2", "3"]
    assert len({name.rpartition(":")[0] for name in names}) == 1
