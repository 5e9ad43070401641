"""Bad input: a clear finding or error, everything else still reported, and one fault gives one finding."""

import os
from pathlib import Path

import pytest

from pipeline import refresh
from pipeline.settings import Limits, Settings
from tests.trees import GOOD, NEED, REQUIREMENT, found, report, write

NEED_FILE, REQ_FILE = "BN-001-paper.md", "requirements.md"


def tree(folder: Path, changes: dict[str, str | bytes] | None = None) -> Path:
    """A tree without findings, with some files changed or added."""
    write(folder / "docs", {**GOOD, **(changes or {})})
    return folder


def need(old: str, new: str) -> dict[str, str | bytes]:
    """The need with one thing changed."""
    assert NEED.count(old) == 1
    return {NEED_FILE: NEED.replace(old, new)}


def requirement(old: str, new: str) -> dict[str, str | bytes]:
    """The requirement with one thing changed."""
    assert REQUIREMENT.count(old) == 1
    return {REQ_FILE: "# Requirements\n\n" + REQUIREMENT.replace(old, new)}


def test_the_tree_itself_has_no_findings(tmp_path):
    assert found(tree(tmp_path)) == []


ONE = {
    "misspelt link": (requirement("satisfies", "satisifes"), "requirements.md:11:1 SCHEMA"),
    "misspelt status": (requirement("status: approved", "status: aproved"), "requirements.md:6:9 SCHEMA"),
    "misspelt key of status": (requirement("status:", "statsu:"), "requirements.md:6:1 SCHEMA"),
    "misspelt criteria": (
        requirement("acceptance_criteria", "acceptance-criteria"),
        "requirements.md:13:1 SCHEMA",
    ),
    "misspelt key of a criterion": (requirement("    text:", "    txt:"), "requirements.md:15:5 SCHEMA"),
    "link that is no list": (requirement("[BN-001]", "BN-001"), "requirements.md:11:12 SCHEMA"),
    "link in small letters": (requirement("[BN-001]", "[bn-001]"), "requirements.md:11:13 SCHEMA"),
    "link with a look-alike": (requirement("[BN-001]", "[\u0412N-001]"), "requirements.md:11:13 SCHEMA"),
    "version as a number": (need('"1.0"', "1.10"), "BN-001-paper.md:4:10 SCHEMA"),
    "day that does not exist": (need("status", "created: 2023-14-05\nstatus"), "BN-001-paper.md:3:10 SCHEMA"),
    "colon in a value": (
        requirement("status: approved", "status: approved: yes"),
        "requirements.md:6:17 SRC-YAML",
    ),
    "open bracket of a link": (requirement("[BN-001]", "[BN-001"), "requirements.md:11:12 SRC-YAML"),
    "line without colon": (need("status: approved", "status approved"), "BN-001-paper.md:3:1 SRC-YAML"),
    "ID without colon": (need("id: BN-001", "id BN-001"), "BN-001-paper.md:2:1 SRC-YAML"),
    "open quote": (requirement('"1.0"', '"1.0'), "requirements.md:7:10 SRC-YAML"),
    "broken criterion": (requirement("text: The", "text: The: the"), "requirements.md:15:14 SRC-YAML"),
    "tab before a key": (requirement("priority", "\tpriority"), "requirements.md:8:1 SRC-YAML"),
    "tab in a list": (requirement("    text", "\ttext"), "requirements.md:15:1 SRC-YAML"),
    "key twice": (
        requirement("priority: must", "priority: must\npriority: could"),
        "requirements.md:9:1 SRC-YAML",
    ),
    "anchor": (requirement("priority: must", "priority: &a must"), "requirements.md:8:11 SRC-YAML"),
    "alias of a list": (
        requirement("[BN-001]", "&a [BN-001]\nrelated: *a"),
        "requirements.md:12:10 SRC-YAML",
    ),
    "tag": (requirement("priority: must", "priority: !a must"), "requirements.md:8:11 SRC-YAML"),
    "misspelt key of the ID": (need("id: BN", "idd: BN"), "BN-001-paper.md:2:1 SCHEMA"),
    "no ID": (need("id: BN-001\n", ""), "BN-001-paper.md:2:1 SCHEMA"),
    "ID in a list": (need("id: BN-001", "id: [BN-001]"), "BN-001-paper.md:2:1 SCHEMA"),
    "ID that is empty": (need("id: BN-001", "id:"), "BN-001-paper.md:2:1 SCHEMA"),
    "ID with a look-alike": (need("id: BN-001", "id: \u0412N-001"), "BN-001-paper.md:2:5 ID-KIND"),
    "heading with a look-alike": (requirement("REQ-101", "R\u0415Q-101"), "requirements.md:3:4 ID-KIND"),
    "heading with another dash": (requirement("REQ-101", "REQ\u2013101"), "requirements.md:3:4 ID-KIND"),
    "misspelt prefix": (requirement("REQ-101", "RQE-101"), "requirements.md:3:4 ID-KIND"),
    "misspelt prefix of a file": (need("id: BN-001", "id: NB-001"), "BN-001-paper.md:2:5 ID-KIND"),
    "artifact block misspelt": (requirement("{.artifact}", "{.artefact}"), "requirements.md:5:1 SRC-BLOCK"),
    "artifact block as a bare word": (
        requirement("{.artifact}", "artifact"),
        "requirements.md:5:1 SRC-BLOCK",
    ),
    "artifact block without a class": (requirement(" {.artifact}", ""), "requirements.md:5:1 SRC-BLOCK"),
    "artifact block never closed": (requirement("a day.\n```", "a day."), "requirements.md:5:1 SRC-FENCE"),
    "front matter never closed": (need('"1.0"\n---', '"1.0"'), "BN-001-paper.md:1:1 SRC-FENCE"),
    "NUL in a value": (need("approved", "appr\0oved"), "BN-001-paper.md:3:13 SRC-READ"),
    "byte that is not UTF-8": (
        {NEED_FILE: NEED.encode().replace(b"fewer", b"f\xe9wer\xff")},
        "BN-001-paper.md:9:19 SRC-READ",
    ),
    "list for front matter": ({"page.md": "---\n- a\n---\n\n# Page\n"}, "page.md:2:1 SRC-YAML"),
    "misspelt key of a page": ({"page.md": "---\ntitel: A\n---\n\n# Page\n"}, "page.md:2:1 SCHEMA"),
}


