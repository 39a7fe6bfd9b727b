"""How the explorer looks, in each state that a person meets: nothing keeps anybody from using it, says axe.

Each state is left as a picture in `screenshots/`, for a person to look at; `make pictures` puts those of the docs into
place.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, expect

from tests.analyst import Analyst, analyst
from tests.browsing import tab
from tests.documentation import ROOT
from tests.looking_over import look_over
from tests.partner_client import token
from tests.partner_world import COUNTY

IN_DOCS: Final = ROOT / "docs" / "pictures"
MOST_BYTES: Final = 150_000


def searching(she: Analyst) -> None:
    she.page.get_by_role("searchbox").fill("NY03")
    expect(she.page.locator(".result").first).to_be_visible()


def record(she: Analyst) -> None:
    she.search("doe", "Doe, John")
    she.tool("Expand").click()
    expect(she.status).to_contain_text("5 records")


def path(she: Analyst) -> None:
    record(she)
    she.tool("Path").click()
    she.search("LA03-0007")
    expect(she.status).to_contain_text("The path has 4 links.")


def hub(she: Analyst) -> None:
    she.search("NY03-0001")
    she.tool("Expand").click()
    expect(she.status).to_contain_text("has 71 links")
    she.click_on("+ 70 documents")
    expect(she.status).to_contain_text("52 records")


def table(she: Analyst) -> None:
    path(she)
    she.tool("Filter").click()
    she.tool("Table").click()


def links(she: Analyst) -> None:
    table(she)
    she.tool("Filter").click()
    she.page.get_by_role("button", name="links 7").click()


def keys(she: Analyst) -> None:
    record(she)
    she.page.get_by_role("button", name="Keys").click()


STATES: Final[dict[str, Callable[[Analyst], None]]] = {
    each.__name__: each for each in (searching, record, path, hub, table, links, keys)
}
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "": {},
    "-dark": {"color_scheme": "dark"},
    "-tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True},
}
SEEN: Final = [
    *((state, "") for state in STATES),
    *((state, "-dark") for state in ("searching", "path", "table")),
    *((state, "-tablet") for state in ("record", "table")),
]


@pytest.mark.parametrize(("state", "look"), SEEN)
def test_a_state_has_no_serious_fault(
    browser: Browser, address: str, axe: Path, state: str, look: str
) -> None:
    with analyst(browser, address, bypass_csp=True, **LOOKS[look]) as she:  # axe is not the page's own script
        STATES[state](she)
        look_over(she.page, axe, f"explorer-{state}{look}")


@pytest.mark.parametrize("name", ["signed-out", "not-served"])
def test_a_state_of_trouble_has_no_serious_fault(
    browser: Browser, address: str, axe: Path, name: str
) -> None:
    seat = tab(browser, bypass_csp=True)
    seat.page.goto(f"{address}/explore#token={token(COUNTY) if name == 'not-served' else 'nothing'}")
    expect(seat.page.get_by_role("alert")).to_be_visible()
    look_over(seat.page, axe, f"explorer-{name}")
    seat.page.context.close()


def test_the_pictures_of_the_docs_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in IN_DOCS.iterdir()}
    assert sizes
    assert [name for name, size in sizes.items() if size > MOST_BYTES or not name.endswith(".png")] == []
