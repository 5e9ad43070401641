"""The pages that show the state of the programme, each for its readers, in the order of the navigation."""

from pipeline.weave.dashboards import (
    budget,
    changes,
    committees,
    decisions,
    documents,
    glossary,
    plan,
    raid,
    requirements,
)
from pipeline.weave.dashboards.page import FOLDER, Page, said, shows, views_of, write

PAGES: tuple[Page, ...] = (
    plan.PAGE,
    budget.PAGE,
    raid.PAGE,
    requirements.PAGE,
    decisions.PAGE,
    committees.PAGE,
    changes.PAGE,
    documents.PAGE,
    glossary.PAGE,
)

__all__ = ["FOLDER", "PAGES", "Page", "said", "shows", "views_of", "write"]
