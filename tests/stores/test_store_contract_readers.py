"""What every store of releases promises its readers while it is written, and keeps for them (graph/store.py)."""

import threading
from contextlib import closing

from graph.readers import MOST_ANNOUNCED_SECONDS, Reader
from graph.release import Release
from graph.revocations import Revocations
from graph.store import Releases
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
