"""Readers find what they came for, by what they see alone: each journey begins on the first page."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.journeys.conftest import Visit
from tests.e2e.journeys.readers import AnyPage, HomePage
from tests.e2e.journeys.sites import build
from tests.e2e.projects import ROOT, make_programme, make_repository

pytestmark = pytest.mark.slow


def test_a_steering_member_finds_why_a_milestone_slipped(visit: Visit, history: str):
    home = HomePage(visit(history))
    assert home.state_of("Time") == "Time ■ red"
    assert home.row("MS-004") == [
        "MS-004 CODA interface in user acceptance",
        "18 January 2027",
        "74 working days later",
    ]
    home.follow("MS-004")
    milestone = home.card("MS-004")
    expect(milestone.fact("Forecast history")).to_contain_text("The entry test of 3 November failed")
    report = milestone.go("Reported in", "RPT-001")
    expect(report.page.locator("h1")).to_contain_text("Exception report on MS-004")
    expect(report.page.locator("article")).to_contain_text("had built the control on the digest of the file")


def test_a_steering_member_sees_what_changed_since_the_last_committee(visit: Visit, history: str):
    home = HomePage(visit(history))
    changes = home.follow("All changes")
    assert changes.title == "What changed"
    # By hand: from the step of the last committee to the one of the last baseline, in `tests/history/steps`.
    assert changes.row("MS-007") == ["MS-007 Lot 1 go-live", "Expected", "1 June 2027", "1 July 2027"]
    assert changes.row("RPT-001")[1:] == ["Status", "draft", "issued"]
    assert changes.row("Milestones")[-1] == "3"


def test_an_auditor_follows_a_need_to_its_uat_evidence(visit: Visit, reference: str):
    home = HomePage(visit(reference))
    needs = home.through_navigation("Business needs")
    requirement = needs.card("BN-006").go("Satisfied by", "REQ-301")
    case = requirement.go("Verified by", "TC-111")
    expect(case.box.locator(".badge").filter(has_text="approved").first).to_be_visible()
    case = case.go("Executed by", "TR-108")
    # The run is recorded in French.
    expect(case.box.locator(".badge.verdict")).to_have_text("réussi")
    evidence = case.fact("Éléments de preuve")
    stated = re.search(r"[0-9a-f]{64}", evidence.inner_text())
    assert stated
    address = evidence.get_by_role("link").get_attribute("href")
    assert address
    answer = case.page.request.get(case.page.evaluate("href => new URL(href, location).href", address))
    assert hashlib.sha256(answer.body()).hexdigest() == stated[0]
    assert answer.body() == (ROOT / "docs_src/tests/evidence/TR-108-letters.log").read_bytes()


def test_an_author_finds_and_mends_a_finding(visit: Visit, serve: Callable[[Path], str], tmp_path: Path):
    project = make_repository(make_programme(tmp_path))
    file = project / "docs_src/requirements.md"
    whole = file.read_text()
    file.write_text(whole.replace("satisfies: [BN-001]", "satisfies: [BN-002]"))
    address = serve(build(project))
    home = AnyPage(visit(address))
    documents = home.through_navigation("State of the programme", "State of the documents")
    code, severity, where, words = documents.row("REF-DEAD")
    assert (code, severity, where) == ("REF-DEAD", "error", "REQ-001 Recalculate a payment plan")
    assert "BN-002" in words
    rule = documents.follow("REF-DEAD")
    expect(rule.section("REF-DEAD")).to_be_in_viewport()
    rule.page.go_back()
    requirement = documents.follow("REQ-001").card("REQ-001")
    expect(requirement.box.locator(".admonition.warning")).to_contain_text("BN-002")
    # The author mends it in the sources, as the hint says.
    file.write_text(whole)
    build(project)
    mended = AnyPage(visit(address)).through_navigation("State of the programme", "State of the documents")
    expect(mended.page.locator("article")).to_contain_text("The checks find nothing.")


def test_a_business_expert_reads_a_requirement_in_dutch(visit: Visit, dutch: str):
    home = HomePage(visit(dutch, locale="nl-BE"))
    expect(home.page.locator("html")).to_have_attribute("lang", "nl")
    expect(home.section("Stand op 27 november 2026")).to_be_visible()
    assert home.state_of("Tijd") == "Tijd ■ rood"
    home.through_navigation("Stand van het programma", "Woordenlijst")
    terms = AnyPage(home.page)
    assert terms.title == "Woordenlijst"
    assert terms.row("gebruikersacceptatietest (UAT)")[1:3] == [
        "user acceptance test (UAT)",
        "recette utilisateur (UAT)",
    ]
    home.page.goto("id/REQ-304/")
    home.page.wait_for_url("**/requirements/data/#REQ-304")
    requirement = terms.card("REQ-304")
    expect(requirement.box).to_have_attribute("lang", "nl")
    expect(requirement.box.locator("h2")).to_contain_text("Persoonsgegevens wissen na de bewaartermijn")
    expect(requirement.box).to_contain_text(
        "moet het systeem het dossier op de lijst van te wissen dossiers plaatsen"
    )


def test_an_approved_requirement_shows_how_it_stood_before(visit: Visit, history: str):
    page = AnyPage(visit(f"{history}requirements/payments/"))
    # By hand, from `tests/history/steps/04-allocation-decided.toml`: the first moment after it is the end of its month.
    assert page.card("REQ-106").unfold_history() == [
        ["28 February 2026", "1.0", "superseded"],
        ["19 December 2025 (baseline-1)", "1.0", "approved"],
    ]
