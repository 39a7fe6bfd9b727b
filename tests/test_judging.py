"""A judgement is a function of its linkage, agreement and day: it leaves the linkage as it was (R4, R13)."""

from dataclasses import fields
from typing import Any

import numpy as np

from graph.gather import gather
from graph.judge import all_reasons, judge
from graph.linkage import Linkage
from graph.shared import Shared
from tests.building import TODAY, agreement, policy
from tests.plain_lines import case, clearance, consent, document, link
from tests.test_propagation import entries

UNDER = policy()
NDEX, COUNTY = agreement("ndex", UNDER), agreement("county", UNDER)
TIES = [
    link("L-1", "C-1", "CONTAINS", "D-1", access_codes=["TAR"]),
    link("L-2", "C-1", "CONTAINS", "D-2"),
    link("L-3", "D-2", "CITES", "D-3"),
]
LINES = [
    *[case("C-1", "NY03-0001", access_codes=["TAR"]), document("D-1", "NY03-0002")],
    *[document("D-2", "NY03-0003"), document("D-3", "NY03-0004", access_codes=["T3"])],
    *TIES,
    consent("N-1", "third_agency", record="C-1"),
    consent("N-2", "third_agency", link="L-1"),
    clearance("K-1", TIES[2], "title_iii"),
]


def columns(linkage: Linkage) -> dict[str, Any]:
    """Every array of a linkage, as lists."""
    return {
        f"{type(table).__name__}.{column.name}": getattr(table, column.name).tolist()
        for table in (linkage.nodes, linkage.links)
        for column in fields(table)
        if isinstance(getattr(table, column.name), np.ndarray)
    }


def test_what_one_agreements_decisions_take_is_taken_from_no_other_and_the_linkage_stays_as_it_was() -> None:
    linkage = gather(entries(LINES), UNDER)
    before, shared = columns(linkage), Shared.of(linkage, UNDER)
    for _ in range(2):
        released = {}
        for mou in (NDEX, COUNTY):
            judged = judge(linkage, UNDER, mou, TODAY.toordinal(), shared)
            released[mou.id] = judged.released_ids() | judged.released_link_ids()
        assert released == {"ndex": {"C-1", "D-1", "L-1", "D-2", "L-2"}, "county": set()}
    assert columns(linkage) == before


def test_every_reason_has_its_name_and_place() -> None:
    scope = ["agreement", "kind", "date", "approval", "office", "number", "status", "program", "support"]
    assert all_reasons(UNDER) == [*UNDER.categories, *scope]
