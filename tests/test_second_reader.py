"""A large file is read by two processes, and kept beside the writing of a release; nothing of it shows afterwards."""

import pickle
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from graph import keeping
from graph.errors import StoreUnreachable
from graph.gist import gist_of
from graph.release import Header
from graph.release_store import Change, nothing
from graph.store import ReaderLost
from graph.stores import sqlite_holdings
from graph.stores.second_reader import SecondReader, put
from graph.stores.sqlite_holdings import open_holdings
from graph.terms import terms_of
from tests import worked_example
from tests.building import Agency, agreement, rules
from tests.memory_holdings import MemoryHoldings
from tests.memory_releases import MemoryReleases

CONSENT = {
    **{"kind": "consent", "id": "K-9", "agreement": "ndex", "record": "D-1", "category": "title_iii"},
    **{"granted_by": "A", "reason": "R", "requested_by": "B", "approved_by": "C"},
    **{"effective": "2020-01-01", "expires": "2031-01-01"},
}
Rows = list[tuple[Any, ...]]
NONE = partial(iter, ())


def published(path: Path) -> tuple[Agency, dict[str, Rows]]:
    """The worked example, published from a file, and all that is kept of it."""
    with open_holdings(path) as holdings:
        agency = Agency(rules(agreement("ndex"), agreement("county")), holdings)
        agency.load(*worked_example.lines(), CONSENT)
        agency.publish()
    return agency, kept(path)


def kept(path: Path) -> dict[str, Rows]:
    """What stands in the tables of what is kept, the indexes among them."""
    connection = sqlite3.connect(path)
    asked = {
        **{"terms": "SELECT term, id FROM term ORDER BY term, id", "account": "SELECT text FROM account"},
        **{"standings": "SELECT id, body FROM standing ORDER BY id"},
        "indexes": "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
    }
    rows = {name: connection.execute(one).fetchall() for name, one in asked.items()}
    connection.close()
    return rows


@pytest.fixture
def all_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few entries and records there are, they are read by two and kept beside."""
    monkeypatch.setattr(sqlite_holdings, "MANY_ENTRIES", 1)
    monkeypatch.setattr(keeping, "MANY_RECORDS", 1)


@pytest.mark.parametrize("lost", [None, "/bin/false", "/nowhere/python"])
def test_what_two_read_is_published_and_kept_as_what_one_reads_and_so_it_is_without_the_second(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, lost: str | None
) -> None:
    alone, rows = published(tmp_path / "alone.sqlite")
    request.getfixturevalue("all_is_much")
    if lost:
        monkeypatch.setattr(sys, "executable", lost)
    by_two, rows_of_two = published(tmp_path / "two.sqlite")
    assert all(rows.values())
    assert rows_of_two == rows
    for id in ("ndex", "county"):
        assert (by_two.header(id), by_two.content(id)) == (alone.header(id), alone.content(id))


def test_what_one_is_told_by_the_second_is_what_it_would_have_read(tmp_path: Path) -> None:
    policy, day = rules().policy, 0
    with open_holdings(tmp_path / "holdings.sqlite") as holdings:
        Agency(holdings=holdings).load(*worked_example.lines(), CONSENT)
        others = partial(sqlite_holdings.streamed, tmp_path / "holdings.sqlite", sqlite_holdings.OTHERS)
        with SecondReader(holdings.entries, others, others, policy, day) as readers:
            gists, terms = list(readers.others()), readers.terms()
        read = list(holdings.all_but_links())
    assert gists == [gist for entry in read if (gist := gist_of(entry, policy)) is not None]
    assert Counter(terms) == Counter(
        (term, entry.id) for entry in read for term in terms_of(entry, policy, day)
    )


def test_a_second_reader_that_is_lost_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with SecondReader(NONE, NONE, NONE, rules().policy, 0) as readers:
        for asked in (readers.others, readers.terms):
            with pytest.raises(ReaderLost):
                list(asked())


def test_a_second_reader_ends_with_the_first_one_however_that_ends() -> None:
    command = [sys.executable, "-P", "-m", "graph.stores.second_reader"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        put(process.stdin, b"e", pickle.dumps((partial(time.sleep, 60), rules().policy, 0)))
        process.stdin.close()
        assert process.wait(timeout=300) == 1


class Failing(MemoryReleases):
    """Releases that take nothing more."""

    def apply(self, header: Header, change: Change, handed_over: Callable[[], None] = nothing) -> None:
        raise StoreUnreachable("gone")


@pytest.mark.usefixtures("all_is_much")
def test_what_is_kept_beside_a_publication_that_fails_counts_for_nothing(tmp_path: Path) -> None:
    with open_holdings(tmp_path / "holdings.sqlite") as holdings:
        agency = Agency(holdings=holdings, releases=Failing())
        agency.load(*worked_example.lines())
        with pytest.raises(StoreUnreachable):
            agency.publish()
        assert holdings.account() is None


class Watched(MemoryReleases):
    """Releases that note whether anything was kept by the time a change is handed over."""

    def __init__(self, holdings: MemoryHoldings) -> None:
        super().__init__()
        self.kept_before: list[bool] = []
        self._watched = holdings

    def apply(self, header: Header, change: Change, handed_over: Callable[[], None] = nothing) -> None:
        time.sleep(0.05)  # for whoever would be too early
        self.kept_before.append(bool(dict(self._watched.every_standing())))
        super().apply(header, change, handed_over)


@pytest.mark.usefixtures("all_is_much")
def test_keeping_begins_once_the_first_addition_is_handed_over_and_is_done_without_any() -> None:
    holdings = MemoryHoldings()
    releases = Watched(holdings)
    agency = Agency(rules(agreement("ndex")), holdings, releases)
    agency.load(*worked_example.lines())
    agency.publish()
    assert (releases.kept_before, bool(holdings.account())) == ([False], True)
    holdings.forget()
    agency.restrict()
    assert (releases.kept_before[1:], bool(holdings.account())) == ([False], True)
