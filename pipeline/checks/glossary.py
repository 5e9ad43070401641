"""Rules on the glossary: what statements and criteria abbreviate is defined there, in their language."""

from collections.abc import Iterator

from pipeline.checks.rule import on, rule
from pipeline.model import Artifact, Fault, Programme


@rule("GL-TERM", "warn", "programme")
def undefined_abbreviation(programme: Programme) -> Iterator[Fault]:
    """An abbreviation that the glossary does not define in that language.

    A statement or a criterion says *CBE*, and no term has that among its `abbreviations` or `labels` in the language
    of the artifact. IDs, Roman numerals, quotations, code, what any reader knows (EU, PDF, IBAN) and what the setting
    `glossary.known` names are let be; each abbreviation is told once an artifact.

    **Why.** The same letters mean different things in two services, and something else in another language: what is
    BCE in French is KBO in Dutch.

    **Mend.** Add the abbreviation to the term in the glossary, in this language; or write the words.
    """
    defined = _defined(programme)
    for artifact in programme.artifacts.values():
        # Those of a text are found when it is read, so that a change of one document costs no search of the others.
        if artifact.abbreviations and artifact.kind != "term" and programme.phase(artifact) != "ended":
            for word, path in artifact.abbreviations:
                if word not in defined.get(artifact.lang, ()):
                    message = f"the glossary does not define {word!r} in this language ({artifact.lang})"
                    hint = "add it to the abbreviations of a term, or write the words"
                    yield on(artifact, message, hint, *path)


def _defined(programme: Programme) -> dict[str, frozenset[str]]:
    """The abbreviations of the terms in force by language, and the words of their labels."""
    found: dict[str, set[str]] = {}
    for artifact in programme.artifacts.values():
        if artifact.kind == "term" and programme.phase(artifact) != "ended":
            for lang, words in _words(artifact):
                found.setdefault(lang, set()).update(words)
    return {lang: frozenset(words) for lang, words in found.items()}


def _words(artifact: Artifact) -> Iterator[tuple[str, list[str]]]:
    yield artifact.lang, artifact.title.split()
    labels, short = artifact.fields.get("labels"), artifact.fields.get("abbreviations")
    for lang, label in labels.items() if isinstance(labels, dict) else ():
        if isinstance(label, str):
            yield lang, label.split()
    for lang, several in short.items() if isinstance(short, dict) else ():
        if isinstance(several, list):
            yield lang, [item for item in several if isinstance(item, str)]


RULES = (undefined_abbreviation,)
