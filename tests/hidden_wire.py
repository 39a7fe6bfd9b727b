"""An agency in memory that holds the report of a wire: only who is on the list of its category may know of it."""

from typing import Any

from tests.building import Agency, agreement, policy, rules
from tests.office_client import OfficeClient, Who
from tests.office_page import PAGE
from tests.plain_lines import case, document, link, prop, subject
from tests.worked_example import policy as tables

CHIEF, OTHER = Who("  The CHIEF "), Who("sup.ortiz")
HIDDEN = "title_iii"

C1 = case("C-1", "NY03-0001")
WIRE = document("D-9", "NY03-0009-001", access_codes=["T3"], title="The wire")
CITING = document("D-8", "NY03-0008-001", "See NY03-0009-001")
S1 = subject(
    "S-1",
    prop("name", "Ann Poe", sources=["D-9"]),
    prop("name", "Bo"),
    prop("alias", "Al", access_codes=["T3"]),
)
OF = link("L-1", "S-1", "SUBJECT_OF", "C-1", sources=["D-9"], see="D-9")
LINES = (C1, WIRE, CITING, S1, OF, link("L-3", "D-8", "MENTIONS", "S-1"))


def agency(*lines: Any, readers: tuple[str, ...] = ("the chief",)) -> Agency:
    """It holds them and these lines, and has published nothing. readers: who may know of the wire."""
    categories = tables()["categories"]
    categories[HIDDEN] = categories[HIDDEN] | {"readers": list(readers), "waivable": True}
    under = policy(categories=categories)
    agency = Agency(rules(agreement(under=under), under=under))
    agency.load(*LINES, *lines)
    return agency


def page(of: Agency, id: str, who: Who = OTHER) -> Any:
    """A record's page, as an officer is told it."""
    return OfficeClient.over(of, who).ask(PAGE, id=id)["record"]
