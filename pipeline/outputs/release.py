"""A release, step by step: the gate, all that is published, its manifest and signature, its record, the publishing.

Until the tag is made, nothing that others see has changed; it is made in one step. A run that ends before that leaves
the last release as it was, and one that ends after it left out the publishing alone: the same command does the rest.
"""

import os
import shutil
from collections.abc import Callable

from msgspec import Struct, structs

from pipeline.errors import CouldNotRun
from pipeline.history.commit import commit_moment, person
from pipeline.history.releases import Tagged, folder_of, manifest_of, record_of, tagged
from pipeline.history.repository import Repository, repository_of, resolve
from pipeline.ledger.heads import heads_of
from pipeline.ledger.signature import fingerprint_of, sign
from pipeline.model import Report
from pipeline.model.release import (
    BILL,
    MANIFEST,
    PUBLISHED,
    SHOWN,
    SIGNATURE,
    Manifest,
    read_manifest,
    write_manifest,
)
from pipeline.outputs.deliverables import Wish, deliverables, make_pdfs
from pipeline.outputs.final import Final, final
from pipeline.outputs.version import clean_commit, make_version, place_of_version
from pipeline.publish.bill import bill, programs
from pipeline.publish.manifest import Circumstances, manifest_for, outputs_of, shown
from pipeline.publish.places import Place
from pipeline.publish.record import make_record, make_tag
from pipeline.publish.release import Release, check_names, refuse
from pipeline.run import Loaded, Options, report
from pipeline.settings import Project

Show = Callable[[str], None]


class Asked(Struct, frozen=True):
    """What a release is asked for: its version, for whom, where it is published, the key, and what builds the site."""

    version: str
    audience: str
    place: Place
    key: str
    engine: str = ""
    alias: str | None = None


class Start(Struct, frozen=True):
    """From where a release goes on: the commit, by its short name and its ID, and the tag of an unfinished one.

    `aliases` are what it will be called besides, `signer` is the fingerprint of the key.
    """

    asked: Asked
    repository: Repository
    short: str
    commit: str
    aliases: tuple[str, ...]
    signer: str
    tag: Tagged | None = None

    @property
    def release(self) -> Release:
        """The release as it is published."""
        return Release(self.asked.version, self.short, self.asked.audience, self.asked.alias)


class Released(Struct, frozen=True):
    """What was released, and what its reader should know."""

    manifest: Manifest
    aliases: tuple[str, ...]
    notes: tuple[str, ...]


def begin(project: Project, asked: Asked) -> Start:
    """See whether a release can be made, before anything is. Changes nothing.

    Raises CouldNotRun: files that are not those of the commit, a version that is released, a name that is taken, a key
    that is not there, a place that cannot be published to.
    """
    check_names(asked.version, asked.alias)
    short = clean_commit(project)
    signer = fingerprint_of(asked.key)
    repository = repository_of(project.folder)
    commit = resolve(repository, "HEAD")
    tag = tagged(project, repository, asked.version)
    if tag is not None:
        _check_unfinished(project, repository, tag, asked, commit)
    else:
        # What would fail after all is made fails before.
        sign(b"", asked.key)
    if not person(project.root):
        raise CouldNotRun(
            "git does not know who you are",
            "say it: git config user.name, git config user.email",
        )
    release = Release(asked.version, short, asked.audience, asked.alias)
    planned = asked.place.check(release)
    if planned.before not in (None, short):
        raise refuse(release, planned.before or "")
    return Start(asked, repository, short, commit, planned.aliases, signer, tag)


def _check_unfinished(
    project: Project, repository: Repository, tag: Tagged, asked: Asked, commit: str
) -> None:
    """Raise CouldNotRun unless a release that has its tag is of this commit, for these readers, and not published."""
    made = manifest_of(project, repository, tag)
    if made.commit != commit:
        hint = "what is released stays as it is: release under a new version"
        raise CouldNotRun(f"{asked.version} is released already, of commit {made.commit[:10]}", hint)
    if asked.place.holds(asked.version, f"{PUBLISHED}/{MANIFEST}") == _of_record(
        project, repository, tag, SHOWN
    ):
        hint = "what is released stays as it is; a change is a new version"
        raise CouldNotRun(f"{asked.version} is released already, of this commit", hint)
    if made.audience != asked.audience:
        hint = f"finish it with --audience {made.audience}"
        raise CouldNotRun(f"{asked.version} was begun for {made.audience} readers", hint)


def finals(project: Project, loaded: Loaded, audience: str) -> list[Final]:
    """What a release holds of each deliverable."""
    return [final(project, item, audience) for item in deliverables(loaded.programme, audience)]


