"""The page on risks, assumptions, issues and dependencies."""

from pipeline.weave.dashboards.page import FOLDER, Page, Section

PAGE = Page(
    f"{FOLDER}raid.md",
    {
        "en": "Risks and issues",
        "fr": "Risques et problèmes",
        "nl": "Risico’s en issues",
        "de": "Risiken und Probleme",
    },
    {
        "en": "What may go wrong and what has gone wrong, what is taken for true, and what one team waits for.",
        "fr": "Ce qui peut mal tourner et ce qui a mal tourné, ce que l’on tient pour acquis, et ce qu’une équipe "
        "attend d’une autre.",
        "nl": "Wat kan misgaan en wat is misgegaan, wat voor waar wordt aangenomen, en waarop een team van een "
        "ander wacht.",
        "de": "Was schiefgehen kann und was schiefging, was als wahr gilt, und worauf ein Team wartet.",
    },
    (
        Section(
            {"en": "Map of risks", "fr": "Carte des risques", "nl": "Risicokaart", "de": "Risikokarte"},
            {"view": "heatmap"},
            empty={
                "en": "No risk is open.",
                "fr": "Aucun risque n’est ouvert.",
                "nl": "Er staat geen risico open.",
                "de": "Kein Risiko ist offen.",
            },
        ),
        Section(
            {
                "en": "What presses most",
                "fr": "Ce qui presse le plus",
                "nl": "Wat het meest dringt",
                "de": "Was am meisten drängt",
            },
            {"view": "raid"},
        ),
    ),
)
