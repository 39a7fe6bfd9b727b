"""What the explorer says when it does not go well: refused, not served, no answer, withdrawn, not there."""

from playwright.sync_api import Browser, expect

from graph.model import OpaqueId
from graph.readers import LEASE_SECONDS
from tests.analyst import analyst
from tests.browsing import tab
from tests.explorer_world import CASES, LINKS, REPORTS, SUBJECTS, explorer_release
from tests.memory_releases import MemoryReleases
from tests.partner_client import HandClock, partner_app, token
from tests.partner_port import on_a_port
from tests.partner_world import COUNTY, content, publish, published, release


def test_a_token_that_will_not_do_leads_back_to_signing_in(browser: Browser, address: str) -> None:
    seat = tab(browser)
    seat.page.goto(f"{address}/explore#token=nothing")
    expect(seat.page.get_by_role("alert")).to_have_text(
        "A valid bearer token for this service is needed. Ask the agency for one."
    )
    assert seat.page.evaluate("sessionStorage.caselink") is None
    seat.page.get_by_label("Token").fill(token())
    seat.page.get_by_role("button", name="Sign in").click()
    expect(seat.page.get_by_text("National Data Exchange")).to_be_visible()
    seat.page.context.close()


def test_an_agreement_that_is_not_served_is_asked_again(browser: Browser, address: str) -> None:
    seat = tab(browser)
    seat.page.clock.install()
    seat.page.goto(f"{address}/explore#token={token(COUNTY)}")
    alert = seat.page.get_by_role("alert")
    expect(alert).to_contain_text(
        "Not served at the moment. This agreement is not served at the moment. Try again later."
    )
    expect(alert.get_by_role("button", name="Try again")).to_be_visible()
    with seat.page.expect_request("**/graphql"):  # by itself, as soon as it was told to
        seat.page.clock.fast_forward(6000)
    seat.page.context.close()


def test_a_purpose_that_is_required_is_asked_for_and_sent(browser: Browser) -> None:
    required = release(content(CASES, ()), purpose_required=True)
    with on_a_port(partner_app(published(required))) as address:
        seat = tab(browser)
        seat.page.goto(f"{address}/explore#token={token()}")
        expect(seat.page.get_by_role("alert")).to_contain_text(
            "requires the headers X-Purpose and X-Case-Number"
        )
        seat.page.get_by_label("Token").fill(token())
        seat.page.get_by_label("Purpose").fill("Überprüfung")
        seat.page.get_by_label("Case number").fill("T-1")
        seat.page.get_by_role("button", name="Sign in").click()
        expect(seat.page.get_by_text("National Data Exchange")).to_be_visible()
        seat.page.context.close()


def test_no_answer_is_told_and_tried_again(browser: Browser, address: str) -> None:
    seat = tab(browser)
    seat.page.route("**/graphql", lambda route: route.abort())
    seat.page.goto(f"{address}/explore#token={token()}")
    expect(seat.page.get_by_role("alert")).to_contain_text("No answer.")
    seat.page.unroute("**/graphql")
    seat.page.get_by_role("button", name="Try again").click()
    expect(seat.page.get_by_text("National Data Exchange")).to_be_visible()
    expect(seat.page.get_by_role("alert")).to_have_count(0)
    seat.page.context.close()


def test_what_is_withdrawn_goes_from_the_canvas_and_from_what_can_be_undone(browser: Browser) -> None:
    store, clock = MemoryReleases(), HandClock()
    publish(store, explorer_release())
    with on_a_port(partner_app(store, now=clock)) as address, analyst(browser, address) as she:
        she.search("doe", "Doe, John")
        she.tool("Expand").click()
        expect(she.status).to_contain_text("5 records, 4 links")
        she.tool("Clear").click()
        she.search("poe", "Poe, Edgar")
        left = [each for each in LINKS if OpaqueId("roe") not in (each.head, each.tail)]
        subjects = [each for each in SUBJECTS if each.id != "roe"]
        publish(store, release(content((*CASES, *REPORTS, *subjects), tuple(left))))
        clock.seconds += 2 * LEASE_SECONDS
        she.expand("owns")
        expect(she.status).to_contain_text("The release has changed.")
        she.tool("Undo").click()
        she.tool("Undo").click()
        she.tool("Undo").click()
        assert she.rows() == ["NY03-0001", "NY03-0001-001", "NY03-0001-002", "Doe, John"]


def test_a_record_that_is_not_there_is_said(browser: Browser, address: str) -> None:
    with analyst(browser, address, "record=none&on=none,doe") as she:
        expect(she.page.get_by_text("There is no such record.")).to_be_visible()
        assert she.rows() == ["Doe, John"]
