"""What an analyst takes from the explorer and comes back to: addresses, files, print, and the look she chose."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.analyst import Analyst, analyst


def test_the_address_leads_back_to_what_is_explored(browser: Browser, address: str, she: Analyst) -> None:
    she.search("doe", "Doe, John")
    she.expand("mentions")
    expect(she.page).to_have_url(f"{address}/explore#record=doe&on=doe,report01,report02")
    with analyst(browser, address, she.page.url.partition("#")[2]) as other:
        expect(other.record.get_by_role("heading", name="Doe, John")).to_be_visible()
        assert other.rows() == ["NY03-0001-001", "NY03-0001-002", "Doe, John"]
        expect(other.status).to_contain_text("3 records, 2 links")
        other.page.goto(f"{address}/explore#record=roe&on=roe,poe")  # the same tab: it adds
        expect(other.record.get_by_role("heading", name="Roe, Jane")).to_be_visible()
        expect(other.status).to_contain_text("5 records, 5 links")


def test_the_token_of_the_address_is_taken_up_and_wiped(she: Analyst) -> None:
    assert she.page.evaluate("location.hash") == ""
    assert [asked for asked in she.seat.asked if "token" in asked.partition("#")[0]] == []
    assert she.page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    she.page.reload()
    expect(she.page.get_by_text("National Data Exchange")).to_be_visible()
    she.page.get_by_role("button", name="Sign out").click()
    expect(she.page.get_by_label("Token")).to_be_visible()
    assert she.page.evaluate("sessionStorage.caselink") is None


@pytest.mark.parametrize("form", ["PNG", "SVG", "JSON"])
def test_what_is_on_the_canvas_is_saved_with_its_caveat(she: Analyst, form: str, tmp_path: Path) -> None:
    she.search("doe", "Doe, John")
    she.expand("knows")
    with she.page.expect_download() as saving:
        she.page.get_by_role("button", name=form, exact=True).click()
    path = tmp_path / saving.value.suggested_filename
    saving.value.save_as(path)
    assert path.name == f"caselink.{form.lower()}"
    if form == "PNG":
        assert path.read_bytes().startswith(b"\x89PNG\r\n")
        return
    text = path.read_text("utf-8")
    assert [word in text for word in ("Verify before acting.", "Doe, John", "Roe, Jane")] == [
        True,
        True,
        True,
    ]
    if form == "JSON":
        told = json.loads(text)
        assert [record["id"] for record in told["records"]] == ["doe", "roe"]
        assert [(each["id"], each["sources"]) for each in told["links"]] == [
            ("knows1", [{"id": "report01", "number": "NY03-0001-001"}])
        ]


def test_what_is_printed_carries_the_caveat(she: Analyst) -> None:
    she.search("doe", "Doe, John")
    she.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    she.page.emulate_media(media="print")
    expect(she.page.get_by_text("Verify before acting.")).to_be_visible()
    expect(she.record.get_by_role("heading", name="Doe, John")).to_be_visible()
    expect(she.page.get_by_role("img", name="The canvas")).to_be_visible()
    expect(she.tool("Undo")).to_be_hidden()


def test_the_look_is_the_system_s_or_the_one_that_is_chosen(browser: Browser, address: str) -> None:
    with analyst(browser, address, color_scheme="dark") as she:
        ground = she.page.locator("body")
        expect(ground).to_have_css("background-color", "rgb(18, 22, 27)")
        she.page.get_by_label("Look").select_option("light")
        expect(ground).to_have_css("background-color", "rgb(255, 255, 255)")
        she.page.reload()
        expect(she.page.get_by_label("Look")).to_have_value("light")
        expect(ground).to_have_css("background-color", "rgb(255, 255, 255)")
