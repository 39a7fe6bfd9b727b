"""How long an answer takes does not tell a record that is withheld from one that never was.

A rank test over interleaved calls: its distribution is free, so that a few slow calls say nothing. It is repeated, as
chance alone finds a difference now and then.
"""

import random
from collections.abc import Sequence
from statistics import NormalDist

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
BY_WORD = "query ($it: String!) { search(text: $it) { totalCount nodes { id } } }"
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
    """Cases that are released, and as many that are withheld, each with a report; the first has many of them."""
    lines: list[Made] = []
    for n in range(2, 62):
        lines += [document(f"D-1-{n}", f"NY03-0001-{n:03}"), link(f"L-1-{n}", "C-1", "CONTAINS", f"D-1-{n}")]
    for n in range(1, 201):
        coded = {} if n % 2 else {"access_codes": ["T3"]}
        lines += [
            case(f"C-{n}", f"NY03-{n:04}", title=word(n), **coded),
            document(f"D-{n}", f"NY03-{n:04}-001"),
            link(f"L-{n}", f"C-{n}", "CONTAINS", f"D-{n}"),
        ]
    return lines


def times(
    client: Client, query: str, kinds: Sequence[Sequence[str]], rng: random.Random
) -> list[list[float]]:
    """How long each call took, by kind; the kinds are called in turn, in a random order each time."""
    turns = [kind for _ in range(CALLS // len(kinds)) for kind in rng.sample(range(len(kinds)), len(kinds))]
    bodies = [{"query": query, "variables": {"it": rng.choice(kinds[kind])}} for kind in turns]
    assert {status for status, _, _ in client.all_seen(bodies[:10])} == {200}
    taken = client.all_timed(bodies)
    return [
        [time for time, turn in zip(taken, turns, strict=True) if turn == kind] for kind in range(len(kinds))
    ]


@pytest.fixture(name="agency", scope="module")
def _agency() -> Agency:
    agency = Agency()
    agency.load(*holdings())
    agency.publish()
    assert len(agency.content().records) == 260
    return agency


@pytest.mark.long
@pytest.mark.parametrize(
    ("query", "kind"),
    [
        (BY_ID, "id"),
        (BY_PATH, "id"),
        (BY_FILTER, "id"),
        (BY_NUMBER, "number"),
        (BY_WORD, "word"),
        (BY_WORD, "number"),
    ],
    ids=["id", "path", "filter", "number", "search by word", "search by number"],
)
def test_absent_and_withheld_are_not_told_apart_by_time(agency: Agency, query: str, kind: str) -> None:
    rng, client = random.Random(3), Client(agency.releases)
    query = query.replace("TO", naming(KEYS, NDEX)(EntryId("C-1")))
    likely = [likelihood(*times(client, query, asked_for(kind, rng), rng)) for _ in range(RUNS)]
    assert sum(each < UNLIKELY for each in likely) < 2, likely


def asked_for(kind: str, rng: random.Random) -> tuple[list[str], list[str]]:
    """What is withheld, and what never was and looks like it."""
    withheld, absent = range(2, 201, 2), range(202, 401, 2)
    if kind == "number":
        return [f"NY03-{n:04}" for n in withheld], [f"NY03-{n:04}" for n in absent]
    if kind == "word":
        return [word(n) for n in withheld], [word(n) for n in absent]
    name = naming(KEYS, NDEX)
    return [name(EntryId(f"C-{n}")) for n in withheld], [f"{rng.getrandbits(128):032x}" for _ in absent]


def word(n: int) -> str:
    """A word that stands in the title of one case alone."""
    return "word" + "".join(chr(ord("a") + int(digit)) for digit in f"{n:03}")


@pytest.mark.long
def test_the_rank_test_tells_a_record_that_is_released_from_one_that_is_not(agency: Agency) -> None:
    """It measures finely enough to find what 60 documents take; on a busy machine not each time."""
    query = (
        "query ($it: String!) { case(number: $it) { documents(first: 60) { nodes { id number title } } } }"
    )
    rng, client = random.Random(3), Client(agency.releases)
    withheld, _ = asked_for("number", rng)
    found = (likelihood(*times(client, query, (["NY03-0001"], withheld), rng)) for _ in range(3))
    assert any(one < UNLIKELY for one in found)
