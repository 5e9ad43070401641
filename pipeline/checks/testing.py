"""Rules on tests: each verifies something, and what counts as evidence is evidence of what holds now."""

import re
from collections.abc import Iterator

from msgspec import structs

from pipeline.checks import unsure
from pipeline.checks.rule import on, rule
from pipeline.checks.stated import lacks, listing
from pipeline.figures.gates import concerns, linked, open_gates
from pipeline.figures.runs import evidence_of
from pipeline.figures.versions import is_outdated
from pipeline.model import Artifact, Fault, Programme
from pipeline.sources.evidence import evidence_files

_SHA256 = re.compile(r"[0-9a-f]{64}")


@rule("TC-ORPH", "completeness", "artifact", "test-case")
def orphan_test(artifact: Artifact, _programme: Programme) -> Iterator[Fault]:
    """A test case verifies nothing.

    Its `verifies` is missing or empty.

    **Why.** It costs time at every run and proves no requirement.

    **Mend.** Add `verifies: [REQ-...]`, or withdraw the test.
    """
    if lacks(artifact, "verifies"):
        yield on(artifact, f"{artifact.id} verifies no requirement", "add verifies: [REQ-...]")


@rule("RQ-CRIT", "warn", "programme")
def uncovered_criterion(programme: Programme) -> Iterator[Fault]:
    """An acceptance criterion that no test covers.

    The requirement has test cases, but none of them names the criterion in its `criteria`. A test case that names no
    criterion of the requirement verifies it as a whole, and covers all of them. A requirement without any test case is
    told by RQ-TEST and RQ-UAT, where it needs one; one that is not verified by test is not asked.

    **Why.** The requirement counts as tested, and the one condition that nobody tried is the one that fails.

    **Mend.** Add the criterion to a test case: `criteria: [REQ-101/AC-2]`, and to its steps.
    """
    cases = [
        item
        for item in programme.artifacts.values()
        if item.kind == "test-case" and "criteria" in item.fields
    ]
    named = dict.fromkeys(link.target for case in cases for link in case.links if link.role == "verifies")
    verified = [programme.artifacts[target] for target in named if target in programme.artifacts]
    found = [fault for item in verified for fault in _uncovered(item, programme)]
    if found and not unsure.may_miss_links(programme):
        yield from found


