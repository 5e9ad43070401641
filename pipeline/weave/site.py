"""The site: every visible document as a page in Material's dialect, and the pages that show the programme whole."""

import json
from collections.abc import Callable, Iterable
from posixpath import dirname, relpath
from urllib.parse import quote

from msgspec import structs

from pipeline.model import Artifact, Finding, Programme, Rule, Source
from pipeline.weave import kind_pages, pages
from pipeline.weave.attributes import Attributes
from pipeline.weave.body import weave_lines
from pipeline.weave.dialect import DIALECTS
from pipeline.weave.feeds import Around, feeds
from pipeline.weave.finish import finish
from pipeline.weave.home import at_a_glance
from pipeline.weave.inline import spoken
from pipeline.weave.links import findings as findings_block
from pipeline.weave.loom import Beside, Loom, Place
from pipeline.weave.nav import navigate, title_of
from pipeline.weave.own import navigate_own, navigate_state, own_pages
from pipeline.weave.parts import Writer
from pipeline.weave.permanent import permanent_pages
from pipeline.weave.sheet import Sheet
from pipeline.weave.sight import Sight, reveals, see, show_source
from pipeline.weave.tree import CopyOf, Nav, SiteTree
from pipeline.weave.words import withheld, word

HOME = "index.md"
# The parts of the first page that are ours to hide; the others are the engine's.
OURS = ("registers", "glance")


class _Pages:
    """Addresses seen from a page of the site."""

    def __init__(self, programme: Programme, page: str, made: frozenset[str]) -> None:
        self.programme, self.page, self.made = programme, page, made

    def artifact(self, identity: str) -> str | None:
        """The page of an artifact, and where on it."""
        artifact = self.programme.artifacts.get(identity)
        return self._to(artifact.path, identity if artifact.section else "") if artifact else None

    def document(self, path: str, anchor: str) -> str | None:
        """A page, and where on it."""
        return self._to(path, anchor) if path in self.programme.documents or path in self.made else None

    def file(self, path: str) -> str:
        """A file beside the pages."""
        return quote(relpath(path, dirname(self.page) or "."))

    def image(self, path: str) -> str:
        """An image beside the pages."""
        return self.file(path)

    def _to(self, path: str, anchor: str) -> str:
        fragment = f"#{anchor}" if anchor else ""
        if path == self.page and fragment:
            return fragment
        return quote(relpath(path, dirname(self.page) or ".")) + fragment


