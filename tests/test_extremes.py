"""R3, R4, R7, R8 where graphs are extreme: long chains, wide stars, cliques, very many categories and agreements."""

import numpy as np
import pytest

from graph.gather import gather
from graph.judge import judge
from graph.linkage import Ints, Linkage
from graph.model import Kind
from graph.policy_file import policy_of
from graph.shared import Shared
from tests import worked_example
from tests.building import TODAY, agreement, policy
from tests.plain_lines import case, clearance, consent, document, link
from tests.plain_linkage import Ties, coded, plain_linkage, sourced
from tests.test_propagation import entries

CHAIN, STAR, CLIQUE, PARTNERS = 20_000, 100_000, 300, 200
DAY = TODAY.toordinal()
UNDER = policy()


def a_case_and(count: int, kind: Kind, *ties: tuple[str, Ints, Ints]) -> Linkage:
    """Record 0 is a case; those from 1 to count are of the kind."""
    return plain_linkage([Kind.CASE, *[kind] * count], ties, UNDER)


def released(linkage: Linkage) -> list[int]:
    """The released records, by number."""
    judged = judge(linkage, UNDER, agreement(under=UNDER), DAY)
    return [int(node) for node in np.flatnonzero(judged.released)]


def each(first: int, last: int) -> Ints:
    return np.arange(first, last + 1)


def again(node: int, times: int) -> Ints:
    return np.full(times, node)


# --- chains ---


def chain(*pieces: tuple[int, int]) -> Linkage:
    """A case with one report, to which a document is attached, and to it the next, in these pieces."""
    ties: Ties = [("HAS_ATTACHMENT", each(first, last - 1), each(first + 1, last)) for first, last in pieces]
    return a_case_and(CHAIN, Kind.DOCUMENT, ("CONTAINS", each(0, 0), each(1, 1)), *ties)


def test_a_chain_is_released_to_its_end() -> None:
    assert released(chain((1, CHAIN))) == list(range(CHAIN + 1))


