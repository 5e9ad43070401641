"""The words of the views on what changed, who has to do what, meetings, terms and documents."""

from pipeline.views.words import in_language
from pipeline.views.words_home import HOME

STATE: dict[str, dict[str, str]] = {
    **HOME,
    # Changes
    "no past": {
        "en": "No earlier state is known here: this copy of the sources holds no history from before this day.",
        "fr": "Aucun état antérieur n’est connu ici : cette copie des sources ne contient pas d’historique antérieur à"
        " cette date.",
        "nl": "Er is hier geen eerdere stand bekend: deze kopie van de bronnen bevat geen geschiedenis van vóór deze"
        " datum.",
        "de": "Hier ist kein früherer Stand bekannt: Diese Kopie der Quellen enthält keinen Verlauf vor diesem Tag.",
    },
    "no moment": {
        "en": "No state of “{since}” is known.",
        "fr": "Aucun état n’est connu pour « {since} ».",
        "nl": "Er is geen stand bekend voor ‘{since}’.",
        "de": "Für „{since}“ ist kein Stand bekannt.",
    },
    "no committee": {
        "en": "No steering meeting was held in the period of which the history is known.",
        "fr": "Aucun comité de pilotage ne s’est tenu pendant la période dont l’historique est connu.",
        "nl": "In de periode waarvan de geschiedenis bekend is, kwam geen stuurgroep bijeen.",
        "de": "In dem Zeitraum, dessen Verlauf bekannt ist, hat keine Lenkungssitzung stattgefunden.",
    },
    "nothing changed": {
        "en": "Nothing has changed since {moment}.",
        "fr": "Rien n’a changé depuis {moment}.",
        "nl": "Er is niets gewijzigd sinds {moment}.",
        "de": "Seit {moment} hat sich nichts geändert.",
    },
    "changed since": {
        "en": "What changed since {moment}",
        "fr": "Ce qui a changé depuis {moment}",
        "nl": "Wat er gewijzigd is sinds {moment}",
        "de": "Was sich seit {moment} geändert hat",
    },
    "counted since": {
        "en": "How many changed since {moment}",
        "fr": "Nombre de changements depuis {moment}",
        "nl": "Aantal wijzigingen sinds {moment}",
        "de": "Zahl der Änderungen seit {moment}",
    },
    "moment of": {
        "en": "{name} ({day})",
        "fr": "{name} ({day})",
        "nl": "{name} ({day})",
        "de": "{name} ({day})",
    },
    "and more": {
        "en": "{count} more changes are not listed here; `paraph diff` lists all.",
        "fr": "{count} autres changements ne figurent pas ici ; `paraph diff` les donne tous.",
        "nl": "{count} andere wijzigingen staan hier niet; `paraph diff` geeft ze allemaal.",
        "de": "{count} weitere Änderungen stehen hier nicht; `paraph diff` nennt alle.",
    },
    "kind": {"en": "Kind", "fr": "Type", "nl": "Soort", "de": "Art"},
    "artifact": {"en": "What", "fr": "Élément", "nl": "Wat", "de": "Was"},
    "change": {"en": "Change", "fr": "Changement", "nl": "Wijziging", "de": "Änderung"},
    "before": {"en": "Before", "fr": "Avant", "nl": "Voordien", "de": "Vorher"},
    "after": {"en": "Now", "fr": "Maintenant", "nl": "Nu", "de": "Jetzt"},
    "added": {"en": "New", "fr": "Nouveau", "nl": "Nieuw", "de": "Neu"},
    "removed": {"en": "Removed", "fr": "Supprimé", "nl": "Verwijderd", "de": "Entfernt"},
    "field status": {"en": "Status", "fr": "Statut", "nl": "Status", "de": "Status"},
    "field version": {"en": "Version", "fr": "Version", "nl": "Versie", "de": "Version"},
    "field title": {"en": "Title", "fr": "Titre", "nl": "Titel", "de": "Titel"},
    "other fields": {
        "en": "Dates and assessments",
        "fr": "Dates et évaluations",
        "nl": "Datums en beoordelingen",
        "de": "Tage und Bewertungen",
    },
    "field baseline": {
        "en": "Baseline",
        "fr": "Date de référence",
        "nl": "Referentiedatum",
        "de": "Basisplan",
    },
    "field forecast": {"en": "Expected", "fr": "Prévu", "nl": "Verwacht", "de": "Erwartet"},
    "field actual": {"en": "Reached", "fr": "Atteint", "nl": "Bereikt", "de": "Erreicht"},
    "field deadline": {"en": "Deadline", "fr": "Échéance", "nl": "Uiterste datum", "de": "Frist"},
    "field due": {"en": "Due", "fr": "Échéance", "nl": "Vervaldag", "de": "Fällig"},
    "field need_by": {
        "en": "Needed by",
        "fr": "Nécessaire pour le",
        "nl": "Nodig tegen",
        "de": "Benötigt bis",
    },
    "field commit_by": {
        "en": "Promised for",
        "fr": "Promis pour le",
        "nl": "Toegezegd tegen",
        "de": "Zugesagt bis",
    },
    "field effective": {
        "en": "In force from",
        "fr": "Entrée en vigueur",
        "nl": "Inwerkingtreding",
        "de": "Gültig ab",
    },
    "field review_due": {
        "en": "Review due",
        "fr": "Révision prévue",
        "nl": "Herziening tegen",
        "de": "Prüfung fällig",
    },
    "field probability": {"en": "Probability", "fr": "Probabilité", "nl": "Kans", "de": "Wahrscheinlichkeit"},
    "field impact": {"en": "Impact", "fr": "Impact", "nl": "Impact", "de": "Auswirkung"},
    "field urgency": {"en": "Urgency", "fr": "Urgence", "nl": "Dringendheid", "de": "Dringlichkeit"},
    "field severity": {"en": "Severity", "fr": "Gravité", "nl": "Ernst", "de": "Schwere"},
    "field priority": {"en": "Priority", "fr": "Priorité", "nl": "Prioriteit", "de": "Priorität"},
    "field verdict": {"en": "Verdict", "fr": "Verdict", "nl": "Oordeel", "de": "Urteil"},
    "field result": {"en": "Result", "fr": "Résultat", "nl": "Resultaat", "de": "Ergebnis"},
    "field amount": {"en": "Amount", "fr": "Montant", "nl": "Bedrag", "de": "Betrag"},
    "field owner": {"en": "Owner", "fr": "Responsable", "nl": "Verantwoordelijke", "de": "Verantwortlich"},
    "field release": {"en": "Release", "fr": "Release", "nl": "Release", "de": "Lieferung"},
    # Duties
    "no owner": {
        "en": "Nobody yet",
        "fr": "Personne pour l’instant",
        "nl": "Nog niemand",
        "de": "Noch niemand",
    },
    "action": {"en": "Action", "fr": "Action", "nl": "Actiepunt", "de": "Maßnahme"},
    "arises from": {"en": "From", "fr": "Origine", "nl": "Herkomst", "de": "Herkunft"},
    "late": {"en": "overdue", "fr": "en retard", "nl": "te laat", "de": "überfällig"},
    "expired": {"en": "expired", "fr": "expirée", "nl": "verlopen", "de": "abgelaufen"},
    "no day": {"en": "no date", "fr": "sans date", "nl": "geen datum", "de": "kein Datum"},
    "decision": {"en": "Decision", "fr": "Décision", "nl": "Beslissing", "de": "Entscheidung"},
    "recommended": {
        "en": "Recommended",
        "fr": "Option recommandée",
        "nl": "Aanbevolen optie",
        "de": "Empfohlen",
    },
    "decided on": {"en": "Decided on", "fr": "Date", "nl": "Beslist op", "de": "Entschieden am"},
    "decided by": {"en": "By", "fr": "Par", "nl": "Door", "de": "Durch"},
    "made in": {"en": "Meeting", "fr": "Réunion", "nl": "Vergadering", "de": "Sitzung"},
    "rule": {"en": "Rule", "fr": "Règle", "nl": "Regel", "de": "Regel"},
    "reason": {"en": "Reason", "fr": "Motif", "nl": "Reden", "de": "Grund"},
    "until": {"en": "Until", "fr": "Jusqu’au", "nl": "Tot en met", "de": "Bis"},
    # Meetings
    "day": {"en": "Day", "fr": "Date", "nl": "Datum", "de": "Tag"},
    "meeting": {"en": "Meeting", "fr": "Réunion", "nl": "Vergadering", "de": "Sitzung"},
    "committee": {"en": "Committee", "fr": "Comité", "nl": "Comité", "de": "Gremium"},
    "quorum": {"en": "Quorum", "fr": "Quorum", "nl": "Quorum", "de": "Beschlussfähig"},
    "quorum yes": {"en": "met", "fr": "atteint", "nl": "bereikt", "de": "ja"},
    "quorum no": {"en": "not met", "fr": "non atteint", "nl": "niet bereikt", "de": "nein"},
    "next meeting": {
        "en": "Next meeting, announced in {id}",
        "fr": "Prochaine réunion, annoncée dans {id}",
        "nl": "Volgende vergadering, aangekondigd in {id}",
        "de": "Nächste Sitzung, angekündigt in {id}",
    },
    "sitting of": {
        "en": "{committee}: next meeting",
        "fr": "{committee} : prochaine réunion",
        "nl": "{committee}: volgende vergadering",
        "de": "{committee}: nächste Sitzung",
    },
    "decisions": {"en": "Decisions", "fr": "Décisions", "nl": "Beslissingen", "de": "Entscheidungen"},
    "actions": {"en": "Actions", "fr": "Actions", "nl": "Actiepunten", "de": "Maßnahmen"},
    "cadence": {"en": "Meets", "fr": "Rythme des réunions", "nl": "Vergaderritme", "de": "Rhythmus"},
    "quorum of": {"en": "Quorum", "fr": "Quorum", "nl": "Quorum", "de": "Beschlussfähig ab"},
    "mandate": {"en": "Mandate", "fr": "Mandat", "nl": "Mandaat", "de": "Mandat"},
    # Terms
    "lang en": {"en": "English", "fr": "Anglais", "nl": "Engels", "de": "Englisch"},
    "lang fr": {"en": "French", "fr": "Français", "nl": "Frans", "de": "Französisch"},
    "lang nl": {"en": "Dutch", "fr": "Néerlandais", "nl": "Nederlands", "de": "Niederländisch"},
    "lang de": {"en": "German", "fr": "Allemand", "nl": "Duits", "de": "Deutsch"},
    "definition": {"en": "Meaning", "fr": "Définition", "nl": "Betekenis", "de": "Bedeutung"},
}


def say(key: str, lang: str, **values: object) -> str:
    """Words on the state in a language, with values put in place."""
    return in_language(STATE[key], lang, **values)
