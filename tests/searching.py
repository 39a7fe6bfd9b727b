"""Searching as a partner does, among a few records."""

from typing import Any

from graph.model import OpaqueId
from graph.release import (
    ReleasedRecord,
    ReleasedSubject,
    Value,
)
from graph.view import View
from tests.partner_world import ask, content, view

ASKED = """query ($text: String!, $kinds: [RecordKind!], $first: Int, $after: String) {
  search(text: $text, kinds: $kinds, first: $first, after: $after) {
    totalCount nodes { id } edges { cursor node { id kind } } pageInfo { hasNextPage endCursor }
  }
}"""


def found(text: str, of: View | None = None, **variables: Any) -> list[str]:
    """The ids of what a partner finds, in order."""
    told = ask(ASKED, of, text=text, first=100, **variables)["search"]
    ids = [node["id"] for node in told["nodes"]]
    assert told["totalCount"] == len(ids)
    return ids


def person(id: str, *names: str, **others: str) -> ReleasedSubject:
    values = [Value("name", name) for name in names] + [Value(*other) for other in others.items()]
    return ReleasedSubject(OpaqueId(id), "person", properties=tuple(values))


def searched(*records: ReleasedRecord) -> View:
    return view(content(records, ()))
