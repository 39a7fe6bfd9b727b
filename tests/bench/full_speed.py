"""A Neo4j as an agency runs it: tests start theirs for a quick start, by Java options that make long work slow."""

from pathlib import Path
from typing import Final

from tests.neo4j_server import Neo4jServer

_FOR_A_QUICK_START: Final = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"}


class FullSpeed(Neo4jServer):
    """A server whose Java compiles well what it does often. heap, page_cache, home: as of a `Neo4jServer`."""

    def __init__(self, heap: str = "1g", page_cache: str = "512m", home: Path | None = None) -> None:
        super().__init__(home, heap=heap, page_cache=page_cache)
        self._java = [option for option in self._java if option not in _FOR_A_QUICK_START]
