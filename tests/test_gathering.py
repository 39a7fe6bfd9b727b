"""What the arrays of a linkage say of held lines, of ids that no line brought, and of citations (R3, R5, R10)."""

from typing import Any, get_type_hints

import numpy as np
import pytest

from graph.gather import gather, gathered
from graph.gist import gist_of
from graph.linkage import KIND_BITS, NEVER_LOADED, NO_WORD, UNKNOWN_TYPE, Bools, Ints, Linkage, Words
from graph.model import Kind
from graph.policy import UNCODED
from graph.policy_file import policy_of
from tests import worked_example
from tests.building import policy
from tests.plain_lines import Made, case, document, link, subject
from tests.test_propagation import entries

UNDER = policy()
TYPES = {Ints: np.dtype(np.int64), Words: np.dtype(np.uint64), Bools: np.dtype(np.bool_)}
TIES = [
    link("L-1", "C-1", "CONTAINS", "D-1", sources=["D-2", "D-NEVER", "D-1"]),
    link("L-2", "D-NEVER", "UNHEARD", "S-1", access_codes=["T3"]),
    link("L-3", "S-1", "CONTAINS", "D-1", sources=None),
    {"kind": "link", "id": "L-4", "from": "C-1", "to": "D-1"},
]


def tied(*lines: Made) -> Linkage:
    return gather(entries(list(lines)), UNDER)


def by_id(linkage: Linkage, column: Any) -> dict[str, Any]:
    """A column of the nodes, by id."""
    return {str(id): column[node].item() for id, node in linkage.node_of.items()}


def test_r3_an_end_that_was_never_loaded_is_uncoded_and_of_every_kind() -> None:
    records = [case("C-1", "NY03-0001", access_codes=["T3"]), document("D-1", "NY03-0002", approval=None)]
    linkage = tied(*records, subject("S-2"), *TIES)
    nodes = linkage.nodes
    kinds = {"C-1": KIND_BITS[Kind.CASE], "D-1": KIND_BITS[Kind.DOCUMENT], "S-2": KIND_BITS[Kind.SUBJECT]}
    assert by_id(linkage, nodes.kind) == kinds | {"D-NEVER": NEVER_LOADED, "S-1": NEVER_LOADED}
    uncoded = dict.fromkeys(("D-NEVER", "S-1"), UNDER.bit(UNCODED))
    assert by_id(linkage, nodes.own) == {"C-1": UNDER.bit("title_iii"), "D-1": 0, "S-2": 0} | uncoded
    assert {id for id, approved in by_id(linkage, nodes.approved).items() if approved} == {"C-1", "S-2"}
    assert {id for id, numbered in by_id(linkage, nodes.numbered).items() if numbered} == {"C-1", "D-1"}
    assert {id for id, given in by_id(linkage, nodes.given).items() if given} == set()
    assert nodes.numbers == {0: "NY03-0001", 1: "NY03-0002"}


@pytest.mark.parametrize("lines", [[], [case("C-1", "NY03-0001"), *TIES]])
def test_every_column_has_its_type_where_nothing_is_held_too(lines: list[Made]) -> None:
    linkage = tied(*lines)
    for table in (linkage.nodes, linkage.links):
        columns = {name: TYPES[hint] for name, hint in get_type_hints(type(table)).items() if hint in TYPES}
        assert {name: getattr(table, name).dtype for name in columns} == columns


def test_r5_words_are_numbered_and_what_a_record_lacks_is_no_word() -> None:
    lacking = {"office": None, "status": "asleep", "program": None}
    linkage = tied(
        case("C-1", "NY03-0001", program="fraud"),
        case("C-2", "NY03-0002", **lacking),
        document("D-1", "NY03-0003", office="SAC-LA"),
        TIES[1],
    )
    words = {number: word for word, number in linkage.words.items()} | {NO_WORD: None}
    nodes = linkage.nodes
    said = {
        id: tuple(words[int(column[node])] for column in (nodes.office, nodes.status, nodes.program))
        for id, node in linkage.node_of.items()
    }
    assert said == {
        "C-1": ("SAC-NY", "open", "fraud"),
        "C-2": (None, None, None),
        "D-1": ("SAC-LA", None, None),
        "D-NEVER": (None, None, None),
        "S-1": (None, None, None),
    }
    assert sorted(linkage.words) == ["SAC-LA", "SAC-NY", "fraud", "open"]


