"""Measures over artifacts that a test writes."""

from msgspec import structs

from pipeline.figures.measures import MEASURES
from tests.support import programme_of


def written(*artifacts, day="2026-06-30"):
    """A programme of artifacts, each given as its ID and its fields in YAML, on a day."""
    sections = [
        f"## {identity} {identity}\n\n```yaml {{.artifact}}\n{fields.strip()}\n```\n"
        for identity, fields in artifacts
    ]
    return structs.replace(programme_of({"all.md": "\n".join(sections)})[0], day=day)


def measured(name, *artifacts, day="2026-06-30"):
    """What a measure comes to over some artifacts."""
    return MEASURES[name].of(written(*artifacts, day=day))
