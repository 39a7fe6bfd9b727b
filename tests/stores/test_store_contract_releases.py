"""What every store of releases promises (graph/release_store.py), asked of each in turn."""

import random
from contextlib import closing
from functools import partial

import pytest

from graph.model import AgreementId, OpaqueId
from graph.release import Release, ReleasedLink, ReleasedSubject, Value, encode
from graph.release_store import Change, Releases
from graph.stores import bolt_release_rows, sqlite_links
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
from tests.stores.odd_texts import ODD_TEXTS
from tests.stores.small_release import NOTHING, SMALL, publish


def test_a_new_store_has_no_release(releases: Releases) -> None:
    assert (releases.headers(), releases.header(NDEX), releases.read(NDEX)) == ({}, None, None)


def test_what_was_applied_is_read(releases: Releases) -> None:
    published = publish(releases, SMALL)
    assert releases.read(NDEX) == published
    assert releases.header(NDEX) == published.header
    assert releases.headers() == {NDEX: published.header}


@pytest.mark.parametrize("most_by_one", [0, 20_000])
def test_it_is_told_once_that_a_change_was_handed_over(
    releases: Releases, monkeypatch: pytest.MonkeyPatch, most_by_one: int
) -> None:
    monkeypatch.setattr(sqlite_links, "MANY_LINKS", most_by_one)
    told: list[str] = []
    change = Change(SMALL.records.values(), SMALL.links.values())
    releases.apply(header(SMALL), change, partial(told.append, "new"))
    releases.apply(header(SMALL), change, partial(told.append, "again"))
    releases.apply(header(SMALL), Change(), partial(told.append, "nothing"))
    assert told == ["new", "again", "nothing"]


def test_some_elements_of_one_release_are_read(releases: Releases) -> None:
    publish(releases, SMALL)
    publish(releases, content(case("c1", title="The county's"), case("c2")), COUNTY)
    asked = map(OpaqueId, ["k2", "c2", "c1", "no such", "c1"])
    assert releases.elements(NDEX, asked) == content(
        case("c1", title="Freight"), tie("k2", "d1", "s1", "MENTIONS", sources=["d1"])
    )
    assert releases.elements(NDEX, []) == releases.elements(AgreementId("none"), [OpaqueId("c1")]) == NOTHING


@pytest.mark.parametrize(("at_once", "few"), [(1, 0), (7, 3), (1_000, 200)])
def test_all_of_one_release_is_told_in_one_order(
    releases: Releases, monkeypatch: pytest.MonkeyPatch, at_once: int, few: int
) -> None:
    monkeypatch.setattr(bolt_release_rows, "_RECORDS_AT_ONCE", at_once)
    monkeypatch.setattr(bolt_release_rows, "_HEADS_AT_ONCE", at_once)
    monkeypatch.setattr(bolt_release_rows, "_FEW_LINKS", few)
    publish(releases, content(case("c1", title="The county's")), COUNTY)
    hub = [tie(f"h{number}", "c00003", f"c{number:05}") for number in range(9)]
    first = content(*many(20, 30).records.values(), *many(20, 30).links.values(), *hub)
    later = content(*many(18, 25).records.values(), tie("k00026", "c00001", "c00001"), *hub[4:], *hub[:2])
    for each in (first, later, NOTHING):
        publish(releases, each)
        links = sorted(each.links.values(), key=lambda link: (link.head, link.id))
        assert list(releases.record_rows(NDEX)) == [
            (id, encode(each.records[id])) for id in sorted(each.records)
        ]
        assert list(releases.link_rows(NDEX)) == [(link.head, link.id, encode(link)) for link in links]
    assert (
        list(releases.record_rows(AgreementId("none"))),
        list(releases.link_rows(AgreementId("none"))),
    ) == (
        [],
        [],
    )


def test_the_last_version_of_a_release_is_known_by_its_name(releases: Releases) -> None:
    assert releases.last_version(NDEX) is None
    for each in (SMALL, NOTHING):
        assert publish(releases, each).header.version == releases.last_version(NDEX)


def test_a_store_says_whose_it_is_once_it_was_told(releases_place: ReleasesPlace) -> None:
    with closing(releases_place.open()) as releases, closing(releases_place.open()) as another:
        assert releases.owner() is None
        for name in ("one", "another"):
            releases.own(name)
            assert (releases.owner(), another.owner()) == (name, name)


def test_a_release_may_be_empty(releases: Releases) -> None:
    assert publish(releases, NOTHING) == releases.read(NDEX)


def test_all_shown_fields_come_back(releases: Releases) -> None:
    full = ReleasedSubject(
        id=OpaqueId("s1"),
        type="person",
        office="SAC-NY",
        properties=(Value("name", "Doe"), Value("name", "Roe", (OpaqueId("d1"), OpaqueId("d2")))),
    )
    told = ReleasedLink(
        id=OpaqueId("k1"),
        type="KNOWS",
        head=OpaqueId("s1"),
        tail=OpaqueId("s1"),
        role="brother",
        since="2003",
        until="2004-05",
        sources=(OpaqueId("d1"),),
    )
    shown = content(
        case(
            "c1",
            office="",
            title="",
            status="open",
            program="fraud",
            opened="2003-04-05",
            closed="2005-01-01",
        ),
        document("d1", office="SAC-NY", title="T", prepared="2003-04-05", narrative="", author="agent.lee"),
        full,
        told,
    )
    assert publish(releases, shown) == releases.read(NDEX)


