"""A release of many cases, each with ten documents that mention two subjects, and the queries that are measured."""

from typing import Any, Final

import msgspec

from graph.model import OpaqueId
from graph.release import Content, ReleasedCase, ReleasedDocument, ReleasedLink, ReleasedSubject, Value

DOCUMENTS_A_CASE: Final = 10

NESTED: Final = """
{ cases(first: 20) { nodes { number documents(first: 10) { nodes { id number type title prepared } } } } }
"""
"""20 cases, 10 documents of each, 5 fields of each document."""

SINGLE: Final = "query ($number: String!) { case(number: $number) { id number title status opened } }"
"""One case by its number, 5 fields of it."""

NUMBER: Final = "NY03-0007"


def many_cases(cases: int) -> Content:
    """So many cases with what belongs to them."""
    content = Content()
    for c in range(cases):
        case = ReleasedCase(
            _id(f"c{c}"),
            f"NY03-{c:04}",
            office="SAC-NY",
            title=f"Freight diversion {c}",
            status="open",
            program="fraud",
            opened="2003-04-05",
        )
        content.records[case.id] = case
        for d in range(DOCUMENTS_A_CASE):
            document = ReleasedDocument(
                _id(f"d{c}-{d}"),
                f"{case.number}-{d:03}",
                "ROI",
                office="SAC-NY",
                title=f"Report {d} of case {c}",
                prepared="2003-04-06",
            )
            content.records[document.id] = document
            _link(content, "CONTAINS", case.id, document.id)
        for s in range(2):
            name = Value("name", f"Doe, John {c}-{s}", ())
            subject = ReleasedSubject(_id(f"s{c}-{s}"), "person", properties=(name,))
            content.records[subject.id] = subject
            _link(content, "SUBJECT_OF", subject.id, case.id)
        for d in range(DOCUMENTS_A_CASE):
            _link(content, "MENTIONS", _id(f"d{c}-{d}"), _id(f"s{c}-{d % 2}"))
    return content


def as_peers_read_it(content: Content) -> list[dict[str, Any]]:
    """The cases by their numbers, each with its documents by theirs."""
    documents: dict[OpaqueId, list[dict[str, Any]]] = {}
    for link in content.links.values():
        document = content.records[link.tail]
        if isinstance(document, ReleasedDocument):
            documents.setdefault(link.head, []).append(msgspec.structs.asdict(document))
    cases = [record for record in content.records.values() if isinstance(record, ReleasedCase)]
    return [
        {**msgspec.structs.asdict(case), "documents": sorted(documents[case.id], key=_number)}
        for case in sorted(cases, key=lambda case: case.number)
    ]


def _number(document: dict[str, Any]) -> str:
    return str(document["number"])


def _link(content: Content, type: str, head: OpaqueId, tail: OpaqueId) -> None:
    id = _id(f"l{len(content.links)}")
    content.links[id] = ReleasedLink(id=id, type=type, head=head, tail=tail)


def _id(written: str) -> OpaqueId:
    """As long as a real one."""
    return OpaqueId(written.encode().hex().rjust(32, "0"))
