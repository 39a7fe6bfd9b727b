"""What every store of releases promises of a release's history, asked of each in turn; and what a View tells from it.

The specification keeps every content and compares: the first and the last, and each with the one before it.
"""

import random
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import msgspec
import pytest

from graph.changes import ChangeKind
from graph.history import History
from graph.keys import ReleaseKeys, marking
from graph.model import OpaqueId
from graph.release import Content, Header, ReleasedLink, ReleasedRecord
from graph.release_store import Change, Releases
from graph.view import View
from tests.memory_releases import MemoryReleases
from tests.store_contract import (
    COUNTY,
    NDEX,
    ReleasesPlace,
    case,
    content,
    document,
    header,
    many,
    subject,
    tie,
)

NOTHING = Content()
SMALL = content(case("c1", title="Freight"), document("d1"), subject("s1"), tie("k1", "c1", "d1"))
C1, D1 = case("c1", title="Freight"), document("d1")
Told = list[tuple[str, str, str]]


def stated(of: Content, day: str = "2026-11-24", agreement: str = NDEX) -> Header:
    made = header(of, COUNTY if agreement == COUNTY else NDEX)
    return msgspec.structs.replace(made, published_at=f"{day}T09:00:00Z")


def publish(releases: Releases, *contents: Content, day: str = "2026-11-24") -> None:
    """Make these contents current, one after the other."""
    for each in contents:
        old = releases.read(NDEX)
        releases.apply(stated(each, day), Change.between(NOTHING if old is None else old.content, each))


def told(releases: Releases, since: Content | None) -> Told | None:
    """What a partner is told: kind, record, version."""
    release = releases.read(NDEX)
    assert release is not None
    found = View(release).changes(None if since is None else stated(since).version)
    return None if found is None else [(each.kind.value, each.id, each.version) for each in found]


def history(releases: Releases) -> History:
    release = releases.read(NDEX)
    assert release is not None
    return release.history


# --- the specification ---


def state(of: Content, id: str) -> Any:
    """All that a record shows: itself and its links; None where it is not there."""
    record = of.records.get(OpaqueId(id))
    return record and (record, {link for link in of.links.values() if id in (link.head, link.tail)})


def specified(contents: Sequence[Content], since: Content | None) -> Told:
    """The difference between a content and the last one, by DESIGN 6. Each content differs from the one before."""
    start = 0 if since is None else max(n for n, each in enumerate(contents) if each == since)
    before = NOTHING if since is None else since
    found = []
    for id in {id for each in contents for id in each.records}:
        was, now = state(before, id), state(contents[-1], id)
        if was != now:
            steps = range(start + 1, len(contents))
            changed = [n for n in steps if state(contents[n], id) != state(contents[n - 1], id)]
            kind = ChangeKind.UPDATED if was and now else ChangeKind.ADDED if now else ChangeKind.WITHDRAWN
            found.append((max(changed, default=0), id, kind.value))
    return [(kind, id, stated(contents[n]).version) for n, id, kind in sorted(found)]


def drawn(dice: random.Random) -> Content:
    """One of some contents that resemble each other, so that many come again whole or in part."""
    records: list[ReleasedRecord] = [
        case(f"c{n}", title=dice.choice("ab")) for n in range(4) if dice.random() < 0.7
    ]
    ends = [record.id for record in records]
    links: list[ReleasedLink] = [
        tie(f"k{n}", dice.choice(ends), dice.choice(ends), dice.choice(["CONTAINS", "CITES"]))
        for n in range(3)
        if ends and dice.random() < 0.5
    ]
    return content(*records, *links)


@pytest.mark.parametrize("seed", range(2))
def test_what_changed_since_any_version_is_the_difference_of_the_contents(
    releases: Releases, seed: int
) -> None:
    dice = random.Random(seed)
    some = [drawn(dice) for _ in range(6)]
    contents = [some[0]]
    while len(contents) < 12:
        contents += [each for each in [dice.choice(some)] if each != contents[-1]]
    publish(releases, *contents)
    for since in (None, *contents):
        assert told(releases, since) == specified(contents, since)


# --- by sentence ---


