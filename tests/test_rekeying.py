"""Under other keys a release has other ids and another version, and shows the same (issue 6, keys)."""

from contextlib import closing

import pytest

from graph.keys import ReleaseKeys, marking
from graph.rekeying import is_made_with, rekey
from graph.view import View
from tests import worked_example
from tests.building import KEYS, NDEX, Agency
from tests.memory_releases import MemoryReleases
from tests.plain_lines import case, document, link, prop, subject
from tests.store_contract import RELEASES, ReleasesPlace

NEW = ReleaseKeys(naming=b"m" * 32, version=b"w" * 32)
LINES = [
    case("C-1", "NY03-0001", synopsis="With NY03-0002."),
    case("C-2", "NY03-0002"),
    document("D-1", "NY03-0001-001"),
    document("D-2", "NY03-0001-002"),
    subject("S-1", prop("name", "Doe", sources=["D-1", "D-2"])),
    link("L-1", "C-1", "CONTAINS", "D-1"),
    link("L-2", "C-1", "CONTAINS", "D-2"),
    link("L-3", "D-1", "MENTIONS", "S-1", sources=["D-1", "D-2"]),
]


def agency(*lines: dict[str, object]) -> tuple[Agency, MemoryReleases]:
    releases = MemoryReleases()
    made = Agency(releases=releases)
    made.load(*(lines or LINES))
    made.publish()
    return made, releases


def under_new_keys(made: Agency, releases: MemoryReleases) -> Agency:
    releases.mark = marking(NEW)
    assert rekey(made.holdings, releases, KEYS, NEW) == []
    return Agency(made.rules, made.holdings, releases, NEW, made.now)


def test_it_is_the_release_that_is_made_with_the_new_keys() -> None:
    made, releases = agency()
    old = made.content()
    afterwards = under_new_keys(made, releases)
    fresh = Agency(made.rules, made.holdings, MemoryReleases(), NEW, made.now)
    fresh.publish()
    assert (afterwards.content(), afterwards.header()) == (fresh.content(), fresh.header())
    assert not afterwards.content().records.keys() & old.records.keys()
    [again] = afterwards.publish()
    assert (again.added, again.updated, again.withdrawn) == (0, 0, 0)


@pytest.mark.parametrize("waiting", [case("C-3", "NY03-0003")])
def test_what_waits_to_be_added_goes_on_waiting(waiting: dict[str, object]) -> None:
    made, releases = agency()
    before = made.seen()
    made.load(waiting)
    assert under_new_keys(made, releases).seen() == before


def test_a_partner_s_version_from_before_is_unknown() -> None:
    made, releases = agency()
    version = made.header().version
    made.load(case("C-3", "NY03-0003"))
    made.publish()
    release = under_new_keys(made, releases).releases.read(made.header().agreement)
    assert release is not None
    now = View(release).changes(release.header.version)
    assert now is not None
    assert (View(release).changes(version), list(now)) == (None, [])


def test_doing_it_again_changes_nothing_and_tells_readers_what_a_kill_may_have_kept_from_them() -> None:
    made, releases = agency()
    under_new_keys(made, releases)
    known = releases.read(made.header().agreement), releases.standing().revision
    under_new_keys(made, releases)
    assert (releases.read(made.header().agreement), releases.standing().revision - 1) == known


def test_an_empty_release_has_its_version_by_the_new_keys() -> None:
    made, releases = agency(case("C-1", "NY03-0001", access_codes=["T3"]))
    afterwards = under_new_keys(made, releases)
    release = afterwards.releases.read(made.header().agreement)
    assert release is not None
    assert (is_made_with(release, NEW), is_made_with(release, KEYS)) == (True, False)


def test_a_release_of_something_that_is_not_held_is_dropped() -> None:
    made, releases = agency()
    other = Agency(made.rules)
    other.load(*LINES[:1])
    assert rekey(other.holdings, releases, KEYS, NEW) == ["ndex"]
    assert releases.headers() == {}


def test_the_worked_example_is_the_same_in_the_holdings_ids() -> None:
    made, releases = agency(*worked_example.lines())
    shown = made.shown()
    assert under_new_keys(made, releases).shown() == shown
    assert len(shown) > 40


@pytest.fixture(name="place", params=RELEASES)
def _place(request: pytest.FixtureRequest) -> ReleasesPlace:
    made: ReleasesPlace = request.param(request)
    return made


def test_in_every_store_it_is_written_whole_and_its_history_begins_anew(place: ReleasesPlace) -> None:
    with closing(place.open()) as releases:
        made = Agency(releases=releases)
        made.load(*LINES)
        made.publish()
        shown = made.shown()
    with closing(place.open_marking(marking(NEW))) as releases:
        rekey(made.holdings, releases, KEYS, NEW)
        afterwards = Agency(made.rules, made.holdings, releases, NEW, made.now)
        release = releases.read(NDEX)
        assert release is not None
        assert (is_made_with(release, NEW), afterwards.shown()) == (True, shown)
        assert [name for _, name in release.history.names] == [release.header.version]
