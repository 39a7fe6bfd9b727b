"""An agency in memory one of whose categories is known to its chief alone, and two of its officers."""

from tests.building import Agency, agreement, policy, rules
from tests.office_client import Who
from tests.plain_lines import case, document, link, prop, subject
from tests.worked_example import policy as tables

CHIEF, OTHER = Who("the chief", roles="auditor supervisor"), Who("sup.ortiz", roles="auditor quality")
C1, D1 = (
    case(
        "C-1",
        "NY03-0001",
        approval={"state": "approved", "agent": "a", "supervisor": "b", "date": "2003-05-01"},
    ),
    document("D-1", "NY03-0001-001"),
)
WIRE, TIED = document("D-9", "NY03-0009-001", access_codes=["T3"]), link("L-1", "C-1", "CONTAINS", "D-1")
LONE = subject("S-1", prop("name", "Ann"))


def agency() -> Agency:
    """It has published, and holds a document that its chief alone may know of."""
    categories = tables()["categories"]
    categories["title_iii"] |= {"readers": ["the chief"], "waivable": True}
    under = policy(categories=categories)
    agency = Agency(rules(agreement(under=under), under=under))
    agency.load(C1, D1, TIED, WIRE, LONE)
    agency.publish()
    return agency
