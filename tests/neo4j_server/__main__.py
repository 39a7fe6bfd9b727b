"""`make neo4j`: one Neo4j in the foreground, with what a shell needs to reach it, until Ctrl-C."""

import argparse
import signal
import sys
from pathlib import Path

from tests.neo4j_server.errors import CannotStart
from tests.neo4j_server.jars import VERSION
from tests.neo4j_server.server import Neo4jServer


def main() -> int:
    """Run it; 0 once it was asked to end, 1 with a sentence if it could not start or ended by itself."""
    asked = _arguments()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: sys.exit(0))
    try:
        with Neo4jServer(asked.home, heap=asked.heap) as server:
            print(_how_to_reach(server, asked.home), flush=True)
            reason = f"Neo4j ended by itself: {server.wait()}"
    except CannotStart as cause:
        reason = str(cause)
    print(reason, file=sys.stderr)
    return 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.neo4j_server", description=__doc__)
    parser.add_argument("--home", type=Path, help="keep data, port and password in this folder between runs")
    parser.add_argument("--heap", default="1g", help="the most memory that Java may take for objects (1g)")
    return parser.parse_args()


def _how_to_reach(server: Neo4jServer, home: Path | None) -> str:
    kept = f"keeps its data in {home}" if home else "forgets its data (ARGS='--home DIR' keeps them)"
    return f"""\
Neo4j {VERSION}
address   {server.url}
user      {server.user}
password  {server.password}

export CASELINK_NEO4J_USER={server.user}
export CASELINK_NEO4J_PASSWORD={server.password}

Ctrl-C stops it and {kept}."""


if __name__ == "__main__":
    sys.exit(main())
