"""The words that weave itself puts into an output, in the languages of the documents."""

WORDS: dict[str, dict[str, str]] = {
    "withheld": {"en": "withheld", "fr": "non communiqué", "nl": "niet meegedeeld", "de": "nicht mitgeteilt"},
    "version": {"en": "version", "fr": "version", "nl": "versie", "de": "Version"},
    "owner": {"en": "Owner", "fr": "Responsable", "nl": "Verantwoordelijke", "de": "Verantwortlich"},
    "mentioned": {"en": "Mentioned in", "fr": "Mentionné dans", "nl": "Vermeld in", "de": "Erwähnt in"},
    "edit": {
        "en": "Edit this page",
        "fr": "Modifier cette page",
        "nl": "Deze pagina bewerken",
        "de": "Seite bearbeiten",
    },
    "findings": {"en": "Findings", "fr": "Constats", "nl": "Bevindingen", "de": "Befunde"},
    "none": {"en": "none", "fr": "aucun", "nl": "geen", "de": "keine"},
    "registers": {"en": "Registers", "fr": "Registres", "nl": "Registers", "de": "Verzeichnisse"},
    "matrix": {
        "en": "Traceability matrix",
        "fr": "Matrice de traçabilité",
        "nl": "Traceerbaarheidsmatrix",
        "de": "Rückverfolgbarkeit",
    },
    "rules": {"en": "Rules", "fr": "Règles", "nl": "Regels", "de": "Regeln"},
    "rule": {"en": "Rule", "fr": "Règle", "nl": "Regel", "de": "Regel"},
    "finds": {"en": "What it finds", "fr": "Ce qu’elle relève", "nl": "Wat ze vindt", "de": "Was sie findet"},
    "weight": {"en": "Weight", "fr": "Effet", "nl": "Gevolg", "de": "Wirkung"},
    "weight block": {"en": "Blocks", "fr": "Bloque", "nl": "Blokkeert", "de": "Blockiert"},
    "weight warn": {"en": "Warns", "fr": "Avertit", "nl": "Waarschuwt", "de": "Warnt"},
    "weight completeness": {
        "en": "Warns in early states, blocks in firm ones",
        "fr": "Avertit tant que l’élément est en préparation, bloque dès qu’il fait foi",
        "nl": "Waarschuwt zolang het element in opmaak is, blokkeert zodra het geldt",
        "de": "Warnt, solange etwas in Arbeit ist, blockiert, sobald es gilt",
    },
    "weight calendar": {
        "en": "Warns at merge, blocks at issue and release",
        "fr": "Avertit à la fusion, bloque à l’émission et à la release",
        "nl": "Waarschuwt bij het samenvoegen, blokkeert bij uitbrengen en release",
        "de": "Warnt beim Zusammenführen, blockiert bei Herausgabe und Release",
    },
    "weight issue": {
        "en": "Warns at merge, blocks at issue and release",
        "fr": "Avertit à la fusion, bloque à l’émission et à la release",
        "nl": "Waarschuwt bij het samenvoegen, blokkeert bij uitbrengen en release",
        "de": "Warnt beim Zusammenführen, blockiert bei Herausgabe und Release",
    },
    "filter": {
        "en": "Filter the list",
        "fr": "Filtrer la liste",
        "nl": "Lijst filteren",
        "de": "Liste filtern",
    },
    "all": {
        "en": "{name}: all",
        "fr": "{name} : tout",
        "nl": "{name}: alle",
        "de": "{name}: alle",
    },
    "shown": {
        "en": "{n} of {all} rows",
        "fr": "{n} lignes sur {all}",
        "nl": "{n} van {all} rijen",
        "de": "{n} von {all} Zeilen",
    },
    "rows of": {
        "en": "Rows {first} to {last} of {all}, part {part} of {parts}:",
        "fr": "Lignes {first} à {last} sur {all}, partie {part} sur {parts} :",
        "nl": "Rijen {first} tot {last} van {all}, deel {part} van {parts}:",
        "de": "Zeilen {first} bis {last} von {all}, Teil {part} von {parts}:",
    },
    "gaps": {"en": "Gaps only", "fr": "Lacunes seulement", "nl": "Alleen leemten", "de": "Nur Lücken"},
    "home": {"en": "Home", "fr": "Accueil", "nl": "Start", "de": "Start"},
    "title": {"en": "Title", "fr": "Titre", "nl": "Titel", "de": "Titel"},
    "status": {"en": "Status", "fr": "Statut", "nl": "Status", "de": "Status"},
    "links": {"en": "Links", "fr": "Liens", "nl": "Koppelingen", "de": "Verknüpfungen"},
    "count": {"en": "Number", "fr": "Nombre", "nl": "Aantal", "de": "Anzahl"},
    "kind": {"en": "Kind", "fr": "Type", "nl": "Soort", "de": "Art"},
    "programme state": {
        "en": "State of the programme",
        "fr": "État du programme",
        "nl": "Stand van het programma",
        "de": "Stand des Programms",
    },
    "state of": {"en": "State of", "fr": "Situation au", "nl": "Stand van", "de": "Stand vom"},
    "public": {"en": "public", "fr": "public", "nl": "openbaar", "de": "öffentlich"},
    "internal": {"en": "internal", "fr": "interne", "nl": "intern", "de": "intern"},
    "limited": {
        "en": "limited",
        "fr": "diffusion limitée",
        "nl": "beperkte verspreiding",
        "de": "beschränkt",
    },
    "approvals": {"en": "Approvals", "fr": "Approbations", "nl": "Goedkeuringen", "de": "Freigaben"},
    "role": {"en": "Role", "fr": "Qualité", "nl": "Hoedanigheid", "de": "Rolle"},
    "decision": {"en": "Decision", "fr": "Décision", "nl": "Beslissing", "de": "Entscheidung"},
    "by": {"en": "Who", "fr": "Qui", "nl": "Wie", "de": "Wer"},
    "day": {"en": "Day", "fr": "Date", "nl": "Datum", "de": "Tag"},
    "state": {"en": "State", "fr": "Situation", "nl": "Stand", "de": "Stand"},
    "to approve": {
        "en": "still to approve",
        "fr": "doit encore approuver",
        "nl": "moet nog goedkeuren",
        "de": "muss noch freigeben",
    },
    "to sign": {
        "en": "still to sign",
        "fr": "doit encore signer",
        "nl": "moet nog tekenen",
        "de": "muss noch unterschreiben",
    },
    "decided approve": {"en": "approved", "fr": "a approuvé", "nl": "keurde goed", "de": "freigegeben"},
    "decided approve-with-conditions": {
        "en": "approved under conditions",
        "fr": "a approuvé sous conditions",
        "nl": "keurde goed onder voorwaarden",
        "de": "unter Bedingungen freigegeben",
    },
    "decided receive": {"en": "signed", "fr": "a signé", "nl": "tekende", "de": "unterschrieben"},
    "decided reject": {"en": "rejected", "fr": "a rejeté", "nl": "keurde af", "de": "abgelehnt"},
    "decided refuse": {
        "en": "refused to sign",
        "fr": "a refusé de signer",
        "nl": "weigerde te tekenen",
        "de": "verweigert",
    },
    "for another": {
        "en": "{name}, for {other}",
        "fr": "{name}, pour {other}",
        "nl": "{name}, namens {other}",
        "de": "{name}, für {other}",
    },
    "how to sign": {
        "en": "How to sign, and how to check a signed document",
        "fr": "Comment signer, et comment contrôler un document signé",
        "nl": "Hoe u tekent, en hoe u een ondertekend document controleert",
        "de": "Wie man unterschreibt und ein unterschriebenes Dokument prüft",
    },
    "note": {"en": "Note", "fr": "Note", "nl": "Opmerking", "de": "Hinweis"},
    "info": {"en": "Information", "fr": "Information", "nl": "Informatie", "de": "Information"},
    "tip": {"en": "Tip", "fr": "Conseil", "nl": "Tip", "de": "Tipp"},
    "warning": {"en": "Warning", "fr": "Attention", "nl": "Let op", "de": "Achtung"},
    "danger": {"en": "Danger", "fr": "Danger", "nl": "Gevaar", "de": "Gefahr"},
    "example": {"en": "Example", "fr": "Exemple", "nl": "Voorbeeld", "de": "Beispiel"},
    "quote": {"en": "Quotation", "fr": "Citation", "nl": "Citaat", "de": "Zitat"},
}


def word(key: str, lang: str) -> str:
    """The word for a key in a language: English where the language has none, the key where none is known."""
    words = WORDS.get(key, {})
    return words.get(lang) or words.get("en") or key


def withheld(lang: str) -> str:
    """What stands in place of what is withheld."""
    return f"[{word('withheld', lang)}]"
