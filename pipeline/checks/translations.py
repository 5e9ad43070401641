"""Rules on translations: the twin that the law asks for is there, says the same, and follows its original."""

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from pipeline.checks.rule import on, rule
from pipeline.checks.stated import is_open, listing, table
from pipeline.figures.translations import digests, original_of
from pipeline.model import Artifact, Fault, Programme

_LANGUAGES = {"fr-nl": ("fr", "nl"), "fr-nl-de": ("fr", "nl", "de")}
_NAMES = {"en": "English", "fr": "French", "nl": "Dutch", "de": "German"}


@rule("TR-STALE", "warn", "programme")
def stale(programme: Programme) -> Iterator[Fault]:
    """The original changed since it was translated.

    `translated_from` has, for each heading of the original, the digest of what stood below it when it was translated. A
    heading is named by its anchor, the artifact's own by its ID, which covers its statements in the front matter as
    well. A heading has changed, is new, or is gone; or nothing is said of any. Spaces, line ends and code do not count.
    It blocks when the translation is approved or public.

    **Why.** Who reads the translation follows rules that are no longer those of the original.

    **Mend.** Bring the translation up to date, and put the digest that is shown into `translated_from`.
    """
    for artifact in programme.artifacts.values():
        original = original_of(artifact, programme)
        if original is None or original is artifact or artifact.partial or not is_open(artifact, programme):
            continue
        weight = "block" if _counts(artifact, programme) else "warn"
        for fault in _changes(artifact, original, programme):
            yield structs.replace(fault, weight=weight)


def _counts(artifact: Artifact, programme: Programme) -> bool:
    kind = programme.kind_of(artifact)
    state = kind.states.get(artifact.status) if kind else None
    return artifact.classification == "public" or bool(state and state.settled)


def _changes(artifact: Artifact, original: Artifact, programme: Programme) -> Iterator[Fault]:
    now = digests(original, programme)
    stated: Any = artifact.fields.get("translated_from")
    if stated is None or stated == {}:
        message = f"{artifact.id} does not say which text of {original.id} it translates"
        yield on(artifact, message, f"add translated_from: {_shown(now)}", "translation_of")
        return
    then = table(stated)
    for heading, digest in then.items():
        if heading not in now:
            message = f"{original.id} has no heading #{heading} any more"
            yield on(artifact, message, f"its headings are {_shown(now)}", "translated_from", heading)
        elif digest != now[heading]:
            message = f"#{heading} of {original.id} changed since it was translated"
            hint = f"bring it up to date, then write {heading}: {now[heading]}"
            yield on(artifact, message, hint, "translated_from", heading)
    fresh = [heading for heading in now if heading not in then]
    if fresh and len(then.keys() & now.keys()) == len(then):
        message = f"{original.id} has since gained {listing(f'#{heading}' for heading in fresh)}"
        hint = f"translate it, then add {', '.join(f'{heading}: {now[heading]}' for heading in fresh)}"
        yield on(artifact, message, hint, "translated_from")


def _shown(digests: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {digest}" for name, digest in digests.items()) + "}"


@rule("TR-PAIR", "block", "programme")
def unpaired(programme: Programme) -> Iterator[Fault]:
    """A translation that the language regime asks for is missing, or has other IDs, numbers or dates.

    With `language_regime: fr-nl` an artifact exists in French and Dutch, with fr-nl-de in German as well: as passages
    of its own in divs with `lang`, or as artifacts that name it in `translation_of`. A missing one is a warning while
    the original is a draft. Both name the same artifacts, numbers and days, each in the way of its language; how often
    does not count, nor do numbers in words.

    **Why.** The laws on the use of languages ask that staff and citizens read the same in theirs; a date that differs
    is a date that will be disputed.

    **Mend.** Write the translation, or correct what differs.
    """
    for artifact in programme.artifacts.values():
        original = "language_regime" in artifact.fields and "translation_of" not in artifact.fields
        if original and is_open(artifact, programme):
            yield from _pair_faults(artifact, programme)


def _pair_faults(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    needed = _LANGUAGES.get(str(artifact.fields["language_regime"]), ())
    if not needed:
        return
    twins = [
        source
        for source, link in programme.incoming.get(artifact.id, ())
        if link.role == "translation_of" and is_open(source, programme)
    ]
    there = {artifact.lang, *artifact.spoken, *(twin.lang for twin in twins)}
    missing = [lang for lang in needed if lang not in there]
    if missing and not artifact.partial and not any(twin.partial for twin in twins):
        names = listing((_NAMES[lang] for lang in missing), "and")
        message = (
            f"{artifact.id} must exist in {listing(_NAMES[lang] for lang in needed)}; there is no {names}"
        )
        fault = on(
            artifact, message, "write it, with translation_of, or as passages with lang", "language_regime"
        )
        yield structs.replace(fault, weight="completeness")
    original = artifact.spoken.get(artifact.lang, ())
    for lang, tokens in artifact.spoken.items():
        if lang != artifact.lang:
            yield from _differences(original, artifact, tokens, lang, programme)
    for twin in twins:
        if twin.lang in twin.spoken and artifact.lang in artifact.spoken:
            yield from _differences(original, twin, twin.spoken[twin.lang], twin.lang, programme)


Tokens = tuple[tuple[str, int, int], ...]


def _differences(
    original: Tokens, twin: Artifact, tokens: Tokens, lang: str, programme: Programme
) -> Iterator[Fault]:
    """What the twin has and the original has not, at its place; else what it lacks, told once."""
    theirs = {_canonical(token, programme) for token, _, _ in original}
    ours: dict[str, tuple[int, int]] = {}
    for token, line, column in tokens:
        ours.setdefault(_canonical(token, programme), (line, column))
    hint = "correct the one that is wrong; both languages state the same"
    for token, (line, column) in ours.items():
        if token not in theirs:
            message = f"the {_NAMES.get(lang, lang)} text has {token}, the original has not"
            yield Fault(
                twin.path, message, hint, twin.id, line=line, column=column, length=len(token), nth=twin.nth
            )
    lacking = sorted(theirs - ours.keys())
    if lacking and ours.keys() <= theirs:
        yield on(twin, f"the {_NAMES.get(lang, lang)} text lacks {listing(lacking[:5])}", hint)


def _canonical(token: str, programme: Programme) -> str:
    """An ID that is a translation's stands for its original's."""
    artifact = programme.artifacts.get(token)
    original = original_of(artifact, programme) if artifact else None
    return original.id if original else token


RULES = (stale, unpaired)
