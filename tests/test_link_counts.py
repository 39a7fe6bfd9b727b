"""How many links a record has of each sort, and the links between records: of the release alone, by each executor."""

from collections import Counter
from typing import Any

import pytest

from graph.model import OpaqueId
from graph.release import ReleasedCase
from graph.view import View
from schema.execute import Answering, Question
from schema.limits import Limits
from tests.partner_world import CURSOR_KEY, LINKS, RECORDS, as_read, content, link, release

COUNTS = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Record { id linkCounts { type direction kind count } } } }"
LISTS = """query ($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Record { id links(first: 100) { edges { direction node { kind } link { type } } } } }
}"""
AMONG = "query ($ids: [ID!]!) { linksAmong(ids: $ids) { id } }"
EVERY = [str(record.id) for record in RECORDS]


@pytest.fixture(name="answering", params=[True, False], ids=["plans", "graphql-core"])
def _answering(request: pytest.FixtureRequest) -> Answering:
    return Answering(CURSOR_KEY, Limits(), plans=request.param)


def told(answering: Answering, query: str, of: View | None = None, **variables: Any) -> Any:
    answer = answering.answer(View(release()) if of is None else of, Question(query, None, variables))
    assert answer.faults == []
    return as_read(answer)


def test_a_record_s_links_are_counted_by_type_and_direction_and_the_other_end_s_kind(
    answering: Answering,
) -> None:
    [case] = told(answering, COUNTS, ids=["c1"])["nodes"]
    assert [tuple(each.values()) for each in case["linkCounts"]] == [
        ("CONTAINS", "OUT", "DOCUMENT", 2),
        ("RELATED_TO", "OUT", "CASE", 2),
        ("SUBJECT_OF", "IN", "SUBJECT", 1),
        ("VICTIM_IN", "IN", "SUBJECT", 1),
    ]


def test_the_counts_of_every_record_are_those_of_its_list(answering: Answering) -> None:
    counts, lists = (told(answering, query, ids=EVERY)["nodes"] for query in (COUNTS, LISTS))
    for counted, listed in zip(counts, lists, strict=True):
        found = Counter(
            (edge["link"]["type"], edge["direction"], edge["node"]["kind"])
            for edge in listed["links"]["edges"]
        )
        assert [tuple(each.values()) for each in counted["linkCounts"]] == [
            (*which, found[which]) for which in sorted(found)
        ]


def test_the_links_among_records_are_those_with_both_ends_there(answering: Answering) -> None:
    some = {"c1", "d1", "s1", "nothing", "l01"}
    found = told(answering, AMONG, ids=sorted(some))["linksAmong"]
    assert [each["id"] for each in found] == [
        each.id for each in LINKS if each.head in some and each.tail in some
    ]


def test_too_many_links_among_records_are_not_told() -> None:
    cases = tuple(ReleasedCase(OpaqueId(f"c{n}"), f"NY03-{n:04}") for n in range(8))
    links = tuple(
        link(f"l{one.id}{other.id}", "RELATED_TO", one.id, other.id) for one in cases for other in cases
    )
    of, ids = View(release(content(cases, links))), [str(case.id) for case in cases]
    codes = [
        [
            fault["extensions"]["code"]
            for fault in Answering(CURSOR_KEY, Limits(cost=cost))
            .answer(of, Question(AMONG, None, {"ids": ids}))
            .faults
        ]
        for cost in (68, 67)
    ]
    assert codes == [[], ["TOO_COSTLY"]]
