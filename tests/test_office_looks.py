"""How the office's pages look, each with work on it: axe finds no serious fault, and markup in the data is text.

A picture of each is left in `screenshots/`; `make pictures` puts those of the docs into place.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from server.home import open_home
from server.office.process import office_app
from server.token_keys import token_key
from tests.command_line import Desk, agreement_text
from tests.looking_over import look_over
from tests.office_client import Who
from tests.officer import Seat, officer
from tests.partner_port import on_a_port
from tests.plain_lines import case, document, link, prop, subject

MARKUP: Final = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
LINES = (
    case("C-1", "NY03-0001", title="Harbor freight", synopsis=MARKUP, seen_by=MARKUP),
    *(
        document(f"D-{n}", f"NY03-0001-{n:03}", f"Report {n}. {MARKUP}", title=f"Report {n}")
        for n in range(3, 9)
    ),
    *(link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in range(3, 9)),
    link("L-92", "D-8", "MENTIONS", "S-1", role=MARKUP),
    document("D-90", "NY03-0009-001", "Heard on the wire.", access_codes=["T3"], title="Line sheet"),
    link("L-90", "D-8", "CITES", "D-90"),
    subject("S-1", prop("name", "Ann Poe"), prop("alias", MARKUP)),
    link("L-91", "D-8", "MENTIONS", "S-1"),
    document("D-91", "NY03-0001-091", "Before the grand jury.", access_codes=[MARKUP], title="No such code"),
)


@pytest.fixture(name="address", scope="module")
def _address(home: Desk) -> Iterator[str]:
    with on_a_port(office_app(open_home(home.home, {}))) as address:
        yield address


@pytest.fixture(name="home", scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("office"))
    desk.done("init", "--test", "--seed", "x")
    desk.agreement(agreement_text("ndex"))
    desk.load(*LINES)
    desk.done("publish", "--yes")
    return desk


def why(he: Seat) -> None:
    he.search("NY03-0001-008")
    he.standing.get_by_role("button", name="Light it on the canvas").click()
    expect(he.page.get_by_text("The chain of this cause is lit.")).to_be_visible()


def coding(he: Seat) -> None:
    he.search("NY03-0001")
    he.page.keyboard.press("e")
    he.standing.get_by_label("Access codes").fill("CS")
    assert he.effects()[0].startswith("− vanishes: NY03-0001")
    he.standing.get_by_role("heading", name="Change it").scroll_into_view_if_needed()


def waiting(he: Seat) -> None:
    he.search("NY03-0009-001")
    he.recode("REL", MARKUP)
    expect(he.standing.get_by_text("releases nothing; withdraws nothing")).to_be_visible()
    he.go("/requests")
    he.page.get_by_role("button", name="What would it change?").click()
    assert he.effects() != []


def page(path: str, text: str) -> Callable[[Seat], None]:
    def look(he: Seat) -> None:
        he.go(path)
        expect(he.page.get_by_text(text).first).to_be_visible()

    return look


STATES: Final[dict[str, tuple[str, Callable[[Seat], None]]]] = {
    "why": ("supervisor", why),
    "coding": ("agent", coding),
    "requests": ("agent supervisor", waiting),
    "queue": ("supervisor", page("/queue", "overdue since")),
    "findings": ("quality", page("/findings", "blocks approval")),
    "agreements": ("investigator", page("/agreements", "Released")),
    "publications": ("supervisor", page("/publications", "ndex")),
    "audit": ("auditor", page("/audit", "answered")),
}


@pytest.mark.parametrize("name", STATES)
def test_a_page_of_the_office_has_no_serious_fault_and_shows_markup_as_text(
    browser: Browser, home: Desk, address: str, axe: Path, name: str
) -> None:
    roles, look = STATES[name]
    token = Who("ortiz", roles=roles).token(token_key(open_home(home.home, {})))
    with officer(browser, address, token, bypass_csp=True) as he:  # axe is not the page's own script
        look(he)
        look_over(he.page, axe, f"office-{name}")
        assert he.page.title() == "caselink: office"