@pytest.mark.parametrize(("changes", "line"), ONE.values(), ids=ONE.keys())
def test_one_fault_gives_one_finding(changes, line, tmp_path):
    assert found(tree(tmp_path, changes)) == [line]


@pytest.mark.parametrize(
    "changes",
    [
        {"empty.md": ""},
        {"blank.md": "\n\n   \n"},
        {"header.md": "---\n---\n"},
        {NEED_FILE: "\ufeff" + NEED.replace("\n", "\r\n")},
        {REQ_FILE: ("\ufeff# Requirements\n\n" + REQUIREMENT).replace("\n", "\r\n")},
        {NEED_FILE: NEED.replace("\n", "\r")},
        {NEED_FILE: NEED.rstrip("\n")},
        need("status", "created: 2026-01-12\nstatus"),
        need("Less paper", "Papier: « moins » 日本語 🖋"),
    ],
    ids=[
        "empty",
        "blank",
        "empty header",
        "mark",
        "mark in sections",
        "CR",
        "no end",
        "day",
        "signs",
    ],
)
def test_what_is_unusual_but_right_gives_no_finding(changes, tmp_path):
    assert found(tree(tmp_path, changes)) == []


def test_ten_faults_give_ten_findings(tmp_path):
    broken = (
        REQUIREMENT.replace("satisfies", "satisifes")
        .replace("priority: must", "priority: high")
        .replace("    text:", "    txt:")
    )
    changes = {
        NEED_FILE: NEED.replace('"1.0"', "1.0").replace("fewer letters", "fewer <b>letters</b>"),
        REQ_FILE: f"# Requirements\n\n{broken}\nSee REQ-999.\n",
        "a.md": "---\ntitle: A: b\n---\n\n# A\n\n[x](gone.md)\n",
        "b.md": b"# B\n\nCaf\xe9.\n",
        "c.md": "# C\n\n```text\nnever closed\n",
    }
    assert found(tree(tmp_path, changes)) == [
        "BN-001-paper.md:4:10 SCHEMA",
        "BN-001-paper.md:9:24 DIALECT",
        "a.md:2:9 SRC-YAML",
        "a.md:7:1 LINK-DEAD",
        "b.md:3:4 SRC-READ",
        "c.md:3:1 SRC-FENCE",
        "requirements.md:8:11 SCHEMA",
        "requirements.md:11:1 SCHEMA",
        "requirements.md:15:5 SCHEMA",
        "requirements.md:20:5 REF-DEAD",
    ]


