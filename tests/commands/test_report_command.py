"""`caselink report`: the meter as text, as JSON and as a page; what it tells of whom, and what it refuses."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from server.report.figures import percent
from server.report.plots import Column, Part, bar, columns, gauge, nice_step
from server.report.sheet import GROUPS
from tests import worked_example
from tests.command_line import Desk, agreement_text
from tests.documentation import Page, code
from tests.plain_lines import case, document, link, subject

HOSTILE = '"><script>alert(1)</script>\u202e&'
WIRE = {"access_codes": ["T3"]}
LINES = [
    case("C-1", "NY03-0001", program="fraud", office=HOSTILE),
    case("C-2", "NY03-0002", prepared="2004-01-01", office="SAC-LA", title=HOSTILE, **WIRE),
    document("D-1", "NY03-0001-001"),
    document("D-2", "NY03-0002-001"),
    document("D-3", "NY03-0002-002", access_codes=[]),
    subject("S-1"),
    link("L-1", "C-1", "CONTAINS", "D-1"),
    link("L-2", "C-2", "CONTAINS", "D-2"),
    link("L-3", "C-1", "CONTAINS", "D-3"),
    link("L-4", "D-2", "MENTIONS", "S-1"),
    link("L-5", "D-1", "CITES", HOSTILE),
    link("L-6", "C-1", HOSTILE, "D-3"),
]


@pytest.fixture(scope="module", name="desk")
def _desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("report"))
    desk.done("init", "--test")
    shutil.copy(worked_example.FOLDER / "policy.toml", desk.home)
    for id in worked_example.AGREEMENTS:
        desk.agreement(agreement_text(id), id)
    desk.load(*LINES)
    desk.done("publish", "--as-of", worked_example.TODAY.isoformat())
    return desk


# --- text ---

TEXT = """\
ndex (National Data Exchange) on 2026-11-24: 0 of 6 records released, 0 %

  kind      held  released  withheld  share released  mostly for
  case         2         0         2             0 %  title_iii 1
  document     3         0         3             0 %  uncoded 2
  subject      1         0         1             0 %  support 1

Why records are withheld; one may have several reasons
  reason     records  only this  of one record  by links  by citations  what it is
  title_iii        2          2              2         1             0  Reports resulting from Title III wire intercepts
                                                                        (18 U.S.C. 2510-2523)
  uncoded          3          3              2         2             0  No access control code, or one that is not in
                                                                        the code book
  support          1          1              –         –             –  nothing that is released supports it
