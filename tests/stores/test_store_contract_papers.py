"""What every store of holdings promises of papers: what persons have said of an id, kept beside the entries."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.model import EntryId
from graph.overlay import Overlay
from graph.store import Batch, Holdings, Paper
from graph.stores import sqlite_holdings
from graph.stores.sqlite import Database
from tests.store_contract import HoldingsPlace, entry, put

ASKED, DONE = Paper("desk", EntryId("C-1"), "asked", waits=True), Paper("desk", EntryId("C-1"), "done")
OTHER = Paper("review", EntryId("C-1"), "of another drawer", waits=True)
NEVER = Paper("desk", EntryId("implied:D-1:C-1"), "nothing is held so", waits=True)


def lying(holdings: Holdings, drawer: str, *ids: str) -> dict[EntryId, Paper]:
    return holdings.papers(drawer, map(EntryId, ids))


def told(holdings: Holdings) -> tuple[dict[EntryId, Paper], dict[EntryId, Paper], list[Paper]]:
    every = sorted(holdings.every_paper(), key=lambda paper: (paper.drawer, paper.id))
    return lying(holdings, "desk", "C-1", "implied:D-1:C-1", "C-9"), holdings.waiting("desk"), every


def test_a_new_store_has_no_papers(holdings: Holdings) -> None:
    assert told(holdings) == ({}, {}, [])


def test_a_paper_lies_under_its_id_in_its_drawer_and_is_found_while_it_waits(
    holdings_place: HoldingsPlace,
) -> None:
    with holdings_place.open() as holdings:
        holdings.take(Batch(papers=[ASKED, OTHER, NEVER]))
    with holdings_place.open() as holdings:
        desk = {ASKED.id: ASKED, NEVER.id: NEVER}
        assert told(holdings) == (desk, desk, [ASKED, NEVER, OTHER])
        assert (lying(holdings, "review", "C-1"), lying(holdings, "other", "C-1")) == ({OTHER.id: OTHER}, {})


def test_a_paper_takes_the_place_of_the_one_before_it(holdings: Holdings) -> None:
    holdings.take(Batch(papers=[ASKED, OTHER]))
    holdings.take(Batch(papers=[DONE]))
    assert told(holdings) == ({DONE.id: DONE}, {}, [DONE, OTHER])


def test_papers_are_written_with_the_entries_or_not_at_all(holdings: Holdings) -> None:
    class Failing(list[Paper]):
        def __iter__(self) -> Iterator[Paper]:
            yield ASKED
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        holdings.take(Batch(puts=[entry("C-1")], papers=Failing([ASKED])))
    assert (list(holdings.entries()), told(holdings)) == ([], ({}, {}, []))


def test_a_paper_is_no_entry_and_an_entry_that_is_replaced_leaves_it(holdings: Holdings) -> None:
    holdings.take(Batch(papers=[ASKED]))
    assert (holdings.held([ASKED.id]), list(holdings.entries()), holdings.counts()) == ({}, [], {})
    put(holdings, entry("C-1"))
    put(holdings, entry("C-1", title="another"))
    assert told(holdings) == ({ASKED.id: ASKED}, {ASKED.id: ASKED}, [ASKED])


def test_in_thought_papers_lie_over_those_that_are_there(holdings: Holdings) -> None:
    holdings.take(Batch(papers=[ASKED, OTHER]))
    thought = Overlay(holdings)
    thought.take(Batch(papers=[DONE, NEVER]))
    assert told(thought) == ({DONE.id: DONE, NEVER.id: NEVER}, {NEVER.id: NEVER}, [DONE, NEVER, OTHER])
    assert told(holdings) == ({ASKED.id: ASKED}, {ASKED.id: ASKED}, [ASKED, OTHER])


def test_a_file_from_before_there_were_papers_has_room_for_them_once_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "holdings.sqlite"
    with sqlite_holdings.open_holdings(path) as holdings:
        put(holdings, entry("C-1"))
    with Database(path, "DROP TABLE paper"):
        pass
    with sqlite_holdings.open_holdings(path) as holdings:
        holdings.take(Batch(papers=[ASKED]))
        assert (len(list(holdings.entries())), told(holdings)[0]) == (1, {ASKED.id: ASKED})
