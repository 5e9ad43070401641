"""The page with the glossary in three languages."""

from pipeline.weave.dashboards.page import FOLDER, Page, Section

PAGE = Page(
    f"{FOLDER}glossary.md",
    {"en": "Glossary", "fr": "Glossaire", "nl": "Woordenlijst", "de": "Glossar"},
    {
        "en": "The words of the programme in English, French and Dutch, each with its one meaning.",
        "fr": "Les termes du programme en français, en néerlandais et en anglais, chacun avec son sens unique.",
        "nl": "De termen van het programma in het Nederlands, Frans en Engels, elk met zijn ene betekenis.",
        "de": "Die Begriffe des Programms auf Deutsch, Englisch, Französisch und Niederländisch, jeder mit seiner einen"
        " Bedeutung.",
    },
    (
        Section(
            {
                "en": "Terms by alphabet",
                "fr": "Termes par ordre alphabétique",
                "nl": "Termen in alfabetische volgorde",
                "de": "Begriffe nach dem Alphabet",
            },
            {"view": "terms"},
            filters=True,
        ),
    ),
)
