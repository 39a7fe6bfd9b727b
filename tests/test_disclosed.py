"""Which ids an answer discloses: every record and link that it has an object for, and no other (DESIGN 7)."""

import pytest

from schema.execute import Question
from tests.both_ways import in_both_ways
from tests.partner_world import answer, view

ASKED = {
    "no record": ("{ agreement { id release { recordCount } } }", ""),
    "a record of which one field is asked": ('{ case(number: "NY03-0002") { title } }', "c2"),
    "a record of which nothing but its type is asked": (
        '{ document(number: "NY03-0001-001") { __typename } }',
        "d1",
    ),
    "a record of which nothing is left": ('{ case(number: "NY03-0002") { title @skip(if: true) } }', "c2"),
    "one that is not there": ('{ case(number: "NY03-9999") { title } node(id: "c9") { id } }', ""),
    "a link by its id, without its ends": ('{ node(id: "l11") { id } }', "l11"),
    "a link and its ends": ('{ node(id: "l11") { ... on Link { from { id } to { kind } } } }', "l11 s1 s3"),
    "the sources of a link": ('{ node(id: "l09") { ... on Link { sources { number } } } }', "l09 d1 d2"),
    "the sources of a value": (
        '{ node(id: "s2") { ... on Subject { properties { values { sources { number } } } } } }',
        "s2 d1",
    ),
    "a count alone": ("{ cases { totalCount } subjects { pageInfo { hasNextPage endCursor } } }", ""),
    "a count of neighbours": ('{ node(id: "d1") { ... on Document { subjects { totalCount } } } }', "d1"),
    "a page of two, through nodes": ("{ subjects(first: 2) { nodes { label } } }", "s1 s3"),
    "a page of two, through edges": ("{ subjects(first: 2) { edges { node { label } } } }", "s1 s3"),
    "the cursors of a page": ("{ subjects(first: 2) { edges { cursor } } }", ""),
    "links without their other ends": (
        '{ node(id: "s3") { ... on Subject { links { edges { link { type } } } } } }',
        "s3 l11",
    ),
    "other ends without their links": (
        '{ node(id: "s3") { ... on Subject { links { edges { node { id } } } } } }',
        "s3 s1",
    ),
    "the records of a path": ('{ path(from: "s3", to: "c2") { records { kind } } }', "s3 s1 c1 c2"),
    "the links of a path": ('{ path(from: "s3", to: "c2") { links { type } } }', "l11 l09 l12"),
    "the length of a path alone": ('{ path(from: "s3", to: "c2") { length } }', ""),
    "changed records": ("{ changes(first: 2) { edges { node { record { kind } } } } }", "c1 c2"),
    "the ids of changed records": ("{ changes(first: 2) { edges { node { recordId } } } }", "c1 c2"),
    "kinds of changes alone": ("{ changes { edges { cursor node { kind version } } } }", ""),
    "directions alone": ('{ node(id: "s3") { ... on Subject { links { edges { direction } } } } }', "s3"),
    "what a search counts": ('{ search(text: "doe") { totalCount } }', ""),
    "what a search finds": ('{ search(text: "doe", first: 2) { edges { node { kind } } } }', "s1 s3"),
    "the ids of changes": ("{ changes(first: 2) { edges { node { recordId } } } }", "c1 c2"),
    "the kinds of changes": ("{ changes(first: 2) { edges { node { kind } } } }", ""),
    "the records of changes": ("{ changes(first: 2) { edges { node { record { office } } } } }", "c1 c2"),
    "a record twice": (
        '{ a: node(id: "c2") { id } b: node(id: "c2") { id } nodes(ids: ["c2", "x", "c1"]) { id } }',
        "c2 c1",
    ),
}


@pytest.mark.parametrize(("query", "expected"), ASKED.values(), ids=ASKED)
def test_the_ids_of_an_answer_are_those_of_its_records_and_links(query: str, expected: str) -> None:
    told = in_both_ways(view(), Question(query, None, {}))
    assert (told.faults, list(told.disclosed)) == ([], expected.split())


def test_an_answer_that_is_refused_discloses_nothing() -> None:
    assert answer("{ cases { nodes { secret } } }").disclosed == ()


def test_an_answer_whose_data_is_lost_to_a_fault_discloses_nothing() -> None:
    told = answer('{ case(number: "NY03-0002") { title } cases(first: 101) { nodes { id } } }')
    assert (told.data, len(told.faults), told.disclosed) == (None, 1, ())


def test_a_field_that_fails_does_not_hide_what_others_tell() -> None:
    told = answer(
        '{ a: node(id: "c2") { id } b: case(number: "NY03-0001") { links(first: -1) { totalCount } } }'
    )
    assert told.data == {"a": {"id": "c2"}, "b": None}
    assert set(told.disclosed) == {"c1", "c2"}
