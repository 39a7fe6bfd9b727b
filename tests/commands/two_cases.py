"""Two cases, one of them with a document: what the home of a test of loading holds, and has published."""

from typing import Final

from tests.command_line import Desk, Ran
from tests.plain_lines import case, document, link

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002")
WIRE: Final = {"access_codes": ["T3"]}


def publish_two_cases(desk: Desk) -> Desk:
    """Load and publish them."""
    desk.load(
        C1, C2, document("D-1", "NY03-0001-001"), link("L-1", "C-1", "CONTAINS", "D-1"), name="all.jsonl"
    )
    desk.done("publish")
    assert desk.seen() == {"C-1", "C-2", "D-1", "L-1"}
    return desk


def told(ran: Ran) -> tuple[int, str, str]:
    """All that a command told."""
    return ran.code, ran.out, ran.err
