"""Each store in turn, as the contract asks for it: in memory, in SQLite, and in a Neo4j beside other homes."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from graph.release_store import Releases
from graph.store import StoredHoldings
from tests.store_contract import HOLDINGS, RELEASES, HoldingsPlace, ReleasesPlace


@pytest.fixture(params=HOLDINGS)
def holdings_place(request: pytest.FixtureRequest) -> HoldingsPlace:
    made: HoldingsPlace = request.param(request)
    return made


@pytest.fixture
def holdings(holdings_place: HoldingsPlace) -> Iterator[StoredHoldings]:
    with holdings_place.open() as store:
        yield store


@pytest.fixture(params=RELEASES)
def releases_place(request: pytest.FixtureRequest) -> ReleasesPlace:
    made: ReleasesPlace = request.param(request)
    return made


@pytest.fixture
def releases(releases_place: ReleasesPlace) -> Iterator[Releases]:
    with closing(releases_place.open()) as store:
        yield store
