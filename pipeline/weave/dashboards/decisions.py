"""The page on decisions and actions: what is awaited, what was decided, and who still has to do what."""

from pipeline.views.words_state import say
from pipeline.weave.dashboards.page import FOLDER, Page, Section
from pipeline.weave.feeds import DECISIONS
from pipeline.weave.loom import Loom, Place


def _feed(loom: Loom, place: Place) -> str:
    """The way to the feed, where there is one."""
    there = any(item.kind == "decision" for item in loom.programme.artifacts.values())
    address = loom.addresses.file(DECISIONS) if there else None
    return loom.dialect.link(say("feed of decisions", place.lang), address) if address else ""


PAGE = Page(
    f"{FOLDER}decisions.md",
    {
        "en": "Decisions and actions",
        "fr": "Décisions et actions",
        "nl": "Beslissingen en actiepunten",
        "de": "Entscheidungen und Maßnahmen",
    },
    {
        "en": "What the committees are asked to decide, what each person still has to do, and what was decided.",
        "fr": "Ce que les comités sont appelés à décider, ce que chacun doit encore faire, et ce qui a été décidé.",
        "nl": "Wat de comités moeten beslissen, wat iedereen nog moet doen, en wat er beslist is.",
        "de": "Was die Gremien entscheiden sollen, was jeder noch zu tun hat, und was entschieden wurde.",
    },
    (
        Section(
            {
                "en": "Decisions awaited",
                "fr": "Décisions attendues",
                "nl": "Te nemen beslissingen",
                "de": "Ausstehende Entscheidungen",
            },
            {"view": "decisions"},
            filters=True,
            empty={
                "en": "No decision is awaited.",
                "fr": "Aucune décision n’est attendue.",
                "nl": "Er zijn geen beslissingen te nemen.",
                "de": "Es steht keine Entscheidung aus.",
            },
        ),
        Section(
            {
                "en": "Open actions, by owner",
                "fr": "Actions en cours, par responsable",
                "nl": "Lopende actiepunten, per verantwoordelijke",
                "de": "Offene Maßnahmen nach Verantwortlichen",
            },
            {"view": "actions"},
            filters=True,
            words={
                "en": "Whoever has something overdue comes first.",
                "fr": "Les responsables en retard figurent en premier.",
                "nl": "Wie iets te laat heeft, staat bovenaan.",
                "de": "Wer etwas Überfälliges hat, steht zuerst.",
            },
            empty={
                "en": "Nothing is left to be done.",
                "fr": "Aucune action n’est en cours.",
                "nl": "Er lopen geen actiepunten.",
                "de": "Es ist nichts mehr zu tun.",
            },
        ),
        Section(
            {
                "en": "Decisions made",
                "fr": "Décisions prises",
                "nl": "Genomen beslissingen",
                "de": "Getroffene Entscheidungen",
            },
            {"view": "decisions", "state": "made"},
            filters=True,
        ),
    ),
    _feed,
)
