"""The ways to tell what was found: each a function from a report to text. Nothing here prints."""

from collections.abc import Callable

from pipeline.model import Report
from pipeline.report import github, gitlab, json, junit, sarif, text

REPORTERS: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": json.render,
    "sarif": sarif.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "junit": junit.render,
}

__all__ = ["REPORTERS"]
