"""An agency in memory that holds a case of the harbor, a document of it, and a subject."""

from tests.building import Agency
from tests.plain_lines import case, document, prop, subject

C1 = case("C-1", "NY03-0001", title="Harbor", seen_by="a clerk", program=None, access_codes=["REL", "T3"])
D1 = document("D-1", "NY03-0001-001", "Of the harbor")
S1 = subject("S-1", prop("alias", "Bo"), prop("name", "Zoe Doe"), prop("name", "Ann Poe"))


def agency() -> Agency:
    """It holds them, and has published nothing."""
    agency = Agency()
    agency.load(C1, D1, S1)
    return agency
