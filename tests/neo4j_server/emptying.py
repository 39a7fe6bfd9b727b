"""Empties a test database between tests; faster than a new server, and the constraints and indexes stay."""

from pathlib import Path

from neo4j import Driver

_EMPTY = (Path(__file__).parent / "empty.cypher").read_text(encoding="utf-8")


def empty(driver: Driver) -> None:
    """Delete every node and relationship that the driver's server holds."""
    with driver.session() as session:
        session.run(_EMPTY).consume()
