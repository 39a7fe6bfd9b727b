"""The pages of the office: the office app alone serves them, to whoever asks, and nothing that is held is in them."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from server.home import open_home
from server.office.process import office_app
from server.pages import HEADERS, OFFICE_PATHS
from tests.building import Agency
from tests.command_line import Desk
from tests.office_client import OfficeClient
from tests.partner_client import Client
from tests.partner_world import published, release
from tests.plain_lines import case, document, link

MADE_OF = {
    "/static/office_explorer/page.js": "text/javascript",
    "/static/office_explorer/page.css": "text/css",
    "/static/office_explorer/licences.md": "text/plain",
}
SERVED = dict.fromkeys(OFFICE_PATHS, "text/html") | MADE_OF


@pytest.fixture(name="office", scope="module")
def _office(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    """The office app of a home."""
    desk = Desk(tmp_path_factory.mktemp("office"))
    desk.done("init")
    return office_app(open_home(Path(desk.home), {}))


def get(app: Starlette, path: str) -> httpx.Response:
    async def got() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://office.test") as client:
            return await client.get(path)

    return asyncio.run(got())


@pytest.mark.parametrize(("path", "media"), SERVED.items())
def test_a_page_of_the_office_is_served_under_the_policy_of_all_pages(
    office: Starlette, path: str, media: str
) -> None:
    response = get(office, path)
    assert (response.status_code, response.headers["content-type"]) == (200, f"{media}; charset=utf-8")
    named = (*HEADERS, "Cache-Control", "X-Content-Type-Options")
    assert {name: response.headers[name] for name in named} == {
        **HEADERS,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }


def test_the_pages_are_one_with_nothing_inline_and_nothing_of_another_host(office: Starlette) -> None:
    texts = {get(office, path).text for path in OFFICE_PATHS}
    assert len(texts) == 1
    (text,) = texts
    asked = set(re.findall(r'(?:src|href)="([^"]*)"', text))
    assert asked == {"data:,", "/static/office_explorer/page.js", "/static/office_explorer/page.css"}
    assert re.findall(r"<style|<script>|<script [^>]*>[^<]|\son\w+=|\sstyle=", text) == []


@pytest.mark.parametrize("path", [*OFFICE_PATHS[1:], *MADE_OF])
def test_nothing_of_the_office_can_be_had_on_the_partner_port(path: str) -> None:
    client = Client(published(release()))
    answers = [client.send("GET", asked) for asked in (path, "/nothing")]
    assert [(answer.status_code, answer.content) for answer in answers] == [(404, answers[1].content)] * 2


def test_the_links_between_the_ids_that_are_named_are_told_and_no_others() -> None:
    agency = Agency()
    agency.load(
        case("C-1", "NY03-0001"),
        *(document(f"D-{n}", f"NY03-0001-00{n}") for n in (1, 2, 3)),
        *(link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in (1, 2, 3)),
        link("L-4", "D-1", "CITES", "D-2"),
        link("L-5", "D-2", "CITES", "D-2"),
        link("L-6", "D-2", "CITES", "never loaded"),
    )
    asked = "query ($ids: [ID!]!) { linksAmong(ids: $ids) { id } }"
    client = OfficeClient.over(agency)
    among = client.ask(asked, ids=["C-1", "D-1", "D-2", "never loaded", "nothing"])["linksAmong"]
    assert [each["id"] for each in among] == ["L-1", "L-2", "L-4", "L-5", "L-6"]
    assert client.ask(asked, ids=[])["linksAmong"] == []
    many = [f"D-{n}" for n in range(101)]
    assert client.refused(asked, ids=many) == ["BAD_ARGUMENT"]
    assert client.refused("query ($ids: [ID!]!) { records(ids: $ids) { id } }", ids=many) == ["BAD_ARGUMENT"]
