"""Absence looks like absence: what is withheld, withdrawn, another partner's or never was is one answer, to the byte.

The two-world test: two homes with the same keys, whose releases have the same contents, answer alike, whatever else
they hold and however they came to it.
"""

import random
from collections.abc import Callable

import pytest

from graph.model import OpaqueId
from graph.release import ReleasedCase, ReleasedRecord
from tests.memory_releases import MemoryReleases
from tests.partner_client import Client, Seen, seen
from tests.partner_world import (
    CASES,
    COUNTY,
    DOCUMENTS,
    LINKS,
    RECORDS,
    SUBJECTS,
    content,
    publish,
    published,
    release,
)

ONLY_COUNTY_S = ReleasedCase(OpaqueId("c9"), "NY03-0099", title="Only the county's")
WITHDRAWN = "c2"
ABSENT = ("nothing", "c9", WITHDRAWN, "l12", "lx", "", "0", "c1 ", "C1", "\x00", "x" * 5000)


def world() -> MemoryReleases:
    """Two agreements; from the one under test a case was withdrawn, the other has one more."""
    store = published(release(), release(content((*RECORDS, ONLY_COUNTY_S)), COUNTY))
    kept = tuple(record for record in RECORDS if record.id != WITHDRAWN)
    publish(
        store,
        release(content(kept, tuple(link for link in LINKS if WITHDRAWN not in (link.head, link.tail)))),
    )
    return store


BY_ID = {
    "node": "query ($id: ID!) { node(id: $id) { id ... on Case { number links { totalCount } } } }",
    "nodes": 'query ($id: ID!) { nodes(ids: [$id, "s1"]) { id } }',
    "hasSubject": "query ($id: ID!) { cases(filter: {hasSubject: $id}) { totalCount nodes { id } } }",
    "path to": 'query ($id: ID!) { path(from: "s1", to: $id) { length records { id } links { id } } }',
    "path from": 'query ($id: ID!) { path(from: $id, to: "s1", maxLength: 3) { length } }',
    "mentions": "query ($id: ID!) { documents(filter: {mentions: $id}) { totalCount nodes { id } } }",
}
BY_NUMBER = {
    "case": "query ($id: String!) { case(number: $id) { id } }",
    "document": "query ($id: String!) { document(number: $id) { id } }",
    "cases": "query ($id: String!) { cases(filter: {number: {eq: $id}}) { totalCount nodes { id } } }",
    "search": "query ($id: String!) { search(text: $id) { totalCount nodes { id } } }",
    "startsWith": "query ($id: String!) { documents(filter: {number: {startsWith: $id}}) { totalCount } }",
}
NUMBERS = ("NY03-0002", "NY03-0099", "NY03-0001-010", "LA99-9999", "no number", "NY03-0003", "ny03-0001x")


@pytest.mark.parametrize("query", BY_ID.values(), ids=BY_ID.keys())
def test_an_id_that_is_withheld_withdrawn_or_another_partner_s_is_an_id_that_never_was(query: str) -> None:
    client = Client(world())
    answers = [seen(client.post({"query": query, "variables": {"id": id}})) for id in ABSENT]
    assert answers == [answers[0]] * len(ABSENT)
    assert answers[0] != seen(client.post({"query": query, "variables": {"id": "s1"}}))


@pytest.mark.parametrize("query", BY_NUMBER.values(), ids=BY_NUMBER.keys())
def test_a_number_that_is_masked_withheld_or_another_partner_s_is_a_number_that_never_was(query: str) -> None:
    client = Client(world())
    answers = [seen(client.post({"query": query, "variables": {"id": number}})) for number in NUMBERS]
    assert answers == [answers[0]] * len(NUMBERS)
    assert answers[0][0] == 200


