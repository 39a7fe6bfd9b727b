"""A publisher waits for every reader that might still begin an answer from before, and for nobody else (DESIGN 4)."""

from collections.abc import Callable, Collection

from graph.readers import LEASE_SECONDS, Reader, await_readers
from graph.release import Content
from graph.release_store import Change
from tests.memory_releases import MemoryReleases
from tests.partner_client import HandClock
from tests.store_contract import header

NOW = 2


def releases(*readers: Reader) -> MemoryReleases:
    """A store at revision NOW, with these readers."""
    store = MemoryReleases()
    for _ in range(NOW):
        store.apply(header(Content()), Change())
    for reader in readers:
        store.enrol(reader)
    return store


def waited(store: MemoryReleases, meanwhile: Callable[[float], None] = lambda _seconds: None) -> float:
    """For how long, by a clock that moves as the publisher sleeps."""
    clock = HandClock()

    def sleep(seconds: float) -> None:
        clock.seconds += seconds
        meanwhile(clock.seconds)

    await_readers(store, clock, sleep)
    return clock.seconds


def test_without_readers_nothing_is_waited_for() -> None:
    assert waited(releases()) == 0


def test_those_who_have_confirmed_are_not_waited_for() -> None:
    assert waited(releases(Reader("one", NOW), Reader("another", NOW + 1))) == 0


def test_one_that_does_not_confirm_is_waited_for_until_its_lease_has_passed_and_is_struck_off() -> None:
    store = releases(Reader("dead", NOW - 1), Reader("well", NOW))
    assert LEASE_SECONDS < waited(store) < LEASE_SECONDS * 1.1
    assert store.enrolled() == [Reader("well", NOW)]


def test_a_reader_whose_clock_is_a_little_slower_has_no_lease_left_either() -> None:
    assert waited(releases(Reader("slow", NOW - 1))) >= LEASE_SECONDS / 0.96


def test_the_longest_lease_counts() -> None:
    assert 3.0 < waited(releases(Reader("short", 0, 0.1), Reader("long", 0, 3.0))) < 3.3


def test_the_wait_ends_when_the_last_one_confirms() -> None:
    store = releases(Reader("one", 0), Reader("another", 0))

    def confirm(seconds: float) -> None:
        if seconds > 0.1:
            store.enrol(Reader("one", NOW))
        if seconds > 0.5:
            store.leave("another")

    assert 0.5 < waited(store, confirm) < 0.6


def test_one_that_enrols_meanwhile_is_not_waited_for() -> None:
    store = releases(Reader("one", 0))

    def come(seconds: float) -> None:
        store.enrol(Reader("new", -1))
        store.enrol(Reader("one", NOW))

    assert waited(store, come) < 0.1
    assert {reader.name for reader in store.enrolled()} == {"new", "one"}


class ConfirmingLast(MemoryReleases):
    """One of its readers confirms when the publisher has looked for the last time."""

    def strike_off(self, names: Collection[str], before: int) -> None:
        self.enrol(Reader("late", NOW))
        super().strike_off(names, before)


def test_one_that_confirms_at_the_last_moment_is_not_struck_off() -> None:
    store = ConfirmingLast()
    for _ in range(NOW):
        store.apply(header(Content()), Change())
    store.enrol(Reader("late", 0))
    waited(store)
    assert store.enrolled() == [Reader("late", NOW)]
