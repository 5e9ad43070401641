"""The view `rasci`: who does each activity, who answers for it, who helps, who is asked and who is told."""

from pipeline.model import Artifact, Programme
from pipeline.views.cells import value_cell
from pipeline.views.select import id_of, select, text
from pipeline.views.values import Cell, Fields, Nothing, Ref, Shown, Table, Words
from pipeline.views.words import say

# The fields of an assignment in the order of the letters.
LETTERS = {"R": "responsible", "A": "accountable", "S": "supports", "C": "consulted", "I": "informed"}
# Beyond this many columns a grid no longer fits a page.
WIDEST = 10
# Up to so many columns, each carries its title.
TITLED = 6

Roles = dict[str, list[str]]


def rasci(programme: Programme, fields: Fields, lang: str) -> Shown:
    """A grid of activities and parties with the letters of RASCI.

    Where there are too many parties for a page they are the rows, and where there are too many activities as well each
    row lists who is what.
    """
    chosen = select(programme, {**fields, "kind": "rasci"})
    held = [(item, _roles(item)) for item in chosen if programme.phase(item) != "ended" or fields.get("ids")]
    parties = list(dict.fromkeys(name for _, roles in held for names in roles.values() for name in names))
    if not parties:
        return Nothing()
    parties.sort(key=lambda name: (name not in programme.artifacts, name))
    caption = f"{text(fields.get('caption')) or say('rasci', lang)} ({say('rasci.legend', lang)})"
    if len(parties) <= WIDEST:
        return _by_activity(programme, held, parties, caption, lang)
    if len(held) <= WIDEST:
        return _by_party(programme, held, parties, caption, lang)
    return _listed(programme, held, caption, lang)


def _roles(artifact: Artifact) -> Roles:
    """The parties by letter: IDs, or names of those that are not registered."""
    found = {}
    for letter, field in LETTERS.items():
        stated = artifact.fields.get(field)
        names = stated if isinstance(stated, list) else [stated]
        found[letter] = [id_of(name) for name in names if isinstance(name, str) and name]
    return found


def _letters(roles: Roles, party: str) -> Cell:
    found = [letter for letter, names in roles.items() if party in names]
    return (Words(" ".join(found)),) if found else ()


def _by_activity(
    programme: Programme, held: list[tuple[Artifact, Roles]], parties: list[str], caption: str, lang: str
) -> Table:
    headers: tuple[Cell, ...] = (
        (Words(say("rasci.activity", lang)),),
        *(value_cell(programme, party, lang) for party in parties),
    )
    rows = tuple(
        ((Ref(item.id, titled=True),), *(_letters(roles, party) for party in parties)) for item, roles in held
    )
    return Table(headers, rows, caption, grid=True)


def _by_party(
    programme: Programme, held: list[tuple[Artifact, Roles]], parties: list[str], caption: str, lang: str
) -> Table:
    titled = len(held) <= TITLED
    headers: tuple[Cell, ...] = (
        (Words(say("rasci.party", lang)),),
        *((Ref(item.id, titled=titled),) for item, _ in held),
    )
    rows = tuple(
        (_party(programme, party), *(_letters(roles, party) for _, roles in held)) for party in parties
    )
    return Table(headers, rows, caption, grid=True)


def _party(programme: Programme, party: str) -> Cell:
    return (Ref(party, titled=True),) if party in programme.artifacts else (Words(party),)


def _listed(programme: Programme, held: list[tuple[Artifact, Roles]], caption: str, lang: str) -> Table:
    headers: tuple[Cell, ...] = (
        (Words(say("rasci.activity", lang)),),
        *((Words(say(f"rasci.{letter}", lang)),) for letter in LETTERS),
    )
    rows = tuple(
        ((Ref(item.id, titled=True),), *(value_cell(programme, roles[letter], lang) for letter in LETTERS))
        for item, roles in held
    )
    return Table(headers, rows, caption)
