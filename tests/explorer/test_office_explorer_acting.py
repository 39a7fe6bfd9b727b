"""What an officer does at a page is done once, of the very version whose effect he was told."""

from playwright.sync_api import expect

from tests.between import acts, answered, held
from tests.office_agency import AGENT, SUPERVISOR, Agency


def test_what_is_clicked_twice_is_done_once_and_what_came_of_it_is_told(agency: Agency) -> None:
    with agency.officer(AGENT) as she:
        sent = acts(she.page)
        she.search("NY03-0002")
        she.standing.get_by_label("Access codes").fill("REL")
        she.standing.get_by_label("Reason").fill("read it again")
        assert she.effects() == ["+ appears: NY03-0002, NY03-0002-001"]
        she.standing.get_by_role("button", name="Recode").dblclick()
        expect(she.standing.get_by_text("releases nothing; withdraws nothing")).to_be_visible()
        expect(she.standing.get_by_role("heading", name="Waits for approval")).to_be_visible()
        assert sent == ["recode"]
    with agency.officer(SUPERVISOR) as he:
        sent = acts(he.page)
        he.go("/requests")
        request = he.page.get_by_role("article")
        request.get_by_label("Reason").fill("so it is")
        request.get_by_role("button", name="What would it change?").click()
        request.get_by_role("button", name="Approve").dblclick()
        expect(he.page.get_by_text("Nothing waits for approval.")).to_be_visible()
        he.go("/publications")
        he.page.get_by_role("button", name="Publish now").click()
        form = he.page.get_by_role("form", name="Publish now")
        form.get_by_label("Reason").fill("approved")
        form.get_by_role("button", name="Publish now").dblclick()
        expect(he.page.get_by_text("county: 2 added, 0 updated, 0 withdrawn.")).to_be_visible()
        he.page.get_by_role("button", name="Publish now").click()
        expect(form.get_by_label("Reason")).to_have_value("")
        assert sent == ["approve", "publish"]


def test_a_record_shows_the_requests_that_wait_and_no_more_once_they_are_answered(agency: Agency) -> None:
    agency.recode(AGENT, "C-2", "REL")
    with agency.officer(SUPERVISOR) as he:
        he.search("NY03-0002")
        request = he.standing.get_by_role("article")
        request.get_by_label("Reason").fill("not so")
        request.get_by_role("button", name="Return for correction").click()
        expect(request).to_have_count(0)
        expect(he.standing.get_by_role("heading", name="Waits for approval")).to_have_count(0)
        expect(he.standing.get_by_role("button", name="Approve")).to_have_count(0)


def test_an_approval_is_of_the_version_whose_effect_was_looked_at(agency: Agency) -> None:
    agency.recode(AGENT, "C-2", "REL")
    with agency.officer(SUPERVISOR) as he:
        he.go("/requests")
        request = he.page.get_by_role("article")
        request.get_by_label("Reason").fill("so it is")
        agency.recode(AGENT, "C-2", "REL", "T3")
        request.get_by_role("button", name="What would it change?").click()
        expect(request).to_contain_text("T3, REL → REL, T3")
        expect(request.locator(".effects")).to_have_count(0)
        request.get_by_label("Reason").fill("so it is")
        expect(request.get_by_role("button", name="Approve")).to_be_disabled()
        answered(he.page, "request(id:", {"data": {"request": None}})
        request.get_by_role("button", name="What would it change?").click()
        expect(request.get_by_role("alert")).to_have_text("This request is gone.")
        expect(request.get_by_role("button", name="Approve")).to_be_disabled()


def test_codes_are_saved_only_once_their_own_effect_is_told(agency: Agency) -> None:
    with agency.officer(AGENT) as she:
        she.search("NY03-0002")
        recode = she.standing.get_by_role("button", name="Recode")
        she.standing.get_by_label("Reason").fill("read it again")
        expect(recode).to_be_enabled()  # nothing would change
        waiting = held(she.page, "simulate(")
        with she.page.expect_request(lambda asked: "simulate(" in (asked.post_data or "")):
            she.standing.get_by_label("Access codes").fill("REL")
        expect(she.standing.get_by_text("Working out what would change")).to_be_visible()
        expect(recode).to_be_disabled()
        waiting.pop().continue_()
        she.page.unroute("**/graphql")
        assert she.effects() == ["+ appears: NY03-0002, NY03-0002-001"]
        recode.click()
        expect(she.standing.get_by_text("releases nothing; withdraws nothing")).to_be_visible()
        expect(she.standing.get_by_label("Access codes")).to_have_value(
            "T3 REL"
        )  # at once what both codes withhold
        expect(she.standing.locator(".effects")).to_have_count(0)
