"""A change that is too large for one transaction of Neo4j: built beside what is served, switched to, written out.

The parts are made so small here that a few elements are many. A kill is what ends a process at one of its commits:
nothing is caught, and nothing more of it is done.
"""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from graph.model import OpaqueId
from graph.release import Content, Release, encode
from graph.release_store import Change
from graph.stores import bolt_history, bolt_parts
from graph.stores.bolt import Transaction
from graph.stores.bolt_releases import BoltReleases, open_releases
from graph.whole import rows_by_head, rows_by_id
from tests.dying_turns import Deaths, Killed
from tests.memory_releases import MARK
from tests.neo4j_server import Neo4jServer
from tests.store_contract import NDEX, access, case, content, document, emptied, header, subject, tie

pytestmark = pytest.mark.neo4j

NOTHING = Content()
OLD = content(
    *(case(f"c{n}") for n in range(3)),
    document("d1", narrative="withdrawn words"),
    document("d2"),
    tie("k1", "c0", "d1"),
    tie("k2", "c1", "d2"),
    tie("k3", "c2", "d2"),
)
NEW = content(
    case("c0", title="another"),
    *(case(f"c{n}") for n in (2, 5)),
    document("d2"),
    subject("s1"),
    tie("k2", "c0", "d2"),
    tie("k3", "c2", "d2", "CITES"),
    tie("k4", "d2", "s1"),
)
LAST = content(case("c0"), document("d2"), tie("k2", "c0", "d2"))


