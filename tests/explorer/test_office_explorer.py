"""Officers at their pages, in a real browser: one codes, another approves, and the partner's page changes."""

from playwright.sync_api import Page, expect

from tests.browsing import tab
from tests.office_agency import AGENT, AUDITOR, QUALITY, SUPERVISOR, Agency, comes_to_find, finds
from tests.office_client import Who


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called so has the focus."""
    called = "() => (document.activeElement.labels?.[0] ?? document.activeElement).innerText.trim()"
    for _ in range(80):
        if page.evaluate(called) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by keyboard")


# --- why ---


def test_what_is_withheld_says_why_and_its_chain_is_lit_on_the_canvas(agency: Agency) -> None:
    with agency.officer(SUPERVISOR) as he:
        he.search("NY03-0003-001")
        expect(he.standing.get_by_role("heading", name="Withheld under county")).to_be_visible()
        expect(he.standing.locator(".chain")).to_contain_text("D-9 → cites → D-3")
        he.standing.get_by_role("button", name="Light it on the canvas").click()
        expect(he.page.get_by_text("The chain of this cause is lit.")).to_be_visible()
        lit = he.page.evaluate(
            "document.querySelector('.canvas')._cyreg.cy.elements('.lit').map((each) => each.id()).sort()"
        )
        withheld = he.page.evaluate(
            "document.querySelector('.canvas')._cyreg.cy.nodes('.withheld').map((each) => each.id()).sort()"
        )
        assert (lit, withheld) == (["D-3", "D-9", "L-5"], ["D-3", "D-9"])


def test_as_its_partner_sees_it_has_what_the_release_has_and_no_more(agency: Agency) -> None:
    with agency.officer(SUPERVISOR) as he:
        he.search("NY03-0001")
        he.page.get_by_role("button", name="As its partner sees it").click()
        expect(he.page.get_by_role("status").filter(has_text="1 record")).to_be_visible()
        finds(he.page, "NY03-0002", "Nothing found. Fewer or other words may find more.")
        finds(he.page, "NY03-0001-001", "1 record found")
        expect(he.standing).to_have_count(0)
        he.page.get_by_role("button", name="As its partner sees it").click()
        finds(he.page, "NY03-0002", "2 records found")


# --- recode, approve, publish ---


def test_an_agent_recodes_a_supervisor_sees_the_effect_and_approves_and_the_partners_page_changes(
    agency: Agency,
) -> None:
    with agency.analyst() as analyst:
        finds(analyst, "NY03-0002", "Nothing found. Fewer or other words may find more.")
        with agency.officer(AGENT) as she:
            she.search("NY03-0002")
            she.standing.get_by_label("Access codes").fill("REL")
            assert she.effects() == ["+ appears: NY03-0002, NY03-0002-001"]
            she.recode("REL", "read it again")
            expect(she.standing.get_by_text("releases nothing; withdraws nothing")).to_be_visible()
        with agency.officer(SUPERVISOR) as he:
            he.go("/requests")
            request = he.page.get_by_role("article")
            expect(request).to_contain_text("asked by kim of SAC-NY")
            request.get_by_label("Reason").fill("so it is")
            expect(request.get_by_role("button", name="Approve")).to_be_disabled()
            request.get_by_role("button", name="What would it change?").click()
            assert he.effects() == ["+ appears: NY03-0002, NY03-0002-001"]
            request.get_by_role("button", name="Approve").click()
            expect(he.page.get_by_text("Nothing waits for approval.")).to_be_visible()
            he.go("/publications")
            he.page.get_by_role("button", name="Publish now").click()
            form = he.page.get_by_role("form", name="Publish now")
            form.get_by_label("Reason").fill("approved")
            form.get_by_role("button", name="Publish now").click()
            expect(he.page.get_by_text("county: 2 added, 0 updated, 0 withdrawn.")).to_be_visible()
        expect(analyst.locator(".found")).to_be_visible()
        comes_to_find(analyst, "NY03-0002", "2 records found")


def test_what_is_coded_more_narrowly_is_gone_from_the_partners_page_before_it_is_acknowledged(
    agency: Agency,
) -> None:
    with agency.analyst() as analyst, agency.officer(AGENT) as she:
        finds(analyst, "NY03-0001", "2 records found")
        she.search("NY03-0001-001")
        she.standing.get_by_label("Access codes").fill("CS")
        assert she.effects() == ["− vanishes: NY03-0001-001, Ann Poe"]
        she.recode("CS", "it names a source")
        expect(she.standing.get_by_role("heading", name="Withheld under county")).to_be_visible()
        finds(analyst, "NY03-0001", "1 record found")


def test_a_clearance_is_asked_for_along_a_chain_with_an_end_and_approved_by_another(agency: Agency) -> None:
    with agency.officer(SUPERVISOR) as he:
        he.search("NY03-0003-001")
        he.standing.get_by_role("button", name="ask for a clearance").click()
        form = he.standing.get_by_role("form", name="Clearance of title_iii for county")
        form.get_by_label("Until").fill("2030-01-01")
        form.get_by_label("Reason").fill("the judge has said so")
        form.get_by_role("button", name="Ask for it").click()
        expect(form.get_by_role("status")).to_have_text("Done: releases nothing; withdraws nothing.")
    with agency.officer(Who("reyes", roles="supervisor")) as she:
        she.go("/requests")
        request = she.page.get_by_role("article")
        expect(request).to_contain_text("until 1 Jan 2030")
        request.get_by_role("button", name="What would it change?").click()
        assert she.effects() == ["+ appears: NY03-0003-001"]
        request.get_by_label("Reason").fill("so it is")
        request.get_by_role("button", name="Approve").click()
        expect(she.page.get_by_text("Nothing waits for approval.")).to_be_visible()


def test_an_approval_over_a_finding_waits_for_the_word_of_data_quality(agency: Agency) -> None:
    with agency.officer(AGENT) as she:
        she.search("NY03-0003-001")
        she.recode("REL", "it only cites it")
        expect(she.standing.get_by_text("releases nothing; withdraws nothing")).to_be_visible()
    with agency.officer(SUPERVISOR) as he, agency.officer(QUALITY) as tan:
        he.go("/requests")
        request = he.page.get_by_role("article", name="Request recode of NY03-0003-001")
        expect(request).to_contain_text("which is coded title_iii, and is not coded so.")
        request.get_by_label("Reason").fill("so it is")
        request.get_by_role("button", name="What would it change?").click()
        request.get_by_role("button", name="Approve").click()
        expect(request.get_by_role("status")).to_contain_text("Data Quality")
        tan.go("/findings")
        finding = tan.page.get_by_role("article").filter(has_text="NY03-0003-001")
        finding.get_by_role("button", name="Accept").click()
        form = finding.get_by_role("form", name="Accept")
        form.get_by_label("Reason").fill("the citation is public")
        form.get_by_role("button", name="Accept").click()
        expect(finding).to_contain_text("Accepted by tan.")
        request.get_by_role("button", name="Approve").click()
        expect(he.page.get_by_text("Nothing waits for approval.")).to_be_visible()


def test_a_record_is_found_recoded_and_approved_by_keyboard_alone(agency: Agency) -> None:
    with agency.officer(AGENT) as she:
        she.page.keyboard.press("/")
        she.page.keyboard.type("NY03-0002")
        expect(she.page.locator(".found")).to_have_text("2 records found")
        she.page.keyboard.press("Enter")
        expect(she.standing.get_by_role("heading", name="Withheld under county")).to_be_visible()
        tab_to(she.page, "Access codes")
        she.page.keyboard.press("Control+A")
        she.page.keyboard.type("REL")
        assert she.effects() == ["+ appears: NY03-0002, NY03-0002-001"]
        tab_to(she.page, "Reason")
        she.page.keyboard.type("read it again")
        she.page.keyboard.press("Enter")
        expect(she.standing.get_by_text("releases nothing; withdraws nothing")).to_be_visible()
    with agency.officer(SUPERVISOR) as he:
        tab_to(he.page, "Requests")
        he.page.keyboard.press("Enter")
        expect(he.page.get_by_role("article")).to_contain_text("asked by kim of SAC-NY")
        tab_to(he.page, "What would it change?")
        he.page.keyboard.press("Enter")
        assert he.effects() == ["+ appears: NY03-0002, NY03-0002-001"]
        tab_to(he.page, "Reason")
        he.page.keyboard.type("so it is")
        tab_to(he.page, "Approve")
        he.page.keyboard.press("Enter")
        expect(he.page.get_by_text("Nothing waits for approval.")).to_be_visible()


# --- who may what ---


def test_pages_offer_what_the_roles_of_an_officer_allow_and_the_log_is_for_auditors(agency: Agency) -> None:
    with agency.officer(Who("doe", roles="investigator")) as he:
        he.search("NY03-0001")
        expect(he.standing.get_by_role("button")).to_have_count(0)
        he.go("/audit")
        expect(he.page.get_by_text("Auditors alone read this.")).to_be_visible()
    with agency.officer(AUDITOR) as she:
        she.go("/audit")
        line = she.page.locator(".logged").filter(has_text="C-1").first
        expect(line).to_contain_text("answered doe office SAC-NY records")
        line.get_by_text("All of it").click()
        expect(line.get_by_text("investigator")).to_be_visible()


def test_a_partners_token_gets_nothing_from_the_office(agency: Agency) -> None:
    token = agency.desk.done("token", "--agreement", "county", "--user", "jo").out.strip()
    seat = tab(agency.browser)
    seat.page.goto(f"{agency.office}/#token={token}")
    expect(seat.page.get_by_role("alert")).to_be_visible()
    expect(seat.page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(seat.page.get_by_role("navigation")).to_have_count(0)
    seat.page.context.close()
