"""What was withdrawn is in no gap between the rows of a page, where SQLite itself leaves it (docs/publishing.md).

Small pages and much coming and going let SQLite spread rows anew again and again. Each title is a canary of its own:
those that stand in the files have to be those that are released, and no other.
"""

import random
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from graph.errors import StoreError, StoreLocked
from graph.model import Entry, EntryId, Kind, OpaqueId
from graph.release import Content, ReleasedCase
from graph.release_store import Change
from graph.store import Batch, Keeping
from graph.stores import sqlite_gaps
from graph.stores.sqlite_gaps import nothing_left
from graph.stores.sqlite_holdings import open_holdings
from graph.stores.sqlite_releases import SqliteReleases, open_releases
from graph.turn import take_turn
from tests.memory_releases import MARK
from tests.store_contract import header

SEEDS = range(4)
_CANARY = re.compile(rb"CANARY\d{6}")


@dataclass
class Churn:
    """Cases that come, change and go at random."""

    file: Path
    dice: random.Random
    titles: dict[str, str] = field(default_factory=dict)
    drawn: int = 0

    def apply(self, releases: SqliteReleases) -> None:
        """One change of a release."""
        chosen = self.dice.sample(range(300), 60)
        gone = [f"c{n}" for n in chosen if f"c{n}" in self.titles and self.dice.random() < 0.6]
        put = [self._case(f"c{n}") for n in chosen if f"c{n}" not in gone]
        for id in gone:
            del self.titles[id]
        releases.apply(header(Content()), Change(records=put, gone_records=[_id(id) for id in gone]))

    def _case(self, id: str) -> ReleasedCase:
        self.drawn += 1
        self.titles[id] = f"CANARY{self.drawn:06}"
        return ReleasedCase(
            _id(id), "NY03-0001", title=self.titles[id], synopsis="w" * self.dice.randrange(150)
        )

    def found(self) -> set[str]:
        """The canaries in the file and in its log."""
        read = (each.read_bytes() for each in self.file.parent.glob(f"{self.file.name}*"))
        return {canary.decode() for some in read for canary in _CANARY.findall(some)}

    def released(self) -> set[str]:
        return set(self.titles.values())


def _id(id: str) -> OpaqueId:
    """Spread over the pages, as keyed hashes are."""
    return OpaqueId(f"{random.Random(id).getrandbits(64):016x}")


@pytest.fixture(name="churn", params=SEEDS)
def _churn(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Churn:
    monkeypatch.setattr("graph.stores.sqlite._PAGE", 1024)
    return Churn(tmp_path / "releases.sqlite", random.Random(request.param))


@pytest.fixture(name="releases")
def _releases(churn: Churn) -> Iterator[SqliteReleases]:
    with open_releases(churn.file, MARK) as opened:
        yield opened


@pytest.fixture(name="stops")
def _stops(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Until this is undone, changes are stopped once they are committed, as by a kill."""

    monkeypatch.setattr(sqlite_gaps, "_empty", stop)
    return monkeypatch


def stop(*_: object) -> None:
    raise StoreLocked("stopped")


def _stopped(churn: Churn, releases: SqliteReleases) -> None:
    with pytest.raises(StoreLocked):
        churn.apply(releases)


def test_after_each_change_the_files_have_what_is_released_and_nothing_that_was(
    churn: Churn, releases: SqliteReleases
) -> None:
    for _ in range(30):
        churn.apply(releases)
        assert churn.found() == churn.released()


def test_what_a_kill_left_is_gone_with_the_next_change(
    churn: Churn, releases: SqliteReleases, stops: pytest.MonkeyPatch
) -> None:
    for _ in range(30):
        _stopped(churn, releases)
    assert churn.found() > churn.released()
    stops.undo()
    churn.apply(releases)
    assert churn.found() == churn.released()


def test_what_another_left_that_wrote_meanwhile_is_gone_too(
    churn: Churn, releases: SqliteReleases, stops: pytest.MonkeyPatch
) -> None:
    with open_releases(churn.file, MARK) as another:
        stops.undo()
        another.apply(header(Content()), Change())
        with nothing_left(another._database):
            stops.setattr(sqlite_gaps, "_empty", stop)
            for _ in range(30):
                _stopped(churn, releases)
            releases._database.truncate_log()
            stops.undo()
    assert churn.found() == churn.released()


def test_the_file_is_sound_and_tells_what_was_put(churn: Churn, releases: SqliteReleases) -> None:
    for _ in range(10):
        churn.apply(releases)
    release = releases.read(header(Content()).agreement)
    assert release is not None
    titles = {record.title for record in release.content.records.values() if isinstance(record, ReleasedCase)}
    with closing(sqlite3.connect(churn.file)) as connection:
        assert (titles, connection.execute("PRAGMA integrity_check").fetchall()) == (
            churn.released(),
            [("ok",)],
        )


@pytest.mark.parametrize("churn", [0], indirect=True)
def test_a_release_that_is_dropped_leaves_nothing_in_a_gap(
    churn: Churn, releases: SqliteReleases, stops: pytest.MonkeyPatch
) -> None:
    for _ in range(10):
        _stopped(churn, releases)
    stops.undo()
    releases.drop(header(Content()).agreement)
    assert churn.found() == set()


@pytest.mark.parametrize("churn", [0], indirect=True)
def test_a_file_that_is_too_large_to_be_looked_over_is_refused(
    churn: Churn, releases: SqliteReleases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_gaps, "_MOST_PAGES", 2)
    with pytest.raises(StoreError) as refused:
        churn.apply(releases)
    assert str(refused.value) == (
        f"{churn.file}: is too large; keep the releases of some agreements in another home"
    )


@pytest.mark.parametrize("seed", [2, 3])
def test_what_a_delete_erases_is_in_no_gap_of_the_holdings_once_the_turn_ends(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.stores.sqlite._PAGE", 1024)
    dice, file = random.Random(seed), tmp_path / "holdings.sqlite"
    ids = [EntryId(f"C-{n}") for n in range(300)]
    dice.shuffle(ids)
    with open_holdings(file) as holdings:
        take_turn(holdings.turns, "here", time.monotonic, time.sleep)
        for length in (40, 90, 20):
            for id in ids:
                holdings.take(Batch(puts=[_held(id, f"CANARY-of-{id}. {'w' * dice.randrange(length)}")]))
        gone = ids[:150]
        for id in gone:
            holdings.take(Batch(puts=[msgspec.structs.replace(_held(id, ""), deleted=True)]))
        holdings.keep(Keeping(account="of all"))
        holdings.turns.end()
        read = b"".join(each.read_bytes() for each in tmp_path.glob("holdings.sqlite*"))
    found = {EntryId(id.decode()) for id in re.findall(rb"CANARY-of-(C-\d+)\.", read)}
    assert found == set(ids) - set(gone)


def _held(id: EntryId, text: str) -> Entry:
    return Entry(id, Kind.CASE, text.encode(), "2004-01-01T00:00:00.000000000")
