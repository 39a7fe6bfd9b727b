"""A record that very many links lead to is told as the others are, and a page of its neighbours costs a page."""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import chain, combinations
from typing import Any
from unittest.mock import patch

import pytest

from graph.indexed import Direction
from graph.model import RECORD_KINDS, Kind, OpaqueId
from graph.release import ReleasedCase, ReleasedDocument, ReleasedRecord, ReleasedSubject
from graph.view import By, View
from schema.execute import Answering, Question
from schema.limits import Limits
from schema.links import Direction as Asked
from schema.links import RecordKind, incidents
from schema.told import Room
from tests.partner_world import CURSOR_KEY, ask, codes, content, link, view

HUB = OpaqueId("s")
TYPES = ("KNOWS", "MENTIONS", "SUBJECT_OF", "VICTIM_IN")


def in_cases(count: int) -> View:
    """One subject in so many cases; a View of which nothing was asked yet."""
    cases = tuple(ReleasedCase(OpaqueId(f"c{n:05}"), f"N-{n:05}") for n in range(count))
    links = tuple(link(f"l{n:05}", "SUBJECT_OF", HUB, f"c{n:05}") for n in range(count))
    return view(content((*cases, ReleasedSubject(HUB, "person")), links))


@cache
def in_20_000_cases() -> View:
    return in_cases(20_000)


@cache
def in_200_cases() -> View:
    return in_cases(200)


@cache
def mixed() -> View:
    """A subject with links of several types, both ways, to records of every kind, and with itself."""
    records: list[ReleasedRecord] = [ReleasedSubject(HUB, "person")]
    links = [link("loop", "KNOWS", HUB, HUB)]
    for n in range(30):
        records += [
            ReleasedCase(OpaqueId(f"c{n}"), f"N-{n % 7}"),
            ReleasedDocument(OpaqueId(f"d{n}"), f"N-{n % 7}-001", "ROI"),
            ReleasedSubject(OpaqueId(f"s{n}"), "person"),
        ]
        links += [
            link(f"a{n}", "SUBJECT_OF", HUB, f"c{n}"),
            link(f"b{n}", "VICTIM_IN", HUB, f"c{n}"),
            link(f"e{n}", "MENTIONS", f"d{n}", HUB),
            link(f"k{n}", "KNOWS", *((HUB, f"s{n}") if n % 2 else (f"s{n}", HUB))),
        ]
    return view(content(tuple(records), tuple(links)))


def nested(inner: str) -> str:
    """Of a hundred cases of one subject, each asks for something of that subject."""
    return f"{{ cases(first: 100) {{ nodes {{ subjects(first: 1) {{ nodes {{ {inner} }} }} }} }} }}"


def many(field: str) -> str:
    """A field, 38 times."""
    return " ".join(f"a{n}: {field}" for n in range(38))


def seconds(query: str, hub: View) -> float:
    """Of this process's time, the least of three, where nothing that was told is kept."""
    answering, taken = Answering(CURSOR_KEY, Limits()), []
    with patch.object(Room, "take", return_value=False):
        for _ in range(3):
            started = time.process_time()
            assert answering.answer(hub, Question(query, None, {})).faults == []
            taken.append(time.process_time() - started)
    return min(taken)


@pytest.mark.parametrize(
    "inner",
    [
        "cases(first: 1) { nodes { number } }",
        many("cases(first: 1) { nodes { number } }"),
        many("links(first: 1) { totalCount }"),
        many("links(direction: OUT, kinds: [CASE]) { totalCount }"),
        many('links(types: ["SUBJECT_OF"]) { totalCount }'),
    ],
    ids=["neighbours", "neighbours, 38 times", "links", "links of a kind", "links of a type"],
)
@pytest.mark.timed
def test_a_page_of_a_record_in_20_000_cases_costs_little_more_than_of_one_in_200(inner: str) -> None:
    assert seconds(nested(inner), in_20_000_cases()) < 3 * seconds(nested(inner), in_200_cases())


@pytest.mark.timed
def test_a_hundred_cases_that_ask_for_the_first_time_of_a_subject_in_20_000_take_under_1500_ms() -> None:
    hub = in_cases(20_000)
    started = time.process_time()
    ask(nested("cases(first: 1) { nodes { number } }"), hub)
    assert time.process_time() - started < 1.5


def test_the_same_is_told_by_a_hub_each_time_it_is_asked() -> None:
    hub = in_200_cases()
    shown = [{"nodes": [{"cases": {"totalCount": 200, "nodes": [{"number": "N-00000"}]}}]}] * 100
    told = ask(nested("cases(first: 1) { totalCount nodes { number } }"), hub)
    assert [case["subjects"] for case in told["cases"]["nodes"]] == shown


