"""The engine and the specification are two readings of R1–R14; on random holdings they must agree in everything."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import specification
from tests.engine import ask
from tests.holdings_strategy import World, worlds

many = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


@given(worlds())
@many
def test_the_engine_releases_what_the_specification_releases(world: World) -> None:
    for agreement in world.agreements:
        question = (world.lines, world.policy, agreement, world.today, world.tainted)
        assert ask(*question).release() == specification.release(*question)


@given(worlds())
@many
def test_the_engine_withholds_for_the_reasons_of_the_specification(world: World) -> None:
    for agreement in world.agreements:
        question = (world.lines, world.policy, agreement, world.today, world.tainted)
        assert ask(*question).causes() == specification.causes(*question)


@given(worlds(), st.randoms(use_true_random=False))
@many
def test_the_order_in_which_entries_are_read_changes_nothing(world: World, shuffling: random.Random) -> None:
    agreement = world.agreements[0]
    standing = specification.cut_down(world.lines, world.policy, agreement, world.today, world.tainted)
    shuffled = list(standing)
    shuffling.shuffle(shuffled)
    question = (world.policy, agreement, world.today, world.tainted)
    assert ask(shuffled, *question).release() == ask(standing, *question).release()