"""


def test_a_person_reads_the_shares_and_the_reasons(desk: Desk) -> None:
    assert desk.done("report", "--agreement", "ndex").out.startswith(TEXT)


def test_what_holds_back_others_is_told_with_what_it_is(desk: Desk) -> None:
    lines = desk.done("report", "--agreement", "ndex").out.splitlines()
    shown = HOSTILE.replace("\u202e", "\N{REPLACEMENT CHARACTER}")
    start = lines.index("Records whose own categories hold back most others (the first 2 of 2)")
    assert lines[start + 2].startswith(
        f"  C-2     title_iii              1        1              3  case NY03-0002 “{shown[:5]}"
    )
    astray = lines[lines.index("Types of links that carry everything both ways") + 2]
    assert astray.split() == [*shown.split(), *"the policy does not know it".split(), "1", "1", "1"]


def test_all_agreements_are_told_unless_one_is_named(desk: Desk) -> None:
    first = [line for line in desk.done("report").out.splitlines() if "records released" in line]
    assert [line.split()[0] for line in first] == ["county", "ndex"]


def test_an_agreement_that_is_not_on_file_is_told(desk: Desk) -> None:
    ran = desk.run("report", "--agreement", "fbi")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "caselink: --agreement fbi: no such agreement on file; there are: county, ndex\n"


def test_a_home_with_nothing_in_it_has_a_report(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    assert "0 of 0 records released, –" in desk.done("report").out
    desk.done("report", "--html", tmp_path / "page.html")
    (desk.home / "agreements" / "ndex.toml").unlink()
    assert desk.done("report", "--json").json() == {}
    desk.done("report", "--html", tmp_path / "page.html")


def test_a_report_changes_nothing(desk: Desk) -> None:
    before = {path: path.read_bytes() for path in sorted(desk.home.rglob("*.sqlite"))}
    desk.done("report")
    assert {path: path.read_bytes() for path in sorted(desk.home.rglob("*.sqlite"))} == before


# --- JSON ---


def test_json_has_every_number(desk: Desk) -> None:
    told = desk.done("report", "--agreement", "ndex", "--json").json()["ndex"]
    none = {"case": 0, "document": 0, "subject": 0}
    assert (told["held"], told["released"]) == ({"case": 2, "document": 3, "subject": 1}, none)
    assert [share["name"] for share in told["offices"]] == ["SAC-NY", HOSTILE, "SAC-LA"]
    assert {group["what"]: (group["count"], group["frees"]) for group in told["supposed_away"]} == {
        "never_loaded": (1, 0),
        "uncoded": (1, 2),
        "deleted": (0, 0),
        "implied": (0, 0),
        "unknown_type": (1, 1),
        "other_kinds": (0, 0),
    }
    assert told["holders"]["told"] == [
        {"id": "C-2", "loaded": True, "categories": ["title_iii"], "links": 1, "reaches": 1, "others": 1}
        | {"releases": 3, "kind": "case", "number": "NY03-0002", "title": HOSTILE, "codes": ["T3"]},
        {"id": "D-3", "loaded": True, "categories": ["uncoded"], "links": 2, "reaches": 2, "others": 1}
        | {"releases": 2, "kind": "document", "number": "NY03-0002-002", "title": "Plain", "codes": []},
    ]
    assert told["astray"] == [
        {"type": HOSTILE, "wrong": "unknown_type", "links": 1, "frees": 1, "releases": 1}
    ]


# --- the page ---


class _Seen(HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module", name="page")
def _page(desk: Desk) -> str:
    ran = desk.done("report", "--html", desk.folder / "report.html")
    assert ran.out == ""
    assert (
        ran.err == f"Wrote {desk.folder / 'report.html'}. It names what is withheld: for the office only.\n"
    )
    return (desk.folder / "report.html").read_text(encoding="utf-8")


def test_a_page_is_well_formed(page: str) -> None:
    assert ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>\n")).tag == "html"


def test_no_text_of_a_line_becomes_a_part_of_the_page(page: str) -> None:
    seen = _Seen(page)
    assert {tag for tag, _ in seen.elements} == {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "small", "p", "strong", "a"),
        *(
            "section",
            "div",
            "span",
            "ul",
            "li",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "details",
            "summary",
        ),
        *("svg", "g", "path", "rect", "line", "text"),
    }
    assert seen.text.count(HOSTILE.replace("\u202e", "\N{REPLACEMENT CHARACTER}")) >= 3
    assert "\u202e" not in page
    handlers = [name for _, attributes in seen.elements for name in attributes if name.startswith("on")]
    assert handlers == []


def test_nothing_of_a_page_comes_from_elsewhere(page: str) -> None:
    seen = _Seen(page)
    leading = [
        attributes[name]
        for _, attributes in seen.elements
        for name in ("href", "src", "xlink:href", "action")
        if name in attributes
    ]
    assert leading == ["#agreement-county", "#agreement-ndex"]
    assert re.findall(r"url\(|@import|https?:", page) == []
    policies = [each["content"] for tag, each in seen.elements if "http-equiv" in each]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]


def test_a_page_has_every_number_as_text(desk: Desk, page: str) -> None:
    text = _Seen(page).text
    told = json.loads(desk.done("report", "--json").out)
    names = [share["name"] for sheet in told.values() for share in sheet["years"]]
    names += [reason["reason"] for sheet in told.values() for reason in sheet["reasons"]]
    names += [holder["id"] for sheet in told.values() for holder in sheet["holders"]["told"]]
    assert [name for name in names if name not in text] == []


def test_a_page_is_for_its_owner_alone_and_not_written_by_halves(desk: Desk, tmp_path: Path) -> None:
    ran = desk.run("report", "--html", tmp_path / "no such folder" / "report.html")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"caselink: {tmp_path / 'no such folder' / 'report.html'}: cannot be written")
    desk.done("report", "--html", tmp_path / "report.html")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert (tmp_path / "report.html").stat().st_mode & 0o077 == 0


def test_one_form_at_a_time(desk: Desk, tmp_path: Path) -> None:
    ran = desk.run("report", "--json", "--html", tmp_path / "report.html")
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "Error: --json and --html: choose one.")


# --- plots ---


def rectangles(drawn: str) -> list[tuple[str | None, float, float]]:
    """Each rectangle of a plot: its class, where it begins, how wide it is."""
    return [
        (each.get("class"), float(each.get("x", 0)), float(each.get("width", 0)))
        for each in ElementTree.fromstring(drawn).iter("rect")
    ]


def test_a_bar_is_as_long_as_its_part_of_the_most() -> None:
    parts = (Part("given", 30, "30 released"), Part("kept", 10, "10 withheld"))
    assert rectangles(bar(parts, 80)) == [("given", 0.0, 37.5), ("kept", 37.5, 12.5)]
    assert rectangles(bar((Part("given", 0, "none"),), 0)) == []


def test_a_small_part_of_a_bar_is_seen_all_the_same() -> None:
    assert rectangles(bar((Part("kept", 1, "1 withheld"),), 1_000_000)) == [("kept", 0.0, 0.3)]


def test_columns_stand_on_an_axis_that_fits_them() -> None:
    drawn = ElementTree.fromstring(columns([Column("2003", 30, 10), Column("2004", 0, 0)], "by year"))
    heights = [float(each.get("height", 0)) for each in drawn.iter("rect")]
    assert heights == [142.5, 47.5, 0.0, 0.0]
    assert [each.text for each in drawn.iter("text")] == ["0", "10", "20", "30", "40", "2003", "2004"]


def test_of_many_columns_as_many_are_named_as_have_room() -> None:
    drawn = ElementTree.fromstring(
        columns([Column(str(year), 1, 1) for year in range(1950, 2030)], "by year")
    )
    named = [each.text for each in drawn.iter("text") if "middle" in each.get("class", "")]
    assert named == [str(year) for year in range(1950, 2030, 5)]


@pytest.mark.parametrize("most", [0, 1, 4, 5, 6, 9, 10, 49, 51, 99, 100, 619, 2_264, 50_001, 10**7])
def test_an_axis_has_at_most_five_lines_over_its_base(most: int) -> None:
    step = nice_step(most)
    assert step * 5 >= most
    assert (step == 1) or (step * 1 <= most)


def test_a_gauge_is_filled_by_the_share() -> None:
    drawn = ElementTree.fromstring(gauge(1, 4, "a quarter"))
    assert [each.get("stroke-dasharray") for each in drawn.iter("path")] == [None, "25.00 200"]
    assert [each.text for each in drawn.iter("text")] == ["25 %"]
    assert len(list(ElementTree.fromstring(gauge(0, 0, "nothing")).iter("path"))) == 1


def test_a_share_is_never_rounded_to_nothing_or_to_all() -> None:
    shown = [percent(*pair) for pair in ((0, 9), (1, 900), (1, 3), (899, 900), (9, 9), (0, 0))]
    assert shown == ["0 %", "< 1 %", "33 %", "> 99 %", "100 %", "–"]


# --- what the docs say ---

REPORT = Page.of("docs/report.md")


def test_the_docs_tell_every_key_and_every_sort(desk: Desk) -> None:
    told = desk.done("report", "--agreement", "ndex", "--json").json()["ndex"]
    assert REPORT.part("## JSON").first_cells() == list(told)
    assert REPORT.part("## What holds back others").first_cells() == list(GROUPS)
    assert [group["what"] for group in told["supposed_away"]] == list(GROUPS)
    keys = set(code(REPORT.part("## JSON").text))
    inner = {key for name in ("reasons", "offices", "supposed_away", "astray") for key in told[name][0]}
    assert inner | set(told["holders"]) | set(told["holders"]["told"][0]) <= keys