def test_the_current_version_has_no_change_and_without_a_version_all_is_added(releases: Releases) -> None:
    publish(releases, SMALL)
    version = stated(SMALL).version
    assert told(releases, SMALL) == []
    assert told(releases, None) == [("ADDED", id, version) for id in ("c1", "d1", "s1")]


def test_a_link_that_comes_changes_goes_or_is_asserted_otherwise_updates_both_its_ends(
    releases: Releases,
) -> None:
    links = [(), (tie("k1", "c1", "d1"),), (tie("k1", "c1", "d1", sources=["d1"]),), ()]
    contents = [content(C1, D1, subject("s1"), *each) for each in links]
    for number, each in enumerate(contents):
        publish(releases, each)
        if number:
            version = stated(each).version
            expected = [("UPDATED", "c1", version), ("UPDATED", "d1", version)]
            assert told(releases, contents[number - 1]) == expected
    assert told(releases, contents[0]) == []


def test_a_restriction_that_is_taken_back_changed_nothing_for_who_saw_neither(releases: Releases) -> None:
    without, other = (
        content(D1, subject("s1")),
        content(C1, D1, subject("s1"), tie("k1", "c1", "d1"), case("c2")),
    )
    publish(releases, SMALL, without, other)
    assert told(releases, SMALL) == [("ADDED", "c2", stated(other).version)]
    assert told(releases, without) == [
        ("ADDED", "c1", stated(other).version),
        ("ADDED", "c2", stated(other).version),
        ("UPDATED", "d1", stated(other).version),
    ]


def test_a_record_that_came_and_went_is_told_to_nobody_who_did_not_see_it(releases: Releases) -> None:
    between, after = content(*SMALL.records.values(), case("c9")), content(C1, D1)
    publish(releases, SMALL, between, after)
    version = stated(after).version
    # k1 went with s1, so both its ends changed
    assert told(releases, SMALL) == [
        ("UPDATED", "c1", stated(between).version),
        ("UPDATED", "d1", stated(between).version),
        ("WITHDRAWN", "s1", version),
    ]
    assert told(releases, between) == [("WITHDRAWN", "c9", version), ("WITHDRAWN", "s1", version)]


def test_a_content_that_comes_again_counts_from_its_latest_time(releases: Releases) -> None:
    publish(releases, SMALL, NOTHING, SMALL)
    assert told(releases, SMALL) == []
    assert told(releases, NOTHING) == [("ADDED", id, stated(SMALL).version) for id in ("c1", "d1", "s1")]


def test_a_publication_of_the_current_content_adds_no_version(releases: Releases) -> None:
    publish(releases, SMALL, NOTHING)
    before = history(releases)
    for day in ("2026-11-24", "2027-01-01"):
        releases.apply(stated(NOTHING, day), Change())
    assert history(releases) == before


def test_elements_of_a_change_that_stay_as_they_are_touch_nothing(releases: Releases) -> None:
    publish(releases, content(C1, D1))
    after = content(C1, D1, case("c2"))
    releases.apply(stated(after), Change(records=[C1, D1, case("c2")], gone_links=[OpaqueId("k9")]))
    assert told(releases, content(C1, D1)) == [("ADDED", "c2", stated(after).version)]


def test_an_unknown_version_and_one_of_another_agreement_are_not_known(releases: Releases) -> None:
    other = content(case("c7"))
    releases.apply(stated(other, agreement=COUNTY), Change.between(NOTHING, other))
    publish(releases, SMALL)
    assert (told(releases, other), told(releases, NOTHING)) == (None, None)


@pytest.mark.parametrize(
    ("day", "known"), [("2026-03-31", True), ("2026-04-01", True), ("2026-04-02", False)]
)
def test_a_version_that_was_current_within_90_days_is_known(
    releases: Releases, day: str, known: bool
) -> None:
    contents = [content(case(f"c{n}")) for n in range(3)]
    for each, on in zip(contents, ("2026-01-01", "2026-01-01", day), strict=True):
        publish(releases, each, day=on)
    assert (told(releases, contents[0]) is not None) == known
    assert told(releases, contents[1]) is not None
    assert [name for _, name in history(releases).names][-1] == stated(contents[2]).version


