"""Who may import whom. A module that breaks the rule is named with the import that does it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]

# What every room may use: values, errors, where shipped files lie, how files are written whole, the version.
EVERYWHERE = {"model", "errors", "shipped", "whole", "__version__"}

# Besides itself and what stands in EVERYWHERE. The rooms stand in the order of the way through the house.
MAY_USE: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "shipped": set(),
    "whole": set(),
    "tools": set(),
    "settings": set(),
    "cache": set(),
    "schemas": set(),
    "kinds": {"schemas"},
    "report": set(),
    "sources": {"tools"},
    "programme": {"kinds", "sources"},
    "history": {"cache", "tools", "settings", "schemas", "sources", "kinds", "programme", "figures"},
    "figures": {"kinds", "programme"},
    # Reads approvals and judges them: what a deliverable holds, they cover.
    "ledger": {"tools", "settings", "sources", "kinds", "programme", "views"},
    "checks": {"sources", "kinds", "programme", "figures", "history", "ledger"},
    "prose": {"sources", "tools"},
    "views": {"sources", "kinds", "programme", "figures"},
    "weave": {"sources", "kinds", "programme", "figures", "views", "ledger"},
    "render": {"sources", "weave", "tools"},
    "signoff": {
        "tools",
        "settings",
        "schemas",
        "sources",
        "kinds",
        "programme",
        "views",
        "weave",
        "render",
        "ledger",
        "history",
    },
    "publish": {"tools", "history", "ledger", "weave", "render", "signoff"},
    "exchange": {"tools", "signoff", "figures", "ledger"},
    "edit": {"sources", "kinds", "programme"},
    # What of the findings is shown, and under which path.
    "shown": {"settings", "sources"},
    # Brings documents, programme and findings up to date with the cache: the half of `run` that needs all of them.
    "refresh": {"cache", "checks", "kinds", "programme", "settings", "sources"},
    # Brings the ledgers to a programme: the half of `run` that judges approvals.
    "approved": {"ledger", "refresh", "settings"},
    # Puts two revisions beside each other, with what the change touches.
    "compare": {"figures", "history", "programme", "settings", "views"},
    # Judges a programme as a change of a base: the half of `run` that needs another revision.
    "against": {"checks", "history", "kinds", "ledger", "schemas", "settings", "sources", "trusted"},
    # Judges approvals by what a base says of who may sign: the half of `against` that needs ledgers.
    "trusted": {"checks", "history", "ledger", "settings"},
    # Which findings were there before: between what is found and what is reported.
    "ratchet": {"report"},
    # Tries mends in memory before they are written: the half of `run` that needs what edits and what checks.
    "mending": {"cache", "checks", "edit", "refresh", "sources"},
    # Whether what the settings judge by is there, in the rules and in the schemas.
    "agreed": {"checks", "kinds", "settings"},
}
FREE = {"work", "run", "outputs", "preview", "cli"}

# Imports inside functions, and why. `cli` may always: its commands are loaded when they are called.
LATE = {
    "sources/yaml.py": "PyYAML takes longer to load than a plain programme needs to be checked again",
    "against/__init__.py": "only where something is approved, what judges approvals is loaded",
    "outputs/deliverables.py": "where nothing changed, nothing is woven, and nothing that draws is loaded",
    "shown.py": "most runs show no finding, and need no line of a source",
    "run.py": "only what mends, or turns the ratchet, or has findings to show, needs what does it",
    "work/__init__.py": "when nothing changed, the cache answers, and what reads and checks is never loaded",
    "render/pdf/render.py": "WeasyPrint takes half a second to load, and only a PDF needs it",
}


class Import(NamedTuple):
    """One import of a module: where it stands, what it names, and whether inside a function."""

    path: str
    line: int
    name: str
    late: bool

    @property
    def room(self) -> str:
        """The room that imports."""
        return self.path.split("/")[0].removesuffix(".py")


def imports(source: str, path: str) -> Iterator[Import]:
    """All imports of a module. `from pipeline.a import b` names `pipeline.a.b` where that is a module.

    What is imported for types alone does not count.
    """
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    late = {id(inner) for function in functions for inner in ast.walk(function)}
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names = [_submodule(module, item.name) for item in node.names]
        elif isinstance(node, ast.Import):
            names = [item.name for item in node.names]
        else:
            continue
        for name in names:
            yield Import(path, node.lineno, name, id(node) in late)


def _submodule(module: str, name: str) -> str:
    inner = ROOT.joinpath(*module.split("."), name)
    return (
        f"{module}.{name}"
        if module == "pipeline" or inner.is_dir() or inner.with_suffix(".py").exists()
        else module
    )


ALL = [
    item
    for file in sorted((ROOT / "pipeline").rglob("*.py"))
    for item in imports(file.read_text(encoding="utf-8"), file.relative_to(ROOT / "pipeline").as_posix())
]
OURS = [item for item in ALL if item.name.startswith("pipeline.")]


def target(item: Import) -> str:
    """The room that is imported."""
    return item.name.split(".")[1]


def breaches(items: list[Import]) -> list[str]:
    """The imports that the table does not allow."""
    return [
        f"pipeline/{item.path}:{item.line} imports {item.name}"
        for item in items
        if item.room not in FREE
        and target(item) != item.room
        and target(item) not in MAY_USE.get(item.room, set()) | EVERYWHERE
        and item.path != "__init__.py"
    ]


def test_every_room_imports_only_what_it_may():
    assert breaches(OURS) == []


def test_every_room_has_its_place():
    rooms = {item.room for item in ALL} - {"__init__"} - FREE
    assert rooms <= MAY_USE.keys(), "a new room: say in MAY_USE what it may import"


def test_model_imports_nothing_of_ours():
    assert [item for item in OURS if item.room == "model" and target(item) != "model"] == []


@pytest.mark.parametrize(
    ("name", "users"),
    [
        ("cli", {"cli"}),
        ("preview", {"preview", "cli"}),
        ("outputs", {"outputs", "preview", "cli"}),
        ("run", {"outputs", "preview", "cli"}),
        ("work", {"work", "run"}),
    ],
)
def test_what_stands_at_the_top_is_imported_by_few(name, users):
    assert {item.room for item in OURS if target(item) == name} <= users


def test_a_family_of_checks_never_imports_another():
    shared = {
        "pipeline.checks.knots",
        "pipeline.checks.likeness",
        "pipeline.checks.nearest",
        "pipeline.checks.rule",
        "pipeline.checks.runner",
        "pipeline.checks.stated",
        "pipeline.checks.targets",
        "pipeline.checks.unsure",
        "pipeline.checks.validator",
        "pipeline.checks.wording",
    }
    registry = [item.name for item in OURS if item.path == "checks/__init__.py"]
    families = {name.rsplit(".", 1)[-1] for name in registry if name.startswith("pipeline.checks.")}
    assert {"identity", "links", "schema"} <= families
    found = [
        item
        for item in OURS
        if item.room == "checks"
        and Path(item.path).stem in families
        and item.name.startswith("pipeline.checks.")
    ]
    assert [item for item in found if item.name not in shared] == []


def test_the_rooms_form_no_cycle():
    edges = {item.room: set() for item in OURS if item.room != "__init__"}
    for item in OURS:
        if item.room in edges and target(item) != item.room:
            edges[item.room].add(target(item))
    assert _cycle(edges) == []


def test_the_modules_form_no_cycle():
    """Imports inside functions count: they hide a cycle, they do not end it."""
    names = {item.path: _module(item.path) for item in ALL}
    known = set(names.values())
    edges: dict[str, set[str]] = {name: set() for name in known}
    for item in OURS:
        if item.name in known and item.name != names[item.path]:
            edges[names[item.path]].add(item.name)
    assert _cycle(edges) == []


def _module(path: str) -> str:
    return "pipeline." + path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def _cycle(edges: dict[str, set[str]]) -> list[str]:
    """Some nodes in a cycle: what is left when all that leads nowhere is taken away, again and again."""
    left = dict(edges)
    while True:
        ends = [node for node, targets in left.items() if not targets & left.keys()]
        if not ends:
            return sorted(left)
        for node in ends:
            del left[node]


def test_imports_inside_functions_are_listed_with_their_reason():
    late = {item.path for item in OURS if item.late and item.room != "cli"}
    assert late == LATE.keys()


@pytest.mark.parametrize(("name", "rooms"), [("subprocess", {"tools"}), ("click", {"cli"}), ("pty", set())])
def test_what_only_one_room_may_import(name, rooms):
    assert {item.room for item in ALL if item.name.split(".")[0] == name} == rooms


def test_only_one_module_starts_processes():
    assert {item.path for item in ALL if item.name.split(".")[0] == "subprocess"} == {"tools/process.py"}


def calls(outside: str = "") -> Iterator[tuple[str, str]]:
    """What is called, and where, in all modules but those of one room."""
    for file in sorted((ROOT / "pipeline").rglob("*.py")):
        if outside in file.relative_to(ROOT / "pipeline").parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), f"{file.relative_to(ROOT)}:{node.lineno}"


def test_only_cli_prints():
    printing = {"print", "sys.stdout.write", "sys.stderr.write"}
    assert [place for name, place in calls(outside="cli") if name in printing] == []


def test_nothing_evaluates_text():
    forbidden = {
        "eval",
        "exec",
        "os.system",
        "os.popen",
        "pickle.loads",
        "pickle.load",
        "yaml.load",
        "__import__",
    }
    assert [place for name, place in calls() if name in forbidden] == []


def test_a_breach_is_found():
    """The walk itself: an import at the top, one in a function, and one of the package."""
    text = "from pipeline.checks import CHECKS\ndef f():\n    import pipeline.render.site\nfrom pipeline import cli\n"
    found = list(imports(text, "views/table.py"))
    assert [(target(item), item.late) for item in found] == [
        ("checks", False),
        ("cli", False),
        ("render", True),
    ]
    assert len(breaches(found)) == 3
    assert _cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]
