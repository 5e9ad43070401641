"""The page on the budget."""

from pipeline.weave.dashboards.page import FOLDER, Page, Section

PAGE = Page(
    f"{FOLDER}budget.md",
    {"en": "Budget", "fr": "Budget", "nl": "Budget", "de": "Budget"},
    {
        "en": "What was approved, committed and spent, what that earned, and what the programme will cost in the end.",
        "fr": "Ce qui a été approuvé, engagé et dépensé, la valeur acquise en regard, et le coût final du programme.",
        "nl": "Wat is goedgekeurd, vastgelegd en besteed, wat daarmee is verdiend, en wat het programma zal kosten.",
        "de": "Was genehmigt, gebunden und ausgegeben ist, was dafür erbracht wurde und was das Programm kosten wird.",
    },
    (
        Section(
            {"en": "At a glance", "fr": "En bref", "nl": "In één oogopslag", "de": "Auf einen Blick"},
            {
                "view": "kpis",
                "figures": [
                    *("original-bac", "approved-changes", "bac"),
                    *("eac", "vac", "spi", "cpi"),
                    *("reserve-opening", "reserve-drawn", "reserve-left"),
                    *("commitment", "invoiced", "paid"),
                ],
            },
        ),
        Section(
            {
                "en": "Planned, earned and spent",
                "fr": "Prévu, acquis et dépensé",
                "nl": "Gepland, verdiend en besteed",
                "de": "Geplant, erbracht und ausgegeben",
            },
            {"view": "scurve"},
        ),
        Section(
            {
                "en": "Earned value",
                "fr": "Valeur acquise",
                "nl": "Verdiende waarde",
                "de": "Fertigstellungswert",
            },
            {"view": "earned"},
        ),
        Section(
            {"en": "Indicators", "fr": "Indicateurs", "nl": "Indicatoren", "de": "Kennzahlen"},
            {"view": "kpis"},
        ),
        Section(
            {"en": "Lines", "fr": "Lignes", "nl": "Lijnen", "de": "Posten"},
            {"view": "earned", "kind": "budget-line"},
        ),
    ),
)
