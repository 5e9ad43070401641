"""The page on requirements: how far they have come, and what is missing."""

from pipeline.weave.dashboards.page import FOLDER, Page, Section

PAGE = Page(
    f"{FOLDER}requirements.md",
    {
        "en": "Requirements and coverage",
        "fr": "Exigences et couverture",
        "nl": "Vereisten en dekking",
        "de": "Anforderungen und Abdeckung",
    },
    {
        "en": "How far requirements have come, from their need to the verdict of their tests, and what is missing.",
        "fr": "Où en sont les exigences, du besoin auquel elles répondent au verdict de leurs tests, et ce qui manque.",
        "nl": "Hoever de vereisten staan, van hun behoefte tot het oordeel van hun tests, en wat ontbreekt.",
        "de": "Wie weit die Anforderungen sind, vom Bedarf bis zum Urteil ihrer Tests, und was fehlt.",
    },
    (
        Section(
            {
                "en": "From need to verdict",
                "fr": "Du besoin au verdict",
                "nl": "Van behoefte tot oordeel",
                "de": "Vom Bedarf zum Urteil",
            },
            {"view": "sankey"},
            {
                "en": "The thicker a band, the more requirements go that way; those in a dashed box lack a link.",
                "fr": "Plus une bande est épaisse, plus d’exigences la suivent ; un cadre pointillé réunit celles "
                "auxquelles il manque un maillon.",
                "nl": "Hoe dikker een band, hoe meer vereisten die weg volgen; een kader in streepjes bevat de "
                "vereisten waaraan een schakel ontbreekt.",
            },
        ),
        Section(
            {
                "en": "Covered, and not",
                "fr": "Ce qui est couvert, ce qui ne l’est pas",
                "nl": "Wat gedekt is, en wat niet",
                "de": "Abdeckung",
            },
            {"view": "coverage"},
        ),
        Section(
            {"en": "By priority", "fr": "Par priorité", "nl": "Per prioriteit", "de": "Nach Priorität"},
            {"view": "coverage", "by": "priority"},
        ),
        Section(
            {"en": "By release", "fr": "Par release", "nl": "Per release", "de": "Nach Release"},
            {"view": "coverage", "by": "release"},
        ),
        Section(
            {"en": "Progress", "fr": "Avancement", "nl": "Voortgang", "de": "Fortschritt"},
            {"view": "burnup"},
            {
                "en": "A requirement counts as done when all its tests have passed.",
                "fr": "Une exigence est réalisée lorsque tous ses tests sont réussis.",
                "nl": "Een vereiste is klaar wanneer al haar tests geslaagd zijn.",
                "de": "Eine Anforderung ist erfüllt, wenn alle ihre Tests bestanden sind.",
            },
        ),
    ),
)
