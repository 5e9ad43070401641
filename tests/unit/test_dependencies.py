"""Dependencies are declared, listed with a reason and pinned with hashes, and no file names a registry."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.tools import TOOLS

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"^([a-z0-9][a-z0-9-]*)==([^\s;]+)( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
# Put together here, so that this file is not itself one that names them.
REGISTRIES = re.compile(
    r"|".join(
        map(
            re.escape,
            (
                "pypi" + ".org",
                "pythonhosted" + ".org",
                "registry.npmjs" + ".org",
                "registry.yarnpkg" + ".com",
                "deb.debian" + ".org",
                "security.debian" + ".org",
                "proxy.golang" + ".org",
                "sum.golang" + ".org",
                "repo.maven.apache" + ".org",
                "repo1.maven" + ".org",
                "static.crates" + ".io",
                "index.crates" + ".io",
            ),
        )
    )
)


def name_of(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0]).lower()


def runtime() -> set[str]:
    return {name_of(each) for each in PROJECT["project"]["dependencies"]}


def by_choice() -> set[str]:
    return {name_of(each) for group in PROJECT["project"]["optional-dependencies"].values() for each in group}


def direct() -> set[str]:
    groups = [*PROJECT["project"]["optional-dependencies"].values(), *PROJECT["dependency-groups"].values()]
    return runtime() | {name_of(each) for group in groups for each in group}


def listed() -> dict[str, str]:
    """The rows of DEPENDENCIES.md, each name with its reason."""
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", (ROOT / "DEPENDENCIES.md").read_text(), re.MULTILINE)
    return {name: reason for name, reason in rows if name not in ("package", "program")}


def pins(lock: Path) -> Iterator[tuple[str, str]]:
    for line in lock.read_text().splitlines():
        if found := PIN.match(line):
            yield found[1], found[2]


def imports(folder: str) -> set[str]:
    """The top names of what the modules of a folder import, less the standard library and our own."""
    found: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"pipeline", "tests"}


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in names.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_every_direct_dependency_is_listed_with_its_reason():
    assert direct() - set(listed()) == set()


def test_every_system_package_that_the_set_up_asks_for_is_listed():
    asked = set(re.findall(r'Need\("([^"]+)"', (ROOT / "scripts/set_up/system.py").read_text()))
    assert len(asked) > 5
    assert asked - set(listed()) == set()


def test_the_list_names_nothing_that_is_not_used():
    text = (ROOT / "pyproject.toml").read_text() + (ROOT / "scripts/set_up/system.py").read_text()
    packages = {name for name in listed() if re.fullmatch(r"[a-z0-9.-]+", name)} - {"git"}
    assert {name for name in packages if name not in text} == set()


@pytest.mark.parametrize("folder", ["pipeline", "tests"])
def test_what_the_code_imports_is_a_direct_dependency(folder: str):
    owners = importlib.metadata.packages_distributions()
    allowed = runtime() | by_choice() if folder == "pipeline" else direct()
    undeclared = {
        module
        for module in imports(folder)
        if not {name_of(owner) for owner in owners.get(module, [module])} & allowed
    }
    assert undeclared == set()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_holds_pins_with_hashes_and_nothing_else(lock: Path):
    lines = lock.read_text().splitlines()
    strange = [line for line in lines if not (line.startswith("#") or PIN.match(line) or HASH.match(line))]
    assert strange == []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if PIN.match(line):
            assert HASH.match(following), line
    assert len(list(pins(lock))) > 0


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_holds_no_address_and_no_path_of_a_machine(lock: Path):
    assert re.findall(r"\w+://|--find-links|--index|(?<![\w.-])/\w+|@ ", lock.read_text()) == []


def test_there_is_a_lock_for_each_group():
    assert {lock.stem for lock in LOCKS} == {"runtime", *PROJECT["dependency-groups"]}


@pytest.mark.parametrize("group", ["runtime", *PROJECT["dependency-groups"]])
def test_a_lock_pins_all_that_its_group_asks_for(group: str):
    asked = (
        runtime() if group == "runtime" else {name_of(each) for each in PROJECT["dependency-groups"][group]}
    )
    pinned = {name for name, _ in pins(ROOT / "requirements" / f"{group}.txt")}
    assert asked - pinned == set()


def test_the_locks_agree_with_each_other():
    # A lock may pin several versions of one package, each for some Pythons.
    versions: dict[str, dict[str, set[str]]] = {}
    for lock in LOCKS:
        for name, version in pins(lock):
            versions.setdefault(name, {}).setdefault(lock.stem, set()).add(version)
    shared = {name: places for name, places in versions.items() if len(places) > 1}
    assert shared
    assert {name: p for name, p in shared.items() if len(set(map(frozenset, p.values()))) > 1} == {}


def test_the_vale_that_the_set_up_gets_is_one_that_checks_accept():
    versions = dict(pins(ROOT / "requirements/vale.txt"))
    pinned = tuple(int(part) for part in versions["vale"].split(".")[:3])
    lowest, highest = re.fullmatch(r">=([\d.]+),<([\d.]+)", TOOLS["vale"].wanted).groups()
    assert tuple(map(int, lowest.split("."))) <= pinned < tuple(map(int, highest.split(".")))


def test_no_tracked_file_names_a_registry():
    naming = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if REGISTRIES.search(path.read_text("utf-8", "replace"))
    ]
    assert naming == []


def test_no_lock_of_another_package_manager_is_tracked():
    names = {
        "uv.lock",
        "poetry.lock",
        "Pipfile.lock",
        "pdm.lock",
        "package-lock.json",
        "yarn.lock",
        "pnpm-lock.yaml",
    }
    assert [str(path) for path in tracked() if path.name in names] == []
