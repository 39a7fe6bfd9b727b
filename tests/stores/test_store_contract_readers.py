"""What every store of releases promises its readers while it is written, and keeps (graph/release_store.py)."""

import threading
from contextlib import closing

from graph.readers import MOST_ANNOUNCED_SECONDS, Reader
from graph.release import Release
from graph.release_store import Releases
from graph.revocations import Revocations
from tests.store_contract import (
    COUNTY,
    NDEX,
    ReleasesPlace,
    case,
    content,
    header,
    many,
)
from tests.stores.small_release import NOTHING, SMALL, publish


def test_a_reader_sees_what_was_applied_and_has_no_way_to_write(releases_place: ReleasesPlace) -> None:
    with closing(releases_place.open()) as writing, closing(releases_place.open_reader()) as reading:
        for each in (SMALL, content(case("c2")), NOTHING):
            published = publish(writing, each)
            assert (reading.header(NDEX), reading.read(NDEX)) == (published.header, published)
        writing.drop(NDEX)
        assert (reading.headers(), reading.read(NDEX)) == ({}, None)


def test_a_release_is_there_when_the_store_is_opened_again(releases_place: ReleasesPlace) -> None:
    with closing(releases_place.open()) as first:
        published = publish(first, SMALL)
    with closing(releases_place.open()) as second, closing(releases_place.open_reader()) as reading:
        assert second.read(NDEX) == reading.read(NDEX) == published
        assert publish(second, NOTHING) == reading.read(NDEX)


def test_a_reader_is_given_one_version_while_they_change(releases_place: ReleasesPlace) -> None:
    versions = [SMALL, many(300, 300), content(case("c1")), many(200, 500)]
    with closing(releases_place.open()) as writing, closing(releases_place.open_reader()) as reading:
        published = [Release(header(each), each) for each in versions]
        publish(writing, versions[0])
        changing = threading.Thread(target=lambda: [publish(writing, each) for each in versions * 5])
        changing.start()
        seen = [reading.read(NDEX)]
        while changing.is_alive():
            seen.append(reading.read(NDEX))
        changing.join()
    assert [release for release in seen if release not in published] == []


def test_a_store_may_be_closed_twice(releases_place: ReleasesPlace) -> None:
    store = releases_place.open()
    store.close()
    store.close()


def test_a_restriction_is_due_when_its_time_has_come_and_not_when_it_is_done(releases: Releases) -> None:
    told = [releases.standing().restriction_due]
    releases.announce_restriction(MOST_ANNOUNCED_SECONDS)
    told.append(releases.standing().restriction_due)
    releases.announce_restriction(0)
    told.append(releases.standing().restriction_due)
    releases.restriction_done()
    told.append(releases.standing().restriction_due)
    assert told == [False, False, True, False]


def test_a_restriction_that_was_announced_before_the_clock_went_back_is_due_at_once(
    releases: Releases,
) -> None:
    releases.announce_restriction(MOST_ANNOUNCED_SECONDS + 3_600)  # as a clock that is an hour ahead tells it
    assert releases.standing().restriction_due


def test_the_revision_has_risen_whenever_a_release_has_changed(releases_place: ReleasesPlace) -> None:
    with closing(releases_place.open()) as writing, closing(releases_place.open_reader()) as reading:
        told = [reading.standing().revision]
        publish(writing, SMALL)
        told.append(reading.standing().revision)
        publish(writing, NOTHING, COUNTY)
        told.append(reading.standing().revision)
        writing.announce_restriction(MOST_ANNOUNCED_SECONDS)
        writing.restriction_done()
        same = reading.standing().revision
        writing.drop(COUNTY)
        told.append(reading.standing().revision)
    assert (told, same) == (sorted(set(told)), told[2])


def test_a_reader_is_enrolled_until_it_leaves_with_what_it_last_confirmed(
    releases_place: ReleasesPlace,
) -> None:
    with closing(releases_place.open()) as writing, closing(releases_place.open_reader()) as reading:
        assert list(writing.enrolled()) == []
        reading.enrol(Reader("second", 4))
        for confirmed in (-1, 7):
            reading.enrol(Reader("first", confirmed, 0.5))
        assert sorted(writing.enrolled(), key=str) == [Reader("first", 7, 0.5), Reader("second", 4)]
        for name in ("first", "nobody"):
            reading.leave(name)
        assert list(writing.enrolled()) == [Reader("second", 4)]