def test_an_alias_bomb_is_one_finding(tmp_path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{nth}: &a{nth} [{', '.join([f'*a{nth - 1}'] * 9)}]" for nth in range(1, 30)]
    header = "title: Bomb\ndefaults:\n" + "\n".join(f"  {line}" for line in lines)
    lines_found = found(tree(tmp_path, {"bomb.md": f"---\n{header}\n---\n\n# Bomb\n"}))
    assert [line for line in lines_found if "SRC-YAML" in line] == ["bomb.md:5:12 SRC-YAML"]


@pytest.mark.parametrize(
    "value",
    [
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        "[ " * 100_000,
        "{a: " * 50_000,
        "\n  " + "- " * 50_000 + "x",
        "\n" + "\n".join(" " * nth + "- a:" for nth in range(2, 400, 2)),
        "\n  " + "? " * 50_000,
    ],
    ids=["open", "closed", "spaced", "mappings", "items", "indented", "keys"],
)
def test_deep_nesting_is_one_finding(value, tmp_path):
    lines = found(tree(tmp_path, {"page.md": f"---\ntags: {value}\n---\n\n# Page\n"}))
    assert [line.partition(":")[0] + line.rpartition(" ")[2] for line in lines] == ["page.mdSRC-YAML"]


def test_a_header_over_a_megabyte_is_one_finding(tmp_path):
    changes = need("status", f"sponsor: {'a' * 1_000_000}\nstatus")
    assert found(tree(tmp_path, changes)) == ["BN-001-paper.md:1:1 SRC-LIMIT"]


@pytest.mark.parametrize("name", [NEED_FILE, REQ_FILE])
def test_a_file_over_ten_megabytes_is_one_finding(name, tmp_path):
    changes = {name: str(GOOD[name]) + "x" * 10_000_000, "page.md": "# Page\n\nSee BN-001 and REQ-101.\n"}
    assert found(tree(tmp_path, changes)) == [f"{name}:1:1 SRC-LIMIT"]


def test_limits_are_settings(tmp_path):
    changes = {"page.md": "# Page\n\n" + "Words. " * 100}
    assert found(tree(tmp_path, changes), Settings(limits=Limits(file=400))) == ["page.md:1:1 SRC-LIMIT"]
    assert found(tmp_path, Settings(limits=Limits(header=60))) == [
        "requirements.md:6:1 SRC-LIMIT",
    ]


def test_a_block_over_the_limit_does_not_trip_what_needs_its_fields(tmp_path):
    lines = found(tree(tmp_path), Settings(limits=Limits(header=100)))
    assert lines == ["requirements.md:6:1 SRC-LIMIT"]


def test_a_link_to_a_folder_above_is_one_finding(tmp_path):
    root = tree(tmp_path, {"a/b/x.md": "# X\n"}) / "docs"
    os.symlink("..", root / "a/b/up")
    assert found(tmp_path) == ["a/b/up:1:1 SRC-READ"]


def test_links_that_lead_to_each_other_do_not_multiply(tmp_path):
    root = tree(tmp_path) / "docs"
    for name in "abcdefgh":
        (root / name).mkdir()
        for other in "abcdefgh":
            if other != name:
                os.symlink(f"../{other}", root / name / f"to-{other}")
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("target", "code"), [("me.md", "SRC-READ"), ("nowhere.md", "SRC-READ"), ("/etc/hosts", "SEC-LINK")]
)
def test_a_link_to_itself_to_nowhere_or_out_is_one_finding(target, code, tmp_path):
    os.symlink(target, tree(tmp_path) / "docs/me.md")
    assert found(tmp_path) == [f"me.md:1:1 {code}"]


@pytest.mark.parametrize(("target", "code"), [("nowhere.png", "SRC-READ"), ("/etc/hosts", "SEC-LINK")])
def test_what_names_a_link_that_is_not_followed_is_no_second_finding(target, code, tmp_path):
    page = "# Page\n\n![The plan](plan.png) and [the plan](plan.png).\n"
    os.symlink(target, tree(tmp_path, {"page.md": page}) / "docs/plan.png")
    assert found(tmp_path) == [f"plan.png:1:1 {code}"]


def test_what_lies_behind_a_folder_that_leads_out_is_no_second_finding(tmp_path):
    page = "# Page\n\n![The plan](img/2026/plan.png), [the page](img/page.md#plan) and ![gone](image.png).\n"
    os.symlink("/etc", tree(tmp_path, {"page.md": page}) / "docs/img")
    assert found(tmp_path) == ["img:1:1 SEC-LINK", "page.md:3:66 LINK-DEAD"]


RUN = """# Runs

## TC-101 A letter

```yaml {.artifact}
status: draft
version: "0.1"
level: system
verifies: [REQ-101]
criteria: [REQ-101/AC-1]
expected: The letter arrives.
```

## TR-101 A letter, first attempt

```yaml {.artifact}
status: draft
version: "0.1"
executes: [TC-101@0.1]
date: "2026-02-02"
verdict: blocked
evidence:
  - file: run.log
    sha256: 3387bf5a4572d245a9fd040fac51181539aa9e8a665f80b4abd36d0af2fdb2e2
```
"""


def test_evidence_behind_a_link_that_is_not_followed_is_no_second_finding(tmp_path):
    os.symlink("/etc/hosts", tree(tmp_path, {"runs.md": RUN}) / "docs/run.log")
    assert found(tmp_path) == ["run.log:1:1 SEC-LINK"]


