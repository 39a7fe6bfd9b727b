"""A partner's analyst with more records on her canvas than one question may ask about: no link of theirs is lost."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from graph.model import OpaqueId
from graph.release import Release, ReleasedCase, ReleasedDocument
from tests.analyst import analyst
from tests.partner_client import partner_app
from tests.partner_port import on_a_port
from tests.partner_world import content, link, published, release

DOCUMENTS: Final = 130
MOST_IN_AN_ADDRESS: Final = 60


def two_hubs() -> Release:
    """Two cases that contain the same documents."""
    cases = [ReleasedCase(OpaqueId(f"case{n}"), f"NY03-000{n}") for n in (1, 2)]
    names = [f"d{n:03}" for n in range(DOCUMENTS)]
    documents = [ReleasedDocument(OpaqueId(name), f"NY03-0001-{name[1:]}", "ROI") for name in names]
    links = [link(f"{case.id}{name}", "CONTAINS", case.id, name) for case in cases for name in names]
    return release(content((*cases, *documents), tuple(links)))


@pytest.fixture(name="address", scope="module")
def _address() -> Iterator[str]:
    with on_a_port(partner_app(published(two_hubs()))) as address:
        yield address


def test_all_records_linked_to_both_are_shown_though_they_are_many(browser: Browser, address: str) -> None:
    with analyst(browser, address, "on=case1,case2") as she:
        expect(she.status).to_contain_text("2 records, 0 links")
        she.choose("NY03-0001", "NY03-0002")
        she.tool("Common").click()
        expect(she.status).to_contain_text(f"{DOCUMENTS} records linked to both.")
        expect(she.status).not_to_contain_text("Not all of their links")
        expect(she.status).to_contain_text(f"{DOCUMENTS + 2} records, {2 * DOCUMENTS} links")


def test_an_address_brings_the_links_between_all_records_that_it_names(
    browser: Browser, address: str
) -> None:
    named = ["case1", "case2", *(f"d{n:03}" for n in range(MOST_IN_AN_ADDRESS - 2))]
    with analyst(browser, address, f"on={','.join(named)}") as she:
        links = 2 * (MOST_IN_AN_ADDRESS - 2)
        expect(she.status).to_contain_text(f"{MOST_IN_AN_ADDRESS} records, {links} links")
        rest = [f"d{n:03}" for n in range(MOST_IN_AN_ADDRESS - 2, MOST_IN_AN_ADDRESS + 55)]
        she.page.goto(f"{address}/explore#on={','.join(rest)}")  # the same tab: it adds
        together = MOST_IN_AN_ADDRESS + len(rest)
        expect(she.status).to_contain_text(f"{together} records, {2 * (together - 2)} links")
