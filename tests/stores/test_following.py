"""A View that goes on from the one before it is the View that is built afresh (docs/publishing.md, Following)."""

import random
from typing import Any

import pytest

from graph.later import MOST_TOUCHED
from graph.model import RECORD_KINDS, OpaqueId
from graph.release import Content, ReleasedLink, ReleasedRecord
from graph.release_store import Change, Releases
from graph.view import By, View
from tests.memory_releases import MemoryReleases
from tests.store_contract import (
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


def drawn(dice: random.Random) -> Content:
    """A small content; numbers are few, so that records share them."""
    records: list[ReleasedRecord] = [
        *(case(f"c{n}", number=dice.choice(("N-1", "N-2", "[number withheld]"))) for n in range(5)),
        *(document(f"d{n}", number=f"N-{dice.randrange(3)}", title=dice.choice("ab")) for n in range(5)),
        *(subject(f"s{n}", dice.choice(("person", "vehicle"))) for n in range(3)),
    ]
    shown = [record for record in records if dice.random() < 0.8]
    ids = [record.id for record in shown]
    links: list[ReleasedLink] = [
        tie(f"k{n}", dice.choice(ids), dice.choice(ids), dice.choice(("CONTAINS", "CITES")))
        for n in range(14)
        if ids and dice.random() < 0.7
    ]
    return content(*shown, *links)


def changed(dice: random.Random, old: Content) -> Content:
    """The same content with a few elements as another one has them, now and then all."""
    new, share = drawn(dice), dice.choice((0.05, 0.2, 1.0))
    records, links = dict(old.records), dict(old.links)
    for id in old.records.keys() | new.records.keys():
        if dice.random() < share:
            records.pop(id, None)
            records.update({id: new.records[id]} if id in new.records else {})
    for link in old.links.keys() | new.links.keys():
        if dice.random() < share:
            links.pop(link, None)
            links.update({link: new.links[link]} if link in new.links else {})
    return Content(records, {id: k for id, k in links.items() if k.head in records and k.tail in records})


def publish(releases: Releases, new: Content) -> None:
    old = releases.read(NDEX)
    releases.apply(header(new), Change.between(Content() if old is None else old.content, new))


def afresh(releases: Releases) -> View:
    release = releases.read(NDEX)
    assert release is not None
    return View(release)


def told(view: View) -> dict[str, Any]:
    """All that a View tells."""
    ids = [record.id for kind in RECORD_KINDS for record in view.records(kind)]
    return {
        "header": view.header,
        "records": {kind: view.records(kind) for kind in RECORD_KINDS},
        "count": (view.record_count, view.link_count),
        "numbers": {n: (view.case(n), view.document(n)) for n in ("N-0", "N-1", "N-2", "[number withheld]")},
        "nodes": {id: view.node(OpaqueId(id)) for id in (*ids, *(f"k{n}" for n in range(14)))},
        "incidents": {id: view.incidents(id) for id in ids},
        "neighbours": {
            (by, kind, id): view.neighbours(by, kind)[id] for by in By for kind in RECORD_KINDS for id in ids
        },
        "paths": {(one, other): view.path(one, other) for one in ids[:3] for other in ids},
        "changes": {since: list(view.changes(since) or ()) for since in (None, view.header.version)},
        "history": view._history,
        "found": list(view.search(["a"])),
    }


def followed(releases: Releases, before: View) -> View | None:
    later = releases.later(NDEX, before.place, before.header.version)
    return None if later is None else before.following(later, before.searchable())


@pytest.mark.parametrize("seed", range(12))
def test_a_view_that_follows_tells_what_one_that_is_built_afresh_tells(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seed % 2:  # as in a large release, changes lie over tables that stay
        monkeypatch.setattr("graph.amended._SHARE", 0)
    dice, releases, shown = random.Random(seed), MemoryReleases(), Content()
    publish(releases, shown)
    view = afresh(releases)
    for _ in range(12):
        for _ in range(dice.choice((1, 1, 3))):
            shown = changed(dice, shown)
            publish(releases, shown)
        after = followed(releases, view)
        assert after is not None
        assert told(after) == told(afresh(releases))
        view = after


def test_what_was_not_touched_is_shared() -> None:
    releases = MemoryReleases()
    publish(releases, many(50, 50))
    view, shown = afresh(releases), many(50, 50)
    publish(releases, Content(shown.records | {OpaqueId("c00007"): case("c00007", title="x")}, shown.links))
    after = followed(releases, view)
    assert after is not None
    assert [id for id in shown.records.keys() - {"c00007"} if after.record(id) is not view.record(id)] == []
    assert (after._links is view._links, after._ends is view._ends) == (True, True)


def test_where_links_change_all_that_is_told_of_records_is_shared_with_the_index() -> None:
    releases = MemoryReleases()
    publish(releases, many(50, 50))
    view, shown = afresh(releases), many(50, 50)
    first, *others = shown.links
    publish(releases, Content(shown.records, {id: shown.links[id] for id in others}))
    after = followed(releases, view)
    assert after is not None
    assert (after.link(first), view.link(first)) == (None, shown.links[first])
    assert [id for id in others if after.link(id) is not view.link(id)] == []
    ends = {shown.links[first].head, shown.links[first].tail}
    assert {id for id in shown.records if after._ends.get(id) is not view._ends.get(id)} == ends
    assert after._records is view._records
    assert [kind for kind in RECORD_KINDS if after.records(kind) is not view.records(kind)] == []
    assert after.searchable() is view.searchable()


def test_every_store_tells_what_a_release_has_become_since_each_version(
    releases_place: ReleasesPlace,
) -> None:
    dice, shown, views = random.Random(2009), Content(), list[View]()
    releases, reader = releases_place.open(), releases_place.open_reader()
    for _ in range(6):
        shown = changed(dice, shown)
        publish(releases, shown)
        release = reader.read(NDEX)
        assert release is not None
        views.append(View(release))
    for before in views:
        later = reader.later(NDEX, before.place, before.header.version)
        assert later is not None
        assert told(before.following(later)) == told(views[-1])
    reader.close()
    releases.close()


def test_of_a_version_that_is_not_known_and_of_what_changed_much_nothing_is_told(
    releases_place: ReleasesPlace,
) -> None:
    releases = releases_place.open()
    assert releases.later(NDEX, 1, "no such version") is None
    publish(releases, many(MOST_TOUCHED + 2, 0))
    before = afresh(releases)
    publish(releases, content())
    last = afresh(releases)
    asked = (
        (before.place, before.header.version),
        (last.place, before.header.version),
        (last.place + 1, last.header.version),
    )
    assert [releases.later(NDEX, *each) for each in asked] == [None] * 3
    same = releases.later(NDEX, last.place, last.header.version)
    assert same is not None
    assert (same.header, same.touched) == (last.header, frozenset())
    releases.close()
