"""The engine and the specification are two readings of R1–R14; on random holdings they must agree in everything."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import specification
from tests.engine import ask
from tests.holdings_strategy import World, worlds
from tests.turning import turning, turns

some = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(max_examples=2_500, deadline=None, suppress_health_check=list(HealthCheck))


def differences(world: World) -> list[object]:
    """What engine and specification say differently of what is released, and of why the rest is not."""
    found: list[object] = []
    for agreement in world.agreements:
        question = (world.lines, world.policy, agreement, world.today, world.tainted)
        answer = ask(*question)
        pairs = (
            (answer.release(), specification.release(*question)),
            (answer.causes(), specification.causes(*question)),
        )
        found += [pair for pair in pairs if pair[0] != pair[1]]
    return found


@given(worlds(), turns)
@some
def test_the_engine_releases_and_withholds_as_the_specification_does(
    world: World, turn: tuple[int, int]
) -> None:
    with turning(*turn):
        assert differences(world) == []


@pytest.mark.long
@given(worlds(), turns)
@many
def test_they_agree_on_many_more_random_holdings(world: World, turn: tuple[int, int]) -> None:
    with turning(*turn):
        assert differences(world) == []


@given(worlds(), st.randoms(use_true_random=False))
@some
def test_the_order_in_which_entries_are_read_changes_nothing(world: World, shuffling: random.Random) -> None:
    agreement = world.agreements[0]
    standing = specification.cut_down(world.lines, world.policy, agreement, world.today, world.tainted)
    shuffled = list(standing)
    shuffling.shuffle(shuffled)
    question = (world.policy, agreement, world.today, world.tainted)
    assert ask(shuffled, *question).release() == ask(standing, *question).release()
