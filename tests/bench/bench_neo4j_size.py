"""What holdings of a size cost in Neo4j, loaded, published, verified, opened and changed, beside the bare driver.

`python -m tests.bench.bench_neo4j_size --files 5000` is 100,000 records and 500,000 links, made by `made_files`. The
servers are on this machine, and their memory is bounded by `--heap`; each step is a process of its own, so that its
peak of memory counts alone. Beside the seconds of the clock are those of all processors, the step's and the servers',
which tell the same on a machine that is busy with other things. The bare driver writes into a server of its own.

The step `follow` is a partner process that opens the release and goes on while the next ones are measured: each
publication after it has a row more, for what following it has cost.

With `--keep FOLDER` the lines and the servers' data stay there, and `--only view` measures some steps again, on what
the steps before them have left there: at a million records what comes before takes an hour.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from math import nan
from pathlib import Path
from typing import Final

import msgspec
import pytest
from neo4j import GraphDatabase

from graph.erasure import erased
from graph.model import AgreementId, EntryId
from graph.publish import Publisher
from graph.store import Batch
from graph.stores.bolt_holdings import open_holdings
from graph.stores.bolt_reader import open_reader
from graph.stores.bolt_releases import open_releases
from graph.verifying_all import findings
from graph.view import View
from loaders.lines import LinesFormat
from loaders.load import BATCH, Loading
from server.collecting import meanwhile_uncollected, uncollected
from tests.bench import bare_neo4j
from tests.bench.bench_size import Cost, NoRejects, made
from tests.bench.following_partner import FollowingPartner
from tests.bench.full_speed import FullSpeed
from tests.bench.made_files import entries
from tests.building import KEYS, NDEX, moment, rules
from tests.memory_releases import MARK
from tests.neighbours import HOME
from tests.neo4j_server import Neo4jServer

FILES: Final = 500
CHANGED: Final = 100
_CITATION: Final = 80
"""Which link of a file is the first by which a report cites its case."""
_FOLLOW: Final = "follow"
MOST_LOAD: Final = 1.25
"""What a load may take where the bare driver takes 1 (issue 6)."""


class Took(msgspec.Struct, frozen=True):
    """What a step took, and the seconds of the processor that the servers took meanwhile."""

    step: Cost
    servers: float

    @property
    def seconds(self) -> float:
        """Of all processors."""
        return self.step.seconds + self.servers


_HOLDINGS: Final = "BENCH_HOLDINGS"
_RELEASES: Final = "BENCH_RELEASES"


def bare(folder: Path) -> int:
    """The same rows by the bare driver, in transactions of the same size."""
    url, user, password = _access(_HOLDINGS)
    with GraphDatabase.driver(url, auth=(user, password), telemetry_disabled=True) as driver:
        bare_neo4j.prepare(driver)
        with (folder / "lines.jsonl").open("rb") as file:
            while lines := [line.strip() for line in islice(file, BATCH)]:
                bare_neo4j.write(driver, lines)
    return 0


def load(folder: Path) -> int:
    """By a load with all that it checks."""
    with open_holdings(*_access(_HOLDINGS), HOME) as holdings:
        lines = LinesFormat(folder / "lines.jsonl")
        patterns = rules().policy.patterns
        return Loading("lines.jsonl", lines, holdings, patterns, NoRejects(), lambda _: None).run().taken


def publish(_: Path) -> int:
    """Judged whole, released to one agreement, and kept for the next change; or after it, judged by its region."""
    under = rules()
    with (
        open_holdings(*_access(_HOLDINGS), HOME) as holdings,
        open_releases(*_access(_RELEASES), MARK, HOME) as releases,
        meanwhile_uncollected(),
    ):
        publisher = Publisher(holdings, releases, KEYS)
        [publication] = publisher.write(publisher.plan(under, moment(), adding=[AgreementId(NDEX)]))
        return publication.updated + publication.added


def verify(_: Path) -> int:
    """Judged anew, and compared with what is published and kept; what is counted is what differs."""
    with (
        open_holdings(*_access(_HOLDINGS), HOME) as holdings,
        open_releases(*_access(_RELEASES), MARK, HOME) as releases,
        meanwhile_uncollected(),
    ):
        return len(list(findings(Publisher(holdings, releases, KEYS), rules(), moment())))


def change(_: Path) -> int:
    """The texts of some reports are other ones, or again those that they were."""
    texts = b'"narrative":"See', b'"narrative":"Read'
    with open_holdings(*_access(_HOLDINGS), HOME) as holdings:
        held = holdings.held(EntryId(f"D-{file}-0") for file in range(1, CHANGED + 1)).values()
        changed = [
            msgspec.structs.replace(
                entry, line=entry.line.replace(*(texts if texts[0] in entry.line else texts[::-1]))
            )
            for entry in held
        ]
        holdings.take(Batch(puts=changed))
    return len(changed)


def change_links(_: Path) -> int:
    """Some links of reports to their cases are deleted, or there again."""
    ids = {f"L-{file}-{_CITATION}" for file in range(1, CHANGED + 1)}
    patterns = rules().policy.patterns
    with open_holdings(*_access(_HOLDINGS), HOME) as holdings:
        held = holdings.held(map(EntryId, ids))
        changed = [
            entry if held[entry.id].deleted else erased(held[entry.id], patterns, None)
            for entry in entries(CHANGED + 2)
            if entry.id in ids
        ]
        holdings.take(Batch(puts=changed))
    return len(changed)


def view(_: Path) -> int:
    """Opened as a partner process opens it."""
    with closing(open_reader(*_access(_RELEASES), HOME)) as reader, uncollected():
        release = reader.read(AgreementId(NDEX))
        assert release is not None
        return View(release).record_count


STEPS: Final[dict[str, Callable[[Path], int]]] = {
    "bare": bare,
    "load": load,
    "publish": publish,
    "verify": verify,
    "view": view,
    _FOLLOW: lambda _: 0,  # by a process that stays
    "change": change,
    "publish it": publish,
    "change links": change_links,
    "publish them": publish,
}
_FOLLOWED: Final = {"publish it": "follow it", "publish them": "follow them"}


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the servers may take, as Java and Neo4j write sizes. heap, page_cache: of each of them."""

    heap: str = "1g"
    page_cache: str = "512m"

    def server(self, folder: Path, name: str) -> FullSpeed:
        """One whose data are in the folder, under its name."""
        return FullSpeed(self.heap, self.page_cache, folder / name)


