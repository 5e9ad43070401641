"""Which pages weave makes of a programme besides the authors': its state, the registers, approvals, matrix, rules."""

from functools import cache, partial

from pipeline.model import Kind, Programme, Rule
from pipeline.views import Table
from pipeline.views.approvals import judged
from pipeline.weave import approvals, approvals_page, dashboards, pack_pages, pages
from pipeline.weave.loom import Loom, Place
from pipeline.weave.pack_paths import FOLDER as PACKS
from pipeline.weave.parts import Writer, in_parts
from pipeline.weave.sight import Sight
from pipeline.weave.tree import Nav
from pipeline.weave.words import word


def own_pages(sight: Sight, rules: tuple[Rule, ...], lang: str) -> dict[str, tuple[str, Writer]]:
    """The pages that show the programme whole, in the order of the navigation: title, and what writes each."""
    kinds = pages.kinds_present(sight.programme)
    own: dict[str, tuple[str, Writer]] = {}
    for page in dashboards.PAGES:
        views = dashboards.views_of(sight.programme, page, lang)
        if dashboards.shows(page, views, told=sight.audience != "public"):
            written = partial(dashboards.write, page=page, views=views)
            own[page.path] = (dashboards.said(page.titles, lang), written)
    own |= pack_pages.pages(sight)
    if kinds:
        own[pages.REGISTERS] = (word("registers", lang), pages.registers)
    for kind in kinds:
        own |= _register(sight.programme, kind, lang)
    if count := len(judged(sight.programme)):
        own |= in_parts(
            approvals.PAGE,
            word("approvals", lang),
            count,
            lambda: approvals_page.listing(sight.programme, lang),
            approvals_page.write,
        )
    if any(kind.name == pages.CHAIN_START for kind in kinds):
        chains = pages.chains(sight.programme, lang)
        own |= in_parts(
            pages.MATRIX, word("matrix", lang), len(chains.rows), lambda: chains, pages.traceability
        )
    if rules:
        own[pages.RULES] = (
            word("rules", lang),
            lambda loom, _: pages.rule_pages(loom, rules, sight.hidden, lang),
        )
    return own


def _register(programme: Programme, kind: Kind, lang: str) -> dict[str, tuple[str, Writer]]:
    """The register of a kind; its table is made when the first of its pages is written."""

    @cache
    def listing() -> Table:
        return pages.listing(programme, kind, lang)

    def write(loom: Loom, place: Place, shown: Table, ways: str) -> str:
        return pages.register(loom, place, kind, shown, ways)

    count = sum(1 for item in programme.artifacts.values() if item.kind == kind.name)
    return in_parts(pages.register_path(kind.name), pages.label(kind, lang), count, listing, write)


def navigate_state(titles: dict[str, str], lang: str) -> Nav:
    """The navigation of the pages on the state of the programme."""
    state: Nav = [{title: path} for path, title in titles.items() if path.startswith(dashboards.FOLDER)]
    state += pack_pages.navigation(titles, lang)
    return [{word("programme state", lang): state}] if state else []


def navigate_own(titles: dict[str, str], lang: str) -> Nav:
    """The navigation of the pages that weave made, by path and title."""
    registers: Nav = []
    others: Nav = []
    for path, title in titles.items():
        if path.startswith((dashboards.FOLDER, PACKS)):
            continue
        if path == pages.REGISTERS:
            registers.append(path)
        else:
            (registers if path.startswith("kinds/") else others).append({title: path})
    return [*([{word("registers", lang): registers}] if registers else []), *others]