def test_what_is_forgotten_leaves_no_touch_and_the_rest_is_told_as_before(releases: Releases) -> None:
    contents = [content(*(case(f"c{each}") for each in range(n, 4))) for n in range(3)]
    for each, on in zip(contents, ("2026-01-01", "2026-02-01", "2026-05-10"), strict=True):
        publish(releases, each, day=on)
    versions = [stated(each).version for each in contents]
    assert [name for _, name in history(releases).names] == versions[1:]
    assert {touch.id for touch in history(releases).touches} == {"c1"}
    assert told(releases, contents[1]) == [("WITHDRAWN", "c1", versions[2])]
    assert told(releases, None) == [("ADDED", id, versions[1]) for id in ("c2", "c3")]


def test_other_keys_begin_the_history_anew(releases_place: ReleasesPlace) -> None:
    renamed = content(case("x1"), document("x2"))
    with closing(releases_place.open()) as store:
        publish(store, NOTHING, SMALL)
    with closing(releases_place.open_marking(marking(ReleaseKeys(b"m" * 32, b"v" * 32)))) as store:
        publish(store, renamed)
        assert (told(store, SMALL), told(store, NOTHING), told(store, renamed)) == (None, None, [])
        assert history(store).touches == ()
        publish(store, NOTHING)
        assert told(store, renamed) == [("WITHDRAWN", id, stated(NOTHING).version) for id in ("x1", "x2")]


def test_a_release_that_was_dropped_has_no_history(releases: Releases) -> None:
    publish(releases, NOTHING, SMALL)
    releases.drop(NDEX)
    publish(releases, content(C1))
    assert (told(releases, SMALL), told(releases, NOTHING)) == (None, None)
    assert history(releases) == History(((1, stated(content(C1)).version),))


def test_two_histories_of_the_same_contents_are_equal_however_they_came(
    releases_place: ReleasesPlace,
) -> None:
    steps = [SMALL, content(C1), content(C1, D1)]
    with closing(releases_place.open()) as store:
        publish(store, *steps)
        first = history(store)
        store.drop(NDEX)
        for each in steps:
            publish(store, content(*reversed([*each.records.values(), *each.links.values()])), each)
        assert history(store) == first


def test_a_large_change_enters_the_history(releases: Releases) -> None:
    publish(releases, NOTHING, many(3_000, 2_500))
    version = stated(many(3_000, 2_500)).version
    assert told(releases, NOTHING) == [("ADDED", f"c{n:05}", version) for n in range(3_000)]
    publish(releases, many(3_000, 2_501))
    assert {touch.id for touch in history(releases).touches if touch.place == 3} == {"c00000", "c02500"}


def test_a_reader_has_history_and_content_of_one_version(releases_place: ReleasesPlace) -> None:
    with closing(releases_place.open()) as writing, closing(releases_place.open_reader()) as reading:
        for number in range(4):
            publish(writing, content(case(f"c{number}")))
            release = reading.read(NDEX)
            assert release is not None
            assert release.history.names[-1] == (number + 1, release.header.version)


def test_a_history_that_is_moved_to_another_store_tells_the_same_there_and_goes_on(
    releases_place: ReleasesPlace,
) -> None:
    other = MemoryReleases()
    contents = [SMALL, content(C1, D1, tie("k1", "c1", "d1")), content(C1)]
    with closing(releases_place.open()) as releases:
        publish(releases, *contents)
        other.apply(stated(contents[-1]), Change.between(NOTHING, contents[-1]))
        other.put_past(NDEX, releases.past(NDEX))
        known = [told(releases, each) for each in contents]
        assert [told(other, each) for each in contents] == known
        releases.drop(NDEX)
        releases.apply(stated(contents[-1]), Change.between(NOTHING, contents[-1]))
        releases.put_past(NDEX, other.past(NDEX))
        assert [told(releases, each) for each in contents] == known
        assert releases.past(NDEX) == other.past(NDEX)
        publish(releases, SMALL)
        assert told(releases, contents[1]) == specified([*contents, SMALL], contents[1])
