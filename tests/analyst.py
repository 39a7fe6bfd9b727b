"""An analyst of a partner at the explorer in a browser: what she does there, and what she is shown."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browsing import Tab, tab
from tests.partner_client import token


@dataclass(frozen=True)
class Analyst:
    """She sits at a tab that is signed in."""

    seat: Tab

    @property
    def page(self) -> Page:
        return self.seat.page

    @property
    def record(self) -> Locator:
        """The page of the record that is open."""
        return self.page.get_by_role("article")

    @property
    def status(self) -> Locator:
        """What is told of the canvas and of the last step."""
        return self.page.get_by_role("status")

    def search(self, text: str, label: str = "") -> None:
        """Types, and opens what is found with this label; without one, what was typed."""
        self.page.get_by_role("searchbox").fill(text)
        labels = self.page.locator(".result .label")
        labels.get_by_text(label or text, exact=True).click()
        expect(self.record).to_be_visible()

    def expand(self, sort: str) -> None:
        """Shows the next records by links of this sort."""
        before = self.told()
        self.record.get_by_role("button", name=re.compile(f"^Expand: {sort}")).click()
        expect(self.status).not_to_have_text(before)

    def tool(self, name: str) -> Locator:
        """A button above the canvas."""
        return self.page.get_by_role("group", name="Canvas").get_by_role("button", name=name, exact=True)

    def told(self) -> str:
        """What is told of the canvas and of the last step."""
        return self.status.inner_text()

    def rows(self) -> list[str]:
        """The records on the canvas, as the table has them."""
        if self.tool("Table").get_attribute("aria-pressed") == "false":
            self.tool("Table").click()
        return self.page.locator("tbody th").all_inner_texts()

    def choose(self, *labels: str) -> None:
        """Ticks records in the table."""
        self.rows()
        for label in labels:
            self.page.get_by_role("checkbox", name=re.compile(f"^Choose {label}")).check()

    def drawn(self) -> dict[str, Any]:
        """The labels of what the canvas has drawn, the first line of each, and where."""
        script = """() => Object.fromEntries(document.querySelector('.canvas')._cyreg.cy.nodes().map(
            (node) => [node.data('label').split('\\n')[0], node.renderedPosition()]))"""
        return dict(self.page.evaluate(script))

    def click_on(self, label: str, **how: Any) -> None:
        """Clicks on what is drawn with this label."""
        place = self.drawn()[label]
        self.page.locator(".canvas").click(position=place, **how)


@contextmanager
def analyst(browser: Browser, address: str, fragment: str = "", **context: Any) -> Iterator[Analyst]:
    """Signed in. At the end her page must have complained of nothing and asked nobody else."""
    seat = tab(browser, **context)
    seat.page.goto(f"{address}/explore#{fragment}{'&' if fragment else ''}token={token()}")
    expect(seat.page.get_by_text("National Data Exchange")).to_be_visible()
    yield Analyst(seat)
    seat.page.context.close()
    assert seat.wrong == []
    assert [asked for asked in seat.asked if not asked.startswith((address, "data:", "blob:"))] == []
