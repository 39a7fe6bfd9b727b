"""Two real Neo4j servers for the tests, one for holdings and one for releases, as an agency has them.

Each starts when the first test asks for it and ends with the session. Without Java or Maven these tests fail, with the
sentence that says what to install. A test that finds a server gets it as the last test left it: see `empty`.
"""

from collections.abc import Iterator

import pytest

from tests.neo4j_server.errors import CannotStart
from tests.neo4j_server.server import Neo4jServer


@pytest.fixture(scope="session")
def neo4j_holdings_server() -> Iterator[Neo4jServer]:
    """The server of the holdings."""
    yield from _running()


@pytest.fixture(scope="session")
def neo4j_releases_server() -> Iterator[Neo4jServer]:
    """The server of the releases: never the one of the holdings."""
    yield from _running()


def _running() -> Iterator[Neo4jServer]:
    server = _started()
    if isinstance(server, CannotStart):
        pytest.fail(str(server), pytrace=False)
    yield server
    server.close()


def _started() -> Neo4jServer | CannotStart:
    try:
        server = Neo4jServer()
        server.start()
    except CannotStart as reason:
        return reason
    return server
