"""The explorer stays quick: how long its script takes, in the processor's time, on a large board and at a hub.

Times of the browser's main thread alone: another program on the machine does not count.
"""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from graph.model import OpaqueId
from graph.release import Release, ReleasedCase, ReleasedDocument
from tests.analyst import Analyst, analyst
from tests.partner_client import partner_app
from tests.partner_port import on_a_port
from tests.partner_world import content, link, published, release

NEIGHBOURS: Final = 10_000
PAGE: Final = 50
LARGE: Final = 1_850
FILL: Final = """async (number) => {
  const told = () => document.querySelector("[role=status]").textContent;
  const here = () => document.querySelector(".canvas")._cyreg.cy.nodes(".record").length - 1;
  while (here() < number) {
    const before = told();
    document.querySelector(".sorts button").click();
    while (told() === before) await new Promise((resume) => setTimeout(resume, 5));
  }
}"""
DRAWN: Final = "new Promise((resume) => requestAnimationFrame(() => requestAnimationFrame(resume)))"
MOST_SECONDS: Final = 0.2


def hub() -> Release:
    """A case that contains ten thousand documents."""
    case = ReleasedCase(OpaqueId("hub"), "NY03-0001", title="Freight diversion", opened="2003-04-05")
    documents = [
        ReleasedDocument(
            OpaqueId(f"d{n:05}"),
            f"NY03-0001-{n:05}",
            "ROI",
            title=f"Report {n}",
            prepared=f"{2003 + n % 20}-01-02",
        )
        for n in range(NEIGHBOURS)
    ]
    links = tuple(link(f"l{n:05}", "CONTAINS", "hub", f"d{n:05}") for n in range(NEIGHBOURS))
    return release(content((case, *documents), links))


@pytest.fixture(name="she", scope="module")
def _she(browser: Browser) -> Iterator[Analyst]:
    with on_a_port(partner_app(published(hub()))) as address, analyst(browser, address) as she:
        yield she


class Script:
    """The time that the page's script and its layout take, in seconds of its thread."""

    def __init__(self, she: Analyst) -> None:
        self._page = she.page
        self._session = she.page.context.new_cdp_session(she.page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def seconds(self) -> float:
        """So far, with what the last step has drawn."""
        self._page.evaluate(DRAWN)
        metrics = {
            each["name"]: each["value"] for each in self._session.send("Performance.getMetrics")["metrics"]
        }
        return float(metrics["ScriptDuration"] + metrics["LayoutDuration"] + metrics["RecalcStyleDuration"])


@pytest.mark.timed
def test_a_hub_of_ten_thousand_is_a_group_at_once_and_is_paged(she: Analyst) -> None:
    script = Script(she)
    she.search("NY03-0001")
    before = script.seconds()
    she.tool("Expand").click()
    expect(she.status).to_contain_text("NY03-0001 Freight diversion has 10,000 links.")
    assert sorted(she.drawn()) == ["+ 10,000 documents", "NY03-0001"]
    she.expand("contains")
    taken = script.seconds() - before
    assert sorted(she.drawn())[0] == "+ 9,950 documents"
    assert taken < MOST_SECONDS, taken


@pytest.mark.timed
def test_expanding_a_board_of_two_thousand_takes_less_than_a_fifth_of_a_second_of_script(
    she: Analyst,
) -> None:
    script, more = Script(she), she.record.get_by_role("button", name="Expand: contains")
    she.page.evaluate(FILL, LARGE)
    took: list[float] = []
    for _ in range(2):
        before = script.seconds()
        she.expand("contains")
        took.append(script.seconds() - before)
    assert len(she.drawn()) == LARGE + 2 * PAGE + 2
    assert min(took) < MOST_SECONDS, took
    more.click()
    expect(she.status).to_contain_text("The canvas holds 2,000 records. Group or hide some first.")
