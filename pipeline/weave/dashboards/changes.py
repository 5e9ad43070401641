"""The page on what changed since the last committee."""

from pipeline.weave.dashboards.page import FOLDER, Page, Section

PAGE = Page(
    f"{FOLDER}changes.md",
    {
        "en": "What changed",
        "fr": "Ce qui a changé",
        "nl": "Wat er gewijzigd is",
        "de": "Was sich geändert hat",
    },
    {
        "en": "What came, went or moved since the steering committee last met, as the history of the documents has it.",
        "fr": "Ce qui s’est ajouté, a disparu ou a bougé depuis le dernier comité de pilotage, d’après l’historique des"
        " documents.",
        "nl": "Wat er bijkwam, verdween of verschoof sinds de laatste stuurgroep, volgens de geschiedenis van de"
        " documenten.",
        "de": "Was seit der letzten Lenkungssitzung hinzukam, wegfiel oder sich bewegte, nach dem Verlauf der"
        " Dokumente.",
    },
    (
        Section(
            {
                "en": "Since the last steering committee",
                "fr": "Depuis le dernier comité de pilotage",
                "nl": "Sinds de laatste stuurgroep",
                "de": "Seit der letzten Lenkungssitzung",
            },
            {"view": "changes", "since": "last committee"},
            filters=True,
        ),
    ),
)