def test_a_reader_that_has_confirmed_meanwhile_is_not_struck_off(releases: Releases) -> None:
    for name, confirmed in (("late", 3), ("soon", 4), ("other", 3)):
        releases.enrol(Reader(name, confirmed))
    releases.strike_off(["late", "soon", "nobody"], before=4)
    assert {reader.name for reader in releases.enrolled()} == {"soon", "other"}


def test_tokens_that_were_taken_back_stay_so_and_raise_the_revision(releases_place: ReleasesPlace) -> None:
    with closing(releases_place.open()) as releases:
        assert releases.revocations() == Revocations()
        before = releases.standing().revision
        releases.revoke(Revocations(frozenset({"a"}), {NDEX: 100}))
        releases.revoke(Revocations(frozenset({"b", "\u00e9"}), {NDEX: 50, COUNTY: 7}))
        assert releases.standing().revision > before
    with closing(releases_place.open()) as releases:
        releases.revoke(Revocations())
        assert releases.revocations() == Revocations(frozenset({"a", "b", "\u00e9"}), {NDEX: 100, COUNTY: 7})


def test_the_latest_day_that_any_reader_has_seen_is_kept_by_its_time_zone(
    releases_place: ReleasesPlace,
) -> None:
    with closing(releases_place.open()) as writing, closing(releases_place.open_reader()) as reading:
        told = [writing.seen(), reading.enrol(Reader("one", 0))]
        told += [
            reading.enrol(Reader(name, 0), seen)
            for name, seen in (
                ("one", {"UTC": 100}),
                ("other", {"UTC": 99, "Asia/Tokyo": 101}),
                ("other", {"UTC": 103, "Asia/Tokyo": 101}),
                ("one", {"UTC": 102}),
                ("one", {}),
            )
        ]
        assert told == [
            {},
            {},
            {"UTC": 100},
            {"UTC": 100, "Asia/Tokyo": 101},
            *[{"UTC": 103, "Asia/Tokyo": 101}] * 3,
        ]
        assert writing.seen() == told[-1]


def test_of_days_that_are_said_at_the_same_time_the_latest_is_kept(releases_place: ReleasesPlace) -> None:
    def say(name: str, days: range) -> None:
        with closing(releases_place.open_reader()) as reading:
            for day in days:
                reading.enrol(Reader(name, 0), {"UTC": day, "Asia/Tokyo": 200 - day})

    with closing(releases_place.open()) as writing:
        saying = [
            threading.Thread(target=say, args=(name, days))
            for name, days in (("rises", range(90, 110)), ("falls", range(110, 90, -1)))
        ]
        for thread in saying:
            thread.start()
        for thread in saying:
            thread.join()
        assert writing.seen() == {"UTC": 110, "Asia/Tokyo": 110}


def test_a_day_that_was_seen_outlives_those_who_saw_it(releases_place: ReleasesPlace) -> None:
    with closing(releases_place.open()) as first:
        first.enrol(Reader("leaves", 0), {"UTC": 100})
        first.enrol(Reader("struck off", 0), {"Asia/Tokyo": 101})
        first.leave("leaves")
    with closing(releases_place.open()) as second:
        second.strike_off(["struck off"], before=1)
        publish(second, SMALL)
        second.drop(NDEX)
        assert (list(second.enrolled()), second.seen()) == ([], {"UTC": 100, "Asia/Tokyo": 101})
    with closing(releases_place.open_reader()) as third:
        assert third.enrol(Reader("another", 0)) == {"UTC": 100, "Asia/Tokyo": 101}


def test_days_are_set_back_where_they_are_later_and_may_be_seen_again(releases_place: ReleasesPlace) -> None:
    with closing(releases_place.open()) as writing, closing(releases_place.open_reader()) as reading:
        writing.set_back(100)
        reading.enrol(Reader("one", 0), {"UTC": 104, "Asia/Tokyo": 99})
        told = []
        for day in (102, 103):
            writing.set_back(day)
            told.append(reading.enrol(Reader("one", 0)))
        told.append(reading.enrol(Reader("one", 0), {"UTC": 103}))
        assert told == [{"UTC": 102, "Asia/Tokyo": 99}] * 2 + [{"UTC": 103, "Asia/Tokyo": 99}]