@pytest.mark.parametrize("coded_one", [1, CHAIN // 2, CHAIN])
def test_one_code_anywhere_on_a_chain_that_carries_both_ways_withholds_all_of_it(coded_one: int) -> None:
    assert released(coded(chain((1, CHAIN)), UNDER, {coded_one: "title_iii"})) == [0]


def test_a_chain_that_is_cut_is_released_as_far_as_the_cut_and_carries_no_further() -> None:
    cut = chain((1, CHAIN // 2), (CHAIN // 2 + 1, CHAIN))
    assert released(cut) == list(range(CHAIN // 2 + 1))
    assert released(coded(cut, UNDER, {CHAIN: "title_iii"})) == list(range(CHAIN // 2 + 1))
    assert released(coded(cut, UNDER, {1: "title_iii"})) == [0]


def test_a_chain_that_is_closed_to_a_ring_does_not_support_itself() -> None:
    ring = a_case_and(CHAIN, Kind.DOCUMENT, ("HAS_ATTACHMENT", each(1, CHAIN), np.roll(each(1, CHAIN), -1)))
    assert released(ring) == [0]


# --- stars ---


def test_a_case_supports_a_hundred_thousand_subjects_and_none_once_it_is_withheld() -> None:
    star = a_case_and(STAR, Kind.SUBJECT, ("SUBJECT_OF", each(1, STAR), again(0, STAR)))
    assert released(star) == list(range(STAR + 1))
    assert released(coded(star, UNDER, {0: "uncoded"})) == []


def test_a_report_that_a_hundred_thousand_reports_cite_withholds_them_all_and_none_of_them_withholds_it() -> (
    None
):
    star = a_case_and(
        STAR,
        Kind.DOCUMENT,
        ("CONTAINS", again(0, STAR), each(1, STAR)),
        ("CITES", each(2, STAR), again(1, STAR - 1)),
    )
    assert released(coded(star, UNDER, {1: "title_iii"})) == [0]
    assert released(coded(star, UNDER, {STAR: "title_iii"})) == list(range(STAR))


def test_a_report_that_asserts_a_hundred_thousand_links_opens_them_all_or_none() -> None:
    star = plain_linkage(
        [Kind.CASE, Kind.DOCUMENT, *[Kind.SUBJECT] * STAR],
        [
            ("CONTAINS", each(0, 0), each(1, 1)),
            ("SUBJECT_OF", each(2, STAR + 1), again(0, STAR)),
        ],
        UNDER,
    )
    asserted = sourced(star, each(1, STAR), again(1, STAR))
    assert released(asserted) == list(range(STAR + 2))
    assert released(coded(asserted, UNDER, {1: "title_iii"})) == [0]


# --- cliques ---


def clique(*ties: tuple[str, Ints, Ints]) -> Linkage:
    """Each document is attached to each other one."""
    head, tail = np.nonzero(~np.eye(CLIQUE, dtype=np.bool_))
    return a_case_and(CLIQUE, Kind.DOCUMENT, ("HAS_ATTACHMENT", head + 1, tail + 1), *ties)


def test_a_clique_that_nothing_outside_supports_is_not_released() -> None:
    assert released(clique()) == [0]


def test_one_link_from_a_case_releases_a_whole_clique_and_one_code_withholds_it() -> None:
    supported = clique(("CONTAINS", each(0, 0), each(7, 7)))
    assert released(supported) == list(range(CLIQUE + 1))
    assert released(coded(supported, UNDER, {CLIQUE: "grand_jury"})) == [0]


# --- categories and agreements ---


def test_each_of_sixty_four_categories_withholds_what_it_is_carried_to_and_no_other_does() -> None:
    tables = worked_example.policy()
    few = {"codes": {"REL": "release"}, "links": {"TIE": tables["links"]["HAS_ATTACHMENT"]}}
    more = {f"c{number}": {"label": "One"} for number in range(61)}
    under = policy_of(tables | few | {"categories": more, "implied_citation": "TIE"})
    assert len(under.categories) == 64
    pairs = plain_linkage([Kind.DOCUMENT] * 128, [("TIE", np.arange(64), np.arange(64, 128))], under)
    alone = coded(pairs, under, dict(enumerate(under.categories)))
    judged = judge(alone, under, agreement(under=under), DAY)
    own = [under.bit(category) for category in under.categories]
    carried = [bit & ~under.bit("deleted") for bit in own]
    assert judged.categories.tolist() == own + carried


def test_two_hundred_agreements_each_have_what_their_own_decisions_open_and_no_more() -> None:
    lines = [case("C-1", "NY03-0001"), document("D-WIRE", "NY03-0002", access_codes=["T3"])]
    for n in range(PARTNERS):
        derived = link(f"L-{n}", f"D-{n}", "DERIVED_FROM", "D-WIRE")
        lines += [
            document(f"D-{n}", f"NY04-{n:04}"),
            document(f"E-{n}", f"NY05-{n:04}", access_codes=["TAR"]),
            link(f"CD-{n}", "C-1", "CONTAINS", f"D-{n}"),
            link(f"CE-{n}", "C-1", "CONTAINS", f"E-{n}"),
            derived,
            clearance(f"K-{n}", derived, "title_iii", agreements=[f"p{n}"]),
            consent(f"N-{n}", "third_agency", agreement=f"p{n}", record=f"E-{n}"),
        ]
    linkage = gather(entries(lines), UNDER)
    shared = Shared.of(linkage, UNDER)
    for n in range(PARTNERS):
        judged = judge(linkage, UNDER, agreement(f"p{n}", under=UNDER), DAY, shared)
        assert judged.released_ids() == {"C-1", f"D-{n}", f"E-{n}"}
        assert judged.released_link_ids() == {f"CD-{n}", f"CE-{n}"}
