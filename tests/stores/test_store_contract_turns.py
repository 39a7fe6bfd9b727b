"""What every store promises of the turn to write (graph/turn.py): a write of one who lost it fails, as a whole.

The stores in memory have one connection, whose turn it always is.
"""

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from graph.errors import StoreLocked
from graph.model import EntryId
from graph.release_store import Change, Releases
from graph.revocations import Revocations
from graph.store import Batch, Keeping, Paper, StoredHoldings, Taint
from graph.turn import Turn
from tests.store_contract import (
    HOLDINGS,
    NDEX,
    RELEASES,
    HoldingsPlace,
    ReleasesPlace,
    all_of,
    case,
    content,
    entry,
    header,
    put,
)

SMALL = content(case("c1"))
OF_HOLDINGS: dict[str, Callable[[StoredHoldings], None]] = {
    "take": lambda holdings: put(holdings, entry("C-2")),
    "taint": lambda holdings: holdings.take(Batch(taints=[Taint(EntryId("C-1"), "C-1")])),
    "papers": lambda holdings: holdings.take(Batch(papers=[Paper("desk", EntryId("C-1"), "")])),
    "remember": lambda holdings: holdings.remember("name", "text"),
    "keep": lambda holdings: holdings.keep(Keeping(account="another")),
    "forget": lambda holdings: holdings.forget(),
    "give sign": lambda holdings: holdings.turns.give_sign(),
}
OF_RELEASES: dict[str, Callable[[Releases], None]] = {
    "apply": lambda releases: releases.apply(header(content()), Change(gone_records=[*SMALL.records])),
    "drop": lambda releases: releases.drop(NDEX),
    "revoke": lambda releases: releases.revoke(Revocations(frozenset({"a"}))),
    "announce": lambda releases: releases.announce_restriction(0),
    "done": lambda releases: releases.restriction_done(),
    "give sign": lambda releases: releases.turns.give_sign(),
}


@pytest.fixture(params=HOLDINGS[1:])
def holdings_place(request: pytest.FixtureRequest) -> HoldingsPlace:
    made: HoldingsPlace = request.param(request)
    return made


@pytest.fixture(params=RELEASES[1:])
def releases_place(request: pytest.FixtureRequest) -> ReleasesPlace:
    made: ReleasesPlace = request.param(request)
    return made


def take(store: StoredHoldings | Releases, holder: str) -> None:
    assert store.turns.take(store.turns.now(), holder)


def told(store: StoredHoldings | Releases) -> tuple[int, str | None]:
    turn = store.turns.now()
    return turn.number, turn.holder


def taken_once(one: StoredHoldings | Releases, other: StoredHoldings | Releases) -> None:
    """Two take the turn of one store, where nobody ever had it."""
    nobodys = one.turns.now()
    assert nobodys == other.turns.now() == Turn()
    assert (one.turns.take(nobodys, "one"), other.turns.take(nobodys, "other")) == (True, False)
    assert told(one) == told(other) == (1, "one")
    take(other, "other")
    one.turns.end()  # it is not its own any more
    assert told(one) == (2, "other")
    other.turns.end()
    assert told(one) == (2, None)


def state_of_holdings(store: StoredHoldings) -> Any:
    return all_of(store), store.taints(), store.recall("name"), store.account(), set(store.changed())


def state_of_releases(store: Releases) -> Any:
    return store.read(NDEX), store.revocations(), store.standing()


def test_a_turn_is_taken_once_and_seen_by_all(releases_place: ReleasesPlace) -> None:
    with closing(releases_place.open()) as one, closing(releases_place.open()) as other:
        taken_once(one, other)


def test_a_turn_of_holdings_is_taken_once_and_seen_by_all(holdings_place: HoldingsPlace) -> None:
    with holdings_place.open() as one, holdings_place.open() as other:
        taken_once(one, other)


def test_nobody_takes_a_turn_of_which_a_sign_was_given_since(releases_place: ReleasesPlace) -> None:
    with closing(releases_place.open()) as one, closing(releases_place.open()) as other:
        take(one, "one")
        seen = other.turns.now()
        one.apply(header(SMALL), Change.between(content(), SMALL))
        assert other.turns.take(seen, "other") is False
        seen = other.turns.now()
        one.turns.give_sign()
        assert (other.turns.take(seen, "other"), told(one)) == (False, (1, "one"))


def test_nothing_stays_of_what_is_written_to_holdings_by_one_who_lost_the_turn(
    holdings_place: HoldingsPlace,
) -> None:
    with holdings_place.open() as one, holdings_place.open() as other:
        take(one, "one")
        put(one, entry("C-1"))
        one.keep(Keeping(standings=[(EntryId("C-1"), b"x")], account="first"))
        put(one, entry("C-1", title="changed"))
        take(other, "other")
        before = state_of_holdings(other)
        for name, write in OF_HOLDINGS.items():
            with pytest.raises(StoreLocked):
                write(one)
            assert (name, state_of_holdings(other)) == (name, before)
        for write in OF_HOLDINGS.values():
            write(other)


def test_nothing_stays_of_what_is_written_to_releases_by_one_who_lost_the_turn(
    releases_place: ReleasesPlace,
) -> None:
    with closing(releases_place.open()) as one, closing(releases_place.open()) as other:
        take(one, "one")
        one.apply(header(SMALL), Change.between(content(), SMALL))
        take(other, "other")
        before = state_of_releases(other)
        for name, write in OF_RELEASES.items():
            with pytest.raises(StoreLocked):
                write(one)
            assert (name, state_of_releases(other)) == (name, before)
        for write in OF_RELEASES.values():
            write(other)