def _uncovered(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    criteria, methods = artifact.fields.get("acceptance_criteria"), artifact.fields.get("verification")
    if (
        artifact.kind != "requirement"
        or not isinstance(criteria, list)
        or programme.phase(artifact) == "ended"
    ):
        return
    cases = [
        source
        for source, link in programme.incoming.get(artifact.id, ())
        if link.role == "verifies"
        and source.kind == "test-case"
        and unsure.settled_or_open(source, programme)
    ]
    covered = [_criteria_of(case, artifact.id) for case in cases]
    known = {item.get("id") for item in criteria if isinstance(item, dict)}
    # A test of the whole, or one that means a criterion that is not there: REF-DEAD tells the latter.
    if not covered or not (isinstance(methods, list) and "test" in methods):
        return
    if any(not names or not names <= known for names in covered):
        return
    for index, criterion in enumerate(criteria):
        name = criterion.get("id") if isinstance(criterion, dict) else None
        if name and not any(name in names for names in covered):
            message = f"no test case covers {artifact.id}/{name}"
            hint = (
                f"add {artifact.id}/{name} to the criteria of {cases[0].id} or another test case, and test it"
            )
            yield on(artifact, message, hint, "acceptance_criteria", index, "id")


def _criteria_of(case: Artifact, requirement: str) -> set[str]:
    """The criteria of a requirement that a test case names."""
    stated = case.fields.get("criteria")
    pairs = (
        [item.partition("/") for item in stated if isinstance(item, str)] if isinstance(stated, list) else []
    )
    return {name for owner, _, name in pairs if owner == requirement}


@rule("TC-STALE", "block", "programme")
def stale_run(programme: Programme) -> Iterator[Fault]:
    """A run of an outdated version counts as evidence.

    The last issued run of a test case is a pass, but of an earlier version of the test case than the present one, and
    no run of the present one was issued; or the test case pins an earlier version of the requirement. It concerns test
    cases that are in review or approved. A run that failed, a draft, and one that a later run replaced are no evidence.

    **Why.** The requirement is shown as verified by a test that was another one when it was run.

    **Mend.** Run the test again, and issue the new run. Where the test pins a version of the requirement, revise it
    first.
    """
    for case in programme.artifacts.values():
        if case.kind != "test-case" or programme.phase(case) != "firm":
            continue
        found = evidence_of(case, programme)
        if found is None:
            continue
        run, link = found
        if is_outdated(link.version, case):
            message = f"{run.id} passed {case.id}@{link.version}, but {case.id} is at version {case.version}"
            yield on(run, message, f"run {case.id} again, and issue the new run", *link.field)
            continue
        for pin in case.links:
            target = programme.artifacts.get(pin.target) if pin.role == "verifies" else None
            if target is not None and is_outdated(pin.version, target):
                verified = (
                    f"{case.id} verifies version {pin.version} of {target.id}, which is at {target.version}"
                )
                hint = f"revise {case.id} for {target.id}@{target.version}, and run it again"
                yield on(run, f"{run.id} passed, but {verified}", hint, *link.field)


@rule("TC-EVID", "block", "programme")
def no_evidence(programme: Programme) -> Iterator[Fault]:
    """A pass without evidence, tester or build; or evidence that is not what it was.

    A test run with the verdict pass names no evidence, no tester or no build: an error once it is issued, a warning in
    a draft. Or a file that an artifact names as evidence is not in the sources, or its SHA-256 is not the one that is
    stated. The path counts from the document, or from the root of the sources where it begins with `/`.

    **Why.** A pass that nobody can trace to a person, a build and a file is an opinion. A file that was changed
    afterwards proves nothing.

    **Mend.** Add what is missing. Restore the file, or run the test again; a digest is only corrected when it was
    mistyped.
    """
    for artifact in programme.artifacts.values():
        if artifact.kind == "test-run" and artifact.fields.get("verdict") == "pass":
            missing = [field for field in ("evidence", "tester", "build") if lacks(artifact, field)]
            if missing:
                fault = on(
                    artifact,
                    f"{artifact.id} passed without {listing(missing, 'or')}",
                    f"add {listing(f'{field}:' for field in missing)}",
                    "verdict",
                )
                yield structs.replace(fault, weight="completeness")
        if "evidence" in artifact.fields:
            yield from _bad_files(artifact, programme)


def _bad_files(artifact: Artifact, programme: Programme) -> Iterator[Fault]:
    for index, path, stated in evidence_files(artifact):
        name = artifact.fields["evidence"][index]["file"]
        field = ("evidence", index, "file")
        if path is None:
            yield on(
                artifact, f"the evidence {name} lies elsewhere", "copy the file into the sources", *field
            )
        elif path == ".." or path.startswith("../"):
            message = f"the evidence {name} is outside the source tree"
            yield on(artifact, message, "copy the file into the sources", *field)
        elif programme.is_unread(path):
            continue
        elif path not in programme.files and path not in programme.documents:
            yield on(
                artifact, f"the evidence {name} does not exist", "correct the path, or add the file", *field
            )
        elif isinstance(stated, str) and _SHA256.fullmatch(stated):
            found = programme.digests.get(path, stated)
            if found != stated:
                message = (
                    f"{name} is not the file that {artifact.id} states: its SHA-256 is {found or 'unknown'}"
                )
                hint = "restore the file, or run the test again"
                yield on(artifact, message, hint, "evidence", index, "sha256")


@rule("DF-GO", "block", "programme")
def critical_at_go_live(programme: Programme) -> Iterator[Fault]:
    """A critical defect is open at the go-live gate.

    Its severity is critical and it is neither closed nor rejected, while a gate of type go-live is open or in progress.
    A gate that covers releases concerns the defects that affect a requirement of one of them, and those that affect
    no requirement with a release; a gate that covers none concerns all. Before the gate is opened, and after it is
    closed, nothing is told.

    **Why.** Going live with a critical defect is a decision that is taken in the open, or not at all.

    **Mend.** Repair it and close the defect, or have the board decide and waive the finding with that decision as its
    reason.
    """
    gates = open_gates(programme, "go-live")
    for defect in programme.artifacts.values() if gates else ():
        is_open = programme.phase(defect) in ("early", "firm")
        if defect.kind != "defect" or defect.fields.get("severity") != "critical" or not is_open:
            continue
        affected = [programme.artifacts.get(target) for target in linked(defect, "affects")]
        releases = {target for item in affected if item is not None for target in linked(item, "release")}
        gate = next((gate for gate in gates if not releases or concerns(gate, releases)), None)
        if gate is not None:
            message = f"{defect.id} is critical and {defect.status}, and the go-live gate {gate.id} is {gate.status}"
            yield on(defect, message, "repair it and close it before going live", "severity")


@rule("DF-LINK", "warn", "programme")
def failed_without_defect(programme: Programme) -> Iterator[Fault]:
    """A failed run without a defect.

    Its verdict is fail, and no defect names it in `found_by`, open or not.

    **Why.** What failed and was not recorded is not repaired, and nobody knows at the gate what it was.

    **Mend.** Record the defect with `found_by: [TR-...]`. Where the test or its data were wrong, record that too, and
    reject the defect with the reason.
    """
    bare = [
        run
        for run in programme.artifacts.values()
        if run.kind == "test-run"
        and run.fields.get("verdict") == "fail"
        and not any(link.role == "found_by" for _, link in programme.incoming.get(run.id, ()))
        and not unsure.may_be_named(run, programme)
    ]
    if bare and not unsure.may_miss_links(programme):
        meant = unsure.misspelt_targets(programme, "found_by")
        for run in bare:
            if run.id not in meant:
                message = f"{run.id} failed, and no defect was found by it"
                yield on(run, message, f"record the defect with found_by: [{run.id}]", "verdict")


RULES = (orphan_test, uncovered_criterion, stale_run, no_evidence, critical_at_go_live, failed_without_defect)
