"""Rules on what a release holds: each must has one, none waits for a later one, and not everything is a must."""

from collections.abc import Iterator
from fractions import Fraction

from pipeline.checks.rule import on, rule
from pipeline.checks.stated import lacks
from pipeline.figures.days import read_day
from pipeline.figures.gates import linked
from pipeline.model import Artifact, Fault, Programme


@rule("RQ-REL", "completeness", "programme")
def unreleased(programme: Programme) -> Iterator[Fault]:
    """A must without a release, or one that rests on a later release's requirement.

    Its priority is must and its `release` is missing or empty; or what it is derived from goes live in a release whose
    window ends later than that of its own. A programme that keeps no releases is not asked for any.

    **Why.** Must means: this release is of no use without it. That says nothing as long as nobody says which release,
    and is wrong when what it rests on comes later.

    **Mend.** Add `release: [REL-...]`, move one of the two to the other's release, or lower the priority.
    """
    known = programme.artifacts
    if not any(artifact.kind == "release" for artifact in known.values()):
        return
    for artifact in known.values():
        if artifact.kind != "requirement" or artifact.fields.get("priority") != "must":
            continue
        if lacks(artifact, "release"):
            message = f"{artifact.id} is a must without a release"
            yield on(artifact, message, "add release: [REL-...]")
        else:
            yield from _rests_on_later(artifact, programme)


def _rests_on_later(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    mine = _last_day(artifact, programme)
    for link in artifact.links if mine else ():
        base = programme.artifacts.get(link.target) if link.role == "derived_from" else None
        theirs = _last_day(base, programme) if base is not None and base.kind == "requirement" else None
        if mine and theirs and base is not None and theirs[0] > mine[0]:
            message = (
                f"{artifact.id}, a must of {mine[1]}, rests on {base.id} of {theirs[1]}, which ends later"
            )
            yield on(
                artifact, message, f"move one of the two, so that {base.id} does not come later", *link.field
            )


def _last_day(artifact: Artifact, programme: Programme) -> tuple[str, str] | None:
    """The last day of the release of a requirement, as 2026-03-31, and the ID of the release."""
    for target in linked(artifact, "release"):
        release = programme.artifacts.get(target)
        window = release.fields.get("window") if release else None
        last = read_day(window.get("until")) if isinstance(window, dict) else None
        if last:
            return last.isoformat(), target
    return None


@rule("RQ-MIX", "warn", "programme")
def too_many_musts(programme: Programme) -> Iterator[Fault]:
    """Musts exceed 60 % of a release's effort.

    Of the `effort` of the requirements of a release that has not ended, more than the setting `thresholds.must_share`
    (60, per cent) is of musts. Requirements that are withdrawn, superseded or not for this time (`wont`) do not count,
    nor does one without an effort.

    **Why.** Where everything is a must, nothing can be left out when time runs short, and the date moves instead.

    **Mend.** Agree with the business on what the release could go live without, or move musts to another release.
    """
    for release, musts, total in _efforts(programme):
        share = musts / total if total else Fraction(0)
        if share * 100 > programme.thresholds.must_share:
            amounts = f"{_plain(musts)} of {_plain(total)}"
            message = f"{_percent(share)} of the effort of {release.id} is of musts ({amounts})"
            hint = f"at most {programme.thresholds.must_share} %: lower priorities, or move musts to another release"
            yield on(release, message, hint)


def _efforts(programme: Programme) -> Iterator[tuple[Artifact, Fraction, Fraction]]:
    """Each release that has not ended, with the effort of its musts and that of all its requirements."""
    for release in programme.artifacts.values():
        if release.kind != "release" or programme.phase(release) == "ended":
            continue
        musts = total = Fraction(0)
        if any(source.partial for source, _ in programme.incoming.get(release.id, ())):
            continue  # An effort may stand in the lines that could not be read.
        for source, link in programme.incoming.get(release.id, ()):
            counts = source.kind == "requirement" and link.role == "release"
            priority, effort = source.fields.get("priority"), source.fields.get("effort")
            if not counts or priority == "wont" or programme.phase(source) == "ended":
                continue
            if isinstance(effort, (int, float)) and not isinstance(effort, bool) and 0 <= effort < 1e9:
                # As it is written: 0.1 is a tenth, not the nearest binary fraction.
                value = Fraction(str(effort))
                total += value
                musts += value if priority == "must" else 0
        yield release, musts, total


def _percent(share: Fraction) -> str:
    """A share in per cent, to a tenth, rounded up so that what exceeds a limit is not shown as the limit."""
    tenths = -(-share.numerator * 1000 // share.denominator)
    return f"{tenths / 10:g} %"


def _plain(value: Fraction) -> str:
    return f"{float(value):g}"


RULES = (unreleased, too_many_musts)
