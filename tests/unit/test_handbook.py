"""The handbook says what the code does: settings, commands, rules, view blocks."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import fields

from pipeline.checks import CHECKS
from pipeline.cli.group import COMMANDS
from pipeline.kinds import build_catalogue, read_schemas
from pipeline.model import Adoption, Coverage, Policy, Thresholds
from pipeline.model.thresholds import Rag
from pipeline.prose import styles
from pipeline.settings import Glossary, Limits, Settings, Site
from pipeline.signoff.pdf.reasons import REASONS

ROOT = Path(__file__).parents[2]
HANDBOOK = ROOT / "docs_src" / "handbook"
TABLES = {
    "": Settings,
    "limits.": Limits,
    "site.": Site,
    "adopt.": Adoption,
    "thresholds.": Thresholds,
    "thresholds.rag.": Rag,
    "glossary.": Glossary,
    "coverage.": Coverage,
    "policies.<kind>.": Policy,
}
CATALOGUE = build_catalogue(read_schemas([str(ROOT / "schemas")]))


def read(name: str) -> str:
    return (HANDBOOK / name).read_text(encoding="utf-8")


def rows(text: str) -> dict[str, str]:
    """The rows of all tables: what stands in code in the first column, and the second column."""
    found = re.findall(r"^\| `([^`]+)` \| (.*?) \|", text, re.MULTILINE)
    return {key: value.strip("`") for key, value in found}


def default_of(field: Any) -> str:
    value = field.default
    if value is msgspec.NODEFAULT:
        value = field.default_factory() if field.default_factory is not msgspec.NODEFAULT else value
    if value is msgspec.NODEFAULT:
        return "needed"
    return "a table" if isinstance(value, msgspec.Struct) else msgspec.json.encode(value).decode()


def test_every_setting_stands_there_with_its_default_and_no_other_does():
    wanted = {
        prefix + field.encode_name: default_of(field)
        for prefix, table in TABLES.items()
        for field in fields(table)
    }
    assert rows(read("settings.md")) == wanted


def test_every_key_of_a_page_and_of_a_view_block_stands_there():
    assert set(CATALOGUE.page["properties"]) <= set(rows(read("writing.md")))
    views = read("views.md")
    assert {key for key in CATALOGUE.view["properties"] if key != "view" and f"`{key}`" not in views} == set()


def test_every_view_stands_there_with_the_keys_that_it_takes():
    text = read("views.md").partition("## Which keys go together")[2]
    told = {
        name: set(re.findall(r"`(\w+)`", keys))
        for name, keys in re.findall(r"^\| `(\w+)` \|(.*)\|$", text, re.MULTILINE)
    }
    taken = {}
    for entry in CATALOGUE.view["allOf"]:
        condition = entry["if"]["properties"]["view"]
        for name in condition.get("enum", [condition.get("const")]):
            taken[name] = set(entry["then"]["propertyNames"]["enum"]) - {"view"}
    assert told == taken
    assert list(told) == CATALOGUE.view["properties"]["view"]["enum"]


def test_every_keyword_of_a_kind_stands_there():
    text = read("schemas.md")
    meta = msgspec.json.decode((ROOT / "schemas/meta.schema.json").read_bytes())["$defs"]
    inner = [key for part in ("kind", "state", "link") for key in meta[part]["properties"]]
    ours = [key for part in ("field", "keywords") for key in meta[part]["properties"] if key.startswith("x-")]
    assert [key for key in (*inner, *ours, "x-kind") if f"`{key}`" not in text] == []
    common = msgspec.json.decode((ROOT / "schemas/common.schema.json").read_bytes())
    assert [name for name in common["x-lifecycles"] if f"`{name}`" not in text] == []


def test_the_example_of_a_kind_is_one(tmp_path: Path):
    (schema,) = (block for block in blocks("schemas.md", "json") if block.startswith("{"))
    (tmp_path / "recommendation.schema.json").write_text(schema)
    catalogue = build_catalogue(read_schemas([str(ROOT / "schemas"), str(tmp_path)]))
    assert catalogue.faults == ()
    assert catalogue.kinds["recommendation"].links["answered_by"].to == ("decision", "action")


def test_the_example_of_an_adopted_kind_is_one_and_that_of_the_readme(tmp_path: Path):
    (schema,) = blocks("adopting.md", "json")
    assert schema in (ROOT / "README.md").read_text(encoding="utf-8")
    (tmp_path / "adr.schema.json").write_text(schema)
    assert build_catalogue(read_schemas([str(ROOT / "schemas"), str(tmp_path)])).faults == ()


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", read(name), re.MULTILINE | re.DOTALL)


def pages() -> list[str]:
    return sorted(path.relative_to(HANDBOOK).as_posix() for path in HANDBOOK.rglob("*.md"))


@pytest.mark.parametrize("name", pages())
def test_commands_and_rules_that_a_page_names_exist(name: str):
    text = read(name)
    named = set(re.findall(r"`paraph ([a-z]+)[ `]", text)) | set(
        re.findall(r"^paraph ([a-z]+)", text, re.MULTILINE)
    )
    assert named - COMMANDS.keys() == set()
    codes = {rule.code for rule in (*CHECKS, *styles.rules(styles.load([ROOT / "styles"])))}
    families = {code.split("-")[0] for code in codes}
    found = {item for item in re.findall(r"`([A-Z]+-[A-Z]+)`", text) if item.split("-")[0] in families}
    assert found - codes == set()


def test_every_command_is_named_somewhere():
    everything = "".join(read(name) for name in pages())
    assert [name for name in COMMANDS if f"paraph {name}" not in everything] == []


def test_the_page_on_verifying_names_every_code():
    form = re.compile(r'"((?:file|ledger|rebuild|record|release|signature)\.[a-z]+(?:-[a-z]+)*)"')
    rooms = [ROOT / "pipeline" / room for room in ("ledger", "outputs", "publish", "signoff")]
    used = {
        code
        for room in rooms
        for path in room.rglob("*.py")
        for code in form.findall(path.read_text("utf-8"))
    }
    page = (ROOT / "docs_src/handbook/verifying.md").read_text("utf-8")
    listed = re.findall(r"^\| `([a-z]+\.[a-z-]+)` \|", page, re.MULTILINE)
    assert listed == sorted({*used, *REASONS} - {"rebuild.same"})