@pytest.fixture
def server(neo4j_releases_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> Neo4jServer:
    monkeypatch.setattr(bolt_parts, "PART_BYTES", 3_000)  # two elements
    monkeypatch.setattr(bolt_history, "_AT_ONCE", 3)
    return emptied(neo4j_releases_server)


@pytest.fixture
def releases(server: Neo4jServer) -> Iterator[BoltReleases]:
    with open_releases(*access(server), MARK) as store:
        yield store


def publish(releases: BoltReleases, old: Content, new: Content) -> Release:
    releases.apply(header(new), Change.between(old, new))
    return Release(header(new), new)


def left(server: Neo4jServer) -> tuple[set[str], set[str]]:
    """What stands there of texts: the bodies, and whatever else is kept beside them."""
    with server.driver() as driver:
        bodies = driver.execute_query("MATCH (n:Released) OPTIONAL MATCH (n)-[r]->() RETURN n.body, r.body")[
            0
        ]
        others = driver.execute_query(
            "MATCH (n) WHERE n:ReleasePart OR n.unwritten IS NOT NULL RETURN labels(n)[0]"
        )[0]
    return {text for row in bodies for text in row.values() if text is not None}, {row[0] for row in others}


def texts(content: Content) -> set[str]:
    return {encode(element).decode() for element in (*content.records.values(), *content.links.values())}


def consistent(releases: BoltReleases) -> Release | None:
    """The release, if its header, its history and what is read of some elements tell of one version."""
    release = releases.read(NDEX)
    if release is None:
        assert (releases.headers(), releases.header(NDEX)) == ({}, None)
        return None
    assert release.header == releases.header(NDEX) == header(release.content)
    assert release.history.names[-1][1] == release.header.version
    assert {touch.place for touch in release.history.touches} <= {
        place for place, _ in release.history.names[1:]
    }
    asked = [OpaqueId(id) for id in ("c0", "c1", "d1", "k1", "k2", "k3", "no such")]
    known = release.content
    assert releases.elements(NDEX, asked) == Content(
        {id: known.records[id] for id in asked if id in known.records},
        {id: known.links[id] for id in asked if id in known.links},
    )
    assert list(releases.record_rows(NDEX)) == list(rows_by_id(known.records.values()))
    rows = rows_by_head(known.links.values())
    assert list(releases.link_rows(NDEX)) == [(head, id, body) for id, head, _, body in rows]
    assert releases.last_version(NDEX) == release.header.version
    return release


def test_a_change_of_many_parts_is_one_version_and_nothing_is_left_beside_it(
    releases: BoltReleases, server: Neo4jServer
) -> None:
    before = NOTHING
    for each in (OLD, NEW, NOTHING, OLD, LAST, NEW):
        published = publish(releases, before, each)
        assert consistent(releases) == published
        assert left(server) == (texts(each), set())
        before = each


def test_the_history_of_a_change_of_many_parts_is_that_of_one_transaction(
    releases: BoltReleases, monkeypatch: pytest.MonkeyPatch
) -> None:
    def histories() -> list[Any]:
        told = []
        for old, new in ((NOTHING, OLD), (OLD, NEW), (NEW, LAST)):
            release = consistent_after(releases, old, new)
            told.append(release.history)
        releases.drop(NDEX)
        return told

    in_parts = histories()
    monkeypatch.undo()
    assert in_parts == histories()


def consistent_after(releases: BoltReleases, old: Content, new: Content) -> Release:
    publish(releases, old, new)
    release = consistent(releases)
    assert release is not None
    return release


def check(releases: BoltReleases, server: Neo4jServer, before: Content, deaths: Deaths) -> bool:
    """Kill the change from a content to NEW; whether the old release is what is there. The next change ends it."""
    releases.drop(NDEX)
    old = publish(releases, NOTHING, before) if before is OLD else None
    with pytest.MonkeyPatch.context() as patch:
        deaths.wrap(patch)
        with pytest.raises(Killed):
            publish(releases, before, NEW)
    found = consistent(releases)
    assert found in (old, Release(header(NEW), NEW))
    known = NOTHING if found is None else found.content
    assert publish(releases, known, LAST) == consistent(releases)
    assert left(server) == (texts(LAST), set())
    return found == old


@pytest.mark.parametrize(("from_the_end", "is_old"), [(11, True), (5, False)], ids=["kept", "switched to"])
def test_a_change_that_is_killed_half_way_is_ended_by_the_next_one(
    releases: BoltReleases, server: Neo4jServer, from_the_end: int, is_old: bool
) -> None:
    place = count(releases, OLD) - from_the_end
    assert check(releases, server, OLD, Deaths(place, after=True)) is is_old


@pytest.mark.long
@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize("before", [NOTHING, OLD], ids=["first", "later"])
def test_a_change_that_is_killed_at_any_commit_is_the_old_release_or_the_new_and_the_next_one_ends_it(
    releases: BoltReleases, server: Neo4jServer, before: Content, after: bool
) -> None:
    writes = count(releases, before)
    old = [check(releases, server, before, Deaths(place, after)) for place in range(1, writes + 1)]
    # The old one until one commit, the new one from there on.
    assert old == sorted(old, reverse=True)
    assert set(old) == {True, False}


def count(releases: BoltReleases, before: Content) -> int:
    if before is OLD:
        publish(releases, NOTHING, OLD)
    counted = Deaths(None)
    with pytest.MonkeyPatch.context() as patch:
        counted.wrap(patch)
        publish(releases, before, NEW)
    return counted.seen


def test_a_reader_sees_the_old_release_or_the_new_while_one_is_built(
    releases: BoltReleases, server: Neo4jServer
) -> None:
    first, ended = publish(releases, NOTHING, OLD), threading.Event()
    seen: list[Release | None] = []

    def look() -> None:
        while not ended.is_set():
            seen.append(reader.read(NDEX))

    with open_releases(*access(server), MARK) as reader:
        looking = threading.Thread(target=look)
        looking.start()
        second = publish(releases, OLD, NEW)
        last = publish(releases, NEW, OLD)
        ended.set()
        looking.join()
    assert first == last
    assert {release.header.version for release in seen if release is not None} <= {
        first.header.version,
        second.header.version,
    }
    assert all(release in (first, second) for release in seen)


def test_a_change_writes_in_proportion_to_itself_however_large_the_release(
    releases: BoltReleases, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    run = Transaction.run

    def counting(transaction: Transaction, *given: Any, **parameters: Any) -> Any:
        sent.append(len(parameters.get("rows", [0])))
        return run(transaction, *given, **parameters)

    monkeypatch.setattr(Transaction, "run", counting)
    rows = []
    for size in (20, 200):
        plain = [case(f"x{n}") for n in range(size)]
        whole = content(*OLD.records.values(), *OLD.links.values(), *plain)
        changed = content(*NEW.records.values(), *NEW.links.values(), *plain)
        publish(releases, NOTHING, whole)
        sent.clear()
        publish(releases, whole, changed)
        rows.append(sum(sent))
        releases.drop(NDEX)
    assert rows[0] == rows[1]
