"""A real Neo4j for developers and tests, started from its published jars; says what to install where it cannot.

It is no part of caselink: nothing outside the tests and `make neo4j` imports it.
"""

from tests.neo4j_server.emptying import empty
from tests.neo4j_server.errors import CannotStart
from tests.neo4j_server.server import Neo4jServer

__all__ = ["CannotStart", "Neo4jServer", "empty"]
