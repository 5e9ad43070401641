"""One run over a project, step by step; what was done once is not done again.

walk the tree -> read what changed -> programme -> rules -> prose -> findings
"""

from functools import cached_property, partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pipeline.cache import Cache, Index, Records, Stat, now, program, unchanged
from pipeline.kinds import Catalogue, build_catalogue, fingerprint, read_schemas
from pipeline.ledger.files import walk_ledgers
from pipeline.model import Finding, Rule
from pipeline.settings import Project
from pipeline.shipped import folder as shipped
from pipeline.sources.discover import Tree, walk
from pipeline.work.values import Checked, Options, Progress

if TYPE_CHECKING:
    from pipeline.approved import Approved
    from pipeline.checks.runner import Suite
    from pipeline.prose.styles import Style
    from pipeline.ratchet import Ratchet
    from pipeline.refresh import Fresh


class Work:
    """One run over a project: each step is done once, when the first that needs it asks.

    Modules are imported where they are needed: when nothing changed, the answer is in the cache, and neither a
    schema is compiled nor a rule loaded.
    """

    def __init__(self, project: Project, options: Options, progress: Progress) -> None:
        self.project, self.options, self.progress = project, options, progress
        self.notes: list[str] = []
        self.terms: dict[str, list[str]] = {}
        self.approved: Approved | None = None
        self.stamp = now()
        self.schemas = read_schemas([shipped("schemas"), project.path(project.settings.schemas)])
        self.tree = walk(project.root, project.settings.exclude, _sidecars(project))
        files = walk_ledgers(project.path(project.settings.approvals))
        self.ledgers: dict[str, Stat] = {f"{item.id}/{item.name}": item.stat for item in files}
        self.cache = Cache(project.folder, self._key(), "" if options.prose else "-plain")
        self.index = self.cache.read_index()
        if self.index is None:
            self._check_settings()

    def _key(self) -> bytes:
        """What a cache must agree on to be of use: settings, schemas, this program, the day, prose or none."""
        prose = b"none"
        if self.options.prose:
            from pipeline.prose import vale

            prose = vale.fingerprint(self.styles)
        settings = msgspec.json.encode(self.project.settings, enc_hook=str)
        folder, off = self.project.root, sorted(self.off)
        parts = (program(), folder, settings, fingerprint(self.schemas), self.options.day, prose, off)
        return blake2b(repr(parts).encode(), digest_size=16).digest()

    def _check_settings(self) -> None:
        """Raise CouldNotRun where the settings name a rule, a kind or a field that there is not."""
        from pipeline.agreed import check_agreed

        settings = self.project.settings
        if settings.severity or settings.coverage or settings.policies:
            check_agreed(self.project, self.catalogue, self.wording)

    @cached_property
    def styles(self) -> "tuple[Style, ...]":
        """The styles of the wording rules, shipped ones first."""
        from pipeline.prose import styles

        return styles.load([Path(shipped("styles")), Path(self.project.path(self.project.settings.styles))])

    @cached_property
    def wording(self) -> tuple[Rule, ...]:
        """The rules of wording, whether they run or not."""
        from pipeline.prose import styles

        return styles.rules(self.styles)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of this run: the catalogue's, the project's own, and those of wording."""
        return self.rules_by(self.project)

    def rules_by(self, project: Project) -> tuple[Rule, ...]:
        """The rules of this run by the settings of a project, which may be those of a base."""
        from pipeline.agreed import rules_of

        own = rules_of(project.settings)
        return (*own, *self.wording) if self.options.prose else own

    @cached_property
    def catalogue(self) -> Catalogue:
        """The kinds. Schemas that the cache's key covers were validated when it was first written."""
        valid = self.index is not None and all(item.code != "KIND-FILE" for item in self.index.findings)
        return build_catalogue(self.schemas, trusted=valid)

    @cached_property
    def kept(self) -> Records | None:
        """What was learned of the documents before."""
        return self.cache.read_records(self.index) if self.index else None

    @property
    def off(self) -> set[str]:
        """The rules that the settings switch off everywhere: they need not run. Against a base, the base judges."""
        severities = {} if self.options.base else self.project.settings.severity
        return {code for code, severity in severities.items() if severity == "off"}

    @cached_property
    def suite(self) -> "Suite":
        """The catalogue's rules by scope."""
        from pipeline.checks.runner import Suite

        return Suite(rule for rule in self.rules if rule.code not in self.off)

    @cached_property
    def fresh(self) -> "Fresh":
        """The documents as they are now."""
        from pipeline.checks.rule import Judge
        from pipeline.refresh import refresh, vocabulary

        self.progress("reading the documents")
        words = vocabulary(self.catalogue, self.project.settings, self.off)
        judge = Judge(self.catalogue, self.project.settings.fictional)
        root, day, thresholds = self.project.root, self.options.day, self.project.settings.thresholds
        fresh = refresh(root, self.tree, words, judge, self.suite, self.index, self.kept, day, thresholds)
        return self._with_ledgers(fresh) if self.ledgers or self.project.settings.policies else fresh

    def _with_ledgers(self, fresh: "Fresh") -> "Fresh":
        """The programme with where its artifacts stand by the ledgers and policies."""
        from pipeline.approved import with_ledgers

        known = self.kept.verdicts if self.kept else {}
        self.approved = with_ledgers(fresh, self.project, known, must_verify=self.options.must_have_tools)
        if self.approved.note:
            self.notes.append(self.approved.note)
        return self.approved.fresh

    @cached_property
    def checked(self) -> Checked:
        """Everything that is wrong: from the cache if nothing changed, else found and the cache brought up to date."""
        checked = self._unchanged() or self._find()
        recorded = self._recorded(self.ratchet_file)
        if not recorded:
            return checked
        unjudged = () if self.options.prose and not self.notes else self.wording
        codes = frozenset(rule.code for rule in unjudged)
        return checked._replace(ratchet=recorded, recorded=recorded, unjudged=codes)

    @cached_property
    def ratchet_file(self) -> bytes | None:
        """What the file of the ratchet holds; None where there is none."""
        from pipeline.ratchet import NAME

        try:
            with open(self.project.path(NAME), "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def _recorded(self, data: bytes | None, revision: str = "") -> "Ratchet":
        """The findings that a file of the ratchet holds. Raises CouldNotRun where it is not as it was written."""
        from pipeline.ratchet import NAME, parse

        if data is None:
            return {}
        codes = {rule.code for rule in (*self.rules, *self.wording)}
        return parse(f"{revision}:{NAME}" if revision else NAME, data, codes)

    def against(self, base: str) -> tuple[Checked, Project]:
        """What is wrong besides when the programme is a change of a base, and the project that judges.

        It is never cached: it rests on commits as well, and costs little.
        """
        from pipeline.against import Present, judge
        from pipeline.checks.rank import ranked
        from pipeline.checks.waivers import waive
        from pipeline.ratchet import NAME
        from pipeline.refresh import read_bytes

        checked, project = self.checked, self.project
        self.progress(f"comparing with {base}")
        reading = partial(read_bytes, project.root)
        fresh, approved = self.fresh, self.approved
        known = (approved.contents.known, approved.verdicts) if approved else ({}, {})
        present = Present(project, fresh.programme, self.schemas, self.catalogue, reading, *known)
        judged = judge(present, base, self.suite)
        more = waive(judged.findings, fresh.programme)
        kept = [item for item in checked.findings if item.code not in judged.instead]
        ratchet = self._recorded(judged.beside(NAME), base)
        waiting = len(checked.recorded.keys() - ratchet.keys())
        note = f"what {NAME} records counts once it is on {base}, which judges this change: {waiting} more"
        findings = sorted(ranked((*kept, *more)), key=Finding.order)
        notes = (*checked.notes, *judged.notes, *([note] if waiting else ()))
        return checked._replace(findings=tuple(findings), notes=notes, ratchet=ratchet), judged.project

    def _unchanged(self) -> Checked | None:
        """The findings of the last run, if every file is still what it was and nothing was left out then."""
        index, entries = self.index, self.tree.documents
        if (
            index is None
            or index.notes
            or len(entries) != len(index.stats)
            or index.files != _names(self.tree)
            or self.ledgers.keys() != index.ledgers.keys()
        ):
            return None
        if not all(unchanged(entry[1:], index.stats.get(entry[0]), index.stamp) for entry in entries):
            return None
        if not all(unchanged(stat, index.ledgers[path], index.stamp) for path, stat in self.ledgers.items()):
            return None
        if index.evidence and not self._same_evidence(index):
            return None
        return Checked(tuple(index.findings), index.documents, index.artifacts, ())

    def _same_evidence(self, index: Index) -> bool:
        from pipeline.refresh import stat_of

        known = index.evidence.items()
        return all(unchanged(stat_of(self.project.root, path), item[0], index.stamp) for path, item in known)

    def _find(self) -> Checked:
        from pipeline.checks.runner import Locator
        from pipeline.checks.waivers import Rules, judge_waivers
        from pipeline.refresh import collect, locate, read_bytes

        fresh = self.fresh
        if self.options.prose:
            from pipeline.work.wording import check_wording

            check_wording(self)
        self.progress("checking the programme")
        faults = collect(fresh, self.tree, self.suite, self.catalogue.faults)
        locator = Locator(partial(read_bytes, self.project.root))
        found = locate(faults, fresh, self.kept, locator)
        # Where the wording could not be judged, neither can waivers of it be.
        unworded = () if self.options.prose and not self.notes else {rule.code for rule in self.wording}
        rules = Rules(self.rules, self.wording, self.off.union(unworded))
        judged = judge_waivers([finding for _, _, finding in found], fresh.programme, rules, locator)
        findings = sorted(judged, key=Finding.order)
        # A file that could not be read has no place here: the next run looks at it again.
        unread = {path for path, record in fresh.records.items() if not record.digest}
        stats: dict[str, Stat] = {
            entry[0]: entry[1:] for entry in self.tree.documents if entry[0] not in unread
        }
        artifacts = sum(len(record.document.artifacts) for record in fresh.records.values())
        names = _names(self.tree)
        count = len(fresh.records)
        verdicts = self.approved.verdicts if self.approved else {}
        index = Index(
            b"", b"", self.stamp, stats, names, findings, count, artifacts, self.notes, self.terms,
            fresh.evidence, self.ledgers,
        )  # fmt: skip
        self.cache.write(index, Records(b"", fresh.records, found, verdicts))
        notes = (*self.notes, self.cache.note) if self.cache.note else tuple(self.notes)
        return Checked(tuple(findings), len(fresh.records), artifacts, notes)


def _sidecars(project: Project) -> tuple[str, ...]:
    return tuple(sorted({item.sidecar for item in project.settings.adopt if item.sidecar}))


def _names(tree: Tree) -> bytes:
    """What identifies the other files and what was wrong with the walk."""
    names = "\0".join([*tree.files, *(fault.path + fault.message for fault in tree.faults)])
    return blake2b(names.encode("utf-8", "surrogateescape"), digest_size=16).digest()
