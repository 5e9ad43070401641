"""The rules of the catalogue, in one tuple. A new check is one function in its family, listed in its RULES."""

from pipeline.checks import (
    audience,
    changes,
    glossary,
    governance,
    identity,
    links,
    markup,
    money,
    plan,
    privacy,
    raid,
    reading,
    references,
    requirements,
    schema,
    translations,
    views,
)
from pipeline.model import Rule

CHECKS: tuple[Rule, ...] = (
    *reading.RULES,
    schema.invalid,
    *identity.RULES,
    *references.RULES,
    *requirements.RULES,
    *plan.RULES,
    *money.RULES,
    *raid.RULES,
    *governance.RULES,
    *links.RULES,
    *markup.RULES,
    *translations.RULES,
    *privacy.RULES,
    *audience.RULES,
    *glossary.RULES,
    *views.RULES,
    *changes.RULES,
)
