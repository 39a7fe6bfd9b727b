"""Whatever officers ask and do, in whatever order: they are answered, or refused for a reason. Nothing goes wrong."""

import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from graphql import GraphQLSchema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.model import RECORD_KINDS
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
WORDS = ("REL", "T3", "TAR", "title_iii", "third_agency", "ndex", "ann", "2027-01-01")
ODD = ("", "1:", "1:C-1", "implied:D-1:C-1", "implied:", "\x00", "x" * 600, "9999-12-31", "2027-02-30")
STATED: dict[str, list[Any]] = {
    "codes": [["REL"], ["REL"], ["TAR", "REL"], ["T3"], [], ["NO CODE"]],
    "categories": [["title_iii"], ["third_agency", "title_iii"], ["uncoded"]],
    "agreements": [["ndex"], ["county", "ndex"], []],
    "category": ["third_agency"],
    "agreement": ["ndex"],
    "start": ["2026-11-24"],
    "end": ["2027-01-01"],
}
"""What may be said for an argument."""
LOOK = """query ($id: ID!) { record(id: $id) { version requests { id } findings { id }
    links(first: 3) { nodes { id } } } }"""


@dataclass
class Walk:
    """Some officers at one agency. held: its records. requests: those that were met."""

    rng: random.Random
    clients: list[OfficeClient]
    held: list[str]
    requests: set[str] = field(default_factory=set)

    def step(self) -> tuple[Any, int, Any]:
        """Somebody asks or acts: what was sent, and what came."""
        client = self.rng.choice(self.clients)
        body = self.act(client) if self.rng.random() < 0.6 else self.question()
        response = client.post(body)
        return body, response.status_code, response.json()

    def question(self) -> Any:
        return Questions(OFFICE_SCHEMA, [*RECORDS, *WORDS, *ODD], self.rng).any()

    def act(self, client: OfficeClient) -> Any:
        """An act upon a record as it is now, or upon a request that was met; each argument may be another one."""
        id = self.rng.choice(self.held)
        seen = client.ask(LOOK, id=id)["record"] or {"version": "x", "requests": [], "findings": []}
        self.requests |= {one["id"] for one in seen["requests"]}
        links = [link["id"] for link in seen.get("links", {}).get("nodes", ())]
        known = {"id": [id], "record": [id], "version": [seen["version"]], "reason": ["why"], "link": links}
        known |= {"finding": [one["id"] for one in seen["findings"]], **STATED}
        if self.requests and self.rng.random() < 0.5:
            request = self.rng.choice(sorted(self.requests))
            found = client.ask("query ($id: ID!) { request(id: $id) { version } }", id=request)["request"]
            known |= {"request": [request], "version": [found["version"] if found else "x"]}
        words = [*WORDS, *ODD] if self.rng.random() < 0.2 else WORDS
        asked: dict[str, Any] = Questions(ACTS, words, self.rng, depth=3, known=known).right()
        return asked | {"query": asked["query"].replace("query Asked", "mutation Asked", 1)}


def walk(drawn: World, seed: int, steps: int) -> None:
    """Go so many steps. No answer is a fault of the server, and each error has a code."""
    world, rng = office_worlds.with_readers(drawn), random.Random(seed)
    agency = office_worlds.agency_of(world, world.lines)
    app = app_over(agency, MemoryTrail())
    clients = [OfficeClient(app, who.token()) for who in PERSONS]
    held = [entry.id for entry in agency.holdings.entries() if entry.kind in RECORD_KINDS]
    walking = Walk(rng, clients, [*held, "NEVER"])
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
