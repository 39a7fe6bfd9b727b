"""What the office's pages do with answers: with one that comes late, with one that is none; and which they ask for."""

import json
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from tests.between import answered, held, refusal
from tests.office_agency import QUALITY, SUPERVISOR, Agency, finds, served_agency
from tests.office_client import Who


@pytest.fixture(name="agency", scope="module")
def _agency(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agency]:
    with served_agency(browser, tmp_path_factory.mktemp("agency")) as agency:
        yield agency


def test_enter_opens_nothing_that_was_found_by_other_words(agency: Agency) -> None:
    with agency.officer(SUPERVISOR) as he:
        finds(he.page, "NY03-0003", "2 records found")
        waiting = held(he.page, "search(")
        box = he.page.get_by_role("searchbox")
        with he.page.expect_request(lambda asked: "search(" in (asked.post_data or "")):
            box.fill("NY03-0002")
        box.press("Enter")
        waiting.pop().continue_()
        he.page.unroute("**/graphql")
        expect(he.page.locator(".result .label").first).to_have_text("NY03-0002")
        expect(he.record).to_have_count(0)
        box.press("Enter")
        expect(he.record.get_by_role("heading", name="NY03-0002", exact=True)).to_be_visible()


def test_a_list_that_was_asked_for_earlier_does_not_take_the_place_of_a_later_one(agency: Agency) -> None:
    with agency.officer(QUALITY) as tan:
        tan.go("/queue")
        waiting = held(tan.page, '"assignee":"tan"')
        tan.page.get_by_role("button", name="Assigned to me").click()
        tan.page.get_by_role("button", name="All offices").click()
        expect(tan.page.get_by_role("article").first).to_be_visible()
        number = tan.page.get_by_role("article").count()
        answer = {"data": {"queue": {"totalCount": 0, "nodes": [], "pageInfo": {"hasNextPage": False}}}}
        for route in waiting:
            route.fulfill(json=answer)
        tan.page.wait_for_timeout(200)
        assert tan.page.get_by_role("article").count() == number


def test_a_refusal_on_the_way_to_the_canvas_is_told_and_tried_again(agency: Agency) -> None:
    with agency.officer(SUPERVISOR) as he:
        he.search("NY03-0003-001")
        answered(he.page, "linksAmong", refusal("TOO_MANY_REQUESTS", "Ask again later."))
        he.standing.get_by_role("button", name="Light it on the canvas").click()
        expect(he.page.get_by_role("alert")).to_contain_text("Ask again later.")
        he.page.unroute("**/graphql")
        he.page.get_by_role("button", name="Try again").click()
        expect(he.page.get_by_text("The chain of this cause is lit.")).to_be_visible()
        answered(he.page, "opaqueId", refusal("TOO_MANY_REQUESTS", "Ask again later."))
        he.page.get_by_role("button", name="As its partner sees it").click()
        expect(he.page.get_by_role("alert")).to_contain_text("Ask again later.")


PAGES: Final = (
    ("/requests", "requests(first:", "Nothing waits for approval."),
    ("/queue", "timeliness", "My office"),
    ("/agreements", "publishedAt", "Released"),
    ("/publications", "publications(first:", "Publish now"),
    ("/", "roles", "Search for a record and open it."),
)
"""Each with a word of what it asks and what it shows when that is answered."""


def test_a_refusal_on_a_page_is_told_and_tried_again(agency: Agency) -> None:
    with agency.officer(SUPERVISOR) as he:
        alert = he.page.get_by_role("alert")
        for path, word, sentence in PAGES:
            answered(he.page, word, refusal("TOO_MANY_REQUESTS", "Ask again later."))
            he.page.goto(f"{agency.office}{path}")
            expect(alert).to_contain_text("Ask again later.")
            he.page.unroute("**/graphql")
            alert.get_by_role("button", name="Try again").click()
            expect(he.page.get_by_text(sentence).first).to_be_visible()
            expect(alert).to_have_count(0)


def test_a_page_of_work_whose_token_will_not_do_any_more_leads_back_to_signing_in(agency: Agency) -> None:
    with agency.officer(SUPERVISOR) as he:
        he.go("/findings")
        answered(he.page, "requests(first:", refusal("UNAUTHENTICATED", "Your token has ended."))
        he.page.goto(f"{agency.office}/requests")
        expect(he.page.get_by_role("alert")).to_have_text("Your token has ended.")
        expect(he.page.get_by_role("button", name="Sign in")).to_be_visible()


def test_the_address_names_no_record_once_an_officer_has_signed_out(agency: Agency) -> None:
    with agency.officer(SUPERVISOR) as he:
        he.search("NY03-0003-001")
        expect(he.page).to_have_url(f"{agency.office}/#record=D-3")
        he.page.get_by_role("button", name="Sign out").click()
        expect(he.page.get_by_role("button", name="Sign in")).to_be_visible()
        expect(he.page).to_have_url(f"{agency.office}/")


def test_the_log_of_reads_tells_what_a_page_has_shown_and_no_more(agency: Agency) -> None:
    with agency.officer(Who("lund", roles="supervisor")) as he:
        he.page.goto(f"{agency.office}/#record=D-3")
        expect(he.standing.get_by_role("heading", name="Withheld under county")).to_be_visible()
    logs = (agency.desk.home / "audit" / "reads").glob("*/*.jsonl")
    lines = [json.loads(line) for log in logs for line in log.read_text("utf-8").splitlines()]
    assert {id for line in lines if line.get("user") == "lund" for id in line["records"]} == {"D-3"}
