"""The glossary as the wording rules need it: the terms of each language, which are let be, and which changed."""

from collections.abc import Iterable, Mapping

from pipeline.model import Artifact, Passage, Programme
from pipeline.prose.paragraphs import exempt, read


def terms(programme: Programme) -> dict[str, list[str]]:
    """Give the labels of the terms in force by language, in order; a term's title counts in its own language."""
    found: dict[str, set[str]] = {}
    for artifact in programme.artifacts.values():
        if artifact.kind == "term" and programme.phase(artifact) != "ended":
            for lang, words in _labels(artifact):
                found.setdefault(lang, set()).add(words)
    return {lang: sorted(words) for lang, words in sorted(found.items())}


def affected(
    passages: Iterable[tuple[str, Passage]],
    before: Mapping[str, Iterable[str]],
    now: Mapping[str, Iterable[str]],
) -> set[str]:
    """Give the paths of the passages that hold a term that came to the glossary or left it."""
    words = {word for lang in {*before, *now} for word in {*before.get(lang, ())} ^ {*now.get(lang, ())}}
    changed, nothing = exempt(words), exempt(())
    return {
        path
        for path, passage in passages
        if words and any(changed.search(part.text) for part in read(passage.text, nothing))
    }


def _labels(artifact: Artifact) -> Iterable[tuple[str, str]]:
    labels = artifact.fields.get("labels")
    stated = labels.items() if isinstance(labels, dict) else ()
    return [
        (lang, words)
        for lang, words in ((artifact.lang, artifact.title), *stated)
        if isinstance(words, str) and words.strip()
    ]
