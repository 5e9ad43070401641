"""The manifest of a release says where the programme stood, and readers get one that tells of nothing above them."""

import json

import jsonschema
from msgspec import structs

from pipeline.model import Finding, Report
from pipeline.model.release import Counted, Manifest, Output, Waived, read_manifest, write_manifest
from pipeline.publish.manifest import Circumstances, manifest_for, outputs_of, shown
from tests.e2e.projects import ROOT
from tests.support import programme_of
from tests.unit.publish.sites import site

TEXT = """---
classification: public
---

# Needs

## BN-001 Less paper than BN-002

```yaml {.artifact}
status: approved
version: "1.0"
classification: public
```

Fewer letters.

## BN-002 The bribe

```yaml {.artifact}
status: draft
version: "0.1"
classification: limited
```

It is paid.
"""
HEAD = "sha256:" + "a" * 64
FINDINGS = (
    Finding("needs.md", 7, 1, "ND-COV", "nothing satisfies it", artifact="BN-001", severity="warning"),
    Finding(
        "needs.md", 9, 1, "ND-COV", "nothing satisfies it", artifact="BN-001", severity="warning", known=True
    ),
    Finding("needs.md", 17, 1, "ND-COV", "nothing satisfies it", artifact="BN-002", severity="warning"),
    Finding(
        "needs.md", 7, 1, "REF-DRAFT", "it rests on BN-002", artifact="BN-001", severity="error", known=True
    ),
)
WAIVED = (
    Finding(
        "needs.md",
        7,
        1,
        "RQ-AC",
        "no criterion",
        artifact="BN-001",
        waived="later (PTY-001, until 2026-12-31)",
    ),
    Finding("needs.md", 7, 1, "RQ-X", "no criterion", artifact="BN-001", waived="because of BN-002"),
)
PROGRAMME, _ = programme_of({"needs.md": TEXT})
REPORT = Report(FINDINGS, (), 1, 2, "release", "error", "2026-03-31", waived=WAIVED)


def made() -> Manifest:
    around = Circumstances("1.0", "Mail", "c" * 40, "2026-03-31", "public", "material", {"git": "2.39"})
    ledgers = {"BN-002": (HEAD,), "BN-001": (HEAD,), "BN-003": ()}
    return manifest_for(
        PROGRAMME, REPORT, ledgers, [Output("b", "1" * 64, 2), Output("a", "2" * 64, 1)], around
    )


def test_it_counts_findings_and_waivers_and_lists_all_in_order():
    manifest = made()
    assert manifest.findings == (Counted("ND-COV", "warning", 3, 1), Counted("REF-DRAFT", "error", 1, 1))
    assert manifest.waivers == (
        Waived("RQ-AC", "BN-001", 1, "later (PTY-001, until 2026-12-31)"),
        Waived("RQ-X", "BN-001", 1, "because of BN-002"),
    )
    assert [item.path for item in manifest.outputs] == ["a", "b"]
    assert manifest.ledgers == {"BN-001": (HEAD,), "BN-002": (HEAD,)}
    assert [(item.id, item.title) for item in manifest.artifacts] == [
        ("BN-001", "Less paper than BN-002"),
        ("BN-002", "The bribe"),
    ]


def test_readers_are_told_of_nothing_that_is_above_them():
    manifest = shown(made(), PROGRAMME, REPORT)
    assert b"BN-002" not in write_manifest(manifest)
    assert b"bribe" not in write_manifest(manifest)
    assert [(item.id, item.title) for item in manifest.artifacts] == [
        ("BN-001", "Less paper than [withheld]")
    ]
    assert manifest.findings == (Counted("ND-COV", "warning", 2, 1),)
    assert [item.code for item in manifest.waivers] == ["RQ-AC"]
    assert manifest.ledgers == {"BN-001": (HEAD,)}
    assert manifest.outputs == made().outputs


def test_for_those_who_may_see_everything_it_is_the_same():
    whole = structs.replace(made(), audience="limited")
    assert shown(whole, PROGRAMME, REPORT) == whole


def test_it_is_written_in_one_way_that_fits_the_schema_and_is_read_again():
    data = write_manifest(made())
    schema = json.loads((ROOT / "schemas/reports/release.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(json.loads(data))
    assert read_manifest(data) == made()
    assert data == json.dumps(json.loads(data), indent=2, sort_keys=True).encode() + b"\n"


def test_outputs_are_named_with_the_digest_and_the_size_of_what_is_there(tmp_path):
    site(tmp_path / "1.0")
    page = "6cdd0621def911531209bd14685fc4fca0c38ca0464199fa72c9496b8d9a9e91"
    style = "48d24394dd48cb69a7b7b0ce8d02320dbd8b404e8ee4f422499a2671dcdac10e"
    assert sorted(outputs_of(str(tmp_path / "1.0")), key=lambda item: item.path) == [
        Output("assets/a.css", style, 4),
        Output("index.html", page, 6),
        Output("page/index.html", page, 6),
    ]
