"""Plain paragraphs out of Markdown, each on one line, with the way back to where every character stands.

Vale reads Markdown itself, but then searches the source for the words it found, obeys comments that switch
rules off, and misses phrases that a line's end or a mark of emphasis runs through. A line of plain text it
places exactly. So what is no prose (code, addresses, markup) is taken out here, and quoted law is blanked.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct

from pipeline.sources.languages import named

# What stands for something that was taken out: no rule matches it, and no two words grow together.
_BLANK = "#"

# The lengths are bounded so that a file of nothing but opening marks takes no longer than any other.
_MARKUP = re.compile(
    r"""
      (?P<break>
          ^[ ]{0,3} (?P<fence>`{3,}+|~{3,}+) [^\n]*+ \n [\s\S]*? (?: ^[ ]{0,3} (?P=fence) [`~]* [ \t]*$ | \Z )
        | ^[ \t]* > [^\n]*                                                # a quotation on lines of its own
        | ^[ \t]* (?: :{3,} | !{3} ) [^\n]*                               # fenced divs, admonitions
        | ^[ \t]* (?: [-*+] | \d{1,9}[.)] | \#{1,6} | \[\^[^\]\s]{1,99}\]: ) [ \t]+
        | \n [^\S\n]* (?= \n )
        | \|
      )
    | (?P<taken>
          (?<!`) (?P<ticks>`{1,20}) (?!`) (?: (?! \n[ \t]*\n ) [\s\S] ){1,2000}? (?<!`) (?P=ticks) (?!`)
        | \[ (?P<foreign> [^\[\]]{1,2000} ) \] \{ (?P<named> [^{}\n]{0,99} \blang= [^{}\n]{1,99} ) \}
        | < [A-Za-z] [A-Za-z0-9+.-]{1,31} : [^\s<>]{1,2000} >
        | \b https?:// [^\s<>()\[\]]{1,2000}
      )
    | (?P<dropped>
          <!-- (?: (?!<!--) [\s\S] ){0,2000}? -->
        | </? [A-Za-z] [^<>]{0,500} >
        | \[\^ [^\]\s]{1,99} \]
        | (?<=\]) \( [^()\n]{0,500} (?: \( [^()\n]{0,500} \) [^()\n]{0,500} ){0,3} \)
        | (?<=\]) \[ [^\[\]\n]{0,500} \]
        | \{ :? [ ]* (?: [.#][\w-] | \w+= ) [^{}\n]{0,500} \}
        | !? \[ | \]
        | \*+ | ~~ | (?<!\w) _{1,3} (?=\S) | (?<=\S) _{1,3} (?!\w)
        | ^ [^\S\n]+
        | [\u00ad\u200b-\u200d\u2060\ufeff]
      )
    | \\ (?P<escaped> [!-/:-@\[-`{-~] )
    | (?P<entity> & (?: \#\d{1,7} | \#[xX][0-9a-fA-F]{1,6} | [A-Za-z][A-Za-z0-9]{1,31} ) ; )
    | (?P<space> [^\S\n]* \n (?! [^\S\n]* \n ) | [^\S\n\x20] [^\S\n]* | [ ] [^\S\n]+ )
    | (?P<apostrophe> [’‘ʼ] )
    | (?P<combined> [^\W\d_] [\u0300-\u036f]{1,9} )
    """,
    re.VERBOSE | re.MULTILINE,
)

# A quotation of five words or more is somebody else's wording, as a rule the law's; one that begins with a capital is
# a name or what stands on a screen. What a noun before it calls words (the words, the status, the clause) is spoken of
# and not said. Others are not let be: quotation marks around "as appropriate" do not make it precise. Only where the
# sentence names a law are its words quoted, however few.
_LONG = r"(?:{0}(?:[^\s{1}]+\s+){{4}}[^{1}]*{2}|{0}(?=[A-ZÀ-ÖØ-Þ])[^{1}]*{2})"
_ANY = r"(?:{0}[^{1}]*{2})"
_MARKS = (
    ("“", "“”", "”"),
    (r"«\s*", "«»", "»"),
    ("„", "„“”", "[“”]"),
    (r'(?<![^\s(\[])"', '"', '"'),
    (r"(?<![^\s(\[])'(?!s\b)", "'", r"(?<=\S)'(?![\w])"),
)
_QUOTED = re.compile("|".join(_LONG.format(*marks) for marks in _MARKS))
_QUOTED_LAW = re.compile("|".join(_ANY.format(*marks) for marks in _MARKS))
_WORDS = (
    r"(?<!\w)(?:words?|terms?|phrases?|expressions?|clauses?|mentions?|codes?|status|labels?|headings?|titles?|texts?"
    r"|messages?|notes?|quotations?|stamps?|mots?|termes?|formules?|libellés?|intitulés?|titres?|textes?|statuts?"
    r"|citations?|cachets?|woord(?:en)?|termen|uitdrukking(?:en)?|clausules?|beding(?:en)?|vermelding(?:en)?"
    r"|opschrift(?:en)?|titels?|teksten|tekst|melding(?:en)?|bericht(?:en)?|citaat|citaten|stempels?)\s+"
)
_SPOKEN_OF = re.compile(f"(?i:{_WORDS})(?P<said>{_QUOTED_LAW.pattern})")
_LAW = re.compile(
    r"\b(?:[Aa]rt(?:\.|icles?|ikel(?:en)?) ?(?:L\.)?\d|GDPR|RGPD|AVG|(?:[Rr]egulation|[Dd]irective|[Rr]èglement"
    r"|[Vv]erordening|[Rr]ichtlijn) \((?:EU|UE)\)|(?:[Cc]ivil|[Jj]udicial) [Cc]ode|Code (?:civil|judiciaire)"
    r"|(?:[Bb]urgerlijk|[Gg]erechtelijk) [Ww]etboek|[Rr]oyal [Dd]ecree|arrêté royal"
    r"|koninklijk besluit|[Cc]onvention|Verdrag)"
)

# Plurals, and the endings of French and Dutch adjectives.
_ENDINGS = r"(?:e?s|x|en?|n)?"


class Paragraph(Struct, frozen=True):
    """A paragraph as one line of plain text.

    Each of `steps` is an offset in `text` and the offset in the passage of what stands there; they are in
    order, and what lies between two of them was copied as it is.
    """

    text: str
    steps: tuple[tuple[int, int], ...]

    def source(self, offset: int) -> int:
        """Give the offset in the passage of the character at an offset of the text."""
        begin, origin = self.steps[bisect_right(self.steps, (offset, 2**62)) - 1]
        return origin + offset - begin


def exempt(terms: Iterable[str]) -> re.Pattern[str]:
    """Give what `read` blanks besides quotations: the terms, as whole words in either case and number."""
    longest_first = sorted(
        {" ".join(term.split()) for term in terms} - {""}, key=lambda term: (-len(term), term)
    )
    words = "|".join(map(_forms, longest_first)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _forms(term: str) -> str:
    """Give a pattern for a term and the endings that its words take in the three languages."""
    return " ".join(re.sub(r"y$", "(?:y|ie)", re.escape(word)) + _ENDINGS for word in term.split())


def foreign(passage: str) -> Iterator[tuple[str, int, str]]:
    """Give the words of a passage that are marked as another language's, with their offset and that language."""
    for match in _MARKUP.finditer(passage) if "lang=" in passage else ():
        lang = named(match["named"] or "")
        if lang:
            yield match["foreign"], match.start("foreign"), lang


def read(passage: str, exempted: re.Pattern[str]) -> Iterator[Paragraph]:
    """Give the paragraphs, list items, cells and headings of a passage, except those without a letter."""
    parts: list[tuple[str, int]] = []
    for piece, origin in [*_pieces(passage), ("", 0)]:
        if piece:
            # Where markup between two spaces was dropped, one of them is.
            double = piece[0] == " " and bool(parts) and parts[-1][0].endswith(" ")
            if len(piece) > double:
                parts.append((piece[double:], origin + double))
            continue
        text = "".join(piece for piece, _ in parts)
        if any(map(str.isalpha, text)):
            quoted = _QUOTED_LAW if _LAW.search(text) else _QUOTED
            plain = quoted.sub(_blank, _SPOKEN_OF.sub(_said, text))
            yield Paragraph(exempted.sub(_blank, plain), _steps(parts))
        parts = []


def _pieces(passage: str) -> Iterator[tuple[str, int]]:
    """Give the plain pieces of a passage, with the offset where each stands; '' ends a paragraph."""
    at = 0
    for match in _MARKUP.finditer(passage):
        if match.start() > at:
            yield passage[at : match.start()], at
        plain = _replacement(match)
        if plain or match["break"]:
            yield plain, match.start()
        at = match.end()
    if at < len(passage):
        yield passage[at:], at


def _replacement(match: re.Match[str]) -> str:
    if match["taken"]:
        return _BLANK
    if match["space"]:
        return " "
    if match["apostrophe"]:
        return "'"
    if match["entity"]:
        return html.unescape(match[0]).replace("’", "'").strip() or " "
    if match["combined"]:
        return unicodedata.normalize("NFC", match[0])
    return match["escaped"] or ""


def _blank(match: re.Match[str]) -> str:
    return _BLANK * len(match[0])


def _said(match: re.Match[str]) -> str:
    return match[0][: match.start("said") - match.start()] + _BLANK * len(match["said"])


def _steps(parts: list[tuple[str, int]]) -> tuple[tuple[int, int], ...]:
    steps, length = [], 0
    for piece, origin in parts:
        steps.append((length, origin))
        length += len(piece)
    return tuple(steps)
