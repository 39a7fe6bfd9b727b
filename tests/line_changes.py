"""What may be odd about a line of holdings: tables of changes, and how they are laid over a plain line.

Odd is what the rules judge (codes, dates, types, sources, permissions), never what a load would reject.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from tests.plain_lines import Made

LEFT_OUT = object()
NUMBERS = ("NY03-0001", "NY03-0002", "LA03-0007", *(f"NY03-0001-00{n}" for n in range(1, 5)))


def laid_over(plain: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """The plain table with the change; what is LEFT_OUT is left out."""
    return {key: value for key, value in {**plain, **change}.items() if value is not LEFT_OUT}


def each(field: str, *values: Any) -> list[Made]:
    """One change for each value of the field; a value that stands twice is likelier."""
    return [{field: value} for value in values]


def some(changes: Sequence[Made], plain: int = 4, most: int = 2) -> st.SearchStrategy[Made]:
    """Up to so many of the changes, as one. `plain`: how many times likelier than any change none is."""
    nothing: list[Made] = [{}] * (plain * len(changes))
    drawn = st.lists(st.sampled_from([*nothing, *changes]), max_size=most)
    return drawn.map(lambda tables: {key: value for table in tables for key, value in table.items()})


# --- records ---

SEVERAL_CODES = (["REL", "TAR"], ["T3", "BSA"], ["REL", "REL"])
NO_CODE: tuple[Any, ...] = (
    [],
    ["t3"],
    ["REL "],
    ["NO SUCH CODE"],
    ["REL", 7],
    [["T3"]],
    "REL",
    {"T3": 1},
    None,
    LEFT_OUT,
)
APPROVALS = (
    {"state": "approved", "agent": "agent.kim", "supervisor": "sup.ortiz", "remark": "late"},
    {"state": "approved", "agent": "agent.lee", "supervisor": "sup.ortiz", "date": "2003-04-06"},
    {"state": "approved", "agent": "agent.lee", "supervisor": "sup.ortiz", "date": "2003-02-30"},
    {"state": "approved", "agent": "agent.lee", "supervisor": "sup.ortiz", "date": 20030406},
    {"state": "approved", "agent": "Agent.Lee", "supervisor": " agent.lee "},
    {"state": "submitted", "agent": "agent.lee", "supervisor": None},
    "approved",
    LEFT_OUT,
)
STAMPS = (
    "2004-01-01T00:00:00Z",
    "2004-01-01T05:00:00+05:00",
    "2005-01-01T00:00:00.5Z",
    "2006-01-01T00:00:00Z",
)
REVISED = each("revised", *STAMPS)
DAYS = (
    "2000-01-01",
    "2026-11-24",
    "1999-12-31",
    "2030-01-01",
    "2003-02-29",
    "20030405",
    "",
    None,
    7,
    LEFT_OUT,
)

OF_ANY_RECORD = [
    *each("access_codes", *SEVERAL_CODES, *NO_CODE),
    *each("approval", *APPROVALS),
    *each("source_system", "SUBJECT-RECORDS", "OTHER", "RESTRICTED-SYSTEM", None, LEFT_OUT),
    *each("office", "SAC-LA", "SAC-LA", "of NY03-0002", "", 7, LEFT_OUT),
    *each("remark", "an unknown field"),
    *REVISED,
]
OF_A_CASE = [
    *OF_ANY_RECORD,
    *each("prepared", *DAYS),
    *each("opened", "2003-04-05", "1998-01-01", "00/00/2000", None),
    *each("closed", "2005-01-01", "2005-13-01"),
    *each("number", "ny03–0001", "NY03-0002", "NY03-0001-001", "28/2003", "NY", "", 7, LEFT_OUT),
    *each("status", "closed", "closed", "Open", "sealed of NY03-0002", "", None, LEFT_OUT),
    *each("program", "fraud", "fraud", "narcotics", "Fraud", "", 7),
    *each("title", "", None, 7, LEFT_OUT),
    *each("properties", [{"name": "name", "value": "of a case", "sources": []}]),
]
OF_A_DOCUMENT = [
    *OF_ANY_RECORD,
    *each("prepared", *DAYS),
    *each("number", *NUMBERS, "ＮＹ０３－０００２－００１", "LA03-0007-001", "28/2003", "NY03", "", None),
    *each("type", "Attachment", "roi", "Return of NY03-0002", "", None, LEFT_OUT),
    *each("author", "agent.lee", "agent of NY03-0002", None),
    *each("narrative", None, 7, LEFT_OUT),
]
OF_A_SUBJECT = [
    *OF_ANY_RECORD,
    *each("created", *DAYS),
    *each("type", "phone", "cover identity", "", None, LEFT_OUT),
    *each("number", "NY03-0002", "NY03-0001"),
    *each("properties", LEFT_OUT),
]

# --- links and properties ---

MIXED_SOURCES = (["D-1", "D-1"], ["D-1", "C-1"], ["S-1"], ["D-NEVER", "D-1"], ["L-1"], [7, "D-1"], [None])
ODD_SOURCES = (*MIXED_SOURCES, None, "D-1", LEFT_OUT)
CODES_OF_THEIR_OWN: tuple[Any, ...] = (["REL"], [], ["TAR"], ["BSA"], ["NO SUCH CODE"], [None], None, "REL")

OF_A_LINK = [
    *each("access_codes", *CODES_OF_THEIR_OWN),
    *each("type", "WHISPERED_TO", "cites", None, 7, LEFT_OUT),
    *each("since", "2003", "2003-04", "2003-04-05", "2003-13", "soon", "", 2003),
    *each("until", "2004-02-30", "2004-12-31"),
    *each("role", "driver", "driver", "driver of NY03-0002 at NY03-0001", "", None, 7),
    *each("remark", "an unknown field"),
    *REVISED,
]
OF_A_PROPERTY = [
    *each("access_codes", *CODES_OF_THEIR_OWN),
    *each("value", "Ann", "Ann", "", None, 7),
    *each("name", "codename", "of NY03-0002", "", None, LEFT_OUT),
    *each("remark", "an unknown field"),
]

# --- clearances and consents ---

OF_A_PERMISSION = [
    *each("category", "title_iii", "uncoded", "no_such", None),
    *each("effective", "2026-11-24", "2026-11-25", "2010-02-30", None, LEFT_OUT),
    *each("expires", "2026-11-25", "2026-11-24", "never", LEFT_OUT),
    *each("approved_by", " Agent.LEE", "", LEFT_OUT),
    *each("reason", " ", LEFT_OUT),
    *each("requested_by", None),
    *each("remark", "an unknown field"),
    *REVISED,
]
OF_A_CLEARANCE = [
    *OF_A_PERMISSION,
    *each("agreements", ["county"], ["ndex"], [], "ndex", ["ndex", 7], LEFT_OUT),
    *each("type", "DERIVED_FROM", LEFT_OUT),
    *each("from", "D-1"),
    *each("to", "D-1"),
    *each("link", "L-2"),
]
OF_A_CONSENT = [
    *OF_A_PERMISSION,
    *each("agreement", "county", "county", None),
    *each("granted_by", " "),
    *each("record", "D-2", None),
    *each("link", "L-1", None),
]
