"""The two-world test: holdings that differ only in what an agreement may not see give it the same answers, to the byte.

Two agencies with the same keys and day load and publish their holdings, each in full. Then both are asked the same
random questions, right and wrong, with the words of both: status, headers and body must be the same.
"""

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from schema.partner import PARTNER_SCHEMA
from tests import two_worlds
from tests.holdings_strategy import World, worlds
from tests.partner_client import Client
from tests.partner_world import LINKS, RECORDS, content, published, release
from tests.random_questions import Questions
from tests.two_worlds import Differing, Pair

NO_QUESTIONS = (
    b"",
    b"{",
    b"[]",
    b"42",
    b"null",
    b'"a"',
    b"\xff\xfe",
    b'{"query": 7}',
    b'{"query": "{}"}',
    b"[" * 3000,
)
SEEDS = st.integers(0, 2**32)


def examples(count: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many random worlds."""
    return settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))


def check(world: World, differing: Differing, seed: int, count: int, executors: Sequence[bool]) -> None:
    """Ask both of a pair so many questions. executors: whether by compiled plans, or by graphql-core."""
    rng = random.Random(seed)
    before = two_worlds.some_of(world, rng)
    agencies = two_worlds.as_it_is(world, before), differing(world, before, rng)
    pair = Pair(*agencies, world.today.toordinal())
    one, other = pair.contents()
    if differing in two_worlds.ALWAYS:
        assert one == other
    assume(one == other)
    questions = pair.questions(PARTNER_SCHEMA, rng)
    bodies = [*(questions.any() for _ in range(count)), *rng.sample(NO_QUESTIONS, 2)]
    for plans in executors:
        with two_worlds.executed(plans=plans):
            answers = [pair.client(agency).all_seen(bodies) for agency in agencies]
        for body, answer, told in zip(bodies, *answers, strict=True):
            assert answer == told, (plans, body)


def no_taint(world: World) -> bool:
    """Whether no line was rejected: while one is, nothing is added to a release."""
    return not world.tainted


@pytest.mark.parametrize("differing", [*two_worlds.ALWAYS, *two_worlds.MOSTLY])
@given(world=worlds().filter(no_taint), seed=SEEDS)
@examples(3)
def test_two_worlds_answer_some_random_questions_with_the_same_bytes(
    differing: Differing, world: World, seed: int
) -> None:
    check(world, differing, seed, 16, [seed % 2 == 0])


@pytest.mark.long
@pytest.mark.parametrize("differing", [*two_worlds.ALWAYS, *two_worlds.MOSTLY])
@given(world=worlds().filter(no_taint), seed=SEEDS)
@examples(40)
def test_two_worlds_answer_thousands_of_random_questions_with_the_same_bytes(
    differing: Differing, world: World, seed: int
) -> None:
    check(world, differing, seed, 30, [True, False])


@pytest.mark.parametrize("without", RECORDS[::3], ids=lambda record: str(record.id))
def test_the_random_questions_tell_a_release_from_one_that_has_a_record_less(without: object) -> None:
    """By the answers themselves: the version that comes with each is not looked at."""
    kept = tuple(record for record in RECORDS if record is not without)
    known = {record.id for record in kept}
    links = tuple(link for link in LINKS if {link.head, link.tail} <= known)
    questions = Questions(PARTNER_SCHEMA, [*known, "NY03-0001", "Doe", "name"], random.Random(5))
    bodies = [questions.right() for _ in range(20)]
    clients = [Client(published(release(each))) for each in (content(), content(kept, links))]
    data = [
        [body.split(b',"extensions":{"release"')[0] for _, _, body in client.all_seen(bodies)]
        for client in clients
    ]
    assert data[0] != data[1]
