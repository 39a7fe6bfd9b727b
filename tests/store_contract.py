"""The stores that keep the contract, a line each, and what the contract's tests are made of.

A place is where a store keeps what it has: opened again, it is the same store.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.history import Mark
from graph.model import AgreementId, Entry, EntryId, Kind, OpaqueId
from graph.release import (
    Content,
    Header,
    ReleasedCase,
    ReleasedDocument,
    ReleasedLink,
    ReleasedRecord,
    ReleasedSubject,
)
from graph.release_store import ReleaseReader, Releases
from graph.store import Batch, Holdings, StoredHoldings, Taint
from graph.stores import bolt_holdings, bolt_reader, bolt_releases, sqlite_holdings, sqlite_releases
from tests import neighbours
from tests.memory_holdings import MemoryHoldings
from tests.memory_releases import MARK, MemoryReleases
from tests.neo4j_server import Neo4jServer, empty


@dataclass(frozen=True)
class HoldingsPlace:
    """Where holdings are kept. open: a connection more to the same holdings."""

    open: Callable[[], StoredHoldings]


@dataclass(frozen=True)
class ReleasesPlace:
    """Where releases are kept. Each opens a connection more to the same ones; marking: by another key."""

    open_marking: Callable[[Mark], Releases]
    open_reader: Callable[[], ReleaseReader]

    def open(self) -> Releases:
        """To be written, by the key of the tests."""
        return self.open_marking(MARK)


def memory_holdings(_: pytest.FixtureRequest) -> HoldingsPlace:
    store = MemoryHoldings()
    return HoldingsPlace(lambda: store)


def sqlite_file_of_holdings(request: pytest.FixtureRequest) -> HoldingsPlace:
    path = _folder(request) / "holdings.sqlite"
    return HoldingsPlace(lambda: sqlite_holdings.open_holdings(path))


def neo4j_with_holdings(request: pytest.FixtureRequest) -> HoldingsPlace:
    server = _beside_neighbours(request, "neo4j_holdings_server", neighbours.HOLDINGS)
    return HoldingsPlace(lambda: bolt_holdings.open_holdings(*access(server), neighbours.HOME))


def memory_releases(_: pytest.FixtureRequest) -> ReleasesPlace:
    store = MemoryReleases()

    def marking(mark: Mark) -> MemoryReleases:
        store.mark = mark
        return store

    return ReleasesPlace(marking, lambda: store)


def sqlite_file_of_releases(request: pytest.FixtureRequest) -> ReleasesPlace:
    path = _folder(request) / "releases.sqlite"
    return ReleasesPlace(
        lambda mark: sqlite_releases.open_releases(path, mark), lambda: sqlite_releases.open_reader(path)
    )


def neo4j_with_releases(request: pytest.FixtureRequest) -> ReleasesPlace:
    server = _beside_neighbours(request, "neo4j_releases_server", neighbours.RELEASES)
    return ReleasesPlace(
        lambda mark: bolt_releases.open_releases(*access(server), mark, neighbours.HOME),
        lambda: bolt_reader.open_reader(*access(server), neighbours.HOME),
    )


HOLDINGS = [
    pytest.param(memory_holdings, id="memory"),
    pytest.param(sqlite_file_of_holdings, id="sqlite"),
    pytest.param(neo4j_with_holdings, id="neo4j", marks=pytest.mark.neo4j),
]
RELEASES = [
    pytest.param(memory_releases, id="memory"),
    pytest.param(sqlite_file_of_releases, id="sqlite"),
    pytest.param(neo4j_with_releases, id="neo4j", marks=pytest.mark.neo4j),
]


def access(server: Neo4jServer) -> tuple[str, str, str]:
    """What a store on this server is opened with."""
    return server.url, server.user, server.password


def emptied(server: Neo4jServer) -> Neo4jServer:
    """The server without anything in it."""
    with server.driver() as driver:
        empty(driver)
    return server


def _beside_neighbours(request: pytest.FixtureRequest, name: str, contents: str) -> Neo4jServer:
    """A server on which other homes have something, that a test leaves as it is."""
    server: Neo4jServer = request.getfixturevalue(name)
    with server.driver() as driver:
        empty(driver)
        neighbours.move_in(driver, contents)
        before = neighbours.all_but(driver, neighbours.HOME)

    def left() -> None:
        with server.driver() as driver:
            after = neighbours.all_but(driver, neighbours.HOME)
            empty(driver)
        assert after == before

    request.addfinalizer(left)
    return server


def _folder(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue("tmp_path")
    return folder


# --- holdings --------------------------------------------------------------------------------------------------------


def entry(id: str, kind: Kind = Kind.CASE, revised: str | None = None, **fields: Any) -> Entry:
    """An entry with a line as a file has it."""
    return Entry(EntryId(id), kind, orjson.dumps({"kind": kind, "id": id} | fields), revised)


def link(id: str, head: str, tail: str, **fields: Any) -> Entry:
    """A link between two ids; CONTAINS unless said otherwise."""
    return entry(id, Kind.LINK, **({"type": "CONTAINS"} | fields | {"from": head, "to": tail}))


def deleted(id: str, kind: Kind) -> Entry:
    """What stays of an entry that was deleted."""
    return Entry(EntryId(id), kind, orjson.dumps({"kind": kind, "id": id}), deleted=True)


def put(holdings: Holdings, *entries: Entry) -> None:
    """Take these entries and nothing else."""
    holdings.take(Batch(puts=entries))


def held(holdings: Holdings, *ids: str) -> dict[EntryId, Entry]:
    """Those of the ids that are held."""
    return holdings.held(map(EntryId, ids))


def taint(id: str, by: str) -> Taint:
    """A taint on an id, by what named it."""
    return Taint(EntryId(id), by)


def all_of(holdings: Holdings) -> list[Entry]:
    """Every entry, in the order of their ids."""
    return sorted(holdings.entries(), key=lambda entry: entry.id)


def tainted(holdings: Holdings) -> set[str]:
    """The ids of the entries that are withheld for a rejected line."""
    return {entry.id for entry in holdings.entries() if entry.tainted}


# --- releases --------------------------------------------------------------------------------------------------------

NDEX, COUNTY = AgreementId("ndex"), AgreementId("county")


def header(content: Content, agreement: AgreementId = NDEX) -> Header:
    """A header; its version and total follow from the content, so that equal ones are of equal contents."""
    total = f"{abs(hash(frozenset((*content.records.values(), *content.links.values())))):064x}"
    return Header(
        agreement=agreement,
        partner="Partner “N-DEx”",
        effective="2020-01-01",
        expires="2030-01-01",
        caveat="Line one.\nLine two: do not release.",
        kinds=(Kind.CASE, Kind.DOCUMENT, Kind.SUBJECT),
        purpose_required=True,
        supporting=("CONTAINS",),
        timezone="UTC",
        version=total[-32:],
        total=total,
        published_at="2026-11-24T09:00Z",
        serves_until=739_944,
    )


def content(*elements: ReleasedRecord | ReleasedLink) -> Content:
    """The content that has these records and links."""
    links = [element for element in elements if isinstance(element, ReleasedLink)]
    records = [element for element in elements if not isinstance(element, ReleasedLink)]
    return Content({record.id: record for record in records}, {link.id: link for link in links})


def case(id: str, **shown: str) -> ReleasedCase:
    """A released case."""
    return ReleasedCase(id=OpaqueId(id), **({"number": f"NY-{id}"} | shown))


def document(id: str, **shown: str) -> ReleasedDocument:
    """A released document."""
    return ReleasedDocument(id=OpaqueId(id), **({"number": f"NY-{id}", "type": "ROI"} | shown))


def subject(id: str, type: str = "person") -> ReleasedSubject:
    """A released subject."""
    return ReleasedSubject(id=OpaqueId(id), type=type)


def tie(id: str, head: str, tail: str, type: str = "CONTAINS", sources: Sequence[str] = ()) -> ReleasedLink:
    """A released link."""
    return ReleasedLink(
        id=OpaqueId(id),
        type=type,
        head=OpaqueId(head),
        tail=OpaqueId(tail),
        sources=tuple(map(OpaqueId, sources)),
    )


def many(records: int, links: int) -> Content:
    """A content of any size, in which each link goes from the first record to another one."""
    cases = [case(f"c{number:05}") for number in range(records)]
    ties = [tie(f"k{number:05}", cases[0].id, cases[number % records].id) for number in range(links)]
    return content(*cases, *ties)
