"""What is Neo4j's own in the releases: their looks, that they stand apart from the holdings, what a kill leaves."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StoreError, StoreRefused
from graph.model import OpaqueId
from graph.release import Content, Release, encode
from graph.release_store import Change
from graph.stores import bolt_reading
from graph.stores.bolt import open_bolt
from graph.stores.bolt_holdings import open_holdings
from graph.stores.bolt_reader import open_reader
from graph.stores.bolt_releases import BoltReleases, open_releases
from graph.stores.statements import statement
from tests.memory_releases import MARK
from tests.neo4j_server import Neo4jServer
from tests.store_contract import (
    COUNTY,
    NDEX,
    access,
    case,
    content,
    document,
    emptied,
    entry,
    header,
    many,
    put,
    subject,
    tie,
)

pytestmark = pytest.mark.neo4j

ROOT = Path(__file__).parent.parent.parent
NOTHING = Content()
SMALL = content(
    case("c1"), document("d1"), subject("s1"), tie("k1", "c1", "d1"), tie("k2", "d1", "s1", "NAMES")
)


@pytest.fixture
def server(neo4j_releases_server: Neo4jServer) -> Neo4jServer:
    return emptied(neo4j_releases_server)


@pytest.fixture
def releases(server: Neo4jServer) -> Iterator[BoltReleases]:
    with open_releases(*access(server), MARK) as store:
        yield store


def rows(server: Neo4jServer, query: str) -> list[list[Any]]:
    with server.driver() as driver:
        return [row.values() for row in driver.execute_query(query)[0]]


def publish(releases: BoltReleases, old: Content, new: Content) -> Release:
    releases.apply(header(new), Change.between(old, new))
    return Release(header(new), new)


def places(server: Neo4jServer) -> set[tuple[str, ...]]:
    return set(map(tuple, rows(server, "MATCH (p:ReleasedLink) RETURN p.agreement, p.id, p.head, p.tail")))


def refused(attempt: Callable[[], Any]) -> str:
    with pytest.raises(StoreRefused) as raised:
        attempt()
    return str(raised.value)


# --- looks -----------------------------------------------------------------------------------------------------------


def test_a_released_record_has_its_kind_as_a_label_and_is_never_a_record_of_the_holdings(
    releases: BoltReleases, server: Neo4jServer
) -> None:
    publish(releases, NOTHING, SMALL)
    found = rows(server, "MATCH (n:Released) RETURN n.id, labels(n), keys(n), n.body")
    assert {(id, *sorted(labels), *sorted(keys), body) for id, labels, keys, body in found} == {
        (id, *sorted(("Released", label)), "agreement", "body", "id", encode(SMALL.records[id]).decode())
        for id, label in zip(SMALL.records, ("Case", "Document", "Subject"), strict=True)
    }
    assert rows(server, "MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label ORDER BY label") == [
        [label]
        for label in (
            *("Case", "Document", "KeepsReleases", "Release", "ReleaseVersion", "Released"),
            *("ReleasedLink", "Revision", "Subject", "Turn"),
        )
    ]


def test_a_released_link_is_a_relationship_of_its_type(releases: BoltReleases, server: Neo4jServer) -> None:
    publish(releases, NOTHING, SMALL)
    found = rows(server, "MATCH (a)-[r]->(b) RETURN type(r), a.id, b.id, r.agreement, r.id, r.body")
    assert set(map(tuple, found)) == {
        (link.type, link.head, link.tail, NDEX, link.id, encode(link).decode())
        for link in SMALL.links.values()
    }


def test_the_place_of_each_link_follows_it(releases: BoltReleases, server: Neo4jServer) -> None:
    publish(releases, NOTHING, SMALL)
    assert places(server) == {("ndex", "k1", "c1", "d1"), ("ndex", "k2", "d1", "s1")}
    moved = content(case("c1"), document("d1"), subject("s1"), tie("k1", "d1", "d1"), tie("k3", "c1", "d1"))
    publish(releases, SMALL, moved)
    assert places(server) == {("ndex", "k1", "d1", "d1"), ("ndex", "k3", "c1", "d1")}
    publish(releases, moved, NOTHING)
    left = rows(server, "MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label ORDER BY label")
    assert (places(server), left) == (
        set(),
        [
            [label]
            for label in ("KeepsReleases", "Release", "ReleaseTouch", "ReleaseVersion", "Revision", "Turn")
        ],
    )


def test_what_is_dropped_leaves_no_node_of_its_own(releases: BoltReleases, server: Neo4jServer) -> None:
    publish(releases, NOTHING, SMALL)
    releases.drop(NDEX)
    assert rows(server, "MATCH (n) WHERE NOT n:Revision AND NOT n:Turn RETURN n") == []


def test_a_link_without_a_record_at_an_end_is_an_error_and_changes_nothing(releases: BoltReleases) -> None:
    published = publish(releases, NOTHING, SMALL)
    with pytest.raises(StoreError) as raised:
        releases.apply(
            header(NOTHING), Change(links=[tie("k9", "c1", "absent")], gone_links=[OpaqueId("k1")])
        )
    assert (
        str(raised.value) == "the release of ndex has links without a record at an end; nothing was changed"
    )
    assert releases.read(NDEX) == published


@pytest.mark.parametrize("at_once", [1, 7, 20])
@pytest.mark.parametrize("few", [0, 2, 100])
def test_a_release_is_read_whole_whatever_comes_in_one_row(
    releases: BoltReleases, monkeypatch: pytest.MonkeyPatch, at_once: int, few: int
) -> None:
    hub = [tie(f"h{n}", "c00001", f"c{n:05}") for n in range(5)]
    shown = content(*many(20, 20).records.values(), *many(20, 20).links.values(), *hub)
    written = publish(releases, NOTHING, shown)
    monkeypatch.setattr(bolt_reading, "_RECORDS_AT_ONCE", at_once)
    monkeypatch.setattr(bolt_reading, "_HEADS_AT_ONCE", at_once)
    monkeypatch.setattr(bolt_reading, "_FEW_LINKS", few)
    assert releases.read(NDEX) == written


def test_links_of_a_record_with_very_many_are_withdrawn_in_time(releases: BoltReleases) -> None:
    """To look through all the links of the hub for each of them would take minutes, and a hundred times as long."""
    took, shown = list[float](), NOTHING
    for number in (1_000, 10_000):
        hub, rest = many(number, number), many(number, 10)
        publish(releases, shown, hub)
        start = time.monotonic()
        published = publish(releases, hub, rest)
        took.append(time.monotonic() - start)
        assert releases.read(NDEX) == published
        shown = rest
    assert took[1] < max(60, 40 * took[0])  # a minute, or on a slow machine what it says of itself


# --- apart from the holdings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "opening", [partial(open_releases, mark=MARK), open_reader], ids=["releases", "reader"]
)
def test_releases_are_not_opened_where_holdings_are_kept(
    neo4j_holdings_server: Neo4jServer, opening: Callable[..., Any]
) -> None:
    server = emptied(neo4j_holdings_server)
    expected = (
        f"{server.url}: holdings can be read there (database neo4j), and releases are never kept or served from where"
        " holdings can be read; name another server or user under [releases] in caselink.toml"
    )
    with open_holdings(*access(server)) as holdings:
        before = refused(lambda: opening(*access(server)))
        put(holdings, entry("C-1"))
        after = refused(lambda: opening(*access(server)))
    assert (before, after) == (expected, expected)


@pytest.mark.parametrize("label", ["Record", "Held"])
def test_a_reader_refuses_any_server_with_records(server: Neo4jServer, label: str) -> None:
    with server.driver() as driver:
        driver.execute_query("CREATE (n) SET n:$($label)", label=label)
    assert refused(lambda: open_reader(*access(server))).startswith(
        f"{server.url}: holdings can be read there"
    )


@pytest.mark.parametrize("what_is_left", ["CREATE (:Release {agreement: 'ndex'})", "CREATE (:Released)"])
def test_holdings_are_not_opened_where_releases_are_kept(server: Neo4jServer, what_is_left: str) -> None:
    with server.driver() as driver:
        driver.execute_query(what_is_left)
    assert refused(lambda: open_holdings(*access(server))) == (
        f"{server.url}: releases are kept there (database neo4j), and who reads them would read the holdings too;"
        " name another server under [holdings] in caselink.toml"
    )


# --- kills -----------------------------------------------------------------------------------------------------------

PUBLISHER = """
import os, signal, sys, threading
from graph.stores.bolt_reader import open_reader
from graph.stores.bolt_releases import open_releases
from tests.memory_releases import MARK
from tests.store_contract import header, many
from tests.stores.test_bolt_releases import SMALL, publish
releases = open_releases(*sys.argv[1:], MARK)
change = many(20_000, 20_000)
print("applying", flush=True)
threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGKILL)).start()
publish(releases, SMALL, change)
print("applied", flush=True)
"""


def test_a_publisher_that_is_killed_leaves_the_release_as_it_was(
    releases: BoltReleases, server: Neo4jServer
) -> None:
    published = publish(releases, NOTHING, SMALL)
    command = [sys.executable, "-c", PUBLISHER, *access(server)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as publisher:
        assert publisher.stdout is not None
        assert publisher.stdout.readline() == "applying\n"
        assert (publisher.wait(), publisher.stdout.read()) == (-signal.SIGKILL, "")
    assert (releases.header(NDEX), releases.read(NDEX)) == (published.header, published)
    assert publish(releases, SMALL, NOTHING) == releases.read(NDEX)


class Clock:
    """A clock that goes on when somebody sleeps, and at no other time."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def monotonic(self) -> float:
        return self._seconds

    def sleep(self, seconds: float) -> None:
        self._seconds += seconds


