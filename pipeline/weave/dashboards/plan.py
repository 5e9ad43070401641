"""The page on the plan."""

from pipeline.weave.dashboards.page import FOLDER, Page, Section

PAGE = Page(
    f"{FOLDER}plan.md",
    {"en": "Plan", "fr": "Planning", "nl": "Planning", "de": "Planung"},
    {
        "en": "When the milestones come, what moves them, and which have no room left.",
        "fr": "Quand viennent les jalons, ce qui les déplace, et lesquels n'ont plus de marge.",
        "nl": "Wanneer de mijlpalen komen, wat ze verschuift, en welke geen speling meer hebben.",
    },
    (
        Section(
            {"en": "Milestones", "fr": "Jalons", "nl": "Mijlpalen", "de": "Meilensteine"}, {"view": "gantt"}
        ),
        Section(
            {"en": "How sure the days are", "fr": "Solidité des dates", "nl": "Hoe zeker de data zijn"},
            {"view": "forecast"},
        ),
        Section(
            {"en": "What moved", "fr": "Ce qui a bougé", "nl": "Wat verschoof"},
            {"view": "trend"},
        ),
    ),
)
