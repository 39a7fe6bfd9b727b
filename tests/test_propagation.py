"""R3: categories pass along links to the least fixpoint, whatever the shape, depth and order of the links."""

import random

import numpy as np
import pytest

from graph.gather import gather
from graph.judge import judge
from graph.linkage import Words
from graph.model import Entry, EntryId, Kind
from graph.policy import Policy
from graph.propagate import Passages, carried, distinct
from tests.building import TODAY, agreement, as_bytes, policy
from tests.engine import ask
from tests.plain_lines import Made, case, document, link
from tests.turning import TURNS, turning
from tests.worked_example import agreement as agreement_tables
from tests.worked_example import policy as policy_tables

ONE, TWO = 1, 1 << 63
BOTH = ONE | TWO
LONG, WIDE = 20_000, 100_000


def passing(*ways: tuple[int, int, int]) -> Passages:
    """Passages: from, to, and the bits that pass."""
    giver, taker, word = zip(*ways, strict=True) if ways else ((), (), ())
    return Passages(
        giver=np.array(giver, np.int64),
        taker=np.array(taker, np.int64),
        word=np.array(word, np.uint64),
        link=np.arange(len(ways), dtype=np.int64),
    )


def own(count: int, **bits: int) -> Words:
    """The own categories of so many nodes, by `n` and the node's number."""
    words = np.zeros(count, np.uint64)
    for node, word in bits.items():
        words[int(node[1:])] = word
    return words


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        ([], [ONE, 0, 0, 0]),
        ([(0, 1, ONE), (1, 2, ONE), (2, 3, ONE)], [ONE] * 4),
        ([(1, 0, ONE), (2, 1, ONE)], [ONE, 0, 0, 0]),
        ([(0, 1, TWO), (1, 2, BOTH)], [ONE, 0, 0, 0]),
        ([(0, 0, ONE)], [ONE, 0, 0, 0]),
        ([(0, 1, ONE), (1, 2, ONE), (2, 0, ONE)], [ONE, ONE, ONE, 0]),
        ([(1, 2, BOTH), (2, 3, BOTH), (3, 1, BOTH)], [ONE, 0, 0, 0]),
        ([(0, 1, ONE), (0, 2, ONE), (1, 3, ONE), (2, 3, ONE)], [ONE] * 4),
        ([(0, 1, ONE), (0, 1, ONE), (1, 0, ONE)], [ONE, ONE, 0, 0]),
        ([(0, 1, ONE), (1, 0, ONE), (1, 2, ONE), (1, 3, ONE)], [ONE] * 4),
    ],
    ids=[
        "none",
        "chain",
        "against",
        "other bits",
        "self",
        "cycle in",
        "cycle apart",
        "diamond",
        "twice",
        "hub",
    ],
)
@pytest.mark.parametrize("turn", TURNS)
def test_a_bit_passes_along_every_passage_that_lets_it(
    ways: list[tuple[int, int, int]], words: list[int], turn: tuple[int, int]
) -> None:
    with turning(*turn):
        assert carried(own(4, n0=1), passing(*ways)).tolist() == words


def test_each_bit_goes_its_own_way_the_last_one_too() -> None:
    words = carried(own(4, n0=BOTH), passing((0, 1, ONE), (0, 2, TWO), (1, 3, BOTH), (2, 3, BOTH)))
    assert words.tolist() == [BOTH, ONE, TWO, BOTH]


def test_what_is_given_to_it_is_not_changed() -> None:
    words = own(2, n0=1)
    carried(words, passing((0, 1, ONE)))
    assert words.tolist() == [1, 0]


def test_a_chain_of_any_length_carries_to_its_end() -> None:
    ways = [(node, node + 1, ONE) for node in range(LONG - 1)]
    random.Random(3).shuffle(ways)
    assert carried(own(LONG, n0=1), passing(*ways)).tolist() == [1] * LONG


def test_a_star_of_any_width_carries_to_its_middle_and_back_out() -> None:
    rim = range(1, WIDE + 1)
    inward = [(node, 0, BOTH) for node in rim]
    outward = [(0, node, TWO) for node in rim]
    words = carried(own(WIDE + 1, n7=BOTH), passing(*inward, *outward))
    assert (words[0], words[7]) == (BOTH, BOTH)
    assert np.count_nonzero(words == TWO) == WIDE - 1


def test_a_passage_may_be_stopped_for_some_bits_and_the_others_still_pass() -> None:
    passages = passing((0, 1, BOTH), (0, 2, BOTH)).without([(0, ONE)])
    assert carried(own(3, n0=BOTH), passages).tolist() == [BOTH, TWO, BOTH]