def test_what_a_link_out_of_the_tree_leads_to_is_not_shown(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the password\n")
    os.symlink(secret, tree(tmp_path) / "docs/me.md")
    assert "the password" not in report(tmp_path).lines.values()


def test_a_link_within_the_tree_is_followed(tmp_path):
    root = tree(tmp_path, {"words/page.md": "# Page\n\nSee REQ-999.\n"}) / "docs"
    os.symlink("words", root / "again")
    assert found(tmp_path) == ["again/page.md:3:5 REF-DEAD", "words/page.md:3:5 REF-DEAD"]


def test_what_is_no_file_is_one_finding_and_is_not_waited_for(tmp_path):
    root = tree(tmp_path) / "docs"
    os.mkfifo(root / "pipe.md")
    os.mkfifo(root / "pipe")
    (root / "folder.md").mkdir()
    assert found(tmp_path) == ["pipe.md:1:1 SRC-READ"]


@pytest.mark.parametrize(
    "name", [b"x\xff.md", b"x\xff.png", b"x\xff/page.md"], ids=["document", "file", "folder"]
)
def test_a_name_that_is_not_utf_8_is_one_finding(name, tmp_path):
    file = os.fsencode(tree(tmp_path) / "docs") + b"/" + name
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "w") as handle:
        handle.write("# X\n")
    shown = name.decode("utf-8", "replace").removesuffix("/page.md")
    assert found(tmp_path) == [f"{shown}:1:1 SRC-READ"]


def test_a_file_that_cannot_be_read_is_one_finding_and_is_tried_again(tmp_path, monkeypatch):
    tree(tmp_path, {"page.md": "# Page\n\nSee BN-001.\n"})
    real = os.open

    def refuse(path, *args, **rest):
        if str(path).endswith(NEED_FILE):
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **rest)

    with monkeypatch.context() as patch:
        patch.setattr(refresh.os, "open", refuse)
        assert found(tmp_path) == ["BN-001-paper.md:1:1 SRC-READ"]
    assert found(tmp_path) == []


def test_a_file_that_vanishes_while_it_is_read_is_one_finding(tmp_path, monkeypatch):
    tree(tmp_path, {"page.md": "# Page\n\nSee BN-001.\n"})
    real = refresh.read_bytes

    def vanish(root, path, *rest):
        if path == NEED_FILE:
            Path(root, path).unlink(missing_ok=True)
        return real(root, path, *rest)

    monkeypatch.setattr(refresh, "read_bytes", vanish)
    assert found(tmp_path) == ["BN-001-paper.md:1:1 SRC-READ"]


def test_a_folder_that_cannot_be_read_is_one_finding(tmp_path, monkeypatch):
    tree(tmp_path, {"secret/page.md": "# Page\n"})
    real = os.scandir

    def refuse(path):
        if str(path).endswith("secret"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tmp_path) == ["secret:1:1 SRC-READ"]


def test_a_schema_that_is_none_takes_nothing_else_with_it(tmp_path):
    tree(tmp_path, {"page.md": "# Page\n\nSee REQ-101 and REQ-999.\n"})
    write(
        tmp_path / "schemas",
        {"requirement.schema.json": '{"x-kind": {"name": "requirement", "prefix": "REQ"},}'},
    )
    lines = [line.rpartition("/")[2] for line in found(tmp_path)]
    assert lines == ["requirement.schema.json:1:53 KIND-FILE", "page.md:3:17 REF-DEAD"]


def test_without_any_kind_documents_are_still_read(tmp_path, monkeypatch):
    from pipeline import work

    tree(tmp_path, {"page.md": "# Page\n\nSee REQ-1, A-1 and [x](gone.md).\n"})
    monkeypatch.setattr(work, "read_schemas", lambda folders: {})
    lines = found(tmp_path)
    assert "page.md:3:20 LINK-DEAD" in lines
    assert all(line.rpartition(" ")[2] in ("LINK-DEAD", "ID-KIND") for line in lines)


def test_a_number_beyond_64_bits_is_text(tmp_path):
    changes = requirement("priority: must", "priority: must\neffort: 123456789012345678901234567890")
    item = report(tree(tmp_path, changes)).findings[0]
    assert (item.code, item.line) == ("SCHEMA", 9)
    assert "but must be" in item.message
    assert found(tmp_path) == ["requirements.md:9:9 SCHEMA"]


def test_sections_of_a_file_with_defaults_are_shown_where_they_are(tmp_path):
    text = "---\ndefaults: {status: approved}\n---\n\n" + str(GOOD[REQ_FILE]).replace(
        "status: approved\n", ""
    )
    changes = {REQ_FILE: text.replace("verification: [test]\n", "")}
    assert found(tree(tmp_path, changes)) == ["requirements.md:7:4 RQ-VERIF"]
