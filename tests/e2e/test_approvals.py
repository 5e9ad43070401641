"""Approvals in real repositories: who may approve what, what is refused, and what nobody can slip past the check."""

import json
import os
import re
import shutil
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.e2e.commands import Done, call
from tests.e2e.projects import ROOT, environment, run
from tests.keys.ledger import KEYS
from tests.repositories import Repository

pytestmark = pytest.mark.slow

DAY = "2026-02-02"
SETTINGS = """sources = "docs"

[policies.objective]
before = ["Director", "Counsel"]

[policies.charter]
before = ["Counsel"]

[policies.party]
before = ["Director"]
"""
PARTY = """## {id} {title}

```yaml {{.artifact}}
status: approved
version: "1.0"
name: {name}
role: {title}
mandate:
  from: "2025-01-01"{until}
  scope: Objectives
{more}keys:
  - {{type: ssh, fingerprint: "{key}", from: "2025-01-01"{last}}}
```

Signs for the office.
"""
OBJECTIVE = """## OBJ-{number} Goal {number}

```yaml {{.artifact}}
status: {status}
version: "1.0"
authors: [{authors}]
```

Every letter is answered within five days.
"""
COMMENT = """## RC-001 A remark

```yaml {.artifact}
status: open
owner: PTY-003
on: [OBJ-001]
```

Five days are not enough.
"""
TERM = """---
id: TERM-001
title: Debt
status: approved
version: "1.0"
definition: What is owed.
---

A debt.
"""
CHARTER = """---
id: CHA-001
title: Charter
status: in-review
version: "1.0"
authors: [PTY-016]
objectives: [OBJ-002]
---

# CHA-001 Charter

What the office is for.
"""


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((ROOT / f"schemas/reports/{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def fingerprint(name: str) -> str:
    done = run("ssh-keygen", "-l", "-f", KEYS / f"{name}.pub", cwd=KEYS)
    found = re.search(r"SHA256:\S+", done.stdout)
    assert found
    return found[0]


def party(identity: str, title: str, more: str = "", until: str = "", last: str = "", key: str = "") -> str:
    until = f'\n  until: "{until}"' if until else ""
    last = f', until: "{last}"' if last else ""
    names = {"id": identity, "title": title, "name": f"Mr {title}", "key": fingerprint(key or identity)}
    return PARTY.format(**names, more=more, until=until, last=last)


def objective(number: str, status: str = "in-review", authors: str = "PTY-003") -> str:
    return OBJECTIVE.format(number=number, status=status, authors=authors)


class Office(Repository):
    """A repository with two objectives, a director, a counsel and a clerk, and their keys outside it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "office")
        self.keys = folder / "keys"
        self.keys.mkdir()
        for name in ("PTY-001", "PTY-002", "PTY-003", "PTY-016"):
            shutil.copy(KEYS / name, self.keys)
            (self.keys / name).chmod(0o600)
        self.put(
            {
                "paraph.toml": SETTINGS,
                ".gitignore": ".paraph/\n",
                "docs/parties.md": self.parties(),
                "docs/objectives.md": self.objectives(),
            }
        )
        for identity in ("PTY-001", "PTY-003", "PTY-016"):
            self.commit()
            self.paraph("approve", identity, "--role", "Director", by="PTY-001", today="2026-01-10")
        self.commit("Begin")

    @staticmethod
    def parties(director: str = "", counsel: str = "", clerk: str = "") -> str:
        each = (
            director or party("PTY-001", "Director"),
            counsel or party("PTY-016", "Counsel", more="deputies: [PTY-003]\n"),
            clerk or party("PTY-003", "Clerk"),
        )
        return "# Parties\n\n" + "\n".join(
            text.replace("status:", "authors: [PTY-003]\nstatus:") for text in each
        )

    @staticmethod
    def objectives(*each: str) -> str:
        return "# Objectives\n\n" + "\n".join(each or (objective("001"), objective("002")))

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text()
        assert text.count(old) >= 1
        self.write(name, text.replace(old, new))

    def paraph(
        self, command: str, *arguments: str, by: str = "", today: str = DAY, status: int | None = 0
    ) -> Done:
        key = ("--key", self.keys / by) if by else ()
        return call(command, *arguments, *key, "--today", today, cwd=self.folder, status=status)

    def approve(self, identity: str, role: str, by: str, today: str = DAY) -> Done:
        done = self.paraph("approve", identity, "--role", role, by=by, today=today)
        self.commit()
        return done

    def found(self, *options: str, base: str = "") -> list[str]:
        """The findings, as code and path."""
        against = ("--base", base) if base else ()
        done = self.paraph("check", "--no-prose", "--format", "json", *against, *options, status=None)
        return [f"{item['code']} {item['path']}" for item in json.loads(done.out)["findings"]]

    def entries(self, identity: str) -> list[dict[str, object]]:
        files = (self.folder / "approvals" / identity).glob("*.json")
        return sorted((json.loads(file.read_text()) for file in files), key=lambda item: str(item["date"]))

    def settle(self) -> None:
        """Have the first objective approved by both."""
        self.approve("OBJ-001", "Director", "PTY-001")
        self.approve("OBJ-001", "Counsel", "PTY-016")
        self.write("docs/objectives.md", self.objectives(objective("001", "approved"), objective("002")))
        self.commit("Approved")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_two_roles_approve_and_the_status_follows(office: Office):
    done = office.approve("OBJ-001", "Director", "PTY-001")
    assert re.fullmatch(
        r"PTY-001 \(Mr Director\) approved OBJ-001 1\.0 as Director\n"
        r"  approvals/OBJ-001/[0-9a-f]{16}\.json and its \.sig: commit both\n"
        r"  still to approve: Counsel\n",
        done.out,
    )
    assert office.paraph("approvals", "--waiting").out.splitlines()[0] == (
        "OBJ-001  1.0  in-review  waits for Counsel"
    )
    office.edit("docs/objectives.md", "status: in-review", "status: approved")
    assert office.found() == ["LC-APPR docs/objectives.md"] * 2
    office.write("docs/objectives.md", office.objectives())
    done = office.approve("OBJ-001", "counsel", "PTY-016")
    assert done.out.splitlines()[-1] == "  all who have to approve have done so"
    office.write("docs/objectives.md", office.objectives(objective("001", "approved"), objective("002")))
    assert office.found() == []
    report = json.loads(office.paraph("approvals", "OBJ-001", "--format", "json").out)
    validator("approvals").validate(report)
    (state,) = report["artifacts"]
    assert state["approved"]
    assert [role["party"] for role in state["roles"]] == ["PTY-001", "PTY-016"]


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (
            "[policies.objektive]\nbefore = ['A']",
            "there is no kind 'objektive'\n  help: did you mean 'objective'?",
        ),
        ("[policies.objective]\nquorum = 1", "it names no role"),
        ("[policies.objective]\nbefore = ['A', 'B']\nquorum = 3", "3 people are more than its roles, 2"),
        ("[policies.objective]\nbefore = ['A']\nquorum = -1", "quorum' is wrong: expected `int` >= 0"),
        ("[policies.objective]\nroles = ['A']", "there is no setting 'roles' in policies"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_with_its_line(tmp_path: Path, policy: str, words: str):
    (tmp_path / "docs_src").mkdir()
    (tmp_path / "paraph.toml").write_text(f"\n{policy}\n")
    done = call("check", "--no-prose", cwd=tmp_path, status=2)
    assert words in done.err
    assert "paraph.toml:" in done.err


def test_every_entry_fits_its_schema(office: Office):
    office.settle()
    office.paraph("reject", "OBJ-002", "--role", "Counsel", "--reason", "No.", by="PTY-003")
    office.paraph("approve", "OBJ-002", "--role", "Director", "--condition", "By May.", by="PTY-001")
    office.paraph("withdraw", "OBJ-001", "--reason", "No.", by="PTY-001")
    office.paraph("revoke", fingerprint("PTY-016"), "--reason", "Lost.", by="PTY-001")
    entries = [*office.entries("OBJ-001"), *office.entries("OBJ-002"), *office.entries("PTY-016")]
    assert {entry["decision"] for entry in entries} == {
        "approve", "approve-with-conditions", "reject", "withdraw", "revoke-key",
    }  # fmt: skip
    for entry in entries:
        validator("entry").validate(entry)
    validator("approvals").validate(json.loads(office.paraph("approvals", "--format", "json").out))


def test_an_artifact_with_a_ledger_keeps_its_id(office: Office):
    office.approve("OBJ-001", "Director", "PTY-001")
    office.edit("docs/objectives.md", "in-review", "draft")
    done = call("rename", "OBJ-001", "OBJ-009", "--base", "HEAD", cwd=office.folder, status=2)
    assert "OBJ-001 has a ledger of approvals, which name it" in done.err


def test_a_rejection_holds_for_that_text_alone(office: Office):
    office.paraph("reject", "OBJ-001", "--role", "Counsel", "--reason", "Six days, not five.", by="PTY-016")
    office.approve("OBJ-001", "Director", "PTY-001")
    office.edit("docs/objectives.md", "## OBJ-001 Goal 001\n\n```yaml {.artifact}\nstatus: in-review",
                "## OBJ-001 Goal 001\n\n```yaml {.artifact}\nstatus: approved")  # fmt: skip
    office.commit()
    done = office.paraph("check", "--no-prose", status=1)
    assert "Counsel (PTY-016) rejected it on 2026-02-02: Six days, not five." in done.out
    text = office.objectives(objective("001"), objective("002")).replace("five days", "six days", 1)
    office.write("docs/objectives.md", text.replace('version: "1.0"', 'version: "1.1"', 1))
    office.commit()
    shown = office.paraph("approvals", "OBJ-001").out
    assert "Status in-review; waits for Director and Counsel" in shown
    assert "rejected 1.0 as Counsel by PTY-016 Mr Counsel, other content: Six days, not five." in shown


def test_a_deputy_signs_for_the_one_who_is_away(office: Office):
    done = office.approve("OBJ-002", "Counsel", "PTY-003")
    assert done.out.startswith("PTY-003 (Mr Clerk) approved OBJ-002 1.0 as Counsel, for PTY-016\n")
    (entry,) = office.entries("OBJ-002")
    assert (entry["party"], entry["for"], entry["key"]) == ("PTY-003", "PTY-016", fingerprint("PTY-003"))


def refused(office: Office, *arguments: str, by: str = "PTY-001", today: str = DAY) -> str:
    """What a refusal says; nothing is written."""
    before = sorted((office.folder / "approvals").rglob("*"))
    done = office.paraph(*arguments, by=by, today=today, status=1)
    assert sorted((office.folder / "approvals").rglob("*")) == before
    assert done.out == ""
    return done.err


@pytest.mark.parametrize(
    ("identity", "role", "by", "words", "hint"),
    [
        ("OBJ-009", "Director", "PTY-001", "there is no artifact OBJ-009", "did you mean OBJ-00"),
        (
            "OBJ-001",
            "Directer",
            "PTY-001",
            "'Directer' is no role that approves OBJ-001",
            "did you mean 'Director'?",
        ),
        (
            "OBJ-001",
            "King",
            "PTY-001",
            "'King' is no role that approves OBJ-001",
            "the policy names Director and Counsel",
        ),
        (
            "OBJ-001",
            "Director",
            "PTY-002",
            "belongs to no party that is approved",
            "have it added to the keys of your party",
        ),
        (
            "OBJ-001",
            "Director",
            "PTY-016",
            "PTY-016 has no mandate as Director",
            "on 2026-02-02 PTY-001 (Mr Director) may",
        ),
    ],
)
def test_who_may_not_is_told_who_may(
    office: Office, identity: str, role: str, by: str, words: str, hint: str
):
    said = refused(office, "approve", identity, "--role", role, by=by)
    assert re.fullmatch(
        f"paraph: nothing was entered: .*{re.escape(words)}\n  help: {re.escape(hint)}.*\n", said
    )


def test_mandates_and_keys_have_their_days(office: Office):
    said = refused(office, "approve", "OBJ-001", "--role", "Director", today="2024-12-31")
    assert "the key of PTY-001 did not count on 2024-12-31: it counts from 2025-01-01" in said
    text = office.parties(
        director=party("PTY-001", "Director", until="2026-01-31"),
        counsel=party("PTY-016", "Counsel", last="2026-01-31"),
    )
    office.write("docs/parties.md", text)
    office.commit()
    said = refused(office, "approve", "OBJ-001", "--role", "Director")
    assert (
        "the mandate of PTY-001 as Director did not hold on 2026-02-02: it holds from 2025-01-01 to 2026-01-31"
        in said
    )
    said = refused(office, "approve", "OBJ-001", "--role", "Counsel", by="PTY-016")
    assert "the key of PTY-016 did not count on 2026-02-02: it counts from 2025-01-01 to 2026-01-31" in said
    office.approve("OBJ-001", "Director", "PTY-001", today="2026-01-31")


def test_what_is_not_ready_is_not_approved(office: Office):
    approve = ("approve", "OBJ-001", "--role", "Director")
    office.write("docs/objectives.md", office.objectives(objective("001", "draft")))
    assert "docs/objectives.md is not committed" in refused(office, *approve)
    office.commit()
    assert "OBJ-001 is draft\n  help: send it into review first" in refused(office, *approve)
    office.write("docs/objectives.md", office.objectives(objective("001").replace("authors", "sponsers")))
    office.commit()
    assert "OBJ-001 has errors: SCHEMA docs/objectives.md:" in refused(office, *approve)
    office.write("docs/objectives.md", office.objectives())
    office.write("docs/comments.md", f"# Comments\n\n{COMMENT}")
    office.commit()
    assert "RC-001 on OBJ-001 is open" in refused(office, *approve)
    office.edit("docs/comments.md", "status: open", "status: closed")
    office.commit()
    office.approve("OBJ-001", "Director", "PTY-001")


def test_what_was_approved_is_not_approved_twice_and_not_otherwise(office: Office):
    office.settle()
    said = refused(office, "approve", "OBJ-001", "--role", "Director")
    assert "Director (PTY-001) approved version 1.0 of OBJ-001 on 2026-02-02 already" in said
    office.edit("docs/objectives.md", "within five days", "within six days")
    office.commit()
    assert office.found() == ["LC-EDIT docs/objectives.md"]
    said = refused(office, "approve", "OBJ-001", "--role", "Director")
    assert "version 1.0 of OBJ-001 was approved on 2026-02-02 with other content" in said
    assert "raise the version" in said


def test_an_author_does_not_approve_alone(office: Office):
    office.write("docs/CHA-001-charter.md", CHARTER)
    office.commit()
    said = refused(office, "approve", "CHA-001", "--role", "Counsel", by="PTY-016")
    assert "PTY-016 wrote CHA-001, and would be the only one to approve it" in said
    office.approve("CHA-001", "Counsel", "PTY-003")


def test_a_kind_without_a_policy_is_not_asked(office: Office):
    office.write("docs/TERM-001-debt.md", TERM)
    office.commit()
    assert office.found() == []
    said = refused(office, "approve", "TERM-001", "--role", "Director")
    assert "no policy asks anybody to approve a term" in said


def test_a_ledger_that_is_not_in_order_is_mended_first(office: Office):
    office.approve("OBJ-001", "Director", "PTY-001")
    (file,) = (office.folder / "approvals/OBJ-001").glob("*.json")
    file.write_text(file.read_text().replace("Director", "Counsel"))
    assert "the ledger of OBJ-001 is not in order" in refused(
        office, "approve", "OBJ-001", "--role", "Counsel", by="PTY-016"
    )
    office.git("checkout", "--", "approvals")
    said = refused(office, "approve", "OBJ-001", "--role", "Counsel", by="PTY-016", today="2026-02-01")
    assert "has an entry of 2026-02-02T12:00:00Z: this one would be before it" in said


def test_what_was_decided_is_taken_back(office: Office):
    office.settle()
    done = office.paraph("withdraw", "OBJ-001", "--reason", "The law has changed.", by="PTY-016")
    assert done.out.startswith("PTY-016 withdrew the approval of OBJ-001 1.0 as Counsel, of 2026-02-02\n")
    assert office.found() == ["LC-APPR docs/objectives.md"]
    said = refused(office, "withdraw", "OBJ-001", "--reason", "Again.", by="PTY-016")
    assert "PTY-016 has entered nothing on OBJ-001 that could be withdrawn" in said
    assert "(does not count: it was withdrawn)" in office.paraph("approvals", "OBJ-001").out
    office.approve("OBJ-001", "Counsel", "PTY-016")
    assert office.found() == []


def test_a_stolen_key_makes_no_more_approvals_whatever_date_it_writes(office: Office):
    office.settle()
    stolen = shutil.copytree(office.folder, office.folder.with_name("thief"))
    done = office.paraph(
        "revoke", fingerprint("PTY-016"), "--since", "2026-02-03", "--reason", "Lost.", by="PTY-001", today="2026-02-04"
    )  # fmt: skip
    assert "what it signed before goes on counting: 1 entry" in done.out
    office.commit()
    assert office.found() == []
    said = refused(office, "approve", "OBJ-002", "--role", "Counsel", by="PTY-016", today="2026-02-05")
    assert "the key of PTY-016 was revoked by PTY-001 on 2026-02-03" in said
    key = str(office.keys / "PTY-016")
    call("approve", "OBJ-002", "--role", "Counsel", "--key", key, "--today", DAY, cwd=stolen)
    shutil.copytree(stolen / "approvals/OBJ-002", office.folder / "approvals/OBJ-002")
    office.approve("OBJ-002", "Director", "PTY-001", today="2026-02-05")
    office.edit("docs/objectives.md", "status: in-review", "status: approved")
    said = office.paraph("check", "--no-prose", status=1).out
    assert (
        "the key of PTY-016 was revoked by PTY-001 on 2026-02-03, which does not know of this entry" in said
    )


def test_a_party_that_is_a_draft_again_is_told_once_and_not_with_all_that_it_signed(office: Office):
    office.settle()
    office.edit("docs/objectives.md", "in-review", "approved")
    office.commit()
    office.approve("OBJ-002", "Director", "PTY-001")
    office.approve("OBJ-002", "Counsel", "PTY-016")
    assert office.found() == []
    counsel = party("PTY-016", "Counsel", more="deputies: [PTY-003]\n").replace("approved", "draft")
    office.write("docs/parties.md", office.parties(counsel=counsel))
    done = office.paraph("check", "--no-prose", status=1)
    assert (
        "PTY-016 is draft: its approvals of 2 artifacts do not count before it is approved itself" in done.out
    )
    assert "1 error in 1 of 2 documents" in done.out


def test_two_branches_approve_and_merge(office: Office):
    office.git("switch", "--quiet", "--create", "one")
    office.approve("OBJ-001", "Director", "PTY-001")
    office.git("switch", "--quiet", "--create", "two", "main")
    office.approve("OBJ-001", "Counsel", "PTY-016")
    office.git("switch", "--quiet", "main")
    office.git("merge", "--quiet", "--no-edit", "one", "two")
    office.write("docs/objectives.md", office.objectives(objective("001", "approved"), objective("002")))
    assert office.found() == []
    heads = json.loads(office.paraph("approvals", "--format", "json").out)["heads"]["OBJ-001"]
    assert len(heads) == 2
    office.commit()
    office.paraph("withdraw", "OBJ-001", "--reason", "Once more.", by="PTY-016")
    (last,) = (entry for entry in office.entries("OBJ-001") if entry["decision"] == "withdraw")
    assert last["heads"] == heads
    assert office.found() == ["LC-APPR docs/objectives.md"]


def test_of_two_branches_that_differ_the_rejection_counts(office: Office):
    office.git("switch", "--quiet", "--create", "yes")
    office.approve("OBJ-001", "Counsel", "PTY-016")
    office.git("switch", "--quiet", "--create", "no", "main")
    office.paraph("reject", "OBJ-001", "--role", "Counsel", "--reason", "No.", by="PTY-003")
    office.commit()
    office.git("switch", "--quiet", "main")
    office.git("merge", "--quiet", "--no-edit", "yes", "no")
    assert "rejected by Counsel" in office.paraph("approvals", "OBJ-001").out
    office.approve("OBJ-001", "Counsel", "PTY-016", today="2026-02-03")
    assert "waits for Director" in office.paraph("approvals", "OBJ-001").out


def test_a_key_that_comes_with_the_change_counts_for_nothing(office: Office):
    """Whoever writes themselves into the register cannot approve with that in the same change."""
    office.approve("OBJ-001", "Director", "PTY-001")
    office.git("switch", "--quiet", "--create", "work")
    office.write("docs/parties.md", office.parties(counsel=party("PTY-016", "Counsel", key="PTY-002")))
    office.commit()
    office.approve("OBJ-001", "Counsel", "PTY-002")
    office.write("docs/objectives.md", office.objectives(objective("001", "approved"), objective("002")))
    office.commit()
    assert office.found() == ["LC-EDIT docs/parties.md"]
    done = office.paraph("check", "--no-prose", "--base", "main", status=1)
    assert "the approval by Counsel does not count" in done.out
    assert f"{fingerprint('PTY-002')} is no key of PTY-016" in done.out


def test_a_mandate_that_is_backdated_in_the_same_change_does_not_count(office: Office):
    ended = office.parties(counsel=party("PTY-016", "Counsel", until="2026-01-31"))
    office.write("docs/parties.md", ended.replace('version: "1.0"', 'version: "1.1"'))
    office.commit()
    for identity in ("PTY-001", "PTY-003", "PTY-016"):
        office.edit("docs/parties.md", "status: approved", "status: approved")
        office.approve(identity, "Director", "PTY-001", today="2026-02-01")
    office.approve("OBJ-001", "Director", "PTY-001")
    office.git("switch", "--quiet", "--create", "work")
    office.edit("docs/parties.md", '  until: "2026-01-31"\n', "")
    office.commit()
    office.approve("OBJ-001", "Counsel", "PTY-016")
    office.write("docs/objectives.md", office.objectives(objective("001", "approved"), objective("002")))
    office.commit()
    done = office.paraph("check", "--no-prose", "--base", "main", status=1)
    assert "the mandate of PTY-016 as Counsel did not hold on 2026-02-02" in done.out


def test_a_policy_that_is_softened_in_the_same_change_does_not_count(office: Office):
    office.approve("OBJ-001", "Director", "PTY-001")
    office.git("switch", "--quiet", "--create", "work")
    office.edit("paraph.toml", '["Director", "Counsel"]', '["Director"]')
    office.write("docs/objectives.md", office.objectives(objective("001", "approved"), objective("002")))
    office.commit()
    assert office.found() == []
    assert sorted(office.found(base="main")) == ["LC-APPR docs/objectives.md", "LC-APPR paraph.toml"]
    office.approve("POLICIES", "Director", "PTY-001")
    assert office.found(base="main") == ["LC-APPR docs/objectives.md"]
    office.git("switch", "--quiet", "main")
    office.git("merge", "--quiet", "--no-edit", "work")
    assert office.found(base="main") == []


def test_without_a_policy_for_parties_a_change_of_who_signs_is_told(office: Office):
    office.edit("paraph.toml", '[policies.party]\nbefore = ["Director"]\n', "")
    office.commit()
    office.git("switch", "--quiet", "--create", "work")
    more = party("PTY-004", "Second director", key="PTY-002").replace(
        "status:", "authors: [PTY-003]\nstatus:"
    )
    office.write("docs/parties.md", f"{office.parties()}\n{more}")
    office.edit("paraph.toml", '["Counsel"]', '["Director"]')
    done = office.paraph("check", "--no-prose", "--base", "main", "--select", "LC-APPR")
    assert "who signs as PTY-004, or with which key, is otherwise than on main" in done.out
    assert "who approves charter is otherwise than on main" in done.out
    assert "2 warnings" in done.out


def test_another_schema_does_not_free_a_kind_of_its_policy(office: Office):
    """Renamed, or with a lifecycle in which nothing is settled, a kind is asked for what the base asks of it."""
    loose = '{"states": {"approved": {"phase": "firm"}}, "moves": {}}'
    for key, value, other in (("name", '"objective"', '"goal"'), ("lifecycle", '"baseline"', loose)):
        office.git("switch", "--quiet", "--force-create", "work", "main")
        text = (ROOT / "schemas/objective.schema.json").read_text()
        assert f'"{key}": {value}' in text
        (office.folder / "schemas").mkdir(exist_ok=True)
        office.write("schemas/objective.schema.json", text.replace(f'"{key}": {value}', f'"{key}": {other}'))
        office.write("docs/objectives.md", office.objectives(objective("001", "approved")))
        if key == "name":
            office.edit("paraph.toml", "[policies.objective]", "[policies.goal]")
        office.commit()
        assert "LC-APPR docs/objectives.md" in office.found(base="main"), key


def test_a_ledger_that_moves_moves_whole(office: Office):
    office.settle()
    office.git("switch", "--quiet", "--create", "work")
    office.write("paraph.toml", 'approvals = "decisions"\n' + SETTINGS)
    office.git("mv", "approvals", "decisions")
    assert office.found(base="main") == []
    (file, *_) = sorted((office.folder / "decisions/OBJ-001").glob("*.json"))
    file.unlink()
    Path(f"{file}.sig").unlink()
    (found,) = office.found(base="main")
    assert found.startswith("LC-LEDGER decisions/OBJ-001/")


def test_policies_that_are_taken_away_go_on_judging_that_change(office: Office):
    office.settle()
    office.git("switch", "--quiet", "--create", "work")
    office.write("paraph.toml", 'sources = "docs"\n')
    shutil.rmtree(office.folder / "approvals")
    office.commit()
    assert office.found() == []
    found = office.found(base="main")
    assert [item for item in found if item.startswith("LC-LEDGER")] == [
        f"LC-LEDGER {path}" for path in office.git("ls-tree", "-r", "--name-only", "main", "approvals/").split()
        if path.endswith(".json")
    ]  # fmt: skip
    assert "LC-APPR docs/objectives.md" in found
    assert "LC-APPR paraph.toml" in found


def test_a_last_entry_that_is_cut_off_is_missed_by_the_base(office: Office):
    office.settle()
    office.paraph(
        "reject", "OBJ-001", "--role", "Counsel", "--reason", "No.", by="PTY-016", today="2026-02-03"
    )
    office.commit()
    office.git("switch", "--quiet", "--create", "work")
    (file,) = (
        item
        for item in (office.folder / "approvals/OBJ-001").glob("*.json")
        if '"reject"' in item.read_text()
    )
    file.unlink()
    Path(f"{file}.sig").unlink()
    office.commit()
    assert office.found() == []
    assert office.found(base="main") == [f"LC-LEDGER approvals/OBJ-001/{file.name}"]


def test_an_edit_of_what_was_approved_is_told_once_also_against_a_base(office: Office):
    """LC-EDIT comes before LC-CR: one edit, one finding."""
    office.settle()
    office.git("switch", "--quiet", "--create", "work")
    office.edit("docs/objectives.md", "within five days", "within six days")
    assert office.found(base="main")[0] == "LC-EDIT docs/objectives.md"
    assert office.found(base="main").count("LC-CR docs/objectives.md") == 0


def test_what_is_approved_again_is_no_longer_suspect(office: Office):
    office.write("docs/CHA-001-charter.md", CHARTER.replace("PTY-016", "PTY-003"))
    office.commit()
    office.approve("CHA-001", "Counsel", "PTY-016")
    office.write("docs/objectives.md", office.objectives().replace('"1.0"', '"1.1"').replace("five", "six"))
    office.commit()
    for role, by in (("Director", "PTY-001"), ("Counsel", "PTY-016")):
        office.approve("OBJ-002", role, by, today="2026-02-03")
    text = office.objectives(objective("001"), objective("002", "approved"))
    office.write("docs/objectives.md", text.replace('"1.0"', '"1.1"').replace("five", "six"))
    office.commit()
    assert office.found() == ["RQ-SUSPECT docs/CHA-001-charter.md"]
    office.approve("CHA-001", "Counsel", "PTY-016", today="2026-02-04")
    assert office.found() == []


def test_the_same_signatures_are_verified_once(office: Office, monkeypatch: pytest.MonkeyPatch):
    office.settle()
    office.found()
    office.edit("docs/objectives.md", "OBJ-002 Goal 002", "OBJ-002 Another goal")

    def asked(*_: object) -> None:
        raise AssertionError("a signature was verified again")

    monkeypatch.setattr("pipeline.ledger.signature._signer", asked)
    assert office.found() == []
    shutil.rmtree(office.folder / ".paraph")
    with pytest.raises(AssertionError, match="verified again"):
        office.found()


def test_the_answer_of_the_cache_is_that_of_a_run_without(office: Office):
    office.settle()
    assert office.found() == []
    (file, *_) = sorted((office.folder / "approvals/OBJ-001").glob("*.json"))
    text = file.read_text()
    file.write_text(text.replace('"1.0"', '"1.1"'))
    assert office.found() == [f"LC-LEDGER approvals/OBJ-001/{file.name}"]
    file.write_text(text)
    assert office.found() == []
    Path(f"{file}.sig").unlink()
    assert office.found() == [f"LC-LEDGER approvals/OBJ-001/{file.name}"]


def test_without_ssh_keygen_ci_fails_and_a_person_is_told(office: Office, tmp_path: Path):
    office.settle()
    shutil.rmtree(office.folder / ".paraph", ignore_errors=True)
    bare = tmp_path / "bare"
    bare.mkdir()
    for name in ("git", "sh"):
        os.symlink(shutil.which(name) or "", bare / name)
    code = "import sys; from pipeline.cli.main import main; main()"
    command = (sys.executable, "-c", code, "check", "--no-prose", "--today", DAY)
    env = environment() | {"PATH": str(bare)}
    done = run(*command, cwd=office.folder, env=env)
    assert (
        "ssh-keygen is not installed: signatures were neither made nor verified" in done.stdout + done.stderr
    )
    done = run(*command, cwd=office.folder, env=env | {"CI": "true"}, status=2)
    assert "ssh-keygen is not installed" in done.stderr


def test_a_programme_without_ledgers_loads_nothing_of_them(tmp_path: Path):
    (tmp_path / "docs_src").mkdir()
    (tmp_path / "docs_src/objectives.md").write_text(
        Office.objectives(objective("001", "draft", "The clerk"))
    )
    code = (
        "import sys; from pipeline.cli.main import begin; begin();"
        "print([name for name in sys.modules if name.startswith('pipeline.ledger') or 'views.' in name])"
    )
    done = run(sys.executable, "-c", code, "check", "--no-prose", cwd=tmp_path, env=environment())
    assert done.stdout.splitlines()[-1] == "['pipeline.ledger', 'pipeline.ledger.files']"
