"""The pages that show the state of the programme, each for its readers, in the order of the navigation."""

from pipeline.weave.dashboards import budget, plan, raid, requirements
from pipeline.weave.dashboards.page import FOLDER, Page, said, shows, write

PAGES: tuple[Page, ...] = (plan.PAGE, raid.PAGE, requirements.PAGE, budget.PAGE)

__all__ = ["FOLDER", "PAGES", "Page", "said", "shows", "write"]