QUERIES = (
    "{ agreement { id partner caveat kinds release { version publishedAt recordCount linkCount } } }",
    "{ cases { totalCount edges { cursor node { id number title } } pageInfo { hasNextPage endCursor } } }",
    "{ cases(orderBy: OPENED_DESC, first: 2) { edges { cursor node { id } } pageInfo { endCursor startCursor } } }",
    "{ documents(orderBy: TITLE) { edges { cursor node { id narrative cases { edges { cursor node { id } } } } } } }",
    "{ subjects(orderBy: TYPE, last: 2) { nodes { label properties { name values { value sources { id } } } } } }",
    '{ subjects(filter: {name: {contains: "doe"}}) { edges { cursor node { id office } } } }',
    '{ nodes(ids: ["c1", "s1", "l09", "x"]) { __typename ... on Record { links { edges { cursor link { id } } } } } }',
    '{ case(number: "NY03-0001") { id documents { totalCount } subjects { totalCount } relatedCases { totalCount } } }',
    '{ path(from: "s3", to: "c2") { length records { id } links { id from { id } } } }',
    '{ path(from: "d3", to: "s2", maxLength: 1) { length } }',
    '{ search(text: "doe") { totalCount edges { cursor node { id kind } } pageInfo { endCursor hasNextPage } } }',
    '{ search(text: "fraight stras", kinds: [DOCUMENT, CASE]) { nodes { id } } }',
    '{ search(text: "freight", first: 1) { edges { cursor } pageInfo { endCursor } } }',
    '{ cases(after: "x") { totalCount } }',
    "{ cases(first: 101) { totalCount } }",
    '{ changes(since: "x") { edges { cursor } } }',
    "{ nothing }",
    "{",
    "{ __schema { types { name } } }",
)


def made_forwards() -> MemoryReleases:
    return published(release())


def made_backwards() -> MemoryReleases:
    """The same content, put in the other way round."""
    return published(release(content(tuple(reversed(RECORDS)), tuple(reversed(LINKS)))))


def made_in_steps() -> MemoryReleases:
    """The same content, after others, with another agreement beside it."""
    store = published(release(content((*RECORDS, ONLY_COUNTY_S)), COUNTY))
    shuffled: list[ReleasedRecord] = [*SUBJECTS, *CASES, *DOCUMENTS]
    random.Random(7).shuffle(shuffled)
    for records, links in (
        ((*CASES, ONLY_COUNTY_S), ()),
        (tuple(shuffled), LINKS[::2]),
        (tuple(shuffled), LINKS),
    ):
        publish(store, release(content(records, links)))
    return store


def answers_of(make: Callable[[], MemoryReleases]) -> list[Seen]:
    client = Client(make())
    return [seen(client.post({"query": query})) for query in QUERIES]


@pytest.mark.parametrize("other", [made_backwards, made_in_steps])
def test_two_worlds_with_the_same_content_answer_every_query_with_the_same_bytes(
    other: Callable[[], MemoryReleases],
) -> None:
    assert answers_of(other) == answers_of(made_forwards)


def test_the_queries_of_the_two_world_test_tell_different_contents_apart() -> None:
    less = release(content(RECORDS[:-1], tuple(link for link in LINKS if link.id != "l11")))
    assert answers_of(lambda: published(less)) != answers_of(made_forwards)


def test_two_worlds_that_pass_through_the_same_contents_go_on_paging_alike() -> None:
    without_d1 = release(content((*CASES, *DOCUMENTS[1:]), ()))
    asked = "query ($after: String) { documents(first: 1, after: $after) { totalCount edges { cursor node { id } } } }"

    def told(make: Callable[[], MemoryReleases]) -> tuple[str, bytes]:
        store = make()
        client = Client(store)
        after = client.ask(asked)["documents"]["edges"][0]["cursor"]
        publish(store, without_d1)
        return after, client.post({"query": asked, "variables": {"after": after}}).content

    assert told(made_backwards) == told(made_in_steps) == told(made_forwards)
    assert b'"id":"d2"' in told(made_forwards)[1]
