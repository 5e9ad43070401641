"""The words of the views of the plan: gantt, trend, forecast, board, graph, tree and calendar."""

PLAN: dict[str, dict[str, str]] = {
    # Time
    "quarter": {"en": "Q{n}", "fr": "T{n}", "nl": "K{n}", "de": "Q{n}"},
    "no date": {"en": "no date", "fr": "sans date", "nl": "geen datum", "de": "ohne Datum"},
    "baseline": {"en": "Baseline", "fr": "Date de référence", "nl": "Basisdatum", "de": "Basistermin"},
    "slack": {
        "en": "Slack, working days",
        "fr": "Marge, jours ouvrables",
        "nl": "Speling, werkdagen",
        "de": "Puffer, Arbeitstage",
    },
    "short slip": {"en": "Slip", "fr": "Retard", "nl": "Uitloop", "de": "Verzug"},
    "lane": {"en": "Workstream", "fr": "Chantier", "nl": "Werkstroom", "de": "Arbeitsstrang"},
    "lane none": {
        "en": "Not assigned",
        "fr": "Sans rattachement",
        "nl": "Niet toegewezen",
        "de": "Nicht zugeordnet",
    },
    "critical": {"en": "Critical", "fr": "Critique", "nl": "Kritiek", "de": "Kritisch"},
    "yes": {"en": "yes", "fr": "oui", "nl": "ja", "de": "ja"},
    # Gantt
    "legend achieved": {"en": "achieved", "fr": "atteint", "nl": "bereikt", "de": "erreicht"},
    "legend planned": {"en": "planned", "fr": "prévu", "nl": "gepland", "de": "geplant"},
    "legend critical": {
        "en": "planned, without slack (critical)",
        "fr": "prévu, sans marge (critique)",
        "nl": "gepland, zonder speling (kritiek)",
        "de": "geplant, ohne Puffer (kritisch)",
    },
    "legend baseline": {
        "en": "baseline, and the slip since",
        "fr": "date de référence et retard depuis",
        "nl": "basisdatum en uitloop sindsdien",
        "de": "Basistermin und Verzug seither",
    },
    "legend slack": {
        "en": "slack: as late as this moves nothing else",
        "fr": "marge : jusque-là, rien d'autre ne bouge",
        "nl": "speling: tot dan schuift niets anders op",
        "de": "Puffer: bis dahin verschiebt sich nichts",
    },
    "gantt last": {
        "en": "The last milestone, {id} {title}, is expected on {day}.",
        "fr": "Le dernier jalon, {id} {title}, est prévu le {day}.",
        "nl": "De laatste mijlpaal, {id} {title}, wordt verwacht op {day}.",
        "de": "Der letzte Meilenstein, {id} {title}, wird für den {day} erwartet.",
    },
    "gantt late": {
        "en": "Later than their baseline: {share}, most of all {id}, by {days} working days.",
        "fr": "En retard sur leur date de référence : {share}, surtout {id}, de {days} jours ouvrables.",
        "nl": "Later dan hun basisdatum: {share}, het meest {id}, met {days} werkdagen.",
        "de": "Später als ihr Basistermin: {share}, am meisten {id}, um {days} Arbeitstage.",
    },
    "gantt in time": {
        "en": "No milestone comes later than its baseline.",
        "fr": "Aucun jalon ne vient après sa date de référence.",
        "nl": "Geen enkele mijlpaal komt later dan zijn basisdatum.",
        "de": "Kein Meilenstein kommt später als sein Basistermin.",
    },
    "undated": {
        "en": "Without a date: {ids}.",
        "fr": "Sans date : {ids}.",
        "nl": "Zonder datum: {ids}.",
        "de": "Ohne Datum: {ids}.",
    },
    "gathered": {
        "en": "Of {all} milestones {n} are shown one by one, the critical and the next ones; the others are counted.",
        "fr": "Des {all} jalons, {n} sont montrés un par un, les critiques et les prochains ; les autres sont comptés.",
        "nl": "Van de {all} mijlpalen staan er {n} apart, de kritieke en de eerstvolgende; de andere zijn geteld.",
        "de": "Von {all} Meilensteinen stehen {n} einzeln da, kritische und nächste; die übrigen sind gezählt.",
    },
    "others": {"en": "{n} others", "fr": "{n} autres", "nl": "{n} andere", "de": "{n} weitere"},
}
