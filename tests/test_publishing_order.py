"""In which order a publication does what it does, so that a kill between any two steps is safe (docs/publishing.md).

The whole order is told, of every write and of the wait for readers: what is done in another one, twice or not at all
is seen here at once, where no test that looks at the end would see it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import pytest

from graph.errors import StoreError, StoreLocked
from graph.model import AgreementId
from graph.publish import NOW_SECONDS, SOON_SECONDS
from graph.readers import Reader
from graph.release import Header
from graph.release_store import Change, nothing
from graph.restored import hold, let_go
from graph.sources import Source, open_sources
from graph.store import Batch, Keeping
from tests.building import Agency, agreement, rules
from tests.memory_holdings import MemoryHoldings
from tests.memory_releases import MemoryReleases
from tests.plain_lines import case

SHOWN, CODED, NEW = case("C-1", "NY03-0001"), case("C-2", "NY03-0002"), case("C-3", "NY03-0003")
LATE = Reader("late", 0, lease_seconds=0.0)
"""It does not confirm, and is waited for no longer than a moment."""

AT_ONCE = f"due in {NOW_SECONDS}"
RESTRICTING = ["county has 1", "ndex has 1", "late is awaited", "restriction_due: no", "done"]


class Told:
    """What was done to two stores, in order."""

    def __init__(self) -> None:
        self.events: list[str] = []


class ToldReleases(Told, MemoryReleases):
    """fails: a release that cannot be written. left: those in which a kill has left something."""

    def __init__(self) -> None:
        Told.__init__(self)
        MemoryReleases.__init__(self)
        self.fails: str | None = None
        self.left: dict[AgreementId, bool] = {}

    def apply(self, header: Header, change: Change, handed_over: Callable[[], None] = nothing) -> None:
        if header.agreement == self.fails:
            self.events.append(f"{header.agreement} fails")
            raise StoreLocked("the disk is full")
        super().apply(header, change, handed_over)
        self.events.append(f"{header.agreement} has {len(self._releases[header.agreement].content.records)}")

    def half_way(self) -> Mapping[AgreementId, bool]:
        return self.left

    def drop(self, agreement: AgreementId) -> None:
        super().drop(agreement)
        self.events.append(f"{agreement} is taken away")

    def strike_off(self, names: Collection[str], before: int) -> None:
        super().strike_off(names, before)
        self.events += [f"{name} is awaited" for name in names]

    def announce_restriction(self, seconds: int) -> None:
        super().announce_restriction(seconds)
        self.events.append(f"due in {seconds}")

    def restriction_done(self) -> None:
        super().restriction_done()
        self.events.append("done")


class ToldHoldings(MemoryHoldings):
    def __init__(self, events: list[str]) -> None:
        super().__init__()
        self.events = events

    def remember(self, name: str, text: str) -> None:
        super().remember(name, text)
        self.events.append(f"{name}: {text if len(text) < 9 else '…'}")

    def take(self, batch: Batch) -> None:
        super().take(batch)
        self.events.append("taken")

    def keep(self, keeping: Keeping) -> None:
        super().keep(keeping)
        self.events.append("kept")


@pytest.fixture(name="releases")
def _releases() -> ToldReleases:
    return ToldReleases()


@pytest.fixture(name="made")
def _made(releases: ToldReleases) -> Agency:
    """An agency with two releases of two cases; one is coded by now, and another one waits."""
    holdings = ToldHoldings(releases.events)
    made = Agency(rules(agreement("county"), agreement("ndex")), holdings=holdings, releases=releases)
    made.load(SHOWN, CODED)
    made.publish()
    made.load(CODED | {"access_codes": ["T3"]}, NEW)
    releases.enrol(LATE)
    releases.events.clear()
    return made


def test_a_load_withdraws_from_all_awaits_the_readers_and_then_says_that_it_is_done(
    made: Agency, releases: ToldReleases
) -> None:
    made.restrict()
    assert releases.events == [AT_ONCE, *RESTRICTING, "kept"]
    releases.events.clear()
    made.restrict()
    assert releases.events == [
        "county has 1",
        "ndex has 1",
        "done",
        "kept",
    ]  # nothing goes, so nobody has to be refused


def test_what_a_kill_has_left_in_a_release_is_told_and_taken_away_before_the_readers_are_awaited(
    made: Agency, releases: ToldReleases
) -> None:
    releases.left = {AgreementId("gone"): False, AgreementId("ndex"): True}
    replace(made.publisher, tell=releases.events.append).restrict(made.rules, made.now)
    assert releases.events == [
        AT_ONCE,
        "gone: a command was stopped half-way in its release; what is left of that is taken away now.",
        "ndex: a command was stopped half-way in its release; it is ended or taken back now.",
        *RESTRICTING[:2],
        "gone is taken away",
        *RESTRICTING[2:],
        "kept",
    ]


def test_a_publication_restricts_all_and_is_done_with_that_before_it_adds(
    made: Agency, releases: ToldReleases
) -> None:
    made.publish()
    adding = ["county has 2", "published:county: …", "ndex has 2", "published:ndex: …"]
    assert releases.events == [*RESTRICTING, *adding, "kept"]


def test_where_one_release_cannot_be_written_the_others_are_restricted_and_nothing_is_done_or_added(
    made: Agency, releases: ToldReleases
) -> None:
    releases.fails = "county"
    with pytest.raises(StoreError):
        made.publish()
    assert releases.events == ["county fails", "ndex has 1"]


def test_what_is_announced_is_due_within_a_minute_or_at_once(made: Agency, releases: ToldReleases) -> None:
    made.publisher.announce()
    made.publisher.announce_now()
    assert releases.events == [f"due in {SOON_SECONDS}", f"due in {NOW_SECONDS}"] == ["due in 60", "due in 2"]


def test_where_a_restored_home_is_held_nothing_that_is_announced_or_done_lets_it_be_served(
    made: Agency, releases: ToldReleases
) -> None:
    hold(made.holdings, "2026-11-23")
    releases.announce_restriction(0)
    releases.events.clear()
    made.publisher.announce()
    made.publisher.announce_now()
    assert releases.events == []
    made.restrict()
    assert releases.events == [*RESTRICTING[:-1], "due in 0", "kept"]
    let_go(made.holdings, "2026-11-23")
    releases.events.clear()
    made.restrict()
    assert releases.events == ["county has 1", "ndex has 1", "done", "kept"]


def test_a_restored_home_that_is_held_has_a_file_that_is_open_until_it_is_let_go(made: Agency) -> None:
    hold(made.holdings, "2026-11-23")
    held = open_sources(made.holdings)
    let_go(made.holdings, "2026-11-23")
    assert (held, open_sources(made.holdings)) == (
        {"what came after the backup of 2026-11-23": Source(0, finished=False)},
        {},
    )
