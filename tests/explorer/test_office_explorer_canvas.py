"""The canvas of an officer: large, by another agreement, and with what is withheld on it."""

import re
from pathlib import Path
from xml.etree import ElementTree

from playwright.sync_api import expect

from tests.office_agency import SUPERVISOR, Agency
from tests.plain_lines import case, document, link


def test_a_large_canvas_keeps_its_links_when_it_is_read_anew_and_as_its_partner_sees_it(
    agency: Agency,
) -> None:
    numbers = range(1, 131)
    agency.desk.load(
        case("C-7", "NY03-0007", title="Pier"),
        *(document(f"P-{n:03}", f"NY03-0007-{n:03}") for n in numbers),
        *(link(f"Q-{n:03}", "C-7", "CONTAINS", f"P-{n:03}") for n in numbers),
    )
    agency.desk.done("publish", "--yes")
    with agency.officer(SUPERVISOR) as he:
        status = he.page.locator(".said")
        he.search("NY03-0007")
        for number in (50, 100, 130):
            he.record.get_by_role("button", name="Expand: contains").click()
            expect(status).to_contain_text(f"{number + 1} records, {number} links")
        he.standing.get_by_label("Reason").fill("as it should be")
        he.standing.get_by_role("button", name="Mark reviewed").click()
        told = r"131 records, 130 links Done\. The next review is due \d+ \w+ \d+\. What is shown was read anew\."
        expect(status).to_have_text(re.compile(told))
        he.page.get_by_role("button", name="As its partner sees it").click()
        expect(status).to_contain_text("131 records, 130 links As county sees it: 131 records.")


def test_that_something_is_withheld_is_told_by_a_word_wherever_it_is_told_of(
    agency: Agency, tmp_path: Path
) -> None:
    with agency.officer(SUPERVISOR) as he:
        he.search("NY03-0001-001")
        expect(he.record.locator("header").get_by_text("withheld")).to_have_count(0)
        he.page.get_by_role("searchbox").fill("NY03-0003")
        expect(he.page.locator(".result").filter(has_text="withheld").locator(".label")).to_have_text(
            ["NY03-0003-001"]
        )
        he.search("NY03-0003-001")
        expect(he.record.locator("header").get_by_text("withheld")).to_be_visible()
        he.record.get_by_role("button", name="Expand: cites").click()
        he.page.get_by_role("button", name="Table").click()
        told = he.page.locator("tbody tr").filter(has_text="withheld").locator("th")
        expect(told).to_have_text(["NY03-0003-001", "NY03-0009-001"])
        with he.page.expect_download() as saving:
            he.page.get_by_role("button", name="SVG", exact=True).click()
        saving.value.save_as(tmp_path / "canvas.svg")
        shapes = list(ElementTree.parse(tmp_path / "canvas.svg").iter())
        words = [shape.text for shape in shapes if shape.text is not None]
        assert words == [
            "cites (withheld)",
            "NY03-0001-001",
            "Plain",
            "NY03-0003-001 (withheld)",
            "Plain",
            "NY03-0009-001 (withheld)",
            "Plain",
            "For officers of this agency only. What a partner may see is told by “As its partner sees it”.",
        ]
        assert [shape.get("stroke-dasharray") for shape in shapes].count("4 3") == 3
        he.page.get_by_role("button", name="links 1").click()
        expect(he.page.locator("tbody tr")).to_contain_text("cites withheld")
