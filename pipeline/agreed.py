"""Whether the settings that judge name what there is: rules, gates, statuses, kinds, fields and links.

A misspelt code would pass for a rule that finds nothing, so each is an error with the nearest valid name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline import checks
from pipeline.checks.coverage import role_of, rule_of
from pipeline.checks.grade import unknown_setting
from pipeline.errors import CouldNotRun
from pipeline.kinds import Catalogue
from pipeline.model import Coverage, Kind, Rule
from pipeline.settings import Project, Settings, nearest, unknown_key, wrong_value

_CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)+")


def rules_of(settings: Settings) -> tuple[Rule, ...]:
    """The rules that a project is judged by, but for those of wording: the catalogue's, and its own on coverage."""
    return (*checks.CHECKS, *map(rule_of, settings.coverage))


def check_agreed(project: Project, catalogue: Catalogue, wording: Iterable[Rule]) -> None:
    """Raise CouldNotRun where a severity is set for, or a coverage rule asks for, what there is not."""
    settings = project.settings
    taken = {rule.code for rule in (*checks.CHECKS, *wording)}
    for index, table in enumerate(settings.coverage):
        _check_code(project, index, table, taken)
        _check_table(project, index, table, catalogue)
    _check_policies(project, catalogue)
    codes = taken | {table.code for table in settings.coverage}
    statuses = {state for kind in catalogue.kinds.values() for state in kind.states}
    wrong = unknown_setting(settings.severity, codes, statuses) if settings.severity else None
    if wrong:
        path, words, names = wrong
        raise unknown_key(project.file, ("severity", *path), words, names)


def _check_policies(project: Project, catalogue: Catalogue) -> None:
    """That each policy is of a kind, names a role, and asks for no more people than it has roles."""
    for name, policy in project.settings.policies.items():
        roles = {*policy.before, *policy.on}
        if name not in catalogue.kinds:
            hint = nearest(name, sorted(catalogue.kinds))
            raise wrong_value(project.file, ("policies", name), f"there is no kind {name!r}", hint)
        if not roles and name != "deliverable":
            hint = 'name who approves: before = ["Director"]'
            raise wrong_value(project.file, ("policies", name), "it names no role", hint)
        if roles and policy.quorum > len(roles) and name != "deliverable":
            words = f"{policy.quorum} people are more than its roles, {len(roles)}"
            hint = "leave it out where every role must approve"
            raise wrong_value(project.file, ("policies", name, "quorum"), words, hint)


def _check_code(project: Project, index: int, table: Coverage, taken: set[str]) -> None:
    path = ("coverage", str(index), "code")
    if not _CODE.fullmatch(table.code):
        hint = "write capitals and digits with a hyphen between: RQ-OWN"
        raise wrong_value(project.file, path, f"{table.code!r} is no code of a rule", hint)
    others = [other.code for other in project.settings.coverage[:index]]
    if table.code in taken or table.code in others:
        words = f"{table.code} is the code of another rule"
        raise wrong_value(project.file, path, words, "choose a code of your own")


def _check_table(project: Project, index: int, table: Coverage, catalogue: Catalogue) -> None:
    """That the kinds, the fields, their values and the link of a table are there."""
    kinds = catalogue.kinds
    for key, name in (("kind", table.kind), ("to", table.to)):
        if name not in kinds:
            raise _unknown(project, index, (key,), f"there is no kind {name!r}", name, sorted(kinds))
    kind, other = kinds[table.kind], kinds[table.to]
    if not role_of(table.needs, kind, other)[0]:
        words = f"no link of {table.kind} or to it is called {table.needs!r}"
        links = sorted({*kind.links, *_inverses(kind, other)})
        raise _unknown(project, index, ("needs",), words, table.needs, links)
    for key, wanted, about in (("where", table.where, kind), ("with", table.having, other)):
        for field, values in wanted.items():
            known = about.schema["properties"]
            if field not in known:
                words = f"a {about.name} has no field {field!r}"
                raise _unknown(project, index, (key, field), words, field, sorted(known))
            for value in values if isinstance(values, tuple) else (values,):
                allowed = _allowed(known[field])
                if allowed and value not in allowed:
                    words = f"{field} is never {value!r}"
                    raise _unknown(project, index, (key, field), words, str(value), map(str, allowed))


def _inverses(kind: Kind, other: Kind) -> Iterator[str]:
    """The words of the links of another kind that may lead to a kind."""
    for link in other.links.values():
        if kind.name in link.to or "*" in link.to:
            yield link.inverse


def _allowed(schema: dict[str, object]) -> list[object]:
    """The values that a field, or an item of its list, may have; none where any is allowed."""
    items = schema.get("items")
    listed = schema.get("enum") or (items.get("enum") if isinstance(items, dict) else None)
    return listed if isinstance(listed, list) else []


def _unknown(
    project: Project, index: int, path: Sequence[str], words: str, name: str, names: Iterable[str]
) -> CouldNotRun:
    return wrong_value(project.file, ("coverage", str(index), *path), words, nearest(name, names))
