"""A small release that reads like one, for looking at the explorer: cases of two offices, a hub, a chain of people."""

from typing import Final

from graph.model import OpaqueId
from graph.release import Release, ReleasedCase, ReleasedDocument, ReleasedLink, ReleasedSubject, Value
from tests.partner_world import content, ids, link, release

CASES: Final = (
    ReleasedCase(
        OpaqueId("case1"),
        "NY03-0001",
        office="SAC-NY",
        title="Freight diversion",
        status="open",
        program="fraud",
        opened="2003-04-05",
        synopsis="Containers left the port under papers of firms that had been wound up.",
    ),
    ReleasedCase(
        OpaqueId("case2"),
        "LA03-0007",
        office="SAC-LA",
        title="Shell companies",
        opened="2004-01-12",
        closed="2006-03-01",
    ),
)
REPORTS: Final = tuple(
    ReleasedDocument(
        OpaqueId(f"report{n:02}"),
        f"NY03-0001-{n:03}",
        "ROI",
        office="SAC-NY",
        title=f"Report of investigation {n}",
        prepared=f"200{3 + n // 24}-{1 + n // 2 % 12:02}-{1 + n % 28:02}",
        narrative="The consignment was met at the gate.",
    )
    for n in range(1, 71)
)
SUBJECTS: Final = (
    ReleasedSubject(
        OpaqueId("doe"),
        "person",
        office="SAC-NY",
        properties=(
            Value("alias", "Johnny", ids("report01")),
            Value("birth_date", "1960-01-01", ids("report01", "report02")),
            Value("name", "Doe, John"),
        ),
    ),
    ReleasedSubject(OpaqueId("roe"), "person", properties=(Value("name", "Roe, Jane", ids("report02")),)),
    ReleasedSubject(OpaqueId("poe"), "person", properties=(Value("name", "Poe, Edgar"),)),
    ReleasedSubject(OpaqueId("acme"), "organization", properties=(Value("name", "Acme Freight"),)),
    ReleasedSubject(OpaqueId("alone"), "vehicle", properties=(Value("plate", "ABC-123"),)),
)
LINKS: Final = (
    *(link(f"contains{report.id}", "CONTAINS", "case1", report.id) for report in REPORTS),
    ReleasedLink(
        id=OpaqueId("suspect"),
        type="SUBJECT_OF",
        head=OpaqueId("doe"),
        tail=OpaqueId("case1"),
        role="suspect",
        since="2003",
    ),
    link("mentions1", "MENTIONS", "report01", "doe"),
    link("mentions2", "MENTIONS", "report02", "doe"),
    link("mentions3", "MENTIONS", "report02", "roe"),
    link("knows1", "KNOWS", "doe", "roe", "report01"),
    link("knows2", "KNOWS", "roe", "poe"),
    link("owns", "OWNS", "poe", "acme"),
    link("victim", "VICTIM_IN", "acme", "case2"),
)


def explorer_release() -> Release:
    """The release of this world."""
    return release(content((*CASES, *REPORTS, *SUBJECTS), LINKS))
