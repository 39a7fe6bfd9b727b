"""How long a file takes into Neo4j: by the bare driver, by the store alone, and by `load` with all that it checks.

Run it by `python -m tests.bench.bench_neo4j_load`, or with the others by `make bench`. The rounds take turns, so that
what else the machine does meets all alike; the best time of each counts.
"""

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import orjson
import pytest
from neo4j import Driver

from graph.model import Entry, EntryId, Kind
from graph.store import Batch, Holdings
from graph.stores.bolt_holdings import open_holdings
from loaders.drawn import Rejected
from loaders.lines import LinesFormat
from loaders.load import BATCH, Loading
from loaders.sample import sample_lines
from tests.bench import bare_neo4j
from tests.bench.full_speed import FullSpeed
from tests.building import policy
from tests.neighbours import HOME
from tests.neo4j_server import Neo4jServer, empty

AT_MOST = 1.25
"""What a load may take, where the bare driver takes 1 (issue 3)."""

LINES, ROUNDS = 100_000, 4

_WARMING = 2  # rounds in which Java still compiles what it does most


class NoRejects:
    """A rejects file for lines none of which is rejected."""

    def write(self, rejected: Sequence[Rejected]) -> None:
        assert not rejected


@dataclass(frozen=True)
class Way:
    """One way to write the lines, and how long its rounds took, in seconds."""

    name: str
    write: Callable[[], None]
    seconds: list[float]

    @property
    def best(self) -> float:
        return min(self.seconds)


def measure(server: Neo4jServer, folder: Path, count: int, rounds: int) -> dict[str, Way]:
    """Write a sample of this many lines in each way, as often as there are rounds."""
    path = folder / "sample.jsonl"
    path.write_bytes(b"\n".join(islice(_lines(count), count)))
    with server.driver() as driver:
        bare_neo4j.prepare(driver)
        ways = {way.name: way for way in _ways(server, driver, path)}
        for _ in range(_WARMING + rounds):
            for way in ways.values():
                empty(driver)
                way.seconds.append(_timed(way.write))
                print(f"{way.name}: {way.seconds[-1]:.2f} s", file=sys.stderr)
        empty(driver)
    for way in ways.values():
        del way.seconds[:_WARMING]
    return ways


def _lines(count: int) -> Iterable[bytes]:
    cases = count // 15  # there are some 20 lines a case
    return (orjson.dumps(line) for line in sample_lines(cases) if line["kind"] != "delete")


def _timed(write: Callable[[], None]) -> float:
    gc.collect()
    start = time.perf_counter()
    write()
    return time.perf_counter() - start


def _ways(server: Neo4jServer, driver: Driver, path: Path) -> list[Way]:
    plain = partial(_plainly, path, partial(bare_neo4j.write, driver))
    smallest = partial(_plainly, path, partial(bare_neo4j.write, driver, register=False))
    return [
        Way("bare driver, the same rows", plain, []),
        Way("bare driver, links as relationships alone", smallest, []),
        Way("caselink's store", partial(_with_holdings, server, partial(_by_store, path)), []),
        Way("caselink load", partial(_with_holdings, server, partial(_by_load, path)), []),
    ]


def _plainly(path: Path, write: Callable[[Iterable[bytes]], None]) -> None:
    with path.open("rb") as file:
        while batch := [line.strip() for line in islice(file, BATCH)]:
            write(batch)


def _with_holdings(server: Neo4jServer, write: Callable[[Holdings], None]) -> None:
    with open_holdings(server.url, server.user, server.password, HOME) as holdings:
        write(holdings)


def _by_store(path: Path, holdings: Holdings) -> None:
    """As a load asks and takes, without its checks; the kind and the id are read from the line."""
    with path.open("rb") as file:
        while batch := [line.strip() for line in islice(file, BATCH)]:
            said = [(line, orjson.loads(line)) for line in batch]
            entries = [Entry(EntryId(one["id"]), Kind(one["kind"]), line) for line, one in said]
            ids = [entry.id for entry in entries]
            assert holdings.held(ids) == {}
            holdings.take(Batch(puts=entries, lifted=ids))


def _by_load(path: Path, holdings: Holdings) -> None:
    patterns = policy().patterns
    Loading(path.name, LinesFormat(path), holdings, patterns, NoRejects(), lambda _: None).run()


def told(ways: dict[str, Way], count: int) -> str:
    """The times as a table, and the ratios to the bare driver."""
    bare = ways["bare driver, the same rows"].best
    rows = [
        f"{way.name:<42} {way.best:6.2f} s {count / way.best:9,.0f} lines/s  {way.best / bare:5.2f}"
        for way in ways.values()
    ]
    return "\n".join([f"{count:,} lines into Neo4j, best of {len(next(iter(ways.values())).seconds)}", *rows])


@pytest.mark.bench
@pytest.mark.neo4j
def test_a_load_takes_at_most_a_quarter_more_than_the_bare_driver(tmp_path: Path) -> None:
    with FullSpeed() as server:
        ways = measure(server, tmp_path, LINES, ROUNDS)
    print(f"\n{told(ways, LINES)}")
    assert ways["caselink load"].best <= AT_MOST * ways["bare driver, the same rows"].best


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_neo4j_load", description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    with FullSpeed() as server, tempfile.TemporaryDirectory() as folder:
        print(told(measure(server, Path(folder), asked.lines, asked.rounds), asked.lines))


if __name__ == "__main__":
    main()
