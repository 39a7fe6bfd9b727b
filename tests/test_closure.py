"""R3 and R4: what decisions take from the shared closure leaves what carrying afresh would find."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.agreement import agreement_of
from graph.closure import Closure
from graph.gather import gather
from graph.judge import Judgement, judge, next_change
from graph.linkage import Words
from graph.policy_file import policy_of
from graph.propagate import carried
from graph.shared import Shared
from tests.engine import holdings_of
from tests.holdings_strategy import World, worlds
from tests.test_propagation import BOTH, ONE, TWO, own, passing
from tests.turning import turning, turns

words = st.integers(0, 15)
way = st.tuples(st.integers(0, 7), st.integers(0, 7), words)


def masked(all: Words, kept: list[int]) -> Words:
    return all & np.array(kept, np.uint64)


@given(
    st.lists(way, max_size=20),
    st.lists(words, min_size=8, max_size=8),
    st.lists(words, min_size=8, max_size=8),
    st.lists(st.tuples(st.integers(0, 19), words), max_size=6),
    turns,
)
@settings(max_examples=400, deadline=None)
def test_taking_decisions_from_the_closure_is_carrying_without_what_they_take(
    ways: list[tuple[int, int, int]],
    had: list[int],
    kept: list[int],
    stopped: list[tuple[int, int]],
    turn: tuple[int, int],
) -> None:
    passages, whole = passing(*ways), np.array(had, np.uint64)
    with turning(*turn):
        closure = Closure.of(whole, passages)
        assert closure.words.tolist() == carried(whole, passages).tolist()
        left = (masked(whole, kept), passages.without(stopped))
        assert closure.without(*left).tolist() == carried(*left).tolist()


def test_a_loop_does_not_keep_what_came_into_it_along_a_link_that_was_cleared() -> None:
    loop = passing((0, 1, ONE), (1, 2, ONE), (2, 3, ONE), (3, 1, ONE))
    closure = Closure.of(own(4, n0=1), loop)
    assert closure.without(closure.own, loop.without([(0, ONE)])).tolist() == [ONE, 0, 0, 0]


def test_what_also_comes_another_way_stays() -> None:
    ways = passing((0, 1, BOTH), (2, 1, ONE), (1, 3, BOTH))
    closure = Closure.of(own(4, n0=BOTH, n2=ONE), ways)
    assert closure.without(closure.own, ways.without([(0, BOTH)])).tolist() == [BOTH, ONE, ONE, ONE]


def test_a_consent_leaves_what_is_carried_to_the_record_from_elsewhere() -> None:
    ways = passing((0, 1, TWO), (1, 2, TWO))
    closure = Closure.of(own(3, n0=TWO, n1=TWO), ways)
    assert closure.without(own(3, n0=TWO), ways).tolist() == [TWO, TWO, TWO]
    assert closure.without(own(3, n1=TWO), ways).tolist() == [0, TWO, TWO]


def test_the_closure_itself_is_not_changed() -> None:
    ways = passing((0, 1, ONE))
    closure = Closure.of(own(2, n0=1), ways)
    closure.without(own(2), ways.without([(0, ONE)]))
    assert (closure.own.tolist(), closure.words.tolist(), ways.word.tolist()) == ([1, 0], [1, 1], [ONE])


@given(worlds(), turns)
@settings(max_examples=60, deadline=None)
def test_one_shared_closure_serves_every_agreement_and_day_as_one_of_its_own_would(
    world: World, turn: tuple[int, int]
) -> None:
    read = policy_of(world.policy)
    linkage = gather(holdings_of(world.lines, read.patterns, world.tainted).entries(), read)
    shared = Shared.of(linkage, read)
    for tables in world.agreements:
        mou = agreement_of(tables, read, "agreement.toml")
        for day in (world.today.toordinal(), world.today.toordinal() + 400):
            with turning(*turn):
                alone = judge(linkage, read, mou, day)
            together = judge(linkage, read, mou, day, shared)
            assert told(together) == told(alone)
            assert next_change(together, read, mou, day, shared) == next_change(alone, read, mou, day)


def told(judgement: Judgement) -> dict[str, list[object]]:
    return {
        name: getattr(judgement, name).tolist()
        for name in ("categories", "own_links", "out", "released", "open", "links")
    }
