"""R7 and R8: what is released starts from what needs no support, and grows along open links that something asserts."""

from typing import Any

import numpy as np
import pytest

from graph.adjacency import Adjacency
from graph.gather import gather
from graph.judge import judge
from graph.linkage import of_types
from tests.building import TODAY, agreement, policy
from tests.plain_lines import Made, case, document, link, prop, subject
from tests.test_propagation import LONG, WIDE, entries
from tests.turning import TURNS, turning

SELF_SUPPORTING = {"case": True, "document": True, "subject": True}


def released(lines: list[Made], *turns: tuple[int, int], **changed: Any) -> set[str]:
    """The released records and links under the worked example's policy with these keys replaced.

    turns: where the engine is to turn from rounds to records one by one; it must not matter.
    """
    under = policy(**changed)
    linkage, mou = gather(entries(lines), under), agreement(under=under)
    found: list[set[str]] = []
    for turn in turns or TURNS[-1:]:
        with turning(*turn):
            judged = judge(linkage, under, mou, TODAY.toordinal())
        found.append(set(judged.released_ids()) | set(judged.released_link_ids()))
    assert found == [found[0]] * len(found)
    return found[0]


def released_at_every_turn(lines: list[Made], **changed: Any) -> set[str]:
    """The same of few lines, however the engine comes to it."""
    return released(lines, *TURNS, **changed)


def documents(count: int) -> list[Made]:
    return [document(f"D-{n}", f"NY{n // 10_000:02}-{n % 10_000:04}") for n in range(count)]


def test_support_reaches_the_end_of_a_chain_of_any_length() -> None:
    attached = [link(f"L-{n}", f"D-{n}", "HAS_ATTACHMENT", f"D-{n + 1}") for n in range(LONG - 1)]
    start = [case("C-1", "NY03-0001"), link("L-C", "C-1", "CONTAINS", "D-0")]
    lines = [*start, *documents(LONG), *attached]
    assert released(lines) == {line["id"] for line in lines}


def test_support_reaches_all_of_a_star_of_any_width() -> None:
    subjects = [subject(f"S-{n}") for n in range(WIDE // 10)]
    ties = [link(f"L-{n}", f"S-{n}", "SUBJECT_OF", "C-1") for n in range(WIDE // 10)]
    lines = [case("C-1", "NY03-0001"), *subjects, *ties]
    assert released(lines) == {line["id"] for line in lines}
    assert released(lines[1:]) == set()


def test_where_everything_needs_support_nothing_is_released() -> None:
    around = [link(f"L-{n}", f"D-{n}", "HAS_ATTACHMENT", f"D-{(n + 1) % 3}") for n in range(3)]
    lines = [case("C-1", "NY03-0001"), link("L-C", "C-1", "CONTAINS", "D-0"), *documents(3), *around]
    assert released_at_every_turn(lines, needs_support=SELF_SUPPORTING) == set()
    assert released_at_every_turn(lines) == {line["id"] for line in lines}


def test_two_links_that_each_need_the_other_to_be_asserted_stay_closed() -> None:
    inside = [
        link("L-0", "C-1", "CONTAINS", "D-0", sources=["D-1"]),
        link("L-1", "C-1", "CONTAINS", "D-1", sources=["D-0"]),
    ]
    lines = [case("C-1", "NY03-0001"), *documents(3), *inside]
    assert released_at_every_turn(lines) == {"C-1"}
    lines += [
        link("L-2", "C-1", "CONTAINS", "D-2"),
        link("L-3", "D-2", "HAS_ATTACHMENT", "D-1", sources=["D-2"]),
    ]
    assert released_at_every_turn(lines) == {line["id"] for line in lines}


def test_a_source_that_comes_late_opens_the_links_that_waited_for_it() -> None:
    # D-1 is released last of all, and then asserts the link that supports S-1, which waited with both ends known.
    lines = [
        *[case("C-1", "NY03-0001"), *documents(2), subject("S-1", prop("name", "Ann"))],
        link("L-S", "S-1", "SUBJECT_OF", "C-1", sources=["D-1"]),
        *[link("L-0", "C-1", "CONTAINS", "D-0"), link("L-1", "D-0", "HAS_ATTACHMENT", "D-1")],
    ]
    assert released_at_every_turn(lines) == {line["id"] for line in lines}
    assert released_at_every_turn([line for line in lines if line["id"] != "L-1"]) == {"C-1", "D-0", "L-0"}


def test_a_source_that_comes_late_opens_the_first_link_of_all_and_asserts_one_that_supports_nobody() -> None:
    waiting = link("L-0", "C-1", "CONTAINS", "D-0", sources=["D-1"])
    ways = [waiting, link("L-1", "C-1", "CONTAINS", "D-1")]
    tie = link("L-2", "C-1", "RELATED_TO", "C-1", sources=["D-1"])
    lines = [case("C-1", "NY03-0001"), *documents(2), *ways, tie]
    assert released_at_every_turn(lines) == {line["id"] for line in lines}
    assert released_at_every_turn([line for line in lines if line["id"] != "L-0"]) == {
        "C-1",
        "D-1",
        "L-1",
        "L-2",
    }


def test_one_released_source_of_many_is_enough_and_none_of_many_is_not() -> None:
    many = [f"D-{n}" for n in range(50)]
    plain = [case("C-1", "NY03-0001"), link("L-C", "C-1", "CONTAINS", "D-49"), subject("S-1")]
    tie = link("L-S", "S-1", "SUBJECT_OF", "C-1", sources=many)
    assert released_at_every_turn([*plain, *documents(50), tie]) == {"C-1", "L-C", "D-49", "S-1", "L-S"}
    assert released_at_every_turn([*plain, *documents(49), tie]) == {"C-1"}


@pytest.mark.parametrize("way", ["forward", "backward", "none"])
def test_a_type_supports_one_way_or_not_at_all(way: str) -> None:
    tie = {"from": ["case", "subject"], "to": ["case", "subject"], "carries": "none", "supports": way}
    lines = [
        *[case("C-1", "NY03-0001"), subject("S-1"), subject("S-2")],
        *[link("L-1", "C-1", "TIE", "S-1"), link("L-2", "S-2", "TIE", "C-1")],
    ]
    supported = {"forward": {"S-1", "L-1"}, "backward": {"S-2", "L-2"}, "none": set()}
    assert released_at_every_turn(lines, links={"TIE": tie}) == {"C-1"} | supported[way]


def test_a_link_of_an_unknown_type_is_of_no_type_that_was_chosen() -> None:
    under = policy()
    lines = [link("L-1", "D-1", "UNHEARD", "D-2"), link("L-2", "D-1", "CITES", "D-2")]
    links = gather(entries([*documents(3), *lines]), under).links
    assert of_types(links, [True] * len(under.links)).tolist() == [False, True]
    assert of_types(links, [name != "CITES" for name in under.links]).tolist() == [False, False]


@pytest.mark.parametrize(
    ("nodes", "rows"), [([], []), ([0], [1, 3]), ([1], []), ([2, 0], [0, 2, 1, 3]), ([0, 0], [1, 3, 1, 3])]
)
def test_an_adjacency_finds_the_rows_of_the_nodes_asked_for(nodes: list[int], rows: list[int]) -> None:
    grouped = Adjacency.by(np.array([2, 0, 2, 0]), 3)
    assert grouped.of(np.array(nodes, np.int64)).tolist() == rows
