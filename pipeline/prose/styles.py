"""The wording rules: Vale's styles, one YAML file a rule, in a folder a language (`Paraph-en/Vague.yml`).

A file begins with comments that say what Vale has no place for: `# code: WD-VAGUE`, `# hint: ...`, perhaps
`# weight: warn`, perhaps `# field: statement` for a rule on that field alone, and after an empty comment line
the rule's page in the manual. So a rule is one file. A later folder of styles replaces the files of an earlier
one that have the same name, and adds to them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any, cast, get_args

from msgspec import Struct

from pipeline.errors import CouldNotRun
from pipeline.model import Rule, Weight

_FOLDER = re.compile(r"[A-Za-z][\w-]*-(?P<lang>[a-z]{2,3})")
_CODE = re.compile(r"WD(?:-[A-Z0-9]+)+")
_KEYS = ("code", "hint", "weight", "field")
_FORM = "begin it with `# code: WD-...`, `# hint: ...`, `#` and the rule's page, each line as a comment"


class Style(Struct, frozen=True):
    """A wording rule of one language, with where it was read (`path`) and what the file holds (`content`)."""

    folder: str
    name: str
    lang: str
    path: str
    content: bytes
    code: str
    hint: str
    weight: Weight
    page: str
    # The one field that it is about; '' for all.
    field: str = ""

    @property
    def check(self) -> str:
        """The name that Vale gives it: `Paraph-en.Vague`."""
        return f"{self.folder}.{self.name}"


def load(folders: Iterable[Path]) -> tuple[Style, ...]:
    """Read the styles of the folders, in the order of their names; of files with one name the last counts.

    A folder that is not there holds no styles. Several files may share a code. Raises CouldNotRun for a file
    that cannot be read or whose comments are not as they should be.
    """
    files = {(path.parent.name, path.name): path for folder in folders for path in _files(folder)}
    return tuple(_read(files[key]) for key in sorted(files))


def rules(styles: Sequence[Style]) -> tuple[Rule, ...]:
    """Give a rule for each code, in the order of the codes.

    Weight and page are those of the code's first English file, or of its first where there is none.
    """
    stated = {
        style.code: style for style in sorted(styles, key=lambda style: style.lang != "en", reverse=True)
    }
    return tuple(
        Rule(code, style.weight, "document", _nothing, style.page, external=True)
        for code, style in sorted(stated.items())
    )


def languages(styles: Sequence[Style]) -> frozenset[str]:
    """Give the languages that there are wording rules for."""
    return frozenset(style.lang for style in styles)


def _nothing(*_: Any) -> Iterator[Any]:
    return iter(())


def _files(folder: Path) -> Iterator[Path]:
    for style in sorted(folder.iterdir()) if folder.is_dir() else ():
        if _FOLDER.fullmatch(style.name) and style.is_dir():
            yield from sorted(style.glob("*.yml"))


def _read(path: Path) -> Style:
    try:
        content = path.read_bytes()
        settings, page = _comments(content.decode())
        return Style(
            folder=path.parent.name,
            name=path.stem,
            lang=path.parent.name.rpartition("-")[2],
            path=str(path),
            content=content,
            code=_code(settings),
            hint=settings.get("hint", ""),
            weight=_weight(settings),
            page=page,
            field=settings.get("field", ""),
        )
    except (OSError, ValueError) as error:
        raise CouldNotRun(f"{path} is no wording rule: {error}", _FORM) from error


def _comments(text: str) -> tuple[dict[str, str], str]:
    """Give the settings and the page that a style begins with; raises ValueError for anything else."""
    lines = [line[1:].strip() for line in takewhile(lambda line: line.startswith("#"), text.splitlines())]
    settings: dict[str, str] = {}
    for line in takewhile(bool, lines):
        key, _, value = line.partition(":")
        if key not in _KEYS or key in settings:
            raise ValueError(f"its first comments hold {line!r}")
        settings[key] = value.strip()
    page = "\n".join(lines[len(settings) :]).strip()
    if "\n\n" not in page:
        raise ValueError("its comments hold no page for the manual")
    return settings, page


def _code(settings: dict[str, str]) -> str:
    code = settings.get("code", "")
    if not _CODE.fullmatch(code):
        raise ValueError(f"its code is {code!r}")
    return code


def _weight(settings: dict[str, str]) -> Weight:
    stated = settings.get("weight", "completeness")
    for weight in get_args(Weight):
        if stated == weight:
            return cast(Weight, weight)
    raise ValueError(f"its weight is {stated!r}")
