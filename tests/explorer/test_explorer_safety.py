"""What the explorer never does: run what stands in a record, ask another host, or tell what is withheld."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, Response, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from graph.model import OpaqueId
from graph.release import Release, ReleasedCase, ReleasedDocument, ReleasedSubject, Value
from tests import canaries
from tests.analyst import Analyst, analyst
from tests.browsing import tab
from tests.building import NDEX, Agency
from tests.partner_client import partner_app, token
from tests.partner_port import on_a_port
from tests.partner_world import content, ids, link, published, release

PAYLOADS: Final = (
    "<img src=x onerror=window.hit=1>",
    '"><script>window.hit=1</script>',
    "' onmouseover='window.hit=1",
    "</svg><svg onload=window.hit=1>",
    "javascript:window.hit=1",
    "{{constructor.constructor('window.hit=1')()}}",
    "]]><x:script xmlns:x='http://www.w3.org/1999/xhtml'>window.hit=1</x:script>",
    "\u202egnp.exe\u2066",
)
WORD: Final = "payload "
STEPS: Final = (
    ("Expand", "has 4 links"),
    ("Group", "Neighbours grouped."),
    ("Undo", "Undone."),
    ("Filter", "Undone."),
    ("Table", "Undone."),
)
RISKY: Final = (
    *("script", "iframe", "img", "object", "embed", "link", "style", "base", "meta"),
    *("[onerror]", "[onload]", "[onmouseover]", "[href^=javascript]"),
)


def armed(payload: str) -> Release:
    """A release in which everything that is text is this payload."""
    text = f"{WORD}{payload}"
    records = (
        ReleasedCase(
            OpaqueId("c1"),
            text,
            office=text,
            title=text,
            status=text,
            program=text,
            opened="2003-04-05",
            synopsis=text,
        ),
        ReleasedDocument(
            OpaqueId("d1"),
            text,
            text,
            office=text,
            title=text,
            prepared="2004-04-06",
            narrative=text,
            author=text,
        ),
        ReleasedSubject(
            OpaqueId("s1"), text, office=text, properties=(Value("name", text, ids("d1")), Value(text, text))
        ),
    )
    links = (link("l1", text, "c1", "d1", "d1", role=text), link("l2", text, "s1", "c1", "d1", role=text))
    return release(content(records, links), caveat=text)


# --- what stands in a record ---


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_stands_in_a_record_is_shown_as_text_and_does_nothing(
    browser: Browser, payload: str, tmp_path: Path
) -> None:
    with on_a_port(partner_app(published(armed(payload)))) as address, analyst(browser, address) as she:
        before = elements(she.page)
        she.page.get_by_role("searchbox").fill(WORD)
        she.page.locator(".result").first.hover()
        she.page.locator(".result").first.click()
        she.tool("Expand").click()
        expect(she.status).to_contain_text(" link")
        she.tool("Filter").click()
        she.tool("Table").click()
        she.page.locator(".parts button").nth(1).click()
        she.page.locator("tbody td").first.hover()
        assert f"{WORD}{payload}" in she.page.locator("tbody").inner_text()
        assert f"{WORD}{payload}" in she.record.inner_text()
        expect(she.page.locator("footer")).to_have_text(f"{WORD}{payload}")
        assert elements(she.page) == before
        saved(she, tmp_path, f"{WORD}{payload}")
        assert she.page.evaluate("window.hit") is None


def elements(page: Page) -> dict[str, int]:
    """How many there are in the page of what could run something or fetch something."""
    return {name: page.locator(name).count() for name in RISKY}


def saved(she: Analyst, folder: Path, text: str) -> None:
    """What she saves has the text as text, and nothing else of it."""
    for form in ("SVG", "JSON"):
        with she.page.expect_download() as saving:
            she.page.get_by_role("button", name=form, exact=True).click()
        saving.value.save_as(folder / form)
    assert json.loads((folder / "JSON").read_text("utf-8"))["caveat"] == text
    drawing = ElementTree.fromstring((folder / "SVG").read_text("utf-8"))
    tags = {element.tag.rpartition("}")[2] for element in drawing.iter()}
    assert tags <= {"svg", "rect", "circle", "path", "text"}
    assert text in [element.text for element in drawing.iter() if element.tag.endswith("text")]


@pytest.mark.parametrize(
    "fragment",
    ["record=%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E", "on=javascript:window.hit%3D1", "x=<script>"],
)
def test_what_stands_in_the_address_does_nothing(browser: Browser, fragment: str) -> None:
    with on_a_port(partner_app(published(armed("x")))) as address, analyst(browser, address, fragment) as she:
        if fragment.startswith("record"):
            expect(she.page.get_by_text("There is no such record.")).to_be_visible()
        she.page.get_by_role("searchbox").fill(WORD)
        expect(she.page.locator(".result").first).to_be_visible()
        assert she.page.evaluate("window.hit") is None


# --- the page's own policy ---


def test_the_page_refuses_what_others_would_have_it_do(browser: Browser) -> None:
    with on_a_port(partner_app(published(armed("x")))) as address:
        seat = tab(browser)
        seat.page.goto(f"{address}/explore")
        refused = seat.page.evaluate(
            """async () => {
              const script = document.createElement("script");
              script.textContent = "window.hit = 1";
              document.body.append(script);
              document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=window.hit=1>");
              const asked = await fetch("http://127.0.0.1:9/").then(() => "answered", () => "refused");
              return [window.hit ?? null, asked];
            }"""
        )
        assert refused == [None, "refused"]
        seat.page.context.close()


def test_no_other_page_can_frame_it(browser: Browser) -> None:
    with on_a_port(partner_app(published(armed("x")))) as address, on_a_port(_framing(address)) as other:
        seat = tab(browser)
        seat.page.goto(other)
        seat.page.wait_for_timeout(300)
        [frame] = [frame for frame in seat.page.frames if frame != seat.page.main_frame]
        assert frame.locator("#explorer").count() == 0
        seat.page.context.close()


def _framing(address: str) -> Starlette:
    async def answer(_request: Request) -> HTMLResponse:
        return HTMLResponse(f'<iframe src="{address}/explore"></iframe>')

    return Starlette(routes=[Route("/", answer)])


# --- what is withheld ---


@dataclass
class Watched:
    """exchanged: of each question to the service the method, path and body, and the answer. shown: all of the page."""

    exchanged: list[tuple[str, str, str | None, int, bytes]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


def _is_of(text: str) -> Callable[[Response], bool]:
    """Whether a response is to a question that has this text, as JSON writes it."""
    return lambda response: json.dumps(text) in (response.request.post_data or "")


def journey(browser: Browser, agency: Agency, shown_token: str) -> Watched:
    """Search for what is withheld and what is not, open, expand, look for a path; each time all that the page has."""
    watched = Watched()

    def answered(response: Response) -> None:
        if response.url.endswith("/graphql"):
            asked = response.request
            path = asked.url.rpartition("/")[2]
            watched.exchanged.append((asked.method, path, asked.post_data, response.status, response.body()))

    with on_a_port(partner_app(agency.releases)) as address:
        seat = tab(browser)
        page = seat.page
        page.goto(f"{address}/explore#token={shown_token}")
        expect(page.get_by_text("National Data Exchange")).to_be_visible()
        page.on("response", answered)
        she = Analyst(seat)
        for text in ("canary", "NY03-7777", "7777 001"):
            with page.expect_response(_is_of(text)):
                page.get_by_role("searchbox").fill(text)
            expect(page.locator(".found")).to_have_text("Nothing found. Fewer or other words may find more.")
            watched.shown.append(page.locator("body").inner_html())
        she.search("NY03-0001")
        for step, told in STEPS:
            she.tool(step).click()
            expect(she.status).to_contain_text(told)
            watched.shown.append(page.locator("body").inner_html())
        she.search("roe", "Jane Roe")
        she.choose("NY03-0001 Freight")
        she.tool("Path").click()
        expect(she.status).to_contain_text("The path has 1 link.")
        watched.shown.append(page.locator("body").inner_html())
        seat.page.context.close()
    return watched


@pytest.fixture(name="agencies", scope="module")
def _agencies() -> tuple[Agency, Agency]:
    """One that holds what is withheld as well, and one that holds what is released and nothing else."""
    return canaries.agency(), canaries.agency(withheld=[])


def test_two_worlds_that_differ_in_what_is_withheld_are_one_page(
    browser: Browser, agencies: tuple[Agency, Agency]
) -> None:
    contents = [release.content for agency in agencies if (release := agency.releases.read(NDEX)) is not None]
    assert contents[0] == contents[1]
    shown_token = token()
    one, other = (journey(browser, agency, shown_token) for agency in agencies)
    assert sorted(one.exchanged, key=repr) == sorted(other.exchanged, key=repr)
    assert one.shown == other.shown
    told = "".join((*one.shown, *(exchange[-1].decode() for exchange in one.exchanged))).lower()
    assert [word for word in canaries.SOUGHT if word in told] == []
