"""A partner's analyst at the explorer, in a real browser: what she does, and what she sees then."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import Tab, tab
from tests.explorer_world import explorer_release
from tests.partner_client import partner_app, token
from tests.partner_port import on_a_port
from tests.partner_world import published


@pytest.fixture(name="address", scope="module")
def _address() -> Iterator[str]:
    with on_a_port(partner_app(published(explorer_release()))) as address:
        yield address


@pytest.fixture(name="seat")
def _seat(browser: Browser, address: str) -> Iterator[Tab]:
    """A tab at the explorer, signed in. It must not complain, nor ask anybody else."""
    seat = tab(browser)
    seat.page.goto(f"{address}/explore#token={token()}")
    expect(seat.page.get_by_text("National Data Exchange")).to_be_visible()
    yield seat
    seat.page.context.close()
    assert seat.wrong == []
    assert [asked for asked in seat.asked if not asked.startswith((address, "data:"))] == []


def search(page: Page, text: str) -> None:
    """Types, and opens the first record that is found."""
    page.get_by_role("searchbox").fill(text)
    page.get_by_role("list").get_by_role("button").first.click()


def told(page: Page) -> str:
    """What was told of the last step."""
    return page.get_by_role("status").inner_text()


def test_an_analyst_searches_opens_a_record_and_expands_it(seat: Tab) -> None:
    page = seat.page
    search(page, "doe")
    record = page.get_by_role("article")
    expect(record.get_by_role("heading", name="Doe, John")).to_be_visible()
    expect(record.get_by_role("button", name="NY03-0001-001")).to_have_count(2)
    sorts = record.get_by_role("button", name="Expand:")
    assert [sort.get_attribute("aria-label") for sort in sorts.all()] == [
        "Expand: knows to 1 subject, 0 shown",
        "Expand: mentions from 2 documents, 0 shown",
        "Expand: subject of to 1 case, 0 shown",
    ]
    sorts.nth(1).click()
    expect(page.get_by_role("status")).to_contain_text("3 records, 2 links")
    expect(sorts.nth(1)).to_be_disabled()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("1 record, 0 links")


def test_the_token_of_the_address_is_taken_up_and_wiped(seat: Tab) -> None:
    assert seat.page.evaluate("location.hash") == ""
    assert [asked for asked in seat.asked if "token=" in asked.partition("#")[0]] == []
    assert seat.page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    seat.page.reload()
    expect(seat.page.get_by_text("National Data Exchange")).to_be_visible()
    seat.page.get_by_role("button", name="Sign out").click()
    expect(seat.page.get_by_label("Token")).to_be_visible()
    assert seat.page.evaluate("sessionStorage.length") == 0
