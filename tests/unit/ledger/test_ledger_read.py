"""Ledgers as files: what is read of them, and what of a forger's work is found, each with its own code."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from pipeline.errors import CouldNotRun
from pipeline.ledger.form import encode
from pipeline.ledger.heads import compare_heads, heads_of
from pipeline.ledger.read import read_ledgers
from pipeline.ledger.signature import fingerprint_of, sign
from pipeline.settings import Settings
from tests.unit.ledger.ledgers import OTHER, add, entry, new_key

pytestmark = pytest.mark.slow  # Each of them starts ssh-keygen a few times.

SETTINGS = Settings()


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "approvals"
    folder.mkdir()
    return folder


@pytest.fixture
def key(tmp_path):
    return new_key(tmp_path, "director")


def ledgers(folder: Path):
    return read_ledgers(str(folder.parent), SETTINGS)


def codes(folder: Path) -> list[str]:
    return [fault.code for ledger in ledgers(folder).values() for fault in ledger.faults]


def rewritten(file: Path, **fields: object) -> Path:
    """An entry with other fields, under the name that fits, with the signature of the first."""
    data = json.loads(file.read_text(encoding="utf-8")) | fields
    text = json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    new = file.with_name(hashlib.sha256(text.encode()).hexdigest()[:16] + ".json")
    new.write_text(text, encoding="utf-8")
    file.unlink()
    Path(f"{file}.sig").rename(f"{new}.sig")
    return new


def test_an_entry_is_read_as_it_was_made(folder, key):
    file = add(folder, key, reason="Vu et approuvé", conditions=("avant juin",))
    ledger = ledgers(folder)["REQ-1"]
    (signed,) = ledger.entries
    assert signed.entry == entry(reason="Vu et approuvé", conditions=("avant juin",), key=fingerprint_of(key))
    assert signed.signer == fingerprint_of(key)
    assert signed.digest == f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
    assert ledger.heads == (signed.digest,)
    assert ledger.faults == ()
    assert file.name == f"{signed.digest[7:23]}.json"


def test_the_file_is_json_with_sorted_keys_and_letters_as_they_are(folder, key):
    text = add(folder, key, name="Hélène").read_text(encoding="utf-8")
    data = json.loads(text)
    assert list(data) == sorted(data)
    assert text == json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    assert '"name": "Hélène"' in text
    assert set(data) == {
        "artifact", "content", "date", "decision", "form", "heads", "key", "name", "party", "role", "version",
    }  # fmt: skip


def test_an_ed25519_key_signs_the_same_entry_the_same_way(tmp_path, key):
    first, second = (add(tmp_path / name, key) for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()
    assert Path(f"{first}.sig").read_bytes() == Path(f"{second}.sig").read_bytes()


def test_two_branches_make_two_heads_and_the_next_entry_joins_them(folder, key):
    add(folder, key)
    (root,) = ledgers(folder)["REQ-1"].heads
    add(folder, key, role="Accountant", heads=(root,), date="2026-03-03T09:00:00Z")
    add(folder, key, role="Lawyer", heads=(root,), date="2026-03-03T09:00:00Z")
    heads = ledgers(folder)["REQ-1"].heads
    assert len(heads) == 2
    add(folder, key, role="Clerk", heads=heads, date="2026-03-04T09:00:00Z")
    ledger = ledgers(folder)["REQ-1"]
    assert [item.entry.role for item in ledger.entries][::3] == ["Director", "Clerk"]
    assert len(ledger.heads) == 1
    assert ledger.faults == ()


def test_an_entry_that_was_edited_is_found(folder, key):
    file = add(folder, key)
    file.write_text(file.read_text().replace('"1.0"', '"1.1"'))
    assert codes(folder) == ["ledger.altered"]
    assert ledgers(folder)["REQ-1"].entries == ()


def test_an_entry_that_was_edited_and_renamed_is_found(folder, key):
    rewritten(add(folder, key), version="1.1")
    assert codes(folder) == ["ledger.forged"]


def test_an_entry_that_another_key_signed_in_its_name_is_found(folder, key, tmp_path):
    file = add(folder, key)
    signature = sign(file.read_bytes(), new_key(tmp_path, "thief"))
    Path(f"{file}.sig").write_bytes(signature)
    (fault,) = ledgers(folder)["REQ-1"].faults
    assert fault.code == "ledger.forged"
    assert fingerprint_of(str(tmp_path / "thief")) in fault.message


def test_a_signature_for_another_purpose_is_none(folder, key, tmp_path):
    file = add(folder, key)
    from tests.e2e.projects import run

    run("ssh-keygen", "-Y", "sign", "-f", key, "-n", "git", str(shutil.copy(file, tmp_path)), cwd=tmp_path)
    shutil.copy(tmp_path / f"{file.name}.sig", f"{file}.sig")
    assert codes(folder) == ["ledger.forged"]


def test_an_entry_in_another_ledger_is_found(folder, key):
    file = add(folder, key)
    other = folder / "REQ-2"
    other.mkdir()
    shutil.copy(file, other)
    shutil.copy(f"{file}.sig", other)
    assert codes(folder) == ["ledger.replayed"]
    assert ledgers(folder)["REQ-2"].heads == ()


def test_an_entry_that_is_gone_is_missed_by_the_next(folder, key):
    first = add(folder, key)
    heads = ledgers(folder)["REQ-1"].heads
    second = add(folder, key, decision="reject", reason="No", heads=heads, date="2026-03-03T09:00:00Z")
    first.unlink()
    Path(f"{first}.sig").unlink()
    (fault,) = ledgers(folder)["REQ-1"].faults
    assert (fault.code, fault.where) == ("ledger.cut", f"approvals/REQ-1/{second.name}")
    assert first.name in fault.message


def test_what_is_gone_is_told_once(folder, key):
    first = add(folder, key)
    heads = ledgers(folder)["REQ-1"].heads
    add(folder, key, role="Accountant", heads=heads, date="2026-03-03T09:00:00Z")
    add(folder, key, role="Lawyer", heads=heads, date="2026-03-03T09:00:00Z")
    first.unlink()
    assert codes(folder) == ["ledger.orphan"]
    Path(f"{first}.sig").unlink()
    assert codes(folder) == ["ledger.cut"]


def test_an_entry_before_what_it_saw_is_found(folder, key):
    add(folder, key)
    heads = ledgers(folder)["REQ-1"].heads
    add(folder, key, role="Lawyer", heads=heads, date="2026-03-02T08:59:59Z")
    assert codes(folder) == ["ledger.reordered"]


def test_an_entry_without_its_signature_and_a_signature_without_its_entry_are_found(folder, key):
    Path(f"{add(folder, key)}.sig").unlink()
    assert codes(folder) == ["ledger.unsigned"]
    add(folder, key, version="1.1").unlink()
    assert sorted(codes(folder)) == ["ledger.orphan", "ledger.unsigned"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b'{"form": "paraph.entry/2"}',
        b"[" * 100_000,
        b"\xff\xfe",
        encode(entry(date="2026-02-30T09:00:00Z")),
        encode(entry(date="2026-03-02")),
        encode(entry(content="sha256:1")),
        encode(entry(decision="applaud")),
        encode(entry(key="SHA256:short")),
        encode(entry()).replace(b"  ", b"    "),
        encode(entry()).replace(b'"role"', b'"role": "King",\n  "role"'),
        encode(entry()).replace(b'"role"', b'"rank": 1,\n  "role"'),
    ],
)
def test_what_is_no_entry_is_unreadable(folder, data):
    home = folder / "REQ-1"
    home.mkdir()
    name = hashlib.sha256(data).hexdigest()[:16]
    (home / f"{name}.json").write_bytes(data)
    assert codes(folder) == ["ledger.unreadable"]


def test_other_files_and_folders_are_no_part_of_a_ledger(folder, key):
    add(folder, key)
    (folder / "README.md").write_text("What this is.\n")
    (folder / "REQ-1" / "1.0").mkdir()
    (folder / "REQ-1" / "1.0" / "x.json").write_text("{}")
    (folder / "REQ-1" / "note.txt").write_text("")
    assert codes(folder) == []
    assert list(ledgers(folder)) == ["REQ-1"]


def test_no_folder_is_no_ledger(tmp_path):
    assert read_ledgers(str(tmp_path), SETTINGS) == {}


def test_verdicts_are_not_asked_for_twice(folder, key, monkeypatch):
    add(folder, key)
    known: dict[str, str] = {}
    before = read_ledgers(str(folder.parent), SETTINGS, known)
    monkeypatch.setattr("pipeline.tools.run", None)
    assert read_ledgers(str(folder.parent), SETTINGS, known) == before
    with pytest.raises(TypeError):
        read_ledgers(str(folder.parent), SETTINGS)


def test_a_ledger_that_lost_a_head_is_told(folder, key):
    first = add(folder, key)
    heads = ledgers(folder)["REQ-1"].heads
    recorded = heads_of(ledgers(folder))
    assert recorded == {"REQ-1": heads}
    add(folder, key, role="Lawyer", heads=heads, date="2026-03-03T09:00:00Z")
    assert compare_heads(ledgers(folder), recorded, "approvals", "then") == []
    recorded = {**heads_of(ledgers(folder)), "REQ-2": (OTHER,)}
    second = next(item for item in (folder / "REQ-1").glob("*.json") if item != first)
    second.unlink()
    faults = compare_heads(ledgers(folder), recorded, "approvals", "then")
    assert [(fault.code, fault.where) for fault in faults] == [
        ("ledger.shorter", f"approvals/REQ-1/{second.name}"),
        ("ledger.shorter", f"approvals/REQ-2/{OTHER[7:23]}.json"),
    ]
    said = f"the ledger of REQ-1 had the entry {second.name} then, and no longer has it"
    assert faults[0].message == said


def test_a_key_that_cannot_sign_leaves_nothing(folder, tmp_path):
    from tests.e2e.projects import run

    locked = tmp_path / "locked"
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "secret words", "-f", str(locked), cwd=tmp_path)
    with pytest.raises(CouldNotRun) as caught:
        add(folder, str(locked))
    assert "passphrase" in caught.value.hint
    assert list(folder.iterdir()) in ([], [folder / "REQ-1"])
    assert codes(folder) == []


def test_the_same_entry_is_not_written_twice(folder, key):
    add(folder, key)
    with pytest.raises(CouldNotRun, match="there already"):
        add(folder, key)
