"""Walks everything that a partner can reach, through GraphQL and nothing else, and says what it is.

`post(query, variables)` gives the data of an answer that has no errors, and raises for one that has.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from graph.model import OpaqueId
from graph.numbers import WITHHELD
from graph.release import (
    Content,
    ReleasedCase,
    ReleasedDocument,
    ReleasedLink,
    ReleasedRecord,
    ReleasedSubject,
    Value,
)

Post = Callable[[str, Mapping[str, Any]], Any]

_RECORDS_A_PAGE: Final = 15
_LINKS: Final = """
    links(first: 100, after: $links) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { direction node { id } link { id type from { id } to { id } role since until sources { id } } }
    }"""
_FIELDS: Final = {
    "cases": "office contact validated number title status program opened closed synopsis",
    "documents": "office contact validated number type title prepared narrative author",
    "subjects": "office contact validated type properties { name values { value sources { id } } }",
}
_MORE_LINKS: Final = (
    f"query ($id: ID!, $links: String) {{ node(id: $id) {{ ... on Record {{ {_LINKS} }} }} }}"
)

_SEARCH: Final = "query ($text: String!) { search(text: $text, first: 100) { totalCount nodes { id } } }"
_CHANGES: Final = """query ($first: Int, $after: String) {
  changes(first: $first, after: $after) {
    edges { node { kind recordId version record { id } } } pageInfo { hasNextPage endCursor }
  }
}"""


def walk(post: Post) -> Content:
    """The released records and links, by id. Raises AssertionError where the answers do not agree with each other."""
    content = Content()
    for field in _FIELDS:
        for node in _all(post, field):
            record = _record(field, node)
            assert record.id not in content.records, f"{record.id} was met twice"
            content.records[record.id] = record
            for link in _links_of(post, node):
                known = content.links.setdefault(link.id, link)
                assert known == link, f"{link.id} is not the same from both of its ends"
    _check_changes(post, content)
    _check_search(post, content)
    return content


def _check_search(post: Post, content: Content) -> None:
    """A number that is shown finds its records, and nothing finds what was not met."""
    numbers = {r.number: r.id for r in content.records.values() if not isinstance(r, ReleasedSubject)}
    for number, id in sorted(numbers.items())[:3]:
        told = post(_SEARCH, {"text": number})["search"]
        met = {node["id"] for node in told["nodes"]}
        assert met <= content.records.keys(), "what was found was not met"
        assert number == WITHHELD or id in met or told["totalCount"] > 100, f"{number} finds nothing"


def _check_changes(post: Post, content: Content) -> None:
    """Since nothing, every record that was met is added, once."""
    after: str | None = None
    met: list[Any] = []
    while True:
        page = post(_CHANGES, {"first": _RECORDS_A_PAGE, "after": after})["changes"]
        met += (edge["node"] for edge in page["edges"])
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert {(node["kind"], node["recordId"], node["record"]["id"]) for node in met} == {
        ("ADDED", id, id) for id in content.records
    }
    assert len(met) == len(content.records), "a record was added twice"


def _all(post: Post, field: str) -> Iterator[Any]:
    """Every record of a kind, page by page, in one order."""
    query = (
        f"query ($first: Int, $after: String, $links: String) {{ {field}(first: $first, after: $after) {{ totalCount"
        f" pageInfo {{ hasNextPage endCursor }} nodes {{ id {_FIELDS[field]} {_LINKS} }} }} }}"
    )
    after, met = None, 0
    while True:
        page = post(query, {"first": _RECORDS_A_PAGE, "after": after})[field]
        met += len(page["nodes"])
        yield from page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            assert met == page["totalCount"], f"{field}: {met} of {page['totalCount']} were met"
            return
        after = page["pageInfo"]["endCursor"]


def _links_of(post: Post, node: Any) -> Iterator[ReleasedLink]:
    """Every link of a record, the first page of which came with it."""
    page, met = node["links"], 0
    while True:
        met += len(page["edges"])
        for edge in page["edges"]:
            link = _link(edge["link"])
            seen = {"OUT": (link.head, link.tail), "IN": (link.tail, link.head)}[edge["direction"]]
            assert seen == (node["id"], edge["node"]["id"]), f"{link.id} is seen the wrong way round"
            yield link
        if not page["pageInfo"]["hasNextPage"]:
            assert met == page["totalCount"], f"{node['id']}: {met} of {page['totalCount']} links were met"
            return
        page = post(_MORE_LINKS, {"id": node["id"], "links": page["pageInfo"]["endCursor"]})["node"]["links"]


def _record(field: str, node: Any) -> ReleasedRecord:
    id = OpaqueId(node["id"])
    shown = {name: shown for name, shown in node.items() if name not in ("id", "links", "properties")}
    if field == "cases":
        return ReleasedCase(id, **shown)
    if field == "documents":
        return ReleasedDocument(id, **shown)
    return ReleasedSubject(id, **shown, properties=tuple(_values(node["properties"])))


def _values(properties: Any) -> Iterator[Value]:
    for prop in properties:
        for value in prop["values"]:
            yield Value(prop["name"], value["value"], _ids(value["sources"]))


def _link(node: Any) -> ReleasedLink:
    return ReleasedLink(
        id=OpaqueId(node["id"]),
        type=node["type"],
        head=OpaqueId(node["from"]["id"]),
        tail=OpaqueId(node["to"]["id"]),
        role=node["role"],
        since=node["since"],
        until=node["until"],
        sources=_ids(node["sources"]),
    )


def _ids(nodes: Any) -> tuple[OpaqueId, ...]:
    return tuple(OpaqueId(node["id"]) for node in nodes)
