"""Records are shown by two from both ends: whoever has shown which, it is what one shows alone."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from graph import draft
from graph.content import Showing
from graph.draft import Draft, Rules, drafts
from graph.gather import gather_stated
from graph.gist import Gist
from graph.judge import judge
from graph.keys import naming, total
from graph.model import AgreementId, Entry, EntryId, OpaqueId
from graph.record_showing import RecordShowing
from graph.release import Content, encode
from graph.store import Holdings
from graph.stores import sqlite_holdings
from graph.stores.second_reader import SecondReader
from graph.stores.sqlite_holdings import open_holdings
from graph.whole import Whole
from tests import worked_example
from tests.building import KEYS, Agency, agreement, moment, rules
from tests.engine import holdings_of
from tests.holdings_strategy import World, worlds

Shown = list[dict[OpaqueId, bytes]]


class Beside(nullcontext["Beside"]):
    """`graph.store.TwoReaders` of which the second has shown so many entries when it is first asked for them."""

    def __init__(self, holdings: Holdings, ready: int) -> None:
        super().__init__(self)
        self._others = list(holdings.all_but_links())
        self._ready = self._others[:ready]
        self._showings: Sequence[RecordShowing] = ()
        self.read: list[EntryId] = []

    def links(self) -> Iterator[Entry]:
        raise NotImplementedError

    def others(self) -> Iterator[Gist]:
        raise NotImplementedError

    def terms(self) -> Iterable[tuple[str, EntryId]]:
        raise NotImplementedError

    def show(self, showings: Sequence[RecordShowing]) -> None:
        self._showings = showings

    def shown(self) -> Iterator[Sequence[Mapping[OpaqueId, bytes]]]:
        yield bodies(self._showings, self._ready)

    def from_the_end(self) -> Iterator[Entry]:
        for entry in reversed(self._others):
            self.read.append(entry.id)
            yield entry


def bodies(showings: Iterable[RecordShowing], entries: Iterable[Entry]) -> Shown:
    """What is shown of the entries, by showing."""
    read = list(entries)
    return [
        {record.id: encode(record) for record in map(showing.released, read) if record is not None}
        for showing in showings
    ]


def drawn(found: Mapping[AgreementId, Draft]) -> Shown:
    """The records of the drafts."""
    wholes = [one.drawn for one in found.values()]
    assert all(isinstance(whole, Whole) for whole in wholes)
    return [whole.records.bodies for whole in wholes if isinstance(whole, Whole)]


def totals(found: Mapping[AgreementId, Draft]) -> list[int]:
    """The keyed sum over each draft's elements."""
    return [total(one.drawn, KEYS.version) for one in found.values()]


@given(worlds(), some.integers(0, 12))
@settings(max_examples=50, deadline=None)
def test_what_two_show_is_what_one_shows_however_much_the_second_has_shown(world: World, ready: int) -> None:
    under = rules()
    holdings = holdings_of(world.lines, under.policy.patterns, world.tainted)
    stated = gather_stated(holdings.entries(), under.policy)
    alone = drafts(holdings, stated, under, KEYS, moment())
    by_two = drafts(holdings, stated, under, KEYS, moment(), Beside(holdings, ready))
    assert drawn(by_two) == drawn(alone)
    assert (
        totals(by_two)
        == totals(alone)
        == [total(one.beside(Content()), KEYS.version) for one in alone.values()]
    )


def test_no_record_is_shown_here_that_has_been_shown_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "_LOOK_AFTER", 1)
    agency = Agency(under := rules(agreement("ndex"), agreement("county")))
    agency.load(*worked_example.lines())
    stated = gather_stated(agency.holdings.entries(), under.policy)
    others = [entry.id for entry in agency.holdings.all_but_links()]
    showings = showings_of(agency.holdings, under)
    for ready in range(len(others) + 1):
        beside = Beside(agency.holdings, ready)
        drafts(agency.holdings, stated, under, KEYS, moment(), beside)
        left = [id for id in others[ready:] if any(id in showing.records for showing in showings)]
        until = others.index(left[0]) - 1 if left else len(others) - 1
        assert beside.read == list(reversed(others[max(until, 0) :]))


def test_a_second_process_shows_what_this_one_would_show(tmp_path: Path) -> None:
    under = rules(agreement("ndex"), agreement("county"))
    path = tmp_path / "holdings.sqlite"
    with open_holdings(path) as holdings:
        Agency(under, holdings).load(*worked_example.lines())
        links, others, from_the_end = (
            partial(sqlite_holdings.streamed, path, asked)
            for asked in (sqlite_holdings.LINKS, sqlite_holdings.OTHERS, sqlite_holdings.FROM_THE_END)
        )
        showings = showings_of(holdings, under)
        with SecondReader(links, others, from_the_end, under.policy, 0) as readers:
            readers.show(showings)
            come = awaited(readers)
            assert list(readers.from_the_end()) == list(reversed(list(others())))
        assert come == bodies(showings, holdings.all_but_links())


def showings_of(holdings: Holdings, under: Rules) -> list[Showing]:
    """How each agreement is shown what is held."""
    linkage = gather_stated(holdings.entries(), under.policy).linkage
    return [
        Showing.of(judge(linkage, under.policy, mou, moment().day), under.policy, mou, naming(KEYS, id))
        for id, mou in under.agreements.items()
    ]


def awaited(readers: SecondReader) -> Shown:
    """The little that a second process shows, which comes at once."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for come in readers.shown():
            return [dict(some) for some in come]
        time.sleep(0.01)
    raise TimeoutError
