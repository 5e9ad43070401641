"""The page on the plan."""

from pipeline.weave.dashboards.page import FOLDER, Page, Section

PAGE = Page(
    f"{FOLDER}plan.md",
    {"en": "Plan", "fr": "Planning", "nl": "Planning", "de": "Planung"},
    {
        "en": "When the milestones come, what moves them, and which have no room left.",
        "fr": "Quand viennent les jalons, ce qui les déplace, et lesquels n'ont plus de marge.",
        "nl": "Wanneer de mijlpalen komen, wat ze verschuift, en welke geen speling meer hebben.",
        "de": "Wann die Meilensteine kommen, was sie verschiebt, und welche keinen Puffer mehr haben.",
    },
    (
        Section(
            {"en": "Milestones", "fr": "Jalons", "nl": "Mijlpalen", "de": "Meilensteine"}, {"view": "gantt"}
        ),
        Section(
            {
                "en": "The critical path",
                "fr": "Le chemin critique",
                "nl": "Het kritieke pad",
                "de": "Der kritische Pfad",
            },
            {"view": "graph", "kind": "milestone", "roles": ["after"]},
            {
                "en": "What comes after what. A day lost on a milestone with a thick frame is a day lost at the end.",
                "fr": "Ce qui vient après quoi. Un jour perdu sur un jalon au cadre épais est un jour perdu à la fin.",
                "nl": "Wat na wat komt. Een dag verlies op een mijlpaal met een dik kader is er een op het einde.",
                "de": "Was nach was kommt. Ein Tag Verlust bei einem dick umrahmten Meilenstein ist einer am Ende.",
            },
        ),
        Section(
            {
                "en": "How sure the days are",
                "fr": "La solidité des dates",
                "nl": "Hoe zeker de datums zijn",
                "de": "Wie sicher die Termine sind",
            },
            {"view": "forecast"},
        ),
        Section(
            {"en": "What moved", "fr": "Ce qui a bougé", "nl": "Wat verschoof", "de": "Was sich verschob"},
            {"view": "trend"},
        ),
        Section(
            {
                "en": "Dependencies between teams",
                "fr": "Dépendances entre équipes",
                "nl": "Afhankelijkheden tussen teams",
                "de": "Abhängigkeiten zwischen Teams",
            },
            {"view": "graph", "kind": "dependency", "roles": ["from", "to"]},
        ),
        Section(
            {
                "en": "What was promised, and for when",
                "fr": "Ce qui est promis, et pour quand",
                "nl": "Wat beloofd is, en tegen wanneer",
                "de": "Was zugesagt ist, und bis wann",
            },
            {
                "view": "table",
                "kind": "dependency",
                "where": {"status": ["proposed", "open", "in-progress"]},
                "columns": ["id", "title", "provider", "consumer", "need_by", "commit_by"],
                "sort": ["need_by"],
            },
        ),
        Section(
            {
                "en": "The planning interval",
                "fr": "L'intervalle de planification",
                "nl": "Het planningsinterval",
                "de": "Das Planungsintervall",
            },
            {"view": "board"},
        ),
        Section(
            {
                "en": "The next months",
                "fr": "Les prochains mois",
                "nl": "De komende maanden",
                "de": "Die nächsten Monate",
            },
            {"view": "calendar"},
        ),
    ),
)
