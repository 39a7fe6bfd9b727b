"""A load that is killed can be run again, and then what is held is as if it had never been killed (DESIGN 3)."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from graph.sources import Source, open_sources
from graph.store import Batch, Holdings
from graph.stores.sqlite_holdings import open_holdings
from loaders.load import Loading
from tests import worked_example
from tests.building import Agency, Given, LinesGiven, RejectsKept, policy
from tests.memory_holdings import MemoryHoldings

BATCH = 20
REJECTED: list[Given] = [
    "{",
    '{"kind": "case", "id": "C-3", "revised": 7}',
    '{"kind": "link", "from": "S-1", "to": 7}',
]
LINES: list[Given] = [*worked_example.lines()[:70], *REJECTED, *worked_example.lines()[70:]]
BATCHES = 9
"""How many times a load of LINES writes: eight batches, and that it has come to its end."""


class Killed(BaseException):
    """Nothing that a load could catch and go on."""


class DyingHoldings(MemoryHoldings):
    """Holdings whose process is killed as it writes for the nth time: just before or just after it is done."""

    def __init__(self, dies_at: int, after_writing: bool) -> None:
        super().__init__()
        self._left = dies_at
        self._after_writing = after_writing

    def take(self, batch: Batch) -> None:
        self._left -= 1
        if self._left == 0 and not self._after_writing:
            raise Killed
        super().take(batch)
        if self._left == 0:
            raise Killed


def state(holdings: Holdings) -> dict[str, Any]:
    """All that a load can have changed."""
    entries = {entry.id: entry for entry in holdings.entries()}
    return {"entries": entries, "open": open_sources(holdings)}


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.load.BATCH", BATCH)


@pytest.fixture(name="whole")
def _whole() -> dict[str, Any]:
    """What is held after a load that nobody killed."""
    made = Agency()
    made.load(*LINES)
    assert len(made.rejected) == len(REJECTED)
    return state(made.holdings)


def test_a_load_writes_as_often_as_these_tests_kill_it() -> None:
    never = DyingHoldings(BATCHES + 1, after_writing=False)
    Agency(holdings=never).load(*LINES)
    with pytest.raises(Killed):
        Agency(holdings=never).load()


@pytest.mark.parametrize("after_writing", [False, True], ids=["before it is written", "after it is written"])
@pytest.mark.parametrize("dies_at", range(1, BATCHES + 1))
def test_a_load_that_was_killed_at_any_batch_and_run_again_holds_the_same(
    whole: dict[str, Any], dies_at: int, after_writing: bool
) -> None:
    made = Agency(holdings=DyingHoldings(dies_at, after_writing))
    with pytest.raises(Killed):
        made.load(*LINES)
    made.load(*LINES)
    assert state(made.holdings) == whole


@pytest.mark.parametrize("dies_at", range(2, BATCHES + 1))
def test_a_load_that_was_killed_on_its_way_leaves_its_file_open(dies_at: int) -> None:
    made = Agency(holdings=DyingHoldings(dies_at, after_writing=False))
    with pytest.raises(Killed):
        made.load(*worked_example.lines(), *["{}"] * BATCH)
    rejected = max(0, (dies_at - 1) * BATCH - len(worked_example.lines()))
    assert open_sources(made.holdings) == {"given.jsonl": Source(rejected, finished=False)}


def test_a_killed_process_leaves_whole_batches_in_sqlite(tmp_path: Path, whole: dict[str, Any]) -> None:
    file = tmp_path / "holdings.sqlite"
    child = os.fork()
    if child == 0:
        try:
            _load_until_killed(file, batches=3)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    with open_holdings(file) as holdings:
        assert set(state(holdings)["entries"]) == {line["id"] for line in worked_example.lines()[: 3 * BATCH]}
        assert open_sources(holdings) == {"given.jsonl": Source(0, finished=False)}
        Agency(holdings=holdings).load(*LINES)
        assert state(holdings) == whole


def _load_until_killed(file: Path, batches: int) -> None:
    """The load of another process, which ends it after so many batches."""
    holdings, left = open_holdings(file), iter(range(batches, 0, -1))

    def tell(_: object) -> None:
        if next(left) == 1:
            os.kill(os.getpid(), signal.SIGKILL)

    Loading("given.jsonl", LinesGiven(LINES), holdings, policy().patterns, RejectsKept(), tell).run()