def test_a_link_says_its_type_whether_it_fits_and_which_of_its_sources_are_held() -> None:
    records = [case("C-1", "NY03-0001"), document("D-1", "NY03-0002"), document("D-2", "NY03-0003")]
    linkage = tied(*TIES, *records, subject("S-1"))
    links, ids = linkage.links, list(linkage.node_of)
    contains = UNDER.links["CONTAINS"].number
    assert (links.ids, links.count) == (["L-1", "L-2", "L-3", "L-4"], 4)
    assert links.type.tolist() == [contains, UNKNOWN_TYPE, contains, UNKNOWN_TYPE]
    assert links.unknown_types == {1: "UNHEARD"}
    assert [(ids[head], ids[tail]) for head, tail in zip(links.head, links.tail, strict=True)] == [
        *[("C-1", "D-1"), ("D-NEVER", "S-1"), ("S-1", "D-1"), ("C-1", "D-1")]
    ]
    assert links.fits.tolist() == [True, False, False, False]
    assert links.own.tolist() == [0, UNDER.bit("title_iii"), 0, 0]
    assert links.sound.tolist() == [True, True, False, True]
    assert links.sourced.tolist() == [True, False, False, False]
    sources = zip(links.source_link.tolist(), links.source_node.tolist(), strict=True)
    assert [(links.ids[place], ids[node]) for place, node in sources] == [
        *[("L-1", "D-2"), ("L-1", "D-NEVER"), ("L-1", "D-1")]
    ]


def test_a_source_that_nothing_has_brought_is_not_among_the_sources() -> None:
    links = tied(case("C-1", "NY03-0001"), document("D-1", "NY03-0002"), TIES[0]).links
    assert (links.sourced.tolist(), links.source_link.tolist(), links.source_node.tolist()) == (
        [True],
        [0],
        [1],
    )


def test_r10_implied_citations_stand_after_the_held_links_in_order_of_their_heads_each_pair_once() -> None:
    linkage = tied(
        document("D-2", "NY03-0002", "NY03-0001 and NY03-0002, NY03-0001."),
        document("D-1", "NY03-0001", "NY03-0003; twice NY03-0003-001.", title="On NY03-0002"),
        case("C-3", "NY03-0003"),
        link("L-1", "C-3", "CONTAINS", "D-2"),
    )
    links = linkage.links
    assert links.ids == ["L-1", "implied:D-2:D-1", "implied:D-1:D-2", "implied:D-1:C-3"]
    assert links.held == 1
    assert links.type[1:].tolist() == [UNDER.links["CITES"].number] * 3
    assert links.fits.tolist() == [True] * 4
    for column in (links.own, links.sound, links.sourced):
        assert not column[1:].any()


def test_r10_a_number_held_elsewhere_that_is_a_longer_prefix_leaves_the_shorter_uncited() -> None:
    lines = [document("D-1", "NY03-0001", "As in NY03-0002-001x."), case("C-2", "NY03-0002")]
    gists = [gist_of(entry, UNDER) for entry in entries(lines)]
    held = [[], ["NY03-0002-002"], ["NY03-0002-001"], ["NY03-0002"]]
    found = [gathered(gists, UNDER, numbers).links.ids for numbers in held]
    assert found == [["implied:D-1:C-2"], ["implied:D-1:C-2"], [], ["implied:D-1:C-2"]]


def test_the_last_of_sixty_four_categories_can_be_a_records_and_a_links_own() -> None:
    tables = worked_example.policy()
    given = {name: tables["categories"][name] for name in ("uncoded", "excluded_system", "deleted")}
    further = {f"c{number}": {"label": "-"} for number in range(61)}
    link_types = {"TIE": {"from": ["case"], "to": ["case"], "carries": "none", "supports": "none"}}
    under = policy_of(
        tables
        | {"categories": given | further, "links": link_types, "codes": {"REL": "release", "LAST": "c60"}}
        | {"implied_citation": "TIE"}
    )
    lines = [case("C-1", "NY03-0001", access_codes=["LAST"]), link("L-1", "C-1", "TIE", "C-1")]
    linkage = gather(entries([lines[0], lines[1] | {"access_codes": ["LAST"]}]), under)
    last = np.uint64(1 << 63)
    assert (linkage.nodes.own.tolist(), linkage.links.own.tolist()) == ([last], [last])
