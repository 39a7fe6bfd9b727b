"""How long an answer takes does not tell a record that is withheld from one that never was.

A rank test over interleaved calls: its distribution is free, so that a few slow calls say nothing. It is repeated, as
chance alone finds a difference now and then.
"""

import random
from collections.abc import Sequence
from statistics import NormalDist
from time import perf_counter_ns
from typing import Any

import pytest

from graph.keys import naming
from graph.model import EntryId
from tests.building import KEYS, NDEX, Agency
from tests.partner_client import Client
from tests.plain_lines import Made, case, document, link

CALLS = 2_000
RUNS = 3
UNLIKELY = 0.001
BY_ID = "query ($it: ID!) { node(id: $it) { id ... on Case { number title documents { totalCount } } } }"
BY_PATH = 'query ($it: ID!) { case(number: "NY03-0001") { id } path(from: $it, to: "TO") { length } }'
BY_FILTER = "query ($it: ID!) { documents(filter: { mentions: $it }) { totalCount } }"
BY_NUMBER = "query ($it: String!) { case(number: $it) { id title documents { totalCount } } }"


def likelihood(one: Sequence[float], other: Sequence[float]) -> float:
    """The two-sided p-value that both are drawn from one distribution, by the normal approximation with ties.

    H. B. Mann and D. R. Whitney, "On a test of whether one of two random variables is stochastically larger than the
    other", Annals of Mathematical Statistics 18 (1947).
    """
    ranks, ties = _ranks([*one, *other])
    n, m = len(one), len(other)
    statistic = sum(ranks[:n]) - n * (n + 1) / 2
    spread = n * m / 12 * (n + m + 1 - sum(t**3 - t for t in ties) / ((n + m) * (n + m - 1)))
    return 1.0 if spread == 0 else 2 * NormalDist().cdf(-abs(statistic - n * m / 2) / spread**0.5)


def _ranks(values: Sequence[float]) -> tuple[list[float], list[int]]:
    """The rank of each, those that are equal sharing theirs, and how many were equal each time."""
    ranks, ties = [0.0] * len(values), []
    order = sorted(range(len(values)), key=values.__getitem__)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            ranks[place] = (start + end + 1) / 2
        ties.append(end - start)
        start = end
    return ranks, ties


def test_the_rank_test_gives_what_is_known() -> None:
    """As SciPy 1.17 gives it: mannwhitneyu(…, method="asymptotic", use_continuity=False)."""
    assert likelihood([1, 2, 3], [1, 2, 3]) == pytest.approx(1.0)
    assert likelihood([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]) == pytest.approx(0.009023438818080326)
    assert likelihood([1, 1, 2], [2, 3, 3]) == pytest.approx(0.06788915486182903)
    assert likelihood([1, 4, 4, 7, 9], [2, 4, 8, 8, 9, 10]) == pytest.approx(0.30861252474558487)
    assert likelihood([5.0] * 9, [5.0] * 9) == 1.0


def holdings() -> list[Made]:
    """Cases that are released, and as many that are withheld, each with a report."""
    lines: list[Made] = []
    for n in range(1, 201):
        coded = {} if n % 2 else {"access_codes": ["T3"]}
        lines += [
            case(f"C-{n}", f"NY03-{n:04}", **coded),
            document(f"D-{n}", f"NY03-{n:04}-001"),
            link(f"L-{n}", f"C-{n}", "CONTAINS", f"D-{n}"),
        ]
    return lines


def times(
    client: Client, query: str, kinds: Sequence[Sequence[str]], rng: random.Random
) -> list[list[float]]:
    """How long each call took, by kind; the kinds are called in turn, in a random order each time."""
    taken: list[list[float]] = [[] for _ in kinds]
    for _ in range(CALLS // len(kinds)):
        for kind in rng.sample(range(len(kinds)), len(kinds)):
            body: dict[str, Any] = {"query": query, "variables": {"it": rng.choice(kinds[kind])}}
            began = perf_counter_ns()
            [answer] = client.all_seen([body])
            taken[kind].append(perf_counter_ns() - began)
            assert answer[0] == 200
    return taken


@pytest.fixture(name="agency", scope="module")
def _agency() -> Agency:
    agency = Agency()
    agency.load(*holdings())
    agency.publish()
    assert len(agency.content().records) == 200
    return agency


@pytest.mark.long
@pytest.mark.parametrize(
    "query", [BY_ID, BY_PATH, BY_FILTER, BY_NUMBER], ids=["id", "path", "filter", "number"]
)
def test_absent_and_withheld_are_not_told_apart_by_time(agency: Agency, query: str) -> None:
    rng, name, client = random.Random(3), naming(KEYS, NDEX), Client(agency.releases)
    if query == BY_NUMBER:
        withheld = [f"NY03-{n:04}" for n in range(2, 201, 2)]
        absent = [f"NY03-{n:04}" for n in range(202, 401, 2)]
    else:
        withheld = [str(name(EntryId(f"C-{n}"))) for n in range(2, 201, 2)]
        absent = [f"{rng.getrandbits(128):032x}" for _ in withheld]
    query = query.replace("TO", name(EntryId("C-1")))
    likely = [likelihood(*times(client, query, (withheld, absent), rng)) for _ in range(RUNS)]
    assert sum(each < UNLIKELY for each in likely) < 2, likely


@pytest.mark.long
def test_the_rank_test_tells_a_record_that_is_released_from_one_that_is_not(agency: Agency) -> None:
    """It measures finely enough: to find a record takes longer than to find none."""
    rng, client = random.Random(3), Client(agency.releases)
    released = [f"NY03-{n:04}" for n in range(1, 201, 2)]
    withheld = [f"NY03-{n:04}" for n in range(2, 201, 2)]
    assert likelihood(*times(client, BY_NUMBER, (released, withheld), rng)) < UNLIKELY
