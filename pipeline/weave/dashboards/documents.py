"""The page on the state of the documents: approvals, reviews, findings, and what is accepted for a time."""

from collections import Counter

from pipeline.model import Finding
from pipeline.views.words_state import say
from pipeline.weave.dashboards.page import FOLDER, Page, Section
from pipeline.weave.inline import literal, weave_line
from pipeline.weave.links import titled
from pipeline.weave.loom import Loom, Place
from pipeline.weave.nav import title_of
from pipeline.weave.pages import filtered

# Beyond this many findings a report on the command line is the better tool.
_MOST = 500


def _findings(loom: Loom, place: Place) -> str:
    """What the checks found, each with the way to where it stands; '' for readers who are not told of findings."""
    beside = loom.beside
    if beside is None or not beside.told:
        return ""
    found = sorted((item for items in beside.findings.values() for item in items), key=Finding.order)
    if not found:
        return say("no findings", place.lang)
    headers = [say(key, place.lang) for key in ("rule", "severity", "where", "finding")]
    rows = [
        [
            loom.dialect.link(item.code, f"{beside.rules}#{item.code}") if beside.rules else item.code,
            _severity(item, place.lang),
            _where(loom, place, item),
            _words(loom, place, item),
        ]
        for item in found[:_MOST]
    ]
    counts = Counter(_severity(item, place.lang) for item in found)
    told = [f"{count} × {words}" for words, count in sorted(counts.items()) if words]
    listed = filtered(loom, place, loom.dialect.table(headers, rows, "", False))
    return "\n\n".join([", ".join(told), listed])


def _severity(item: Finding, lang: str) -> str:
    """How bad a finding is; '' for one that was not graded."""
    return say(f"severity {item.severity}", lang) if item.severity else ""


def _where(loom: Loom, place: Place, item: Finding) -> str:
    """The artifact that a finding is about, or the page and the line."""
    if item.artifact in loom.programme.artifacts:
        return titled(loom, item.artifact)
    address = loom.addresses.document(item.path, "")
    document = loom.programme.documents.get(item.path)
    words = literal(title_of(document, place.lang)) if document else literal(item.path)
    return f"{loom.dialect.link(words, address) if address else words} : {item.line}"


def _words(loom: Loom, place: Place, item: Finding) -> str:
    hint = f" *{weave_line(loom, place, item.hint)}*" if item.hint else ""
    return f"{weave_line(loom, place, item.message)}.{hint}".replace("|", "\\|")


PAGE = Page(
    f"{FOLDER}documents.md",
    {
        "en": "State of the documents",
        "fr": "État des documents",
        "nl": "Stand van de documenten",
        "de": "Stand der Dokumente",
    },
    {
        "en": "Where the deliverables stand, what has to be reviewed and by when, and what the checks find.",
        "fr": "Où en sont les livrables, ce qui doit être revu et pour quand, et ce que relèvent les contrôles.",
        "nl": "Hoe ver de op te leveren documenten staan, wat tegen wanneer herzien moet worden, en wat de controles"
        " vinden.",
        "de": "Wie weit die Lieferdokumente sind, was bis wann zu prüfen ist, und was die Prüfungen finden.",
    },
    (
        Section(
            {
                "en": "Deliverables",
                "fr": "Livrables",
                "nl": "Op te leveren documenten",
                "de": "Lieferdokumente",
            },
            {
                "view": "table",
                "kind": "deliverable",
                "columns": ["id", "title", "version", "status", "owner"],
            },
        ),
        Section(
            {
                "en": "Findings of the checks",
                "fr": "Constats des contrôles",
                "nl": "Bevindingen van de controles",
                "de": "Befunde der Prüfungen",
            },
            words={
                "en": "To mend one, follow it to where it stands: the code leads to what the rule asks and why.",
                "fr": "Pour corriger un constat, suivez le lien vers l’endroit concerné ; le code mène à ce que la"
                " règle demande et pourquoi.",
                "nl": "Volg de koppeling naar de plaats om een bevinding te verhelpen; de code leidt naar wat de regel"
                " vraagt en waarom.",
                "de": "Der Verweis führt zur Stelle; der Code führt dazu, was die Regel verlangt und warum.",
            },
            write=_findings,
        ),
        Section(
            {
                "en": "Findings accepted for a time",
                "fr": "Constats acceptés pour un temps",
                "nl": "Bevindingen die tijdelijk aanvaard zijn",
                "de": "Befunde, die auf Zeit hingenommen sind",
            },
            {"view": "waivers"},
            empty={
                "en": "No finding is accepted.",
                "fr": "Aucun constat n’est accepté.",
                "nl": "Er is geen bevinding aanvaard.",
                "de": "Kein Befund ist hingenommen.",
            },
        ),
        Section(
            {
                "en": "Reviews due",
                "fr": "Révisions à faire",
                "nl": "Uit te voeren herzieningen",
                "de": "Fällige Prüfungen",
            },
            {"view": "reviews"},
            filters=True,
        ),
    ),
)
