"""`caselink findings`: what is printed of a home, of one rule, of one office, of what blocks."""

from pathlib import Path

import pytest

from graph.findings.finding import Rule
from tests.command_line import Desk
from tests.documentation import Page
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case, subject

LINES = (
    case("C-1", "NY03-0001", title="Heard by the grand jury\x1b[2J"),
    case("C-2", "LA03-0002", office="SAC-LA", access_codes=[]),
    subject("S-1", approval={}),
)
WORDS = "C-1: words_without_code: Its title says “grand jury”, but it has no code for grand_jury."
NO_CODE = "C-2: no_code: It has no access control code."
NO_APPROVER = "S-1: no_approver: No supervisor has approved it."


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    desk.load(*LINES)
    return desk


def test_findings_are_printed_record_by_record(desk: Desk) -> None:
    ran = desk.done("findings")
    assert (ran.out.splitlines(), ran.err) == ([WORDS, NO_CODE, NO_APPROVER], "3 findings.\n")
    ran = desk.done("findings", "--rule", "no_approver")
    assert (ran.out.splitlines(), ran.err) == ([NO_APPROVER], "1 finding.\n")
    assert desk.done("findings", "--office", "SAC-LA").out.splitlines() == [NO_CODE]
    assert desk.done("findings", "--blocking").out.splitlines() == [WORDS, NO_CODE]


def test_what_data_quality_accepted_is_told_so_and_blocks_no_more(desk: Desk) -> None:
    client = OfficeClient.at(desk.home, Who("tan", "HQ", "quality"))
    seen = client.ask('{ record(id: "C-1") { version } }')["record"]["version"]
    client.ask(
        """mutation ($version: String!) { accept(finding: "words_without_code:C-1:grand_jury",
            reason: "a headline", version: $version) { id } }""",
        version=seen,
    )
    first = desk.done("findings").out.splitlines()[0]
    assert (first.startswith(f"{WORDS} Accepted by tan at "), first.endswith(": a headline")) == (True, True)
    assert desk.done("findings", "--blocking").out.splitlines() == [NO_CODE]
    told = desk.done("findings", "--json").json()["findings"]
    assert [(one["accepted"] or {}).get("who") for one in told] == ["tan", None, None]


def test_every_rule_is_in_the_table_of_the_docs() -> None:
    told = Page.of("docs/review.md").part("## Findings").first_cells()
    assert told == [rule.value for rule in Rule]