def measure(folder: Path, files: int, rooms: Rooms, steps: Collection[str] = STEPS) -> dict[str, Took]:
    """These steps, in their order; the lines are made if they are not there."""
    if not (folder / "lines.jsonl").exists():
        print(f"{made(folder, files):,} lines", file=sys.stderr)
    costs = {}
    if "bare" in steps:
        with rooms.server(folder, "bare") as server:
            costs["bare"] = _apart("bare", folder, {_HOLDINGS: server})
    later = [name for name in STEPS if name in steps and name != "bare"]
    if later:
        with rooms.server(folder, "holdings") as holdings, rooms.server(folder, "releases") as releases:
            costs |= _measured(later, folder, {_HOLDINGS: holdings, _RELEASES: releases})
    return costs


def _measured(steps: Iterable[str], folder: Path, servers: dict[str, Neo4jServer]) -> dict[str, Took]:
    costs, partner = {}, None
    with ExitStack() as running:
        for name in steps:
            if name == _FOLLOW:
                before = _processor(servers.values())
                partner = running.enter_context(FollowingPartner(_told(servers[_RELEASES]), os.environ))
                costs[name] = Took(partner.told(), _processor(servers.values()) - before)
                print(_row(name, costs[name], None), file=sys.stderr, flush=True)
                continue
            costs[name] = _apart(name, folder, servers)
            if partner is not None and name in _FOLLOWED:
                followed = _FOLLOWED[name]
                costs[followed] = Took(partner.told(), servers=0)
                print(_row(followed, costs[followed], None), file=sys.stderr, flush=True)
    return costs


def told(costs: dict[str, Took]) -> str:
    """A table, with the ratios to the bare driver if it was measured."""
    return "\n".join(_row(name, took, costs.get("bare")) for name, took in costs.items())


def _row(name: str, took: Took, bare: Took | None) -> str:
    step, ratio = took.step, took.seconds / bare.seconds if bare else nan
    return (
        f"{name:<10} {step.wall:8.1f} s  {took.seconds:8.1f} s of all processors  ratio {ratio:5.2f}"
        f"  {step.seconds:7.1f} s and {step.peak:6,} MiB of its own  counted {step.size:,}"
    )


def _apart(name: str, folder: Path, servers: dict[str, Neo4jServer]) -> Took:
    command = [sys.executable, "-m", "tests.bench.bench_neo4j_size", "--step", name, "--folder", str(folder)]
    access = {key: _told(server) for key, server in servers.items()}
    before = _processor(servers.values())
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=os.environ | access)
    cost = msgspec.json.decode(ran.stdout, type=Cost)
    took = Took(cost, _processor(servers.values()) - before)
    print(_row(name, took, None), file=sys.stderr, flush=True)
    return took


def _told(server: Neo4jServer) -> str:
    """How it is reached, as JSON."""
    return msgspec.json.encode((server.url, server.user, server.password)).decode()


def _processor(servers: Iterable[Neo4jServer]) -> float:
    """Seconds that the servers have had of the processor."""
    told = [Path(f"/proc/{server.process_id}/stat").read_text(encoding="ascii") for server in servers]
    fields = [text.rpartition(")")[2].split() for text in told]
    return sum(int(field[11]) + int(field[12]) for field in fields) / os.sysconf("SC_CLK_TCK")


def _step(name: str, folder: Path) -> Cost:
    wall, start = time.perf_counter(), time.process_time()
    size = STEPS[name](folder)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Cost(seconds, time.perf_counter() - wall, peak, size)


def _access(key: str) -> tuple[str, str, str]:
    return msgspec.json.decode(os.environ[key], type=tuple[str, str, str])


@pytest.mark.bench
@pytest.mark.neo4j
def test_a_load_into_neo4j_takes_at_most_a_quarter_more_than_the_bare_driver_of_a_size(
    tmp_path: Path,
) -> None:
    costs = measure(tmp_path, FILES, Rooms())
    print(f"\n{told(costs)}")
    assert costs["load"].seconds < MOST_LOAD * costs["bare"].seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_neo4j_size", description=__doc__)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--heap", default="1g", help="of each server")
    parser.add_argument("--page-cache", default="512m", help="of each server")
    parser.add_argument("--only", nargs="+", choices=STEPS, default=list(STEPS), help="these steps")
    parser.add_argument("--keep", type=Path, help="a folder in which lines and servers' data stay")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--step", choices=STEPS)
    asked = parser.parse_args()
    if asked.step is not None and asked.folder is not None:
        print(msgspec.json.encode(_step(asked.step, asked.folder)).decode())
        return
    rooms = Rooms(asked.heap, asked.page_cache)
    if asked.keep is not None:
        asked.keep.mkdir(exist_ok=True)
        print(told(measure(asked.keep, asked.files, rooms, asked.only)))
        return
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        print(told(measure(Path(folder), asked.files, rooms, asked.only)))


if __name__ == "__main__":
    main()