def test_what_is_stopped_along_a_link_several_times_is_stopped_both_ways_and_whole() -> None:
    ways = passing((0, 1, BOTH), (1, 0, BOTH), (0, 2, BOTH))
    both_ways = Passages(ways.giver, ways.taker, ways.word, np.array([4, 4, 7]))
    assert both_ways.without([(4, ONE), (4, TWO)]).word.tolist() == [0, 0, BOTH]
    assert both_ways.without([(4, TWO), (7, ONE), (99, BOTH)]).word.tolist() == [ONE, ONE, TWO]
    assert both_ways.without([]).word.tolist() == ways.word.tolist() == [BOTH] * 3
    assert passing().without([]).word.tolist() == passing().without([(4, ONE)]).word.tolist() == []


@pytest.mark.parametrize("count", [10, 1_000_000])
@pytest.mark.parametrize(
    ("nodes", "each"),
    [([], []), ([3], [3]), ([3, 3], [3]), ([9, 0, 3, 9, 0], [0, 3, 9]), ([1, 2, 2], [1, 2])],
)
def test_each_node_is_told_once_and_in_order_among_few_and_among_many(
    nodes: list[int], each: list[int], count: int
) -> None:
    assert distinct(np.array(nodes, np.int64), count).tolist() == each


# --- from lines ---


def entries(lines: list[Made]) -> list[Entry]:
    return [Entry(EntryId(line["id"]), Kind(line["kind"]), as_bytes(line)) for line in lines]


def released(lines: list[Made], under: Policy) -> set[str]:
    """The released records and links, lines taken as they stand."""
    judged = judge(gather(entries(lines), under), under, agreement(under=under), TODAY.toordinal())
    return set(judged.released_ids()) | set(judged.released_link_ids())


def test_sixty_four_categories_each_carry_for_themselves() -> None:
    names = [f"c{number}" for number in range(61)]
    forward = {"from": ["case"], "to": ["case"], "supports": "none", "carries": "forward"}
    under = policy_tables() | {
        "categories": {name: {"label": name} for name in names},
        "codes": {"REL": "release"} | {name.upper(): name for name in names},
        "links": {"ALL": forward, "ONLY_C60": forward | {"categories": ["c60"]}},
        "implied_citation": "ALL",
    }
    lines = [case(f"C-{n}", f"NY03-000{n}") for n in range(4)]
    lines[0]["access_codes"] = [name.upper() for name in names]
    lines += [
        link("L-1", "C-0", "ONLY_C60", "C-1"),
        link("L-2", "C-0", "ALL", "C-2"),
        link("L-3", "C-1", "ALL", "C-3"),
    ]
    causes = ask(lines, under, agreement_tables("ndex"), TODAY).causes()
    assert causes == {"C-0": set(names), "C-1": {"c60"}, "C-2": set(names), "C-3": {"c60"}}


@pytest.mark.parametrize("codes", [["T3", 7], [None, "T3"], ["T3", ["REL"]]])
def test_r1_a_list_with_something_that_is_no_code_still_has_its_other_codes(codes: list[object]) -> None:
    forward = {"from": ["document"], "to": ["document"], "supports": "none", "carries": "forward"}
    relays = forward | {"categories": ["title_iii"]}
    under = policy_tables() | {"links": policy_tables()["links"] | {"RELAYS": relays}}
    lines = [
        *[case("C-1", "NY03-0001"), document("D-1", "NY03-0001-001", access_codes=codes)],
        *[document("D-2", "NY03-0001-002"), link("L-R", "D-1", "RELAYS", "D-2")],
        *[link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in (1, 2)],
    ]
    causes = ask(lines, under, agreement_tables("ndex"), TODAY).causes()
    assert causes == {"C-1": set(), "D-1": {"title_iii", "uncoded"}, "D-2": {"title_iii"}}


def test_a_chain_of_attachments_of_any_length_is_withheld_by_its_far_end() -> None:
    length = 2_000
    lines = [case("C-1", "NY03-0001"), link("L-0", "C-1", "CONTAINS", "D-0")]
    lines += [document(f"D-{n}", f"NY03-{n:04}") for n in range(length)]
    lines += [link(f"L-{n + 1}", f"D-{n}", "HAS_ATTACHMENT", f"D-{n + 1}") for n in range(length - 1)]
    under = policy()
    assert released(lines, under) == {line["id"] for line in lines}
    lines[2 + length - 1] |= {"access_codes": ["T3"]}
    assert released(lines, under) == {"C-1"}
