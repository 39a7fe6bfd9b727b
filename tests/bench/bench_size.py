"""What holdings of a size cost in files, loaded, published, verified and opened as a View, beside bare SQLite's rows.

`python -m tests.bench.bench_size --files 50000` is 1,000,000 records and 5,000,000 links, made by `made_files`. Seconds
are those of the processor, for the ratio is taken on machines that do other things too; each step is a process of its
own, so that its peak of memory counts alone. Beside its text is what a View takes beyond the bytes of its elements.
"""

import argparse
import gc
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec
import orjson
import pytest

from graph.model import AgreementId
from graph.publish import Publisher
from graph.release import encode
from graph.stores.sqlite_holdings import open_holdings
from graph.stores.sqlite_releases import open_reader, open_releases
from graph.verifying_all import findings
from graph.view import View
from loaders.lines import LinesFormat
from loaders.load import BATCH, Loading
from server.collecting import meanwhile_uncollected
from tests.bench.made_files import entries
from tests.building import KEYS, NDEX, moment, rules
from tests.memory_releases import MARK

FILES: Final = 1_000
_WHOSE: Final = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
MOST_LOAD: Final = 8.0
"""What a load may take where bare SQLite takes 1: the bare rows are neither checked nor asked for."""
MOST_PUBLISH: Final = 10.0
MOST_VERIFY: Final = 1.5
"""What verifying may take where the first publication takes 1: it judges and draws the same, and reads all of it."""
MOST_BYTES: Final = 1_200
"""Of memory a record with its five links, beside its text, in an open View."""


class Cost(msgspec.Struct, frozen=True):
    """What a step took. seconds: of the processors. wall: of the clock. size: what it counted.

    peak: MiB of memory at the most; of a step with a second process, of both, as if they had it at the same time.
    """

    seconds: float
    wall: float
    peak: int
    size: int = 0


class NoRejects:
    """A rejects file for lines none of which is rejected."""

    def write(self, rejected: object) -> None:
        """Nothing is rejected."""


def made(folder: Path, files: int) -> int:
    """The file of lines; how many there are."""
    count = 0
    with (folder / "lines.jsonl").open("wb") as file:
        for entry in entries(files):
            file.write(entry.line + b"\n")
            count += 1
    return count


def bare(folder: Path) -> int:
    """The same lines by plain `executemany`, a transaction a batch, with the same care for the disk."""
    connection = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE entry (id TEXT PRIMARY KEY, kind TEXT NOT NULL, line BLOB NOT NULL)")
    with (folder / "lines.jsonl").open("rb") as file:
        while lines := [line.strip() for line in islice(file, BATCH)]:
            said = [(line, orjson.loads(line)) for line in lines]
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT INTO entry VALUES (?, ?, ?)", ((one["id"], one["kind"], line) for line, one in said)
            )
            connection.execute("COMMIT")
    connection.close()
    return 0


def load(folder: Path) -> int:
    """By a load with all that it checks."""
    with open_holdings(folder / "holdings.sqlite") as holdings:
        lines = LinesFormat(folder / "lines.jsonl")
        patterns = rules().policy.patterns
        return Loading("lines.jsonl", lines, holdings, patterns, NoRejects(), lambda _: None).run().taken


def publish(folder: Path) -> int:
    """Judged whole, released to one agreement, and kept for the next change."""
    under = rules()
    with (
        open_holdings(folder / "holdings.sqlite") as holdings,
        open_releases(folder / "releases.sqlite", MARK) as releases,
        meanwhile_uncollected(),
    ):
        publisher = Publisher(holdings, releases, KEYS)
        [publication] = publisher.write(publisher.plan(under, moment(), adding=[AgreementId(NDEX)]))
        return publication.records + publication.links


def verify(folder: Path) -> int:
    """Judged anew, and compared with what is published and kept; what is counted is what differs."""
    with (
        open_holdings(folder / "holdings.sqlite") as holdings,
        open_releases(folder / "releases.sqlite", MARK) as releases,
        meanwhile_uncollected(),
    ):
        return len(list(findings(Publisher(holdings, releases, KEYS), rules(), moment())))


def view(folder: Path) -> int:
    """Opened as a partner process opens it; what is counted is its memory beside its text, in bytes a record."""
    gc.disable()
    with open_reader(folder / "releases.sqlite") as reader:
        before = _resident()
        release = reader.read(NDEX)
        assert release is not None
        opened = View(release)
        took = _resident() - before
        elements = (*release.content.records.values(), *release.content.links.values())
        text = sum(len(encode(element)) for element in elements)
        return (took - text) // opened.record_count


STEPS: Final[dict[str, Callable[[Path], int]]] = {
    "bare": bare,
    "load": load,
    "publish": publish,
    "verify": verify,
    "view": view,
}


def measure(folder: Path, files: int) -> dict[str, Cost]:
    """Every step, in its order."""
    lines = made(folder, files)
    print(f"{lines:,} lines", file=sys.stderr)
    return {name: _apart(name, folder) for name in STEPS}


def told(costs: dict[str, Cost]) -> str:
    """A table, with the ratios to bare SQLite."""
    rows = [
        f"{name:<8} {cost.seconds:8.1f} s of the processor {cost.wall:8.1f} s {cost.peak:6,} MiB"
        f"  ratio {cost.seconds / costs['bare'].seconds:5.1f}"
        for name, cost in costs.items()
    ]
    return "\n".join([*rows, f"a View has {costs['view'].size:,} bytes a record beside its text"])


def _apart(name: str, folder: Path) -> Cost:
    command = [sys.executable, "-m", "tests.bench.bench_size", "--step", name, "--folder", str(folder)]
    return msgspec.json.decode(subprocess.run(command, check=True, capture_output=True).stdout, type=Cost)


def _step(name: str, folder: Path) -> Cost:
    wall, start = time.perf_counter(), _seconds()
    size = STEPS[name](folder)
    peak = sum(resource.getrusage(whose).ru_maxrss for whose in _WHOSE) // 1024
    return Cost(_seconds() - start, time.perf_counter() - wall, peak, size)


def _seconds() -> float:
    """Of the processor, those of processes that were started and have ended included."""
    used = map(resource.getrusage, _WHOSE)
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


@pytest.mark.bench
def test_holdings_of_a_size_are_loaded_and_published_at_a_few_times_what_their_bare_rows_cost(
    tmp_path: Path,
) -> None:
    costs = measure(tmp_path, FILES)
    print(f"\n{told(costs)}")
    bare_seconds = costs["bare"].seconds
    assert costs["load"].seconds < MOST_LOAD * bare_seconds
    assert costs["publish"].seconds < MOST_PUBLISH * bare_seconds
    assert costs["verify"].seconds < MOST_VERIFY * costs["publish"].seconds
    assert costs["verify"].size == 0
    assert costs["view"].size < MOST_BYTES


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_size", description=__doc__)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--step", choices=STEPS)
    asked = parser.parse_args()
    if asked.step is not None and asked.folder is not None:
        print(msgspec.json.encode(_step(asked.step, asked.folder)).decode())
        return
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        print(told(measure(Path(folder), asked.files)))


if __name__ == "__main__":
    main()
