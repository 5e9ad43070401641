"""The words of the views on the chain from needs to verdicts, and of the map of risks."""

TRACE: dict[str, dict[str, str]] = {
    # What has its next step, as `paraph trace coverage` counts it.
    "step": {"en": "Step", "fr": "Étape", "nl": "Stap"},
    "covered": {"en": "Covered", "fr": "Couverts", "nl": "Gedekt"},
    "lacks": {"en": "Lacking", "fr": "Lacunes", "nl": "Ontbreekt bij"},
    "and more": {"en": "and {n} more", "fr": "et {n} autres", "nl": "en nog {n}"},
    "step.objective-need": {
        "en": "Objectives that a need supports",
        "fr": "Objectifs servis par un besoin",
        "nl": "Doelstellingen met een behoefte",
    },
    "step.need-objective": {
        "en": "Needs that support an objective",
        "fr": "Besoins liés à un objectif",
        "nl": "Behoeften met een doelstelling",
    },
    "step.need-requirement": {
        "en": "Needs with a requirement",
        "fr": "Besoins traduits en exigences",
        "nl": "Behoeften met een eis",
    },
    "step.requirement-need": {
        "en": "Requirements with a need",
        "fr": "Exigences issues d’un besoin",
        "nl": "Eisen met een behoefte",
    },
    "step.requirement-work": {
        "en": "Requirements with work",
        "fr": "Exigences prises en charge",
        "nl": "Eisen met werk",
    },
    "step.requirement-test": {
        "en": "Requirements with a test",
        "fr": "Exigences avec un test",
        "nl": "Eisen met een test",
    },
    "step.criterion-test": {
        "en": "Criteria that a test covers",
        "fr": "Critères couverts par un test",
        "nl": "Criteria met een test",
    },
    "step.requirement-pass": {
        "en": "Requirements whose tests passed",
        "fr": "Exigences aux tests réussis",
        "nl": "Eisen met geslaagde tests",
    },
    "step.work-requirement": {
        "en": "Work with a requirement",
        "fr": "Travaux liés à une exigence",
        "nl": "Werk met een eis",
    },
    "step.test-requirement": {
        "en": "Tests with a requirement",
        "fr": "Tests liés à une exigence",
        "nl": "Tests met een eis",
    },
    "step.test-run": {"en": "Tests that were run", "fr": "Tests exécutés", "nl": "Uitgevoerde tests"},
    "step.test-pass": {"en": "Tests that passed", "fr": "Tests réussis", "nl": "Geslaagde tests"},
    "step.run-test": {
        "en": "Runs with a test",
        "fr": "Exécutions liées à un test",
        "nl": "Uitvoeringen met een test",
    },
    "step.deliverable-acceptance": {
        "en": "Approved deliverables accepted",
        "fr": "Livrables approuvés et réceptionnés",
        "nl": "Goedgekeurde producten die opgeleverd zijn",
    },
    "coverage.caption": {
        "en": "What has its next step, of what should have it",
        "fr": "Ce qui a sa suite, sur ce qui doit en avoir une",
        "nl": "Wat een vervolg heeft, van wat er een moet hebben",
    },
    "coverage.by": {
        "en": "Requirements by {field}: what has its next step",
        "fr": "Exigences par {field} : ce qui a sa suite",
        "nl": "Eisen per {field}: wat een vervolg heeft",
    },
    "coverage.all there": {
        "en": "Nothing is missing in any of the {n} steps.",
        "fr": "Rien ne manque à aucune des {n} étapes.",
        "nl": "In geen van de {n} stappen ontbreekt iets.",
    },
    "coverage.least": {
        "en": "{full} of {n} steps are complete. Least covered: {step}, {share}.",
        "fr": "{full} étapes sur {n} sont complètes. La moins couverte : « {step} », {share}.",
        "nl": "{full} van {n} stappen zijn volledig. Het minst gedekt: {step}, {share}.",
    },
    "coverage.least in": {
        "en": "Most is missing here: {group}, {step}, {share}.",
        "fr": "C’est ici qu’il manque le plus : {group}, {step}, {share}.",
        "nl": "Hier ontbreekt het meest: {group}, {step}, {share}.",
    },
    "coverage.cell": {
        "en": "{group}, {step}: {share}",
        "fr": "{group}, {step} : {share}",
        "nl": "{group}, {step}: {share}",
    },
    "coverage.not asked": {"en": "none asked", "fr": "sans objet", "nl": "niet gevraagd"},
    "field.priority": {"en": "priority", "fr": "priorité", "nl": "prioriteit"},
    "field.status": {"en": "status", "fr": "statut", "nl": "status"},
    "field.release": {"en": "release", "fr": "version livrée", "nl": "release"},
    "group.none": {"en": "Not stated", "fr": "Non précisé", "nl": "Niet vermeld"},
    "group.requirements": {"en": "Requirements", "fr": "Exigences", "nl": "Eisen"},
    # The threads of the Sankey diagram.
    "flow.caption": {
        "en": "From need to verdict",
        "fr": "Du besoin au verdict",
        "nl": "Van behoefte tot oordeel",
    },
    "flow.need": {"en": "Need", "fr": "Besoin", "nl": "Behoefte"},
    "flow.requirement": {"en": "Requirement", "fr": "Exigence", "nl": "Eis"},
    "flow.work": {"en": "Work", "fr": "Travaux", "nl": "Werk"},
    "flow.test": {"en": "Test", "fr": "Test", "nl": "Test"},
    "flow.verdict": {"en": "Verdict", "fr": "Verdict", "nl": "Oordeel"},
    "flow.from": {"en": "From", "fr": "De", "nl": "Van"},
    "flow.to": {"en": "To", "fr": "Vers", "nl": "Naar"},
    "flow.number": {"en": "Number", "fr": "Nombre", "nl": "Aantal"},
    "flow.which": {"en": "Which", "fr": "Lesquels", "nl": "Welke"},
    "flow.others": {"en": "Other needs", "fr": "Autres besoins", "nl": "Andere behoeften"},
    "flow.need.missing": {"en": "No need", "fr": "Sans besoin", "nl": "Geen behoefte"},
    "flow.requirement.missing": {"en": "No requirement", "fr": "Sans exigence", "nl": "Geen eis"},
    "flow.requirement.none": {"en": "No priority", "fr": "Sans priorité", "nl": "Geen prioriteit"},
    "flow.work.done": {"en": "Done", "fr": "Terminés", "nl": "Klaar"},
    "flow.work.going": {"en": "Not done yet", "fr": "Pas terminés", "nl": "Nog niet klaar"},
    "flow.work.missing": {"en": "No work item", "fr": "Sans travaux", "nl": "Geen werk"},
    "flow.work.unasked": {"en": "None asked", "fr": "Sans objet", "nl": "Niet gevraagd"},
    "flow.test.uat": {"en": "User acceptance", "fr": "Recette", "nl": "Gebruikerstest"},
    "flow.test.other": {"en": "Other tests", "fr": "Autres tests", "nl": "Andere tests"},
    "flow.test.missing": {"en": "No test", "fr": "Sans test", "nl": "Geen test"},
    "flow.test.unasked": {"en": "Another method", "fr": "Autre méthode", "nl": "Andere methode"},
    "flow.verdict.pass": {"en": "Passed", "fr": "Réussi", "nl": "Geslaagd"},
    "flow.verdict.fail": {"en": "Failed", "fr": "Échoué", "nl": "Mislukt"},
    "flow.verdict.blocked": {"en": "Blocked", "fr": "Bloqué", "nl": "Geblokkeerd"},
    "flow.verdict.missing": {"en": "No valid run", "fr": "Sans exécution", "nl": "Geen uitvoering"},
    "flow.words": {
        "en": "Of {all} requirements, {tested} have a test and {passed} passed.",
        "fr": "Sur {all} exigences, {tested} ont un test et {passed} l’ont réussi.",
        "nl": "Van {all} eisen hebben er {tested} een test en zijn er {passed} geslaagd.",
    },
    "flow.words missing": {
        "en": "Links that are missing: {list}.",
        "fr": "Maillons manquants : {list}.",
        "nl": "Ontbrekende schakels: {list}.",
    },
    "flow.words whole": {
        "en": "No link is missing.",
        "fr": "Aucun maillon ne manque.",
        "nl": "Er ontbreekt geen schakel.",
    },
    # The map of risks.
    "map.caption": {
        "en": "Risks by probability and impact",
        "fr": "Risques selon la probabilité et l’impact",
        "nl": "Risico’s naar kans en impact",
    },
    "map.probability": {"en": "Probability", "fr": "Probabilité", "nl": "Kans"},
    "map.impact": {"en": "Impact", "fr": "Impact", "nl": "Impact"},
    "map.1": {"en": "1 very low", "fr": "1 très faible", "nl": "1 zeer laag"},
    "map.2": {"en": "2 low", "fr": "2 faible", "nl": "2 laag"},
    "map.3": {"en": "3 medium", "fr": "3 moyen", "nl": "3 matig"},
    "map.4": {"en": "4 high", "fr": "4 élevé", "nl": "4 hoog"},
    "map.5": {"en": "5 very high", "fr": "5 très élevé", "nl": "5 zeer hoog"},
    "map.before": {"en": "before the response", "fr": "avant traitement", "nl": "vóór de maatregel"},
    "map.after": {"en": "expected after it", "fr": "attendu après", "nl": "verwacht erna"},
    "map.appetite": {
        "en": "appetite: high from {score}",
        "fr": "appétence : élevé dès {score}",
        "nl": "risicobereidheid: hoog vanaf {score}",
    },
    "map.signs": {
        "en": "= unchanged  ·  ? not stated  ·  + opportunity",
        "fr": "= inchangé  ·  ? non précisé  ·  + opportunité",
        "nl": "= ongewijzigd  ·  ? niet vermeld  ·  + opportuniteit",
    },
    "map.moves": {
        "en": "number of risks that are expected to go there",
        "fr": "nombre de risques qui devraient y passer",
        "nl": "aantal risico’s dat daarheen moet gaan",
    },
    "map.risks": {"en": "{n} risks", "fr": "{n} risques", "nl": "{n} risico’s"},
    "map.one risk": {"en": "1 risk", "fr": "1 risque", "nl": "1 risico"},
    "map.arrive": {"en": "after: {n}", "fr": "après : {n}", "nl": "erna: {n}"},
    "map.words": {
        "en": "{high} of {all} open risks lie beyond the appetite (a score of {score} or more); "
        "after the response {left} are expected to.",
        "fr": "{high} des {all} risques ouverts dépassent l’appétence (score de {score} ou plus) ; "
        "après traitement, {left} devraient encore la dépasser.",
        "nl": "{high} van de {all} openstaande risico’s liggen boven de risicobereidheid (score van {score} of meer); "
        "na de maatregel zouden dat er {left} zijn.",
    },
    "map.words none": {
        "en": "{high} of {all} open risks lie beyond the appetite (a score of {score} or more); "
        "after the response none is expected to.",
        "fr": "{high} des {all} risques ouverts dépassent l’appétence (score de {score} ou plus) ; "
        "après traitement, plus aucun ne devrait la dépasser.",
        "nl": "{high} van de {all} openstaande risico’s liggen boven de risicobereidheid (score van {score} of meer); "
        "na de maatregel zou dat er geen enkel meer zijn.",
    },
    "map.highest": {
        "en": "Highest: {names}.",
        "fr": "Les plus élevés : {names}.",
        "nl": "Hoogste: {names}.",
    },
    "map.unplaced": {
        "en": "Not on the map, since they have no valid score: {names}.",
        "fr": "Hors de la carte, faute de score valable : {names}.",
        "nl": "Niet op de kaart, want zonder geldige score: {names}.",
    },
    "map.first moves": {
        "en": "Of {of} moves between cells the {n} most frequent are drawn.",
        "fr": "Sur {of} passages d’une case à l’autre, les {n} plus fréquents sont dessinés.",
        "nl": "Van {of} verschuivingen tussen vakken zijn de {n} talrijkste getekend.",
    },
    # Grids of links.
    "matrix.blocks": {
        "en": "links between the artifacts of a row and of a column, and how many of the row have none at all",
        "fr": "liens entre les éléments d’une ligne et d’une colonne, et combien de la ligne n’en ont aucun",
        "nl": "koppelingen tussen de elementen van een rij en van een kolom, en hoeveel van de rij er geen hebben",
    },
    "matrix.unlinked": {"en": "Without any", "fr": "Sans lien", "nl": "Zonder"},
    "matrix.without": {
        "en": "Without a link: {n} of {of}",
        "fr": "Sans lien : {n} sur {of}",
        "nl": "Zonder koppeling: {n} van {of}",
    },
}