def test_a_change_that_was_begun_and_never_ended_keeps_readers_waiting_a_little(
    releases: BoltReleases, server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = publish(releases, NOTHING, SMALL)
    begin(server)
    clock = Clock()
    monkeypatch.setattr("graph.stores.bolt_reader.time", clock)
    assert releases.read(NDEX) == published
    waited = clock.monotonic()
    again = publish(releases, SMALL, SMALL)
    assert releases.read(NDEX) == again
    assert (4 < waited < 6, clock.monotonic() - waited) == (True, 0)


def test_who_goes_on_from_a_version_waits_for_a_change_that_is_under_way(
    releases: BoltReleases, server: Neo4jServer
) -> None:
    publish(releases, NOTHING, SMALL)
    release = releases.read(NDEX)
    assert release is not None
    begin(server)
    with closing(open_bolt(*access(server))) as bolt:
        ending = threading.Timer(
            0.5, lambda: bolt.ask(statement("releases_end"), agreement=NDEX, change="killed")
        )
        ending.start()
        later = releases.later(NDEX, *release.history.names[-1])
        ending.join()
    assert later is not None
    assert (later.header, later.touched, later.content) == (release.header, frozenset(), NOTHING)


def test_what_is_held_until_a_person_accepts_it_is_due_whatever_the_clock_says(
    releases: BoltReleases, server: Neo4jServer
) -> None:
    releases.announce_restriction(0)
    assert rows(server, "MATCH (restriction:Restriction) RETURN restriction.due_at") == [[0]]


def test_a_first_change_that_was_only_begun_is_no_release(
    releases: BoltReleases, server: Neo4jServer
) -> None:
    begin(server)
    assert (releases.headers(), releases.header(NDEX), releases.read(NDEX)) == ({}, None, None)
    assert publish(releases, NOTHING, SMALL) == releases.read(NDEX)


def test_what_a_killed_drop_left_is_in_no_later_release(releases: BoltReleases, server: Neo4jServer) -> None:
    publish(releases, NOTHING, SMALL)
    county = Release(header(SMALL, COUNTY), SMALL)
    releases.apply(county.header, Change.between(NOTHING, SMALL))
    with closing(open_bolt(*access(server))) as bolt:
        bolt.ask(statement("releases_delete_header"), agreement=NDEX)
    assert (releases.read(NDEX), releases.headers()) == (None, {COUNTY: county.header})
    assert publish(releases, NOTHING, content(case("c9"))) == releases.read(NDEX)
    assert releases.read(COUNTY) == county


def begin(server: Neo4jServer) -> None:
    """What a change leaves that is killed right after it was begun."""
    with closing(open_bolt(*access(server))) as bolt:
        bolt.ask(statement("releases_begin"), agreement=NDEX, change="killed")
