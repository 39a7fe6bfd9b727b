"""The two-world test at the desk: what differs only in what an officer may not know of, answers his acts alike.

The acts are such as change no line: what does change one may, by the rules, reach what he sees along what he does not.
"""

import random
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests import office_worlds
from tests.building import Agency
from tests.holdings_strategy import LINKS, RECORDS, World, worlds
from tests.office_client import OfficeClient, Who

KIM, ORTIZ = (
    Who("kim", "SAC-NY", "agent supervisor quality"),
    Who("ortiz", "SAC-NY", "agent supervisor"),
)
TOLD = """totalCount pageInfo { hasNextPage endCursor } nodes {
    id about kind state why version by office codes categories
    record { id } link { id } diff { name before after } }"""
DONE = "text about request { id version state } effect { agreement } record { id version }"
ACTS = [
    f'mutation ($id: ID!) {{ requestLift(id: $id, reason: "why") {{ {DONE} }} }}',
    f'mutation ($id: ID!) {{ recode(id: $id, codes: ["REL"], reason: "why", version: "") {{ {DONE} }} }}',
    f'mutation ($id: ID!) {{ delete(id: $id, reason: "why", version: "") {{ {DONE} }} }}',
    f'mutation ($id: ID!) {{ approve(request: $id, version: "", reason: "why") {{ {DONE} }} }}',
    f"""mutation ($id: ID!) {{ requestClearance(link: $id, categories: ["title_iii"], agreements: ["ndex"],
        end: "2031-01-01", reason: "why") {{ {DONE} }} }}""",
    f"""mutation ($id: ID!) {{ requestConsent(record: $id, category: "third_agency", agreement: "ndex",
        grantedBy: "DEA", end: "2031-01-01", reason: "why") {{ {DONE} }} }}""",
    f'mutation ($id: ID!) {{ returnForCorrection(request: $id, reason: "why") {{ {DONE} }} }}',
]
CHIEF = Who("chief", "SAC-NY", "agent supervisor")
CLEARANCE = """mutation ($id: ID!) { requestClearance(link: $id, categories: ["title_iii"], agreements: ["ndex"],
    end: "2031-01-01", reason: "a wire") { text } }"""
ASKED = "{ requests(first: 50) { nodes { id } } }"
QUEUE = f"{{ requests(first: 50) {{ {TOLD} }} }}"
REQUESTS = """query ($id: ID!) { record(id: $id) { version requests { id version state } } request(id: $id) { id }
    link(id: $id) { version requests { id version } } }"""


@given(drawn=worlds(), seed=st.integers(0, 2**32))
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_two_worlds_answer_acts_and_queues_of_an_officer_on_no_list_alike(drawn: World, seed: int) -> None:
    rng = random.Random(seed)
    world = office_worlds.with_readers(drawn)
    other = office_worlds.with_other_things_hidden(world, rng)
    assume(office_worlds.known(world, world.lines) == office_worlds.known(world, other))
    ids = [*RECORDS, *LINKS, "W-1", "W-5", "implied:D-1:C-1", "implied:D-2:W-1"]
    bodies = [{"query": rng.choice(ACTS), "variables": {"id": rng.choice(ids)}} for _ in range(25)]
    hidden = ("W-1", "W-5", "implied:D-2:W-1")
    bodies += [{"query": act, "variables": {"id": id}} for act in ACTS for id in hidden]
    bodies += [{"query": QUEUE}, *({"query": REQUESTS, "variables": {"id": id}} for id in ids)]
    first, second = (office_worlds.agency_of(world, lines) for lines in (world.lines, other))
    for id in LINKS:  # of which nobody else may know that it was asked for
        OfficeClient.over(second, CHIEF).told(CLEARANCE, id=id)
    assert_alike(first, second, bodies)
    asked = OfficeClient.over(first, KIM).ask(ASKED)["requests"]["nodes"]
    bodies = [{"query": rng.choice((ACTS[3], ACTS[-1])), "variables": each} for each in asked[:8]]
    assert_alike(first, second, [*bodies, {"query": QUEUE}])


def assert_alike(first: Agency, second: Agency, bodies: Sequence[Any]) -> None:
    """Two officers are answered alike."""
    for who in (KIM, ORTIZ):
        told = [OfficeClient.over(agency, who).all_seen(bodies) for agency in (first, second)]
        for body, one, another in zip(bodies, *told, strict=True):
            assert one == another, body