def test_an_element_that_changes_is_replaced(releases: Releases) -> None:
    publish(releases, SMALL)
    changed = content(
        case("c1"),
        document("d1", narrative="Doe met [number withheld]."),
        subject("s1", "organisation"),
        tie("k1", "c1", "d1", sources=["d1"]),
        tie("k2", "s1", "d1", "NAMES"),
    )
    assert publish(releases, changed) == releases.read(NDEX)


def test_a_link_may_change_its_type_and_its_ends(releases: Releases) -> None:
    ends = (case("c1"), document("d1"), subject("s1"))
    for link in (
        tie("k1", "c1", "d1"),
        tie("k1", "c1", "d1", "CITES"),
        tie("k1", "d1", "c1"),
        tie("k1", "s1", "s1"),
    ):
        assert publish(releases, content(*ends, link)) == releases.read(NDEX)


def test_records_go_with_their_links_and_the_others_stay(releases: Releases) -> None:
    publish(releases, SMALL)
    left = content(
        case("c1", title="Freight"), document("d1", narrative="Doe met Roe."), tie("k1", "c1", "d1")
    )
    assert publish(releases, left) == releases.read(NDEX)
    assert publish(releases, NOTHING) == releases.read(NDEX)


def test_what_went_may_come_back(releases: Releases) -> None:
    for each in (SMALL, NOTHING, SMALL):
        assert publish(releases, each) == releases.read(NDEX)


def test_of_two_links_between_the_same_records_one_may_go(releases: Releases) -> None:
    ends = (case("c1"), document("d1"))
    alike = [tie(f"k{number}", "c1", "d1") for number in range(3)]
    publish(releases, content(*ends, *alike, tie("k9", "d1", "c1")))
    assert publish(releases, content(*ends, alike[0], alike[2])) == releases.read(NDEX)


def test_a_header_may_change_alone(releases: Releases) -> None:
    publish(releases, SMALL)
    later = header(NOTHING)
    releases.apply(later, Change())
    assert releases.read(NDEX) == Release(later, SMALL)


def test_any_sequence_of_contents_round_trips(releases: Releases) -> None:
    dice = random.Random(2009)
    for _ in range(12):
        records = [case(f"c{number}", title=dice.choice("ab")) for number in range(8) if dice.random() < 0.7]
        ends = [record.id for record in records]
        links = [
            tie(f"k{number}", dice.choice(ends), dice.choice(ends), dice.choice(["CONTAINS", "CITES"]))
            for number in range(12)
            if ends and dice.random() < 0.7
        ]
        assert publish(releases, content(*records, *links)) == releases.read(NDEX)


@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_any_text_is_an_id_a_type_and_a_field(releases: Releases, odd: str) -> None:
    shown = content(
        case(odd, title=odd, office=odd), document("d1", type=odd, number=odd), tie("k1", odd, "d1", type=odd)
    )
    assert publish(releases, shown) == releases.read(NDEX)
    assert publish(releases, content(document("d1"))) == releases.read(NDEX)


def test_a_link_type_may_be_empty(releases: Releases) -> None:
    assert publish(releases, content(case("c1"), tie("k1", "c1", "c1", type=""))) == releases.read(NDEX)


def test_a_long_text_is_released_whole(releases: Releases) -> None:
    long = content(document("d1", narrative="é word\n" * 200_000))
    assert publish(releases, long) == releases.read(NDEX)


def test_a_release_may_be_large(releases: Releases) -> None:
    assert publish(releases, many(6_000, 7_000)) == releases.read(NDEX)
    assert publish(releases, many(100, 5)) == releases.read(NDEX)


def test_two_agreements_stand_side_by_side(releases: Releases) -> None:
    ndex = publish(releases, SMALL, NDEX)
    county = publish(releases, content(case("c1", title="Another"), tie("k1", "c1", "c1", "CITES")), COUNTY)
    assert (releases.read(NDEX), releases.read(COUNTY)) == (ndex, county)
    assert releases.headers() == {NDEX: ndex.header, COUNTY: county.header}
    gone = publish(releases, NOTHING, NDEX)
    assert (releases.read(NDEX), releases.read(COUNTY)) == (gone, county)


def test_a_dropped_release_is_gone_whole_and_the_other_stays(releases: Releases) -> None:
    publish(releases, SMALL, NDEX)
    county = publish(releases, SMALL, COUNTY)
    releases.drop(NDEX)
    assert (releases.headers(), releases.header(NDEX), releases.read(NDEX)) == (
        {COUNTY: county.header},
        None,
        None,
    )
    assert releases.read(COUNTY) == county


def test_what_comes_after_a_drop_starts_empty(releases: Releases) -> None:
    publish(releases, SMALL)
    releases.drop(NDEX)
    assert publish(releases, content(subject("s9"))) == releases.read(NDEX)


def test_a_large_release_is_dropped(releases: Releases) -> None:
    publish(releases, many(11_000, 11_000))
    releases.drop(NDEX)
    assert publish(releases, NOTHING) == releases.read(NDEX)


def test_dropping_what_is_not_there_is_no_error(releases: Releases) -> None:
    releases.drop(NDEX)
    assert releases.headers() == {}
