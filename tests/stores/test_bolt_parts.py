"""A change cut into parts is the same change, wherever it is cut and however much of it has been written already."""

import random
from collections.abc import Iterable

import pytest

from graph.model import OpaqueId
from graph.release import Content, ReleasedLink
from graph.release_store import Change
from graph.stores import bolt_parts
from graph.stores.bolt_parts import Part, decode_part, laid_over, parts
from tests.store_contract import case, content, document, tie


def some_content(dice: random.Random) -> Content:
    """Some of ten records, and links between them."""
    records = [case(f"c{n}", title=dice.choice("ab")) for n in range(10) if dice.random() < 0.6]
    ends = [record.id for record in records] or [OpaqueId("c0")]
    links = [tie(f"k{n}", dice.choice(ends), dice.choice(ends)) for n in range(12) if dice.random() < 0.6]
    return content(*records, *links) if records else Content()


def copied(content: Content) -> Content:
    return Content(dict(content.records), dict(content.links))


def written(content: Content, cut: Iterable[Part]) -> Content:
    """As a store writes the parts: no link without its ends, no record that goes while it has links."""
    for part in cut:
        for id in (*part.gone_links, *(link.id for link in part.links)):
            content.links.pop(id, None)
        content.records.update((record.id, record) for record in part.records)
        content.links.update((link.id, link) for link in part.links)
        assert all({link.head, link.tail} <= content.records.keys() for link in part.links)
        for gone in part.gone_records:
            assert not any(gone in (link.head, link.tail) for link in content.links.values())
            content.records.pop(gone, None)
    return content


@pytest.mark.parametrize("most", [1, 4_000, 1 << 24])
def test_its_parts_laid_over_what_is_written_of_them_are_the_changed_release(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(bolt_parts, "PART_BYTES", most)
    dice = random.Random(2009)
    for _ in range(40):
        old, new = some_content(dice), some_content(dice)
        cut = [decode_part(part.encode()) for part in parts(Change.between(old, new))]
        assert written(copied(old), cut) == new
        for done in range(len(cut) + 1):
            half = written(copied(old), cut[:done])
            again = written(copied(half), cut[max(done - 1, 0) : done])
            laid_over(half, cut[done:])
            laid_over(again, cut[max(done - 1, 0) :])
            assert half == again == new


def test_a_part_is_bounded_by_what_it_says_and_by_how_much_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bolt_parts, "PART_BYTES", 10_000)
    long = Change([document(f"d{n}", narrative="word " * 4_000) for n in range(3)])
    many = Change([case(f"c{n}") for n in range(20)])
    assert [len(part.records) for part in parts(long)] == [1, 1, 1]
    assert [len(part.records) for part in parts(many)] == [7, 7, 6]
    assert list(parts(Change())) == []


def test_links_go_first_and_records_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bolt_parts, "PART_BYTES", 1)
    link: ReleasedLink = tie("k2", "c1", "c2")
    change = Change([case("c2"), case("c1")], [link], [case("c3").id], [tie("k1", "c3", "c3").id])
    told = [
        (part.gone_links, [r.id for r in part.records], part.links, part.gone_records)
        for part in parts(change)
    ]
    assert told == [
        (["k1"], [], [], []),
        ([], ["c1"], [], []),
        ([], ["c2"], [], []),
        ([], [], [link], []),
        ([], [], [], ["c3"]),
    ]