def subsets(of: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    return list(chain.from_iterable(combinations(of, size) for size in range(len(of) + 1)))


@pytest.mark.parametrize("direction", [None, *Asked])
@pytest.mark.parametrize("kinds", [None, *subsets(tuple(RecordKind))])
def test_links_of_a_hub_are_those_asked_for_in_the_order_of_all(
    direction: Asked | None, kinds: tuple[RecordKind, ...] | None
) -> None:
    hub = mixed()
    for types in (None, *subsets((*TYPES, "NO_SUCH_TYPE"))):
        expected = [
            incident.link.id
            for incident in hub.incidents(HUB)
            if (types is None or incident.link.type in types)
            and (direction is None or direction in {Asked.BOTH, Asked[incident.direction]})
            and (kinds is None or RecordKind(kind_of(incident.other)) in kinds)
        ]
        found = incidents(hub, HUB, types, direction, kinds)
        assert [incident.link.id for incident in found] == expected
        assert len(found) == len(expected)


def kind_of(id: OpaqueId) -> Kind:
    return {"c": Kind.CASE, "d": Kind.DOCUMENT, "s": Kind.SUBJECT}[id[0]]


def test_the_pages_of_a_hub_s_chosen_links_are_all_of_them_once() -> None:
    asked = (
        'query ($after: String) { node(id: "s") { ... on Subject { '
        'links(types: ["VICTIM_IN", "KNOWS"], first: 7, after: $after) '
        "{ totalCount edges { link { id } } pageInfo { hasNextPage endCursor } } } } }"
    )
    told: list[str] = []
    page: Any = {"pageInfo": {"hasNextPage": True, "endCursor": None}}
    while page["pageInfo"]["hasNextPage"]:
        page = ask(asked, mixed(), after=page["pageInfo"]["endCursor"])["node"]["links"]
        told += [edge["link"]["id"] for edge in page["edges"]]
    chosen = [incident.link for incident in mixed().incidents(HUB)]
    assert told == [link.id for link in chosen if link.type in {"VICTIM_IN", "KNOWS"}]
    assert page["totalCount"] == len(told)


def test_a_place_beyond_the_chosen_links_is_none() -> None:
    with pytest.raises(IndexError):
        incidents(mixed(), HUB, ["KNOWS"], None, None)[31]


def test_a_hub_s_neighbours_of_each_kind_are_each_told_once_in_order_and_without_itself() -> None:
    hub = mixed()
    told = {kind: [record.id for record in hub.supported(HUB, kind)] for kind in RECORD_KINDS}
    assert told == {
        Kind.CASE: sorted((f"c{n}" for n in range(30)), key=lambda id: (int(id[1:]) % 7, id)),
        Kind.DOCUMENT: sorted((f"d{n}" for n in range(30)), key=lambda id: (int(id[1:]) % 7, id)),
        Kind.SUBJECT: [],
    }


def test_a_record_s_neighbours_are_kept_and_of_its_links_a_choice_only_if_they_are_many() -> None:
    kept = {
        count: (
            hub.supported(HUB, Kind.CASE) is hub.supported(HUB, Kind.CASE),
            hub.incidents(HUB, Direction.OUT) is hub.incidents(HUB, Direction.OUT),
        )
        for count in (63, 64)
        for hub in [in_cases(count)]
    }
    assert kept == {63: (True, False), 64: (True, True)}


def test_nothing_is_kept_for_an_id_that_is_none_of_the_release() -> None:
    hub = in_cases(2)
    assert [hub.supported(OpaqueId(f"x{n}"), Kind.CASE) for n in range(3)] == [()] * 3
    assert dict(hub.neighbours(By.SUPPORTING, Kind.CASE)) == {}


def test_what_is_kept_cannot_be_changed() -> None:
    hub = mixed()
    kept = [hub.supported(HUB, Kind.CASE), hub.related_cases(HUB), hub.attachments(HUB), hub.incidents(HUB)]
    assert {type(each) for each in (*kept, hub.incidents(HUB, Direction.IN))} == {tuple}


@pytest.mark.parametrize("_time", range(5))
def test_many_threads_that_ask_of_one_hub_are_told_the_same(_time: int) -> None:
    hub = in_cases(2000)
    with ThreadPoolExecutor(16) as threads:
        told = list(threads.map(lambda _: tuple(hub.supported(HUB, Kind.CASE)), range(64)))
    assert set(told) == {tuple(hub.records(Kind.CASE))}


def test_a_long_list_of_types_is_not_read_for_each_of_many_records() -> None:
    asked = "query ($types: [String!]) { cases(first: 2) { nodes { links(types: $types) { totalCount } } } }"
    assert codes(asked, in_cases(2), types=["NO_SUCH_TYPE"] * 10_000) == ["TOO_COSTLY"]
