"""Whatever officers ask and do, in whatever order: they are answered, or refused for a reason. Nothing goes wrong."""

import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from graphql import GraphQLSchema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schema.office.office import OFFICE_SCHEMA
from tests import office_worlds
from tests.holdings_strategy import RECORDS, World, worlds
from tests.memory_trail import MemoryTrail
from tests.office_client import OfficeClient, Who, app_over
from tests.random_questions import Questions

SEEDS = st.integers(0, 2**32)
ACTS = GraphQLSchema(OFFICE_SCHEMA.mutation_type)
EVERYTHING = "agent supervisor quality auditor"
PERSONS = [Who(name, "SAC-NY", EVERYTHING) for name in ("ann", "bob", "chief")] + [
    Who("cy", "SAC-LA", "agent")
]
WORDS = (
    "REL",
    "T3",
    "TAR",
    "title_iii",
    "third_agency",
    "ndex",
    "why",
    "2027-01-01",
    "",
    "1:",
    "\x00",
    "x" * 600,
)
LOOK = """query ($id: ID!) { record(id: $id) { version requests { id version } findings { id }
    links(first: 3) { nodes { id } } } }"""


@dataclass
class Walk:
    """Some officers at one agency. requests: those that were met, with the version in which they were."""

    rng: random.Random
    clients: list[OfficeClient]
    words: list[str]
    requests: dict[str, str] = field(default_factory=dict)

    def step(self) -> tuple[Any, int, Any]:
        """Somebody asks or acts: what was sent, and what came."""
        client = self.rng.choice(self.clients)
        body = self.act(client) if self.rng.random() < 0.6 else self.question()
        response = client.post(body)
        return body, response.status_code, response.json()

    def question(self) -> Any:
        return Questions(OFFICE_SCHEMA, self.words, self.rng).any()

    def act(self, client: OfficeClient) -> Any:
        """An act upon a record as it is now, or upon a request that was met; each argument may be another one."""
        id = self.rng.choice(RECORDS)
        seen = client.ask(LOOK, id=id)["record"] or {"version": "x", "requests": [], "findings": []}
        self.requests |= {one["id"]: one["version"] for one in seen["requests"]}
        links = [link["id"] for link in seen.get("links", {}).get("nodes", ())]
        known = {"id": [id], "record": [id], "version": [seen["version"]], "reason": ["why"], "link": links}
        known |= {"finding": [one["id"] for one in seen["findings"]], "end": ["2027-01-01"]}
        if self.requests and self.rng.random() < 0.5:
            request, version = self.rng.choice(list(self.requests.items()))
            known |= {"request": [request], "version": [version]}
        asked: dict[str, Any] = Questions(ACTS, self.words, self.rng, depth=3, known=known).right()
        return asked | {"query": asked["query"].replace("query Asked", "mutation Asked", 1)}


def walk(drawn: World, seed: int, steps: int) -> None:
    """Go so many steps. No answer is a fault of the server, and each error has a code."""
    world, rng = office_worlds.with_readers(drawn), random.Random(seed)
    agency = office_worlds.agency_of(world, world.lines)
    app = app_over(agency, MemoryTrail())
    clients = [OfficeClient(app, who.token()) for who in PERSONS]
    walking = Walk(rng, clients, [*RECORDS, *WORDS])
    for _ in range(steps):
        body, status, told = walking.step()
        codes = [error["extensions"]["code"] for error in told.get("errors", ())]
        assert (status in (200, 400), "INTERNAL" in codes) == (True, False), (body, told)


@given(drawn=worlds(), seed=SEEDS)
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
def test_nothing_that_officers_ask_or_do_goes_wrong(drawn: World, seed: int) -> None:
    walk(drawn, seed, 25)


@pytest.mark.long
@given(drawn=worlds(), seed=SEEDS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_that_officers_ask_or_do_for_long_goes_wrong(drawn: World, seed: int) -> None:
    walk(drawn, seed, 100)
