"""An agency that both apps serve, for officers and a partner's analyst at their pages in a browser."""

import json
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, expect

from server.home import open_home
from server.office.process import office_app
from server.token_keys import token_key
from tests.browsing import tab
from tests.command_line import Desk, agreement_text
from tests.office_client import Who
from tests.officer import Seat, officer
from tests.partner_port import home_on_a_port, on_a_port
from tests.plain_lines import case, document, link, prop, subject

AGENT = Who("kim", roles="agent")
SUPERVISOR = Who("ortiz", roles="supervisor")
QUALITY = Who("tan", "HQ", "quality")
AUDITOR = Who("ames", "HQ", "auditor")
LINES = (
    case("C-1", "NY03-0001", title="Harbor freight"),
    document("D-1", "NY03-0001-001", "The crane was idle."),
    document("D-9", "NY03-0009-001", "Heard on the wire.", access_codes=["T3"]),
    subject("S-1", prop("name", "Ann Poe")),
    link("L-1", "C-1", "CONTAINS", "D-1"),
    link("L-2", "D-1", "MENTIONS", "S-1"),
    case("C-2", "NY03-0002", title="Wharf", access_codes=["T3"]),
    document("D-2", "NY03-0002-001", "A van waited."),
    link("L-3", "C-2", "CONTAINS", "D-2"),
    case("C-3", "NY03-0003", title="Depot"),
    document("D-3", "NY03-0003-001", "Papers of the depot."),
    link("L-4", "C-3", "CONTAINS", "D-3"),
    link("L-5", "D-3", "CITES", "D-9"),
)


@dataclass(frozen=True)
class Agency:
    """A home that both apps serve. office, partner: their addresses."""

    browser: Browser
    desk: Desk
    office: str
    partner: str

    def officer(self, who: Who) -> AbstractContextManager[Seat]:
        """Somebody of the office at the pages."""
        return officer(self.browser, self.office, self._token(who))

    def ask(self, who: Who, query: str) -> Any:
        """Somebody of the office without a page."""
        headers = {"Authorization": f"Bearer {self._token(who)}"}
        answer = httpx.post(f"{self.office}/graphql", json={"query": query}, headers=headers, timeout=60)
        told = answer.json()
        assert "errors" not in told, told
        return told["data"]

    def recode(self, who: Who, id: str, *codes: str) -> None:
        """Somebody codes a record otherwise, without a page."""
        version = self.ask(who, f'{{ record(id: "{id}") {{ version }} }}')["record"]["version"]
        said = f'id: "{id}", codes: {json.dumps(codes)}, reason: "read it again", version: "{version}"'
        self.ask(who, f"mutation {{ recode({said}) {{ text }} }}")

    def _token(self, who: Who) -> str:
        return who.token(token_key(open_home(self.desk.home, {})))

    @contextmanager
    def analyst(self) -> Iterator[Page]:
        """Somebody of the county at the partner's explorer."""
        token = self.desk.done("token", "--agreement", "county", "--user", "jo").out.strip()
        seat = tab(self.browser)
        seat.page.goto(f"{self.partner}/explore")
        seat.page.get_by_text("If your agreement asks why").click()
        for name, text in (("Token", token), ("Purpose", "a search"), ("Case number", "24-1")):
            seat.page.get_by_label(name).fill(text)
        seat.page.get_by_role("button", name="Sign in").click()
        yield seat.page
        seat.page.context.close()


@contextmanager
def served_agency(browser: Browser, folder: Path) -> Iterator[Agency]:
    """Both apps over a home in the folder, with what is held published."""
    desk = Desk(folder)
    desk.done("init", "--test", "--seed", "x")
    desk.agreement(agreement_text("county"), "county")
    (desk.home / "agreements" / "ndex.toml").unlink(missing_ok=True)
    desk.load(*LINES)
    desk.done("publish", "--yes")
    app = office_app(open_home(desk.home, {}))
    with on_a_port(app) as office, home_on_a_port(desk.home) as partner:
        yield Agency(browser, desk, office, partner)


def finds(page: Page, text: str, sentence: str, patience: float | None = None) -> None:
    """The analyst looks for it again, until the page says this. patience: in ms, for another one than the browser's."""
    box, found = page.get_by_role("searchbox"), page.locator(".found")
    box.fill("")
    box.fill(text)
    expect(found).to_have_text(sentence, timeout=patience)


def comes_to_find(page: Page, text: str, sentence: str) -> None:
    """The analyst looks for it again and again: a reader hears a little later of what was published."""
    end = time.monotonic() + 300
    while True:
        try:
            return finds(page, text, sentence, patience=3_000)
        except AssertionError:
            if time.monotonic() > end:
                raise
