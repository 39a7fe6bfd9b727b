"""R4: along which links a clearance stops its category: the one that it states, and the implied citations beside it."""

import pytest

from graph.decisions import clears
from graph.gather import gather
from tests.building import TODAY, agreement, policy
from tests.plain_lines import Made, clearance, document, link
from tests.test_propagation import entries

CITING = [
    document("D-0", "NY03-0000", "Before it: NY03-0002."),
    document("D-1", "NY03-0001", "As in NY03-0002, NY03-0003 and NY03-0004."),
    *[document(f"D-{n}", f"NY03-000{n}") for n in (2, 3)],
    document("D-4", "NY03-0004", "Answers NY03-0001 and NY03-0003."),
]
LINKS = [
    link("L-0", "D-1", "HAS_ATTACHMENT", "D-2"),
    link("L-1", "D-1", "CITES", "D-3"),
    link("L-2", "D-1", "CITES", "D-3"),
    link("L-3", "D-0", "UNHEARD", "D-3"),
]


def cleared(stated: Made) -> list[str]:
    """The links along which a clearance of this link stops title_iii."""
    under = policy()
    linkage = gather(entries([*CITING, *LINKS, clearance("K-1", stated, "title_iii")]), under)
    (read,) = linkage.clearances
    found = clears(read, linkage, under, agreement(under=under), TODAY.toordinal())
    assert {bit for _, bit in found} <= {under.bit("title_iii")}
    return sorted(linkage.links.ids[place] for place, _ in found)


@pytest.mark.parametrize(
    ("stated", "links"),
    [
        (link("L-1", "D-1", "CITES", "D-3"), ["L-1", "implied:D-1:D-3"]),
        (link("L-0", "D-1", "HAS_ATTACHMENT", "D-2"), ["L-0", "implied:D-1:D-2"]),
        (link("L-GONE", "D-1", "CITES", "D-4"), ["implied:D-1:D-4", "implied:D-4:D-1"]),
        (link("L-GONE", "D-3", "CITES", "D-4"), ["implied:D-4:D-3"]),
        (link("L-3", "D-0", "UNHEARD", "D-3"), ["L-3"]),
        (link("L-GONE", "D-0", "CITES", "D-1"), []),
        (link("L-GONE", "D-0", "CITES", "D-NEVER"), []),
    ],
)
def test_a_clearance_stops_its_category_along_the_link_and_the_citations_of_those_two_alone(
    stated: Made, links: list[str]
) -> None:
    assert cleared(stated) == links


@pytest.mark.parametrize("implied", ["implied:D-0:D-2", "implied:D-1:D-2", "implied:D-4:D-3"])
def test_a_clearance_that_names_an_implied_citation_itself_stops_it_once(implied: str) -> None:
    _, start, end = implied.split(":")
    assert cleared(link(implied, start, "CITES", end)) == [implied]


@pytest.mark.parametrize(
    "stated",
    [
        link("L-1", "D-1", "DERIVED_FROM", "D-3"),
        link("L-1", "D-3", "CITES", "D-1"),
        link("L-0", "D-1", "CITES", "D-3"),
        link("L-3", "D-1", "UNHEARD", "D-3"),
    ],
)
def test_what_is_not_as_it_was_approved_is_not_cleared_and_the_citation_is(stated: Made) -> None:
    assert cleared(stated) == ["implied:D-1:D-3"]


def test_a_link_of_an_unknown_type_is_cleared_as_no_type_that_the_policy_knows() -> None:
    assert [cleared(link("L-3", "D-0", known, "D-3")) for known in policy().links] == [[]] * len(
        policy().links
    )