class _Site:
    """A site being woven."""

    def __init__(
        self,
        sight: Sight,
        source: Callable[[str], Source],
        findings: Iterable[Finding],
        lang: str,
        edit_url: str,
    ) -> None:
        self.sight, self.programme, self.source, self.lang, self.edit_url = (
            sight,
            sight.programme,
            source,
            lang,
            edit_url,
        )
        self.sheets: dict[str, Sheet] = {}
        self.files: dict[str, str | CopyOf] = {}
        self.made: frozenset[str] = frozenset()
        self.findings: dict[str, list[Finding]] = {}
        for finding in findings if sight.audience != "public" else ():
            if not reveals(sight, " ".join((finding.path, finding.message, finding.hint, finding.artifact))):
                self.findings.setdefault(finding.artifact or finding.path, []).append(finding)

    def loom(self, page: str) -> Loom:
        """The loom of one page."""
        addresses = _Pages(self.programme, page, self.made)
        beside = Beside(
            self.findings, addresses.document(pages.RULES, "") or "", told=self.sight.audience != "public"
        )
        return Loom(
            self.programme, self.text, DIALECTS["material"], addresses,
            id_prefix="view-", sheets=self.sheets, beside=beside,
        )  # fmt: skip

    def text(self, path: str) -> Source:
        """The text of a document as the audience sees it."""
        document = self.programme.documents[path]
        lang = document.whole.lang if document.whole else document.page.lang if document.page else self.lang
        return show_source(self.sight, self.source(path), withheld(lang))

    def page(self, path: str, title: str) -> None:
        """Weave a document into its page."""
        document = self.programme.documents[path]
        whole, page = document.whole, document.page
        lang = whole.lang if whole else page.lang if page else self.lang
        loom = self.loom(path)
        place = Place(path, path, lang, trail=frozenset({(path, 0)}))
        parts = [*self.text_of(loom, place, page.fields if page else {})]
        parts += [findings_block(loom, place, self.findings.get(path, []))]
        if path == HOME and not _hides(page.fields if page else {}, "registers"):
            parts.append(self.ours(loom, place, pages.overview))
        parts += [note for note in loom.gathered.notes.values() if note]
        if lang != self.lang:
            parts = [f'<div lang="{lang}" markdown="1">', *parts, "</div>"]
        if self.edit_url:
            parts.append(self.edit_link(path))
        matter = {"title": title, **self.matter(whole, page.fields if page else {}, lang)}
        self.write(path, matter, "\n\n".join(parts), lang)
        for name in (*loom.gathered.images, *loom.gathered.files):
            self.files[name] = CopyOf(name)

    def text_of(self, loom: Loom, place: Place, fields: dict[str, object]) -> list[str]:
        """The text of a page; on the first page, the state at a glance stands after what comes before its sections."""
        last = loom.sheet(place.path).last
        if place.path != HOME or _hides(fields, "glance"):
            return [weave_lines(loom, place, 1, last)]
        headings = self.programme.documents[place.path].headings
        second = next((item.line for item in headings if item.level > 1), last + 1)
        before = weave_lines(loom, place, 1, second - 1) if second > 1 else ""
        after = weave_lines(loom, place, second, last) if second <= last else ""
        return [part for part in (before, self.ours(loom, place, at_a_glance), after) if part]

    def ours(self, loom: Loom, place: Place, write: Writer) -> str:
        """What is ours on a page of the authors: in the language of the site, whichever their words are in."""
        written = write(loom, structs.replace(place, lang=self.lang))
        if not written or place.lang == self.lang:
            return written
        opening = loom.dialect.open(Attributes(classes=("paraph-ours",), pairs=(("lang", self.lang),)))
        return "\n\n".join([opening, written, loom.dialect.close()])

    def matter(self, whole: Artifact | None, fields: dict[str, object], lang: str) -> dict[str, object]:
        """What the front matter of a page keeps."""
        stated = whole.fields if whole else fields
        kept: dict[str, object] = {}
        if isinstance(stated.get("description"), str):
            kept["description"] = spoken(str(stated["description"]), lang)
        for name in ("tags", "hide"):
            value = stated.get(name)
            # The tags of an artifact stand among its facts.
            if isinstance(value, list) and value and not (whole and name == "tags"):
                kept[name] = [item for item in value if isinstance(item, str) and item not in OURS]
        return kept

    def edit_link(self, path: str) -> str:
        """The link to where a page is edited."""
        url = (
            self.edit_url.replace("{path}", quote(path))
            if "{path}" in self.edit_url
            else self.edit_url + quote(path)
        )
        return f"[{word('edit', self.lang)}]({url}){{ .paraph-edit }}"

    def write(self, path: str, matter: dict[str, object], text: str, lang: str) -> None:
        """Put a page into the tree."""
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in matter.items()]
        self.files[path] = "\n".join(["---", *lines, "---", "", finish(text, lang)])

    def make(self, path: str, title: str, write: Writer, *, search: bool = False) -> None:
        """Put a page of our own into the tree, unless the authors have one there."""
        if path in self.files:
            return
        matter: dict[str, object] = {"title": title}
        if not search:
            matter |= {"search": {"exclude": True}, "hide": ["toc"]}
        self.write(path, matter, write(self.loom(path), Place(path, path, self.lang)), self.lang)


