"""What a translation leaves as it is: the IDs, numbers and days of a text, by the language in which it stands.

Languages write them differently (1 250,50 and 1.250,50; 1er juillet 2027 and 1 juli 2027; 14 h 30 and 14.30 uur), so
each is brought to one form. A number in words is none, and the number of a list's item is not part of its text.
"""

import re
from collections.abc import Iterator

from pipeline.model import Artifact
from pipeline.sources.text import Text

Spoken = dict[str, tuple[tuple[str, int, int], ...]]

_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
    )
    for number, name in enumerate(names.split(), 1)
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TITLE = re.compile(r"\s*#[ \t][^\n]*")
_GAP = "[ \u00a0\u202f\n]"
_DIV = re.compile(
    r"^[ \t]*:{3,}[ \t]*(?:\{[^{}\n]*\blang=[\"']?([a-z]{2})[^{}\n]*\}|(\{[^{}\n]+\}|[\w-]+))?[ \t]*$",
    re.MULTILINE,
)
_DROPPED = re.compile(r"\]\([^()\n]*\)|\{[^{}\n]*\}|^[ \t]*\d{1,3}[.)][ \t]", re.MULTILINE)
# Compiled where it is needed: most programmes state no day in words, and none of another language.
_TOKEN = rf"""(?xi)
      (?<![\w-]) (?P<id> [a-z][a-z0-9]{{0,9}} - \d+ ) (?![\w-])
    | (?<![\w.,]) (?P<iso> \d{{4}}-\d{{2}}-\d{{2}} ) (?!\w)
    | (?<![\w.,/]) (?P<day> \d{{1,2}} ) / (?P<of> \d{{1,2}} ) / (?P<year> \d{{4}} ) (?![\w/])
    | (?<![\w.,]) (?: (?P<first> \d{{1,2}} ) (?:er|e|ste|de|st|nd|rd|th|\.)? {_GAP} (?:of{_GAP})? )?
        \b (?P<month> {_MONTH} ) \b
        (?: {_GAP} (?P<second> \d{{1,2}} ) (?:st|nd|rd|th)? (?= , | {_GAP}\d{{4}}\b ) ,? )?
        (?: {_GAP} (?P<in> \d{{4}} ) \b )?
    | (?<![\w.,]) (?P<hour> \d{{1,2}} ) (?:
          {_GAP}? [hu] {_GAP}? (?P<minute> \d\d )? (?!\w)
        | [.:] (?P<past> \d\d ) {_GAP} (?: uur | uhr ) \b
        | {_GAP} (?: uur | heures? | uhr | hours? ) \b
        | : (?P<sharp> \d\d ) (?![\w:])
        )
    | (?<![\w.,]) (?P<number> \d+ (?: (?: [.,\u00a0\u202f] | [ ](?=\d{{3}}(?!\d)) ) \d+ )* )
    """


def spoken(artifact: Artifact, text: Text, masked: str) -> Spoken:
    """What stands in the body of an artifact, by language: each ID, number and day in one form, with line and column.

    A div with `lang` is of that language, the rest of the artifact's own. A language that is there has an entry, even
    where nothing of all that stands in it.
    """
    begin, end = text.offset(artifact.body), text.offset(artifact.end + 1)
    title = None if artifact.section else _TITLE.match(masked, begin)
    begin = title.end() if title else begin
    found: dict[str, list[tuple[str, int, int]]] = {}
    for lang, first, last in _stretches(masked, begin, end, artifact.lang):
        stretch = masked[first:last]
        if not stretch.strip(" \t\n:#"):
            continue
        here = found.setdefault(lang, [])
        plain = _DROPPED.sub(lambda match: " " * len(match[0]), stretch)
        for match in re.finditer(_TOKEN, plain):
            token = _form(match, lang)
            if token and token != artifact.id:
                here.append((token, *text.place(first + match.start())))
    return {lang: tuple(tokens) for lang, tokens in found.items()}


def _stretches(masked: str, begin: int, end: int, lang: str) -> Iterator[tuple[str, int, int]]:
    """The stretches of a body by language, divs within divs included."""
    stack, at = [lang], begin
    for match in _DIV.finditer(masked, begin, end):
        yield stack[-1], at, match.start()
        at = match.end()
        if match[1] or match[2]:
            stack.append(match[1] or stack[-1])
        elif len(stack) > 1:
            stack.pop()
    yield stack[-1], at, end


def _form(match: re.Match[str], lang: str) -> str:
    """The one form of what was found: REQ-104, 2027-07-01, 2027-07, --07-01, 14:30, 1250.5; '' for a bare month."""
    part = match.groupdict()
    if part["id"]:
        return part["id"].upper() if part["id"][0].isupper() else ""
    if part["iso"]:
        return part["iso"]
    if part["day"]:
        return f"{part['year']}-{int(part['of']):02}-{int(part['day']):02}"
    if part["month"]:
        month, day = _MONTHS[part["month"].lower()], part["first"] or part["second"]
        if not (day or part["in"]):
            return ""
        return f"{part['in'] or '-'}-{month:02}" + (f"-{int(day):02}" if day else "")
    if part["hour"]:
        return f"{int(part['hour']):02}:{part['minute'] or part['past'] or part['sharp'] or '00'}"
    return _number(part["number"], lang)


def _number(written: str, lang: str) -> str:
    """A number without what groups its digits, and without zeros at the end of its decimals."""
    plain = re.sub("[ \u00a0\u202f]", "", written)
    group, point = (",", ".") if lang == "en" else (".", ",")
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(point)}\d+)?", plain):
        plain = plain.replace(group, "")
    plain = plain.replace(point, ".") if plain.count(point) == 1 else plain
    return plain.rstrip("0").rstrip(".") if plain.count(".") == 1 else plain
