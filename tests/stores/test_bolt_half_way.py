"""What a kill leaves of a release in Neo4j that was being taken away, or made for the first time (issue 6).

A release goes in many transactions there. Until the last of them it is known that it was there; so whoever withdraws
next takes the rest away, and readers that may still answer from it are awaited.
"""

from collections.abc import Callable, Iterator

import pytest

from graph.readers import Reader
from graph.stores import bolt_parts
from graph.stores.bolt_releases import BoltReleases, open_releases
from tests.building import NDEX, Agency, agreement, rules
from tests.dying_turns import Deaths, Killed
from tests.memory_releases import MARK
from tests.neo4j_server import Neo4jServer
from tests.plain_lines import case
from tests.store_contract import access, emptied

pytestmark = pytest.mark.neo4j

SHOWN = [case(f"C-{n}", f"NY03-000{n}", title="withdrawn words") for n in range(1, 5)]


@pytest.fixture(name="server")
def _server(neo4j_releases_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> Neo4jServer:
    monkeypatch.setattr(bolt_parts, "PART_BYTES", 3_000)  # two elements
    return emptied(neo4j_releases_server)


@pytest.fixture(name="releases")
def _releases(server: Neo4jServer) -> Iterator[BoltReleases]:
    with open_releases(*access(server), MARK) as store:
        yield store


def left(server: Neo4jServer) -> set[str]:
    """The labels of what is there of releases; revision and turn are of no release."""
    with server.driver() as driver:
        rows = driver.execute_query("MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label")[0]
    return {row["label"] for row in rows} - {"KeepsReleases", "Reader", "Revision", "Turn"}


def killed(does: Callable[[], object], deaths: Deaths) -> bool:
    """Whether it was killed before it came to its end."""
    with pytest.MonkeyPatch.context() as patch:
        deaths.wrap(patch)
        try:
            does()
        except Killed:
            return True
    return False


@pytest.mark.parametrize(
    "place", [1, 2, 5]
)  # the header is gone, the revision risen, and some of it swept away
def test_a_release_that_was_being_taken_away_is_gone_and_its_readers_awaited_once_the_next_withdrawal_ends(
    releases: BoltReleases, server: Neo4jServer, place: int
) -> None:
    made = Agency(rules(agreement("ndex")), releases=releases)
    made.load(*SHOWN)
    made.publish()
    made.rules = rules(agreement("other"))
    releases.enrol(Reader("late", releases.standing().revision, lease_seconds=0.0))
    assert killed(lambda: made.publisher.drop_unknown(made.rules), Deaths(place, after=True))
    assert left(server) != set()
    made.publisher.drop_unknown(made.rules)
    made.restrict()
    assert (left(server), list(releases.enrolled())) == (set(), [])


def test_of_a_first_release_that_was_being_made_nothing_stays_once_the_next_withdrawal_ends(
    releases: BoltReleases, server: Neo4jServer
) -> None:
    made = Agency(rules(agreement("ndex")), releases=releases)
    made.load(*SHOWN)
    assert killed(made.publish, Deaths(10, after=True))
    assert "Released" in left(server)
    made.restrict()
    assert left(server) == set()


def test_a_change_that_was_being_built_is_known_to_be_half_way_until_the_next_one_has_ended(
    releases: BoltReleases, server: Neo4jServer
) -> None:
    made = Agency(rules(agreement("ndex")), releases=releases)
    made.load(*SHOWN)
    made.publish()
    made.load(*(line | {"title": "other words"} for line in SHOWN))
    told = [releases.half_way()]
    for place in (8, 14):  # what is beside it will not be made, or is not written out yet
        assert killed(made.publish, Deaths(place, after=True))
        told.append(releases.half_way())
    made.publish()
    told.append(releases.half_way())
    assert told == [{}, {NDEX: True}, {NDEX: True}, {}]
