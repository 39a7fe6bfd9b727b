"""Queries that have a plan, by what is odd about them, and every field that a partner can ask for."""

from collections.abc import Iterator

from graphql import (
    GraphQLObjectType,
    is_introspection_type,
)

from schema.partner import PARTNER_SCHEMA


def fields() -> Iterator[tuple[str, str]]:
    """Every field of every type that a partner can ask for."""
    for type in PARTNER_SCHEMA.type_map.values():
        if isinstance(type, GraphQLObjectType) and not is_introspection_type(type):
            yield from ((type.name, name) for name in type.fields)


QUERIES = {
    "no record": '{ case(number: "none") { id } node(id: "none") { id } nodes(ids: ["none", "c1"]) { id } }',
    "merged fields": (
        "{ cases { totalCount nodes { id } } ...F cases { nodes { number id } } }"
        " fragment F on Query { cases { nodes { title } pageInfo { hasNextPage } } }"
    ),
    "a fragment on an interface": (
        '{ node(id: "c1") { ...N ... on Record { kind links(first: 2) { edges { node { ...N } } } } } }'
        " fragment N on Node { __typename id ... on Case { number } ... on Subject { label } }"
    ),
    "an alias that is a name of Python": "{ import: agreement { class: id None: partner __builtins__: caveat } }",
    "an alias that is a name of the plan": "{ view: agreement { asks: id k1: partner } s1: cases { len: totalCount } }",
    "a search": (
        '{ search(text: "doe", first: 2) { totalCount nodes { id kind ... on Subject { label } } edges { cursor node'
        ' { id } } pageInfo { hasNextPage startCursor } } none: search(text: "") { nodes { id } totalCount }'
        ' wrong: search(text: "doe", after: "x") { totalCount } }'
    ),
    "nothing at all": "{ agreement @skip(if: true) { id } }",
    "an object without fields": "{ agreement { id @include(if: false) } cases { nodes { id @skip(if: true) } } }",
    "properties": (
        "{ subjects { nodes { label properties { name values { value sources { number cases { nodes { id } } } }"
        " } } } }"
    ),
    "everything of a link": (
        '{ node(id: "l09") { ... on Link { id type role since until from { id } to { ... on Case { number } } '
        "sources { title } } } }"
    ),
    "a self-loop": '{ case(number: "NY03-0001") { links(types: ["RELATED_TO"]) { edges { direction cursor } } } }',
    "pages from their end": (
        "{ cases(last: 2) { pageInfo { startCursor endCursor hasNextPage hasPreviousPage } nodes { id } } }"
    ),
    "pages within pages": (
        "{ cases { nodes { documents(first: 1) { pageInfo { hasNextPage endCursor } edges { cursor node { id"
        " subjects(first: 1) { edges { cursor } totalCount } } } } } } }"
    ),
    "a bad page": "{ agreement { id } cases(first: 101) { totalCount } }",
    "a bad page below": '{ agreement { id } node(id: "c1") { ... on Case { documents(first: -1) { totalCount } } } }',
    "a bad page where nobody looks": '{ node(id: "none") { ... on Case { documents(first: -1) { totalCount } } } }',
    "a bad cursor below": '{ node(id: "c1") { id ... on Case { documents(after: "x") { totalCount } } } }',
    "a path": (
        '{ path(from: "s3", to: "c2") { length records { id ... on Case { number } } links { type to { id } } } '
        'none: path(from: "s3", to: "x") { length } self: path(from: "c1", to: "c1") { records { id } links { id } } }'
    ),
    "a path of no length": '{ path(from: "s3", to: "c2", maxLength: -1) { length } }',
    "changes": (
        "{ changes(first: 3) { edges { cursor node { kind recordId version record { id } } }"
        " pageInfo { hasNextPage hasPreviousPage endCursor } } one: changes(first: 1) { edges { node { recordId } } } }"
    ),
    "changes since nobody knows when": '{ changes(since: "never") { edges { cursor } } }',
    "too many ids": f"{{ nodes(ids: {['c1'] * 101}) {{ id }} }}".replace("'", '"'),
}
