"""How many records each reason withholds, and why one is: counted over held records, in one order."""

from graph.gather import gather
from graph.judge import judge
from tests.building import TODAY, agreement, policy
from tests.plain_lines import case, document, link, subject
from tests.test_propagation import entries

UNDER = policy()
LINES = [
    case("C-1", "NY03-0001"),
    case("C-2", "NY03-0002", access_codes=["T3", "UNHEARD"], status="closed"),
    document("D-1", "NY03-0003", access_codes=["T3"], prepared="1999-12-31"),
    document("D-2", "NY03-0004"),
    document("D-3", "no number", office="SAC-LA"),
    subject("S-1", approval=None),
    link("L-1", "C-1", "CONTAINS", "D-1"),
    link("L-2", "D-1", "HAS_ATTACHMENT", "D-3"),
    link("L-3", "S-1", "SUBJECT_OF", "C-NEVER"),
]
MOU = agreement(under=UNDER, offices=["SAC-NY"], case_status=["open"])


def test_each_reason_counts_the_held_records_that_it_withholds_and_one_may_have_several() -> None:
    judged = judge(gather(entries(LINES), UNDER), UNDER, MOU, TODAY.toordinal())
    counts = judged.withheld_by_reason(UNDER)
    assert list(counts.items()) == [
        *[("title_iii", 3), ("uncoded", 1), ("date", 1), ("approval", 1), ("office", 1), ("number", 1)],
        *[("status", 1), ("support", 1)],
    ]


def test_a_record_has_its_reasons_in_the_same_order_and_a_released_one_has_none() -> None:
    linkage = gather(entries(LINES), UNDER)
    judged = judge(linkage, UNDER, MOU, TODAY.toordinal())
    held = [id for id in linkage.node_of if id != "C-NEVER"]
    assert {id: judged.reasons(linkage.node_of[id], UNDER) for id in held} == {
        "C-1": [],
        "C-2": ["title_iii", "uncoded", "status"],
        "D-1": ["title_iii", "date"],
        "D-2": ["support"],
        "D-3": ["title_iii", "office", "number"],
        "S-1": ["approval"],
    }
