"""The words of the views of the plan: gantt, trend and forecast, in the languages of the documents."""

PLAN: dict[str, dict[str, str]] = {
    # Time
    "quarter": {"en": "Q{n}", "fr": "T{n}", "nl": "K{n}", "de": "Q{n}"},
    "no date": {"en": "no date", "fr": "sans date", "nl": "geen datum", "de": "ohne Datum"},
    "baseline": {"en": "Baseline", "fr": "Date de référence", "nl": "Referentiedatum", "de": "Basistermin"},
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
        "nl": "referentiedatum en uitloop sindsdien",
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
        "nl": "Later dan hun referentiedatum: {share}, het meest {id}, met {days} werkdagen.",
        "de": "Später als ihr Basistermin: {share}, am meisten {id}, um {days} Arbeitstage.",
    },
    "gantt in time": {
        "en": "No milestone comes later than its baseline.",
        "fr": "Aucun jalon ne vient après sa date de référence.",
        "nl": "Geen enkele mijlpaal komt later dan zijn referentiedatum.",
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
    # Forecast
    "p50": {
        "en": "P50: half of the draws",
        "fr": "P50 : la moitié des tirages",
        "nl": "P50: de helft van de trekkingen",
        "de": "P50: die Hälfte der Ziehungen",
    },
    "p80": {"en": "By P80", "fr": "Au P80", "nl": "Op P80", "de": "Bei P80"},
    "kept": {
        "en": "Draws that keep the expected day",
        "fr": "Tirages qui tiennent la date prévue",
        "nl": "Trekkingen die de verwachte datum halen",
        "de": "Ziehungen, die den erwarteten Tag halten",
    },
    "short kept": {"en": "Kept", "fr": "Tenue", "nl": "Gehaald", "de": "Gehalten"},
    "legend expected": {
        "en": "expected now",
        "fr": "prévu actuellement",
        "nl": "nu verwacht",
        "de": "jetzt erwartet",
    },
    "legend p50": {
        "en": "P50: by then in half of the draws",
        "fr": "P50 : d'ici là dans la moitié des tirages",
        "nl": "P50: tegen dan in de helft van de trekkingen",
        "de": "P50: bis dahin in der Hälfte der Ziehungen",
    },
    "legend p80": {
        "en": "P80: in four of five",
        "fr": "P80 : dans quatre sur cinq",
        "nl": "P80: in vier op de vijf",
        "de": "P80: in vier von fünf",
    },
    "forecast last": {
        "en": "By the estimates, {id} {title} comes by {p50} in half of the draws, and by {p80} in four of five.",
        "fr": "Selon les estimations, {id} {title} est atteint au plus tard le {p50} dans la moitié des tirages, et "
        "au plus tard le {p80} dans quatre sur cinq.",
        "nl": "Volgens de ramingen wordt {id} {title} uiterlijk op {p50} bereikt in de helft van de trekkingen, en "
        "uiterlijk op {p80} in vier op de vijf.",
        "de": "Nach den Schätzungen kommt {id} {title} bis {p50} in der Hälfte der Ziehungen, bis {p80} in 4 von 5.",
    },
    "forecast least": {
        "en": "The least sure to keep its expected day is {id}: {share} of the draws do.",
        "fr": "La date prévue la moins sûre est celle de {id} : {share} des tirages la tiennent.",
        "nl": "De verwachte datum van {id} is het minst zeker: {share} van de trekkingen haalt ze.",
        "de": "Am wenigsten sicher ist der erwartete Tag von {id}: {share} der Ziehungen halten ihn.",
    },
    "forecast least shown": {
        "en": "Of {all} milestones the {n} least sure are shown.",
        "fr": "Des {all} jalons, les {n} moins sûrs sont montrés.",
        "nl": "Van de {all} mijlpalen staan hier de {n} minst zekere.",
        "de": "Von {all} Meilensteinen stehen hier die {n} unsichersten.",
    },
    "forecast method": {
        "en": "{draws} draws of triangular durations, independent of each other, with seed {seed}; "
        "nothing comes before its expected day.",
        "fr": "{draws} tirages de durées triangulaires, indépendantes entre elles, avec la graine {seed} ; "
        "rien ne vient avant sa date prévue.",
        "nl": "{draws} trekkingen van driehoekig verdeelde, onderling onafhankelijke duren, met startwaarde {seed}; "
        "niets komt voor zijn verwachte datum.",
        "de": "{draws} Ziehungen dreieckig verteilter, voneinander unabhängiger Dauern mit Startwert {seed}; "
        "nichts kommt vor seinem erwarteten Tag.",
    },
    # Trend
    "trend on": {"en": "Since", "fr": "Depuis", "nl": "Sinds", "de": "Seit"},
    "reason": {"en": "Reason", "fr": "Raison", "nl": "Reden", "de": "Grund"},
    "trend beyond": {
        "en": "later than baseline and tolerance allow",
        "fr": "au-delà de la date de référence et de la tolérance",
        "nl": "later dan referentiedatum en tolerantie toelaten",
        "de": "später als Basistermin und Toleranz erlauben",
    },
    "trend within": {
        "en": "within them",
        "fr": "dans ces limites",
        "nl": "binnen die grenzen",
        "de": "in diesen Grenzen",
    },
    "trend moved": {"en": "moved", "fr": "déplacé", "nl": "verschoven", "de": "verschoben"},
    "trend due": {
        "en": "due on the day itself",
        "fr": "échéance le jour même",
        "nl": "valt op de dag zelf",
        "de": "fällig am Tag selbst",
    },
    "trend none": {
        "en": "No expected day has moved.",
        "fr": "Aucune date prévue n'a bougé.",
        "nl": "Geen enkele verwachte datum is verschoven.",
        "de": "Kein erwarteter Tag hat sich verschoben.",
    },
    "trend most": {
        "en": "Milestones that moved: {share}, most of all {id}, from {was} to {now}.",
        "fr": "Jalons déplacés : {share}, surtout {id}, du {was} au {now}.",
        "nl": "Verschoven mijlpalen: {share}, het meest {id}, van {was} naar {now}.",
        "de": "Verschobene Meilensteine: {share}, am meisten {id}, vom {was} auf den {now}.",
    },
    "trend beyond them": {
        "en": "Later than baseline and tolerance allow: {ids}.",
        "fr": "Au-delà de la date de référence et de la tolérance : {ids}.",
        "nl": "Later dan referentiedatum en tolerantie toelaten: {ids}.",
        "de": "Später als Basistermin und Toleranz erlauben: {ids}.",
    },
    "trend shown": {
        "en": "Of {all} milestones the {n} that moved most are shown.",
        "fr": "Des {all} jalons, les {n} qui ont le plus bougé sont montrés.",
        "nl": "Van de {all} mijlpalen staan hier de {n} die het meest verschoven.",
        "de": "Von {all} Meilensteinen stehen hier die {n}, die sich am meisten verschoben.",
    },
}
