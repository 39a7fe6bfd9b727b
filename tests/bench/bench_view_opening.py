"""How long a partner process takes to open a large release from SQLite, and how much memory a record of it takes.

Run it by `python -m tests.bench.bench_view_opening`, or with the others by `make bench`. The file is opened in a
process of its own, as `caselink serve` does it: read, held against the version that it states, and made into a View;
the search index comes after. Time is the process's own; a record's memory is told beside its text, the bytes of every
string that it and its links have.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from graph import keys
from graph.release import Content, Release
from graph.release_store import Change
from graph.stores.sqlite_releases import open_reader, open_releases
from graph.view import View
from server.collecting import uncollected
from tests.bench.many_cases import many_cases
from tests.memory_releases import MARK
from tests.partner_world import NDEX, VERSION_KEY, release

RECORDS: Final = 200_000
AT_MOST_SECONDS: Final = 30
"""For a million records (issue 5)."""
AT_MOST_BYTES: Final = 1_200
"""A record, beside its text (issue 5)."""

_RECORDS_A_CASE: Final = 13


@dataclass(frozen=True)
class Opening:
    """seconds: of the process. bytes: that it grew by. text: bytes of all strings."""

    records: int
    links: int
    seconds: float
    bytes: int
    text: int

    @property
    def seconds_a_million(self) -> float:
        return self.seconds * 1_000_000 / self.records

    @property
    def bytes_a_record(self) -> float:
        """Beside its text."""
        return (self.bytes - self.text) / self.records


def measure(records: int) -> Opening:
    """Write a release of about so many records, and open it in another process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "releases.sqlite"
        content = many_cases(records // _RECORDS_A_CASE)
        header = release(content).header
        with open_releases(path, MARK) as store:
            store.apply(header, Change.between(Content(), content))
        command = [sys.executable, "-m", "tests.bench.bench_view_opening", "--open", str(path)]
        told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return Opening(**json.loads(told))


def opened(path: Path) -> Opening:
    """Open the release in this file, here."""
    with open_reader(path) as reader:
        before, started = _resident(), time.process_time()
        with uncollected():
            found = reader.read(NDEX)
            assert found is not None
            assert keys.total(found.content, VERSION_KEY) == int(found.header.total, 16)
            view = View(found)
        seconds, grown = time.process_time() - started, _resident() - before
    assert view.record_count == len(found.content.records)
    return Opening(view.record_count, view.link_count, seconds, grown, _text(found))


def _resident() -> int:
    """The bytes that this process has in memory, by proc(5)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


def _text(found: Release) -> int:
    elements = (*found.content.records.values(), *found.content.links.values())
    return sum(len(text.encode()) for element in elements for text in _texts(msgspec.to_builtins(element)))


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for part in said.values():
            yield from _texts(part)
    elif isinstance(said, list | tuple):
        for part in said:
            yield from _texts(part)


def told(opening: Opening) -> str:
    """The numbers as a line."""
    return (
        f"{opening.records:,} records and {opening.links:,} links: {opening.seconds:.1f} s"
        f" ({opening.seconds_a_million:.0f} s for a million), {opening.bytes_a_record:,.0f} bytes a record beside"
        f" {opening.text / opening.records:,.0f} of text"
    )


@pytest.mark.bench
def test_a_release_of_a_million_records_is_opened_in_30_s_and_takes_1200_bytes_a_record_beside_its_text() -> (
    None
):
    opening = measure(RECORDS)
    print(f"\n{told(opening)}")
    assert opening.seconds_a_million <= AT_MOST_SECONDS
    assert opening.bytes_a_record <= AT_MOST_BYTES


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_view_opening", description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.open is None:
        print(told(measure(asked.records)))
    else:
        print(json.dumps(opened(asked.open).__dict__))


if __name__ == "__main__":
    main()