def weave_site(
    programme: Programme,
    source: Callable[[str], Source],
    audience: str,
    *,
    findings: Iterable[Finding] = (),
    rules: Iterable[Rule] = (),
    edit_url: str = "",
    title: str,
    organisation: str = "",
    day: str,
    lang: str = "en",
    url: str = "",
) -> SiteTree:
    """Weave the whole site for an audience.

    `source` gives the text of a document by its path; `findings` are shown on the artifacts that they are about,
    never to the public, and not where they tell of anything hidden; `edit_url` says where a page is edited, with
    `{path}` for its path; `url` is where the site will stand, '' where that is not known.
    Raises ValueError for an audience that does not exist.
    """
    sight = see(programme, audience)
    site = _Site(sight, source, findings, lang, edit_url)
    reference, own = _made(site, programme, rules)
    titles = {path: title_of(document, lang) for path, document in sight.programme.documents.items()}
    for path, words in titles.items():
        site.page(path, words)
    authored = set(site.files)
    for path, (words, write) in own.items():
        site.make(path, words, write, search=path == pages.RULES or path in reference)
    nav = navigate(sight.programme, titles, lang)
    parts = (organisation, f"{word('state of', lang)} {day}", word(audience, lang))
    stated = " · ".join(part for part in parts if part)
    site.make(
        HOME,
        title,
        lambda loom, place: pages.home(loom, place, title, sections(nav), stated, at_a_glance(loom, place)),
    )
    site.files |= feeds(sight.programme, Around(title, organisation, lang, url))
    site.files |= permanent_pages(sight.programme, site.files.keys(), lang)
    files = {path: site.files[path] for path in sorted(site.files)}
    ours = {path: words for path, (words, _) in own.items() if path not in authored and path not in reference}
    first, *others = _first(nav, titles, lang)
    whole = [
        first,
        *navigate_state(ours, lang),
        *others,
        *navigate_own(ours, lang),
        *kind_pages.navigation(reference, authored, lang),
    ]
    return SiteTree(files, whole, title, organisation, day, audience, lang)


def weave_pages(
    programme: Programme,
    source: Callable[[str], Source],
    audience: str,
    paths: Iterable[str],
    *,
    findings: Iterable[Finding] = (),
    rules: Iterable[Rule] = (),
    edit_url: str = "",
    lang: str = "en",
) -> dict[str, str | CopyOf]:
    """The pages of some documents, as `weave_site` weaves them among all others; none for those that are hidden."""
    site = _Site(see(programme, audience), source, findings, lang, edit_url)
    _made(site, programme, rules)
    for path in paths:
        if document := site.programme.documents.get(path):
            site.page(path, title_of(document, lang))
    return site.files


def _made(
    site: _Site, programme: Programme, rules: Iterable[Rule]
) -> tuple[dict[str, tuple[str, Writer]], dict[str, tuple[str, Writer]]]:
    """The pages of our own by path, first those on the kinds and then all; the site learns of them."""
    reference = _reference(site.sight, programme, site.lang)
    own = {**own_pages(site.sight, tuple(rules), site.lang), **reference}
    site.made = frozenset({HOME, *own})
    return reference, own


def _reference(sight: Sight, programme: Programme, lang: str) -> dict[str, tuple[str, Writer]]:
    """The pages on the kinds that the reader is told of."""
    used = frozenset(artifact.kind for artifact in programme.artifacts.values())
    shown = kind_pages.kinds_shown(sight, programme.kinds.values(), used)
    return kind_pages.reference(shown, sight.hidden, lang)


def _hides(fields: dict[str, object], part: str) -> bool:
    """Whether a page asks to be without a part of it."""
    hidden = fields.get("hide")
    return isinstance(hidden, list) and part in hidden


def _first(nav: Nav, titles: dict[str, str], lang: str) -> Nav:
    """The authors' navigation with the home page before all else."""
    return [{word("home", lang): HOME}, *(item for item in nav if item != {titles.get(HOME): HOME})]


def sections(nav: Nav) -> list[tuple[str, str]]:
    """The titles of the topmost sections and pages, each with its first page."""
    found = []
    for item in nav:
        for label, below in item.items() if isinstance(item, dict) else ():
            page = below
            while not isinstance(page, str):
                page = next(iter(page[0].values())) if isinstance(page[0], dict) else page[0]
            found.append((label, page))
    return found
