"""The words of the reference pages of the kinds, besides what the schemas say, in the languages of the documents."""

from pipeline.views.words import in_language

_WORDS: dict[str, dict[str, str]] = {
    "title": {
        "en": "Kinds and their fields",
        "fr": "Types et champs",
        "nl": "Soorten en hun velden",
        "de": "Arten und ihre Felder",
    },
    "made from": {
        "en": "Each kind is one schema file; these pages are made from the schemas.",
        "fr": "Chaque type est un fichier de schéma ; ces pages sont établies à partir des schémas, dont les"
        " descriptions sont en anglais.",
        "nl": "Elke soort is één schemabestand; deze pagina’s komen uit de schema’s, waarvan de beschrijvingen in het"
        " Engels zijn.",
        "de": "Jede Art ist eine Schemadatei; diese Seiten entstehen aus den Schemata, deren Beschreibungen englisch"
        " sind.",
    },
    "kind": {"en": "Kind", "fr": "Type", "nl": "Soort", "de": "Art"},
    "for": {"en": "For", "fr": "Usage", "nl": "Gebruik", "de": "Zweck"},
    "states": {"en": "States", "fr": "Statuts", "nl": "Statussen", "de": "Zustände"},
    "state": {"en": "State", "fr": "Statut", "nl": "Status", "de": "Zustand"},
    "phase": {"en": "Phase", "fr": "Phase", "nl": "Fase", "de": "Phase"},
    "after": {"en": "May become", "fr": "Peut devenir", "nl": "Kan worden", "de": "Kann werden"},
    "none": {"en": "none", "fr": "aucun", "nl": "geen", "de": "keine"},
    "phase early": {"en": "being made", "fr": "en préparation", "nl": "in opmaak", "de": "in Arbeit"},
    "phase firm": {"en": "counts", "fr": "fait foi", "nl": "geldt", "de": "gilt"},
    "phase ended": {"en": "over", "fr": "terminé", "nl": "afgelopen", "de": "beendet"},
    "settled": {
        "en": "others may rest on it",
        "fr": "d’autres peuvent s’y appuyer",
        "nl": "andere mogen erop steunen",
        "de": "andere dürfen darauf aufbauen",
    },
    "replaced": {
        "en": "no longer to be cited",
        "fr": "ne plus citer",
        "nl": "niet meer naar verwijzen",
        "de": "nicht mehr zu zitieren",
    },
    "own": {
        "en": "Its own fields",
        "fr": "Champs propres à ce type",
        "nl": "Eigen velden",
        "de": "Eigene Felder",
    },
    "shared": {
        "en": "Fields that it shares with other kinds",
        "fr": "Champs partagés avec d’autres types",
        "nl": "Velden die andere soorten ook hebben",
        "de": "Felder, die auch andere Arten haben",
    },
    "field": {"en": "Field", "fr": "Champ", "nl": "Veld", "de": "Feld"},
    "holds": {"en": "Holds", "fr": "Contenu", "nl": "Inhoud", "de": "Inhalt"},
    "meaning": {"en": "Meaning", "fr": "Signification", "nl": "Betekenis", "de": "Bedeutung"},
    "required": {"en": "required", "fr": "obligatoire", "nl": "verplicht", "de": "erforderlich"},
    "prefix": {
        "en": "Its IDs begin with `{prefix}-`.",
        "fr": "Ses identifiants commencent par `{prefix}-`.",
        "nl": "De ID’s beginnen met `{prefix}-`.",
        "de": "Die IDs beginnen mit `{prefix}-`.",
    },
    "commands": {
        "en": '`paraph new {name} "Title"` writes one, `paraph schema {name}` prints the whole schema.',
        "fr": '`paraph new {name} "Titre"` en crée un, `paraph schema {name}` affiche le schéma entier.',
        "nl": '`paraph new {name} "Titel"` maakt er een, `paraph schema {name}` toont het hele schema.',
        "de": '`paraph new {name} "Titel"` legt eines an, `paraph schema {name}` zeigt das ganze Schema.',
    },
    "depend": {
        "en": "Some of its fields depend on others; the schema says how.",
        "fr": "Certains de ses champs dépendent d’autres ; le schéma dit comment.",
        "nl": "Sommige velden hangen van andere af; het schema zegt hoe.",
        "de": "Einige Felder hängen von anderen ab; das Schema sagt, wie.",
    },
    "every": {
        "en": "All {names}",
        "fr": "Registre complet : {names}",
        "nl": "Alle {names}",
        "de": "Verzeichnis: {names}",
    },
    "one of": {"en": "One of", "fr": "Une valeur parmi", "nl": "Een van", "de": "Eines von"},
    "list of values": {
        "en": "A list of",
        "fr": "Une liste de valeurs parmi",
        "nl": "Een lijst uit",
        "de": "Eine Liste aus",
    },
    "list of entries": {
        "en": "A list of entries with",
        "fr": "Une liste d’éléments avec",
        "nl": "Een lijst van elementen met",
        "de": "Eine Liste von Einträgen mit",
    },
    "list of texts": {
        "en": "A list of texts",
        "fr": "Une liste de textes",
        "nl": "Een lijst van teksten",
        "de": "Eine Liste von Texten",
    },
    "entry": {
        "en": "An entry with",
        "fr": "Un élément avec",
        "nl": "Een element met",
        "de": "Ein Eintrag mit",
    },
    "pairs": {
        "en": "Lines of `key: value`",
        "fr": "Des lignes `clé: valeur`",
        "nl": "Regels `sleutel: waarde`",
        "de": "Zeilen `Schlüssel: Wert`",
    },
    "day": {
        "en": "A day, as `2026-03-31`",
        "fr": "Une date, comme `2026-03-31`",
        "nl": "Een datum, zoals `2026-03-31`",
        "de": "Ein Tag, wie `2026-03-31`",
    },
    "integer": {
        "en": "A whole number",
        "fr": "Un nombre entier",
        "nl": "Een geheel getal",
        "de": "Eine ganze Zahl",
    },
    "number": {"en": "A number", "fr": "Un nombre", "nl": "Een getal", "de": "Eine Zahl"},
    "boolean": {
        "en": "`true` or `false`",
        "fr": "`true` ou `false`",
        "nl": "`true` of `false`",
        "de": "`true` oder `false`",
    },
    "text": {"en": "Text", "fr": "Texte", "nl": "Tekst", "de": "Text"},
    "between": {
        "en": "{sort} from {low} to {high}",
        "fr": "{sort} de {low} à {high}",
        "nl": "{sort} van {low} tot {high}",
        "de": "{sort} von {low} bis {high}",
    },
    "at least": {
        "en": "{sort}, at least {low}",
        "fr": "{sort}, au moins {low}",
        "nl": "{sort}, minstens {low}",
        "de": "{sort}, mindestens {low}",
    },
    "one id": {
        "en": "One ID, in a list",
        "fr": "Un seul identifiant, dans une liste",
        "nl": "Eén ID, in een lijst",
        "de": "Eine ID, in einer Liste",
    },
    "ids": {
        "en": "A list of IDs",
        "fr": "Une liste d’identifiants",
        "nl": "Een lijst van ID’s",
        "de": "Eine Liste von IDs",
    },
    "or": {"en": " or ", "fr": " ou ", "nl": " of ", "de": " oder "},
    "any kind": {
        "en": "of any kind",
        "fr": "de n’importe quel type",
        "nl": "van eender welke soort",
        "de": "beliebiger Art",
    },
    "inverse": {
        "en": "Read from the other end: *{words}*.",
        "fr": "Lu depuis l’autre bout : *{words}*.",
        "nl": "Van de andere kant gelezen: *{words}*.",
        "de": "Vom anderen Ende gelesen: *{words}*.",
    },
    "rests": {
        "en": "What it leads to has to be as settled as the artifact itself.",
        "fr": "Ce à quoi il mène doit être aussi définitif que l’élément lui-même.",
        "nl": "Waar het naartoe leidt, moet even vaststaan als het element zelf.",
        "de": "Wohin es führt, muss so feststehen wie das Element selbst.",
    },
    "acyclic": {
        "en": "Following it never leads back.",
        "fr": "En le suivant, on ne revient jamais au point de départ.",
        "nl": "Wie het volgt, komt nooit terug bij het begin.",
        "de": "Wer ihm folgt, kommt nie zurück.",
    },
    "from heading": {
        "en": "It is taken from the heading.",
        "fr": "Il est repris du titre.",
        "nl": "Het komt uit de kop.",
        "de": "Es kommt aus der Überschrift.",
    },
    "from body.first-paragraph": {
        "en": "It is taken from the first paragraph of the body.",
        "fr": "Il est repris du premier paragraphe du texte.",
        "nl": "Het komt uit de eerste alinea van de tekst.",
        "de": "Es kommt aus dem ersten Absatz des Textes.",
    },
    "prose": {
        "en": "The rules on wording apply to it.",
        "fr": "Les règles de rédaction s’y appliquent.",
        "nl": "De regels voor formulering gelden ervoor.",
        "de": "Die Regeln zur Formulierung gelten dafür.",
    },
    "no content": {
        "en": "A change of it is no change of content.",
        "fr": "Le modifier n’est pas modifier le contenu.",
        "nl": "Het wijzigen is geen wijziging van de inhoud.",
        "de": "Es zu ändern ist keine Änderung des Inhalts.",
    },
}


def tell(key: str, lang: str, **values: object) -> str:
    """Words of these pages in a language, with values put in place."""
    return in_language(_WORDS[key], lang, **values)
