"""The two-world test of the office (DESIGN 6): what differs only in records that do not exist for an officer gives him
the same answers, to the byte.
"""

import random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from schema.office.office import OFFICE_SCHEMA
from tests import office_worlds
from tests.holdings_strategy import RECORDS, World, worlds
from tests.office_client import OfficeClient, Who
from tests.office_page import OVERVIEW, PAGE
from tests.random_questions import Questions

INVESTIGATOR = Who("an.investigator", "SAC-NY", "investigator agent supervisor quality auditor")
PARTNERS = {
    "query": """{ agreement { release { version publishedAt recordCount linkCount } }
        cases { nodes { id number title links { edges { link { type sources { id } } node { id } } } } }
        documents { nodes { id number title } }
        subjects { nodes { label properties { values { value sources { id } } } } }
        changes { edges { node { kind recordId } } } }"""
}
SEEDS = st.integers(0, 2**32)


def check(drawn: World, seed: int, count: int) -> None:
    """Ask both of a pair for the pages of some records, and so many random questions."""
    rng = random.Random(seed)
    world = office_worlds.with_readers(drawn)
    other = office_worlds.with_other_things_hidden(world, rng)
    assume(office_worlds.known(world, world.lines) == office_worlds.known(world, other))
    agencies = [office_worlds.agency_of(world, lines) for lines in (world.lines, other)]
    words = office_worlds.words_of(agencies, world.policy)
    questions = Questions(OFFICE_SCHEMA, words, rng)
    pages = [{"query": PAGE, "variables": {"id": id}} for id in (*rng.sample(RECORDS, 6), "W-2")]
    bodies = [*pages, {"query": OVERVIEW}, *(questions.any() for _ in range(count))]
    clients = [OfficeClient.over(agency, INVESTIGATOR) for agency in agencies]
    assert "errors" not in clients[0].told(OVERVIEW)
    one, another = (client.all_seen(bodies) for client in clients)
    for body, answer, told in zip(bodies, one, another, strict=True):
        assert answer == told, body
    for agreement in ("ndex", "county"):
        seen_through = [client.post(PARTNERS, path=f"/preview/{agreement}/graphql") for client in clients]
        assert seen_through[0].content == seen_through[1].content, agreement


@given(drawn=worlds(), seed=SEEDS)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_two_worlds_answer_an_officer_on_no_list_with_the_same_bytes(drawn: World, seed: int) -> None:
    check(drawn, seed, 20)


@pytest.mark.long
@given(drawn=worlds(), seed=SEEDS)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_two_worlds_answer_thousands_of_questions_of_an_officer_with_the_same_bytes(
    drawn: World, seed: int
) -> None:
    check(drawn, seed, 30)
