"""Paths: the shortest, and of several the first by its records and then by its links, as a look at every path finds."""

import random
import time
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import OpaqueId
from graph.path import Path
from graph.release import Content, ReleasedCase, ReleasedLink, ReleasedRecord
from graph.view import View
from tests.partner_world import ask, codes, content, link, view


def cases(count: int) -> tuple[ReleasedRecord, ...]:
    return tuple(ReleasedCase(OpaqueId(f"c{n:06}"), "NY03-0001") for n in range(count))


def tied(*ends: tuple[int, int]) -> tuple[ReleasedLink, ...]:
    """Links between such cases, in the order of their ids."""
    return tuple(
        link(f"l{n:06}", "RELATED_TO", f"c{head:06}", f"c{tail:06}") for n, (head, tail) in enumerate(ends)
    )


def graph_of(count: int, *ends: tuple[int, int]) -> View:
    return view(content(cases(count), tied(*ends)))


def path(of: View, start: int, end: int, longest: int | None = None) -> Path | None:
    return of.path(OpaqueId(f"c{start:06}"), OpaqueId(f"c{end:06}"), longest)


def specified(whole: Content, start: str, end: str) -> Path | None:
    """The first of all shortest paths, each looked at."""
    graph: Any = nx.MultiGraph()
    graph.add_nodes_from(whole.records)
    graph.add_edges_from((each.head, each.tail, each.id) for each in whole.links.values())
    if not nx.has_path(graph, start, end):
        return None
    records = min(map(tuple, nx.all_shortest_paths(graph, start, end)))
    return Path(records, tuple(min(graph[one][other]) for one, other in pairwise(records)))


@given(st.integers(1, 9), st.data())
def test_a_path_is_the_first_of_the_shortest_on_any_graph(count: int, data: st.DataObject) -> None:
    place = st.integers(0, count - 1)
    of = data.draw(st.lists(st.tuples(place, place), max_size=20))
    start, end = data.draw(place), data.draw(place)
    whole = content(cases(count), tied(*data.draw(st.permutations(of))))
    found = path(view(whole), start, end)
    assert found == specified(whole, f"c{start:06}", f"c{end:06}")
    if found is not None:
        allowed = [path(view(whole), start, end, longest) for longest in range(count)]
        assert allowed == [None if longest < len(found.links) else found for longest in range(count)]


def test_both_directions_of_links_are_walked_and_the_lowest_link_is_told() -> None:
    of = graph_of(3, (1, 0), (0, 1), (1, 2), (2, 1), (0, 0))
    assert path(of, 0, 2) == Path(
        (OpaqueId("c000000"), OpaqueId("c000001"), OpaqueId("c000002")),
        (OpaqueId("l000000"), OpaqueId("l000002")),
    )


@pytest.mark.timed
def test_a_hub_of_100_000_links_is_not_opened_for_a_path_through_it_or_to_it() -> None:
    hub = graph_of(100_001, *((0, n) for n in range(1, 100_001)))
    path(hub, 1, 2)
    times = []
    for _ in range(3):
        start = time.process_time()
        for n in range(3, 103):
            assert path(hub, n, 2 * n) == Path(
                (OpaqueId(f"c{n:06}"), OpaqueId("c000000"), OpaqueId(f"c{2 * n:06}")),
                (OpaqueId(f"l{n - 1:06}"), OpaqueId(f"l{2 * n - 1:06}")),
            )
            assert path(hub, 0, n) is not None
        times.append(time.process_time() - start)
    assert min(times) < 0.1


def test_a_path_goes_through_two_hubs_and_along_a_chain() -> None:
    count = 3_000
    hubs = [(0, n) for n in range(2, count)] + [(1, n) for n in range(count - 1, 1, -1)]
    assert path(graph_of(count, *hubs), 0, 1) == Path(
        (OpaqueId("c000000"), OpaqueId("c000002"), OpaqueId("c000001")),
        (OpaqueId("l000000"), OpaqueId(f"l{len(hubs) - 1:06}")),
    )
    chain = path(graph_of(count, *pairwise(range(count))), 0, count - 1)
    assert chain == Path(
        tuple(OpaqueId(f"c{n:06}") for n in range(count)),
        tuple(OpaqueId(f"l{n:06}") for n in range(count - 1)),
    )


def test_the_order_in_which_links_were_released_changes_nothing() -> None:
    dice = random.Random(5)
    ends = [(dice.randrange(40), dice.randrange(40)) for _ in range(80)]
    links = tied(*ends)
    worlds = [view(content(cases(40), tuple(dice.sample(links, len(links))))) for _ in range(4)]
    told = [[path(each, start, end) for start in range(40) for end in range(40)] for each in worlds]
    assert told == [told[0]] * 4


# --- asked by a partner ---

ASKED = """query ($from: ID!, $to: ID!, $most: Int) {
  path(from: $from, to: $to, maxLength: $most) { length records { id } links { id } }
}"""


def asked(start: str, end: str, most: int | None) -> Any:
    ends: dict[str, Any] = {"from": start, "to": end}
    return ask(ASKED, **ends, most=most)


@pytest.mark.parametrize(
    ("ends", "most", "records", "links"),
    [
        (("s1", "c2"), None, ["s1", "c1", "c2"], ["l09", "l12"]),
        (("c2", "s1"), 2, ["c2", "c1", "s1"], ["l12", "l09"]),
        (("d3", "c4"), None, ["d3", "d1", "c4"], ["l15", "l03"]),
        (("c1", "c1"), 0, ["c1"], []),
    ],
)
def test_a_partner_is_told_a_path(
    ends: tuple[str, str], most: int | None, records: list[str], links: list[str]
) -> None:
    told = asked(ends[0], ends[1], most)["path"]
    assert told == {
        "length": len(links),
        "records": [{"id": id} for id in records],
        "links": [{"id": id} for id in links],
    }


@pytest.mark.parametrize(
    ("start", "end", "most"), [("s1", "c2", 1), ("s1", "none", 9), ("none", "none", None), ("l09", "l09", 0)]
)
def test_no_path_is_null_and_so_is_an_id_that_is_no_record_s(start: str, end: str, most: int | None) -> None:
    assert asked(start, end, most) == {"path": None}


def test_a_length_below_0_is_refused_whatever_the_ids_are() -> None:
    ends: list[dict[str, Any]] = [{"from": id, "to": "c2", "most": -1} for id in ("c1", "none")]
    told = [codes(ASKED, **each) for each in ends]
    assert told == [["BAD_ARGUMENT"]] * 2


def test_a_path_longer_than_its_cost_allows_is_refused_and_its_length_is_still_told() -> None:
    chain = graph_of(1_000, *pairwise(range(1_000)))
    ends: dict[str, Any] = {"from": "c000000", "to": "c000999"}
    deeper = (
        "query ($from: ID!, $to: ID!) { path(from: $from, to: $to) { records { links { totalCount } } } }"
    )
    deepest = deeper.replace("totalCount", "edges { node { id } }")
    assert ask(deeper.replace("records { links { totalCount } }", "length"), chain, **ends) == {
        "path": {"length": 999}
    }
    assert codes(deeper, chain, **ends) == []
    assert codes(deepest, chain, **ends) == ["TOO_COSTLY"]
    several = " ".join(
        f"p{n}: path(from: $from, to: $to) {{ records {{ id }} links {{ id }} }}" for n in range(9)
    )
    told = codes(f"query ($from: ID!, $to: ID!) {{ {several} }}", chain, **ends)
    assert told == ["TOO_COSTLY"] * 4
