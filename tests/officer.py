"""An officer at the office's pages in a browser: what he does there, and what he is shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browsing import Tab, tab


@dataclass(frozen=True)
class Seat:
    """He sits at a tab that is signed in. address: of the office app."""

    tab: Tab
    address: str

    @property
    def page(self) -> Page:
        return self.tab.page

    @property
    def record(self) -> Locator:
        """The page of the record that is open."""
        return self.page.get_by_role("article")

    @property
    def standing(self) -> Locator:
        """How that record stands."""
        return self.page.get_by_role("region", name="How it stands")

    def go(self, path: str) -> None:
        """Opens a page of work."""
        self.page.goto(f"{self.address}{path}")
        expect(self.page.get_by_role("navigation", name="Pages")).to_be_visible()

    def search(self, text: str) -> None:
        """Types, and opens what is called so."""
        self.page.get_by_role("searchbox").fill(text)
        self.page.locator(".result .label").get_by_text(text, exact=True).click()
        expect(self.standing).to_be_visible()

    def effects(self) -> list[str]:
        """What a change would do, as it is told before anybody saves it."""
        told = self.page.locator(".effects p")
        expect(told.first).to_be_visible()
        return [" ".join(text.split()) for text in told.all_inner_texts()]

    def recode(self, codes: str, reason: str) -> None:
        """Writes other codes, and saves them."""
        self.standing.get_by_label("Access codes").fill(codes)
        self.standing.get_by_label("Reason").fill(reason)
        self.standing.get_by_role("button", name="Recode").click()


@contextmanager
def officer(browser: Browser, address: str, token: str, **context: Any) -> Iterator[Seat]:
    """Signed in. At the end his page must have complained of nothing and asked nobody else."""
    seat = tab(browser, **context)
    seat.page.goto(f"{address}/#token={token}")
    expect(seat.page.get_by_role("navigation", name="Pages")).to_be_visible()
    yield Seat(seat, address)
    seat.page.context.close()
    assert seat.wrong == []
    assert [asked for asked in seat.asked if not asked.startswith((address, "data:", "blob:"))] == []
