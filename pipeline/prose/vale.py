"""Vale at work: passages go in as plain paragraphs, and its alerts come back as faults in their places."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from msgspec import Struct

from pipeline import tools
from pipeline.errors import CouldNotRun, ToolFailed
from pipeline.model import Fault, Passage
from pipeline.prose.paragraphs import Paragraph, exempt, foreign, read
from pipeline.prose.styles import Style, languages

# To be raised with any change here that makes other findings of the same passage.
_REVISION = 3
_SECONDS = 600

# Terms of the glossary by language.
Terms = Mapping[str, Iterable[str]]
_NO_TERMS: Terms = {}


class _Unit(Struct, frozen=True):
    """A paragraph to be read, with the passage that it is of."""

    nth: int
    path: str
    lang: str
    passage: Passage
    paragraph: Paragraph
    # Where the text that the paragraph was read from begins in the passage, and the field if a rule is on it alone.
    offset: int = 0
    field: str = ""

    def name(self, number: int) -> str:
        """Give the name of the file that Vale reads it from; what it ends in says which rules apply."""
        return f"{number}.{self.lang}.{self.field}.txt" if self.field else f"{number}.{self.lang}.txt"


def lint(
    passages: Sequence[tuple[str, Passage]], styles: Sequence[Style], terms: Terms = _NO_TERMS
) -> dict[int, tuple[Fault, ...]]:
    """Check the wording of passages, each given with the path of its file, in one run of Vale.

    Gives the faults of each passage that has any, by its index, in the order of their places. Each names its
    code. Passages in languages without styles are skipped, words marked as another language's are held to its
    rules, `terms` of the glossary in the passage's language are let be, and without anything to read Vale is not
    started. Raises ToolMissing, ToolFailed or ToolTimeout where Vale is not there or fails, and CouldNotRun for a
    style that Vale refuses or where there is no room for its files.
    """
    units = list(_units(passages, styles, terms))
    if not units:
        return {}
    try:
        with TemporaryDirectory(prefix="paraph-prose-", ignore_cleanup_errors=True) as folder:
            _lay_out(Path(folder), units, styles)
            alerts = _run(folder, styles)
    except OSError as error:
        reason = f"{error.strerror or error} ({error.filename or gettempdir()})"
        raise CouldNotRun(
            f"the wording was not checked: {reason}", "see to room for temporary files"
        ) from error
    return _faults(units, alerts, {style.check: style for style in styles})


def fingerprint(styles: Sequence[Style]) -> bytes:
    """Give a digest of what decides what `lint` finds in a passage, besides the terms: styles and Vale's version.

    Where Vale is missing the digest says so: what was learned without it no longer counts once it is there.
    """
    vale = tools.find("vale")
    digest = sha256(repr((_REVISION, vale.version if vale else "")).encode())
    for style in styles:
        digest.update(repr((style.check, style.content)).encode())
    return digest.digest()


def _units(passages: Sequence[tuple[str, Passage]], styles: Sequence[Style], terms: Terms) -> Iterator[_Unit]:
    exempted = {lang: exempt(terms.get(lang, ())) for lang in languages(styles)}
    fields = {(style.lang, style.field) for style in styles if style.field}
    for nth, (path, passage) in enumerate(passages):
        lang = _language(passage)
        if lang in exempted:
            field = passage.field if (lang, passage.field) in fields else ""
            for paragraph in read(passage.text, exempted[lang]):
                yield _Unit(nth, path, lang, passage, paragraph, 0, field)
        for words, offset, other in foreign(passage.text):
            if other in exempted:
                for paragraph in read(words, exempted[other]):
                    yield _Unit(nth, path, other, passage, paragraph, offset)


def _language(passage: Passage) -> str:
    """Give the language without its region: Belgian French has the wording rules of French."""
    return re.split("[-_]", passage.lang, maxsplit=1)[0].lower()


def _lay_out(folder: Path, units: Sequence[_Unit], styles: Sequence[Style]) -> None:
    """Write what Vale reads: the styles as they count after overriding, its settings, a file a paragraph."""
    ini = ["StylesPath = styles", "MinAlertLevel = suggestion"]
    for lang in sorted(languages(styles)):
        own = [style for style in styles if style.lang == lang]
        names = ", ".join(sorted({style.folder for style in own}))
        for field in sorted({"", *(style.field for style in own)}):
            ini += ["", f"[*.{lang}.{field}.txt]" if field else f"[*.{lang}.txt]", f"BasedOnStyles = {names}"]
            ini += [f"{style.check} = NO" for style in own if style.field not in ("", field)]
    (folder / "vale.ini").write_text("\n".join(ini) + "\n", encoding="utf-8")
    for style in styles:
        path = folder / "styles" / style.folder / f"{style.name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(style.content)
    (folder / "texts").mkdir()
    for number, unit in enumerate(units):
        text = unit.paragraph.text.encode("utf-8", "replace")
        (folder / "texts" / unit.name(number)).write_bytes(text)


def _run(folder: str, styles: Sequence[Style]) -> dict[str, list[dict[str, Any]]]:
    """Run Vale in the folder; give its alerts by the name of the file."""
    options = ("--no-global", "--no-exit", "--output=JSON", "--config=vale.ini", "texts")
    completed = tools.run("vale", options, cwd=folder, timeout=_SECONDS, check=False)
    try:
        said = json.loads(completed.out if completed.code == 0 else completed.err)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise ToolFailed(f"vale failed: {completed.err.strip() or 'it gave no JSON'}", code=completed.code)
    if completed.code:
        raise CouldNotRun(_refusal(said, styles), "the wording rules are YAML files as Vale reads them")
    return {PurePath(path).name: alerts for path, alerts in said.items()}


def _refusal(said: dict[str, Any], styles: Sequence[Style]) -> str:
    """Give the words of Vale's error, with the style's own file in place of the copy that Vale was given."""
    place = PurePath(str(said.get("Path", "")))
    own = [style.path for style in styles if (style.folder, f"{style.name}.yml") == place.parts[-2:]]
    where = f"{own[0]}:{said.get('Line', 0)}: " if own else ""
    return f"{where}vale refuses it: {str(said.get('Text', '')).strip()}"


def _faults(
    units: Sequence[_Unit], alerts: dict[str, list[dict[str, Any]]], styles: dict[str, Style]
) -> dict[int, tuple[Fault, ...]]:
    found: dict[int, dict[tuple[int, int, str], Fault]] = {}
    for number, unit in enumerate(units):
        for alert in alerts.get(unit.name(number), ()):
            style = styles[".".join(alert["Check"].split(".")[:2])]
            fault = _fault(unit, alert, style)
            # Two files may share a code, and then a word that both hold is still one fault.
            found.setdefault(unit.nth, {}).setdefault((fault.line, fault.column, fault.code), fault)
    return {nth: tuple(faults[key] for key in sorted(faults)) for nth, faults in sorted(found.items())}


def _fault(unit: _Unit, alert: dict[str, Any], style: Style) -> Fault:
    start = _start(unit.paragraph.text, alert["Match"], alert["Span"][0] - 1)
    first = unit.offset + unit.paragraph.source(start)
    last = unit.offset + unit.paragraph.source(start + max(len(alert["Match"]), 1) - 1)
    line, column = _position(unit.passage, first)
    # The excerpt that a person is shown is one line.
    marked = unit.passage.text[first : last + 1].split("\n")[0].rstrip()
    return Fault(
        unit.path,
        alert["Message"],
        style.hint,
        unit.passage.artifact,
        line=line,
        column=column,
        length=max(len(marked), 1),
        code=style.code,
        weight=style.weight,
    )


def _start(text: str, match: str, stated: int) -> int:
    """Give where a match stands: where Vale says if it is there, else where it is nearest, else 0."""
    if not match or text.startswith(match, stated):
        return max(stated, 0)
    places = [found.start() for found in re.finditer(re.escape(match), text)]
    return min(places, key=lambda place: abs(place - stated), default=0)


def _position(passage: Passage, offset: int) -> tuple[int, int]:
    before = passage.text[:offset]
    line, column = passage.origins[before.count("\n")]
    return line, column + offset - (before.rfind("\n") + 1)