def finish(project: Project, start: Start, loaded: Loaded, found: Report, show: Show) -> Released:
    """Make the release that was begun, or what is left of it. The report is that of the gate. Raises CouldNotRun."""
    asked, day = start.asked, found.day
    site = place_of_version(project)
    try:
        show("building the site")
        made = make_version(project, loaded, start.release, day, found.findings, asked.engine)
        _add_deliverables(project, loaded, start, day, site, show)
        show("describing")
        found = _at_gate(project, loaded, day)
        manifest = _describe(project, start, loaded, found, site)
        records = _records(project, start, manifest, loaded, found)
        if clean_commit(project) != start.short:
            raise CouldNotRun("another commit was made meanwhile", "release again")
        if start.tag is None:
            _record(project, start, site, records, show)
        for name, source in ((MANIFEST, SHOWN), (SIGNATURE, f"{SHOWN}.sig")):
            _write(os.path.join(site, PUBLISHED, name), records[source])
        show("publishing")
        aliases, _ = asked.place.put(site, start.release)
    finally:
        shutil.rmtree(site, ignore_errors=True)
    return Released(manifest, aliases, made.notes)


def _at_gate(project: Project, loaded: Loaded, day: str) -> Report:
    """The findings at the gate release, with the paths of the documents from the root of the sources."""
    return report(
        structs.replace(project, prefix=""), Options(gate="release", day=day), loaded.checked, loaded.rules
    )


def _add_deliverables(
    project: Project, loaded: Loaded, start: Start, day: str, site: str, show: Show
) -> None:
    """Put the PDFs beside the site. Raises CouldNotRun where one cannot be made."""
    beside = os.path.join(site, PUBLISHED)
    if os.path.lexists(beside):
        raise CouldNotRun(
            f"a page of the site is called {PUBLISHED}", "rename it: the files of a release lie there"
        )
    show("making the deliverables")
    audience = start.asked.audience
    there = [item for item in finals(project, loaded, audience) if item.path]
    wish = Wish(audience, day, without=tuple(item.id for item in there))
    made, failed = make_pdfs(project, lambda: loaded, wish, show)
    if failed:
        raise failed[0]
    paths = [*(item.path for item in made), *(item.path for item in there)]
    folder = os.path.join(beside, "pdf")
    os.makedirs(folder if paths else beside)
    for path in paths:
        shutil.copyfile(path, os.path.join(folder, os.path.basename(path)))


def _describe(project: Project, start: Start, loaded: Loaded, found: Report, site: str) -> Manifest:
    """Write the bill of materials beside the site, and give the manifest of all that is there then."""
    asked, title = start.asked, project.settings.title
    engine = asked.engine or project.settings.site.engine
    moment = commit_moment(project.root)
    extras = ["zensical"] if engine == "zensical" else []
    _write(os.path.join(site, PUBLISHED, BILL), bill(title, asked.version, start.commit, moment, extras))
    around = Circumstances(asked.version, title, start.commit, found.day, asked.audience, engine, programs())
    heads = heads_of(loaded.programme.ledgers)
    return manifest_for(loaded.programme, found, heads, outputs_of(site), around)


def _records(
    project: Project, start: Start, manifest: Manifest, loaded: Loaded, found: Report
) -> dict[str, bytes]:
    """The files of the record: those of the tag where there is one, else new ones, signed.

    Raises CouldNotRun where what is made now is not what the tag says.
    """
    files = {
        MANIFEST: write_manifest(manifest),
        SHOWN: write_manifest(shown(manifest, loaded.programme, found)),
    }
    if start.tag is None:
        signed = {f"{name}.sig": sign(data, start.asked.key) for name, data in files.items()}
        return files | signed
    names = (*files, *(f"{name}.sig" for name in files))
    held = {name: _of_record(project, start.repository, start.tag, name) for name in names}
    if any(held[name] != data for name, data in files.items()):
        version, what = start.asked.version, _first_difference(held[MANIFEST], manifest)
        raise CouldNotRun(
            f"what is made here is not what the manifest of {version} says: {what} differs",
            "finish it where it was begun, with the same tools; or, if nobody has seen the tag, remove it"
            f" (git tag -d {version}) and release again",
        )
    return held


def _first_difference(held: bytes, manifest: Manifest) -> str:
    before = read_manifest(held)
    known = {item.path: item for item in before.outputs}
    for item in manifest.outputs:
        if known.get(item.path) != item:
            return item.path
    return next(
        (name for name in before.__struct_fields__ if getattr(before, name) != getattr(manifest, name)), ""
    )


def _record(project: Project, start: Start, site: str, records: dict[str, bytes], show: Show) -> None:
    """Record a release in git, with the bill of materials."""
    version = start.asked.version
    title = f"Release {version} of {project.settings.title}"
    show("recording")
    folder = folder_of(project, start.repository, version)
    with open(os.path.join(site, PUBLISHED, BILL), "rb") as file:
        files = {**records, BILL: file.read()}
    record = make_record(start.repository.top, start.commit, folder, files, title)
    show("tagging")
    make_tag(start.repository.top, version, record, title, records[MANIFEST])


def _of_record(project: Project, repository: Repository, tag: Tagged, name: str) -> bytes:
    return record_of(project, repository, tag, name) or b""


def _write(path: str, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
