"""A small release made by hand, and asking a View of it: what the tests of the partner's schema and server stand on.

Ids are short and told apart by their first letter: c cases, d documents, s subjects, l links.
"""

from typing import Any

import orjson

from graph import keys
from graph.model import AgreementId, Kind, OpaqueId
from graph.numbers import WITHHELD
from graph.release import (
    Content,
    Header,
    Release,
    ReleasedCase,
    ReleasedDocument,
    ReleasedLink,
    ReleasedRecord,
    ReleasedSubject,
    Value,
)
from graph.release_store import Change
from graph.view import View
from schema.execute import Answer, Answering, Question
from schema.limits import Limits
from schema.writing import as_json
from tests.memory_releases import MemoryReleases

VERSION_KEY = b"v" * 32
CURSOR_KEY = b"c" * 32
NDEX = AgreementId("ndex")
COUNTY = AgreementId("county")

SUPPORTING = ("CONTAINS", "HAS_ATTACHMENT", "MENTIONS", "SUBJECT_OF", "VICTIM_IN")


def ids(*written: str) -> tuple[OpaqueId, ...]:
    """Ids, for short."""
    return tuple(map(OpaqueId, written))


def link(id: str, type: str, head: str, tail: str, *sources: str, role: str | None = None) -> ReleasedLink:
    """A link, for short."""
    return ReleasedLink(
        id=OpaqueId(id), type=type, head=OpaqueId(head), tail=OpaqueId(tail), sources=ids(*sources), role=role
    )


CASES = (
    ReleasedCase(
        OpaqueId("c1"),
        "NY03-0001",
        office="SAC-NY",
        title="Freight diversion",
        status="open",
        program="fraud",
        opened="2003-04-05",
        synopsis="Diverted freight.",
    ),
    ReleasedCase(OpaqueId("c2"), "NY03-0002", status="closed"),
    ReleasedCase(OpaqueId("c3"), WITHHELD, title="freight two", opened="2004-01-01", closed="2005-01-01"),
    ReleasedCase(OpaqueId("c4"), "NY03-0001", office="SAC-LA", title="Zebra", opened="2003-04-05"),
)
DOCUMENTS = (
    ReleasedDocument(
        OpaqueId("d1"),
        "NY03-0001-001",
        "ROI",
        office="SAC-NY",
        title="Opening report",
        prepared="2003-04-06",
        narrative="Doe met Roe.",
        author="agent.lee",
    ),
    ReleasedDocument(OpaqueId("d2"), "NY03-0001-002", "Attachment"),
    ReleasedDocument(OpaqueId("d3"), WITHHELD, "other", title="STRASSE 1", prepared="2003-04-05"),
)
SUBJECTS = (
    ReleasedSubject(
        OpaqueId("s1"),
        "person",
        office="SAC-NY",
        properties=(
            Value("alias", "Johnny", ids("d1")),
            Value("name", "Doe, J."),
            Value("name", "Doe, John", ids("d1", "d2")),
        ),
    ),
    ReleasedSubject(OpaqueId("s2"), "vehicle", properties=(Value("plate", "ABC-123", ids("d1")),)),
    ReleasedSubject(OpaqueId("s3"), "person", properties=(Value("name", "doe, zoe"),)),
)
LINKS = (
    link("l01", "CONTAINS", "c1", "d1"),
    link("l02", "CONTAINS", "c1", "d2"),
    link("l03", "CONTAINS", "c4", "d1"),
    link("l04", "HAS_ATTACHMENT", "d1", "d2"),
    link("l05", "HAS_ATTACHMENT", "d2", "d3"),
    link("l06", "MENTIONS", "d1", "s1"),
    link("l07", "MENTIONS", "d2", "s1"),
    link("l08", "MENTIONS", "d1", "s2"),
    ReleasedLink(
        id=OpaqueId("l09"),
        type="SUBJECT_OF",
        head=OpaqueId("s1"),
        tail=OpaqueId("c1"),
        role="suspect",
        since="2003",
        until="2003-05",
        sources=ids("d1", "d2"),
    ),
    link("l10", "VICTIM_IN", "s1", "c1"),
    link("l11", "KNOWS", "s1", "s3", "d1"),
    link("l12", "RELATED_TO", "c1", "c2"),
    link("l13", "CITES", "d1", "c3"),
    link("l14", "RELATED_TO", "c1", "c1"),
    link("l15", "CITES", "d3", "d1"),
)
RECORDS: tuple[ReleasedRecord, ...] = (*CASES, *DOCUMENTS, *SUBJECTS)


def content(
    records: tuple[ReleasedRecord, ...] = RECORDS, links: tuple[ReleasedLink, ...] = LINKS
) -> Content:
    """A content of these records and links, in this order."""
    return Content({record.id: record for record in records}, {link.id: link for link in links})


def release(
    of: Content | None = None,
    agreement: AgreementId = NDEX,
    *,
    purpose_required: bool = False,
    serves_until: int | None = None,
    caveat: str = "Verify before acting.",
) -> Release:
    """A release with the version and the total that its content has."""
    shown = content() if of is None else of
    total = keys.total(shown, VERSION_KEY)
    header = Header(
        agreement=agreement,
        partner="National Data Exchange",
        effective="2009-05-08",
        expires="2031-05-08",
        caveat=caveat,
        kinds=(Kind.CASE, Kind.DOCUMENT, Kind.SUBJECT),
        purpose_required=purpose_required,
        supporting=SUPPORTING,
        timezone="America/New_York",
        version=keys.version(agreement, total, SUPPORTING, VERSION_KEY),
        total=f"{total:064x}",
        published_at="2026-11-24T09:30:00Z",
        serves_until=serves_until,
    )
    return Release(header, shown)


def view(of: Content | None = None) -> View:
    """A View of such a release."""
    return View(release(of))


def published(*releases: Release) -> MemoryReleases:
    """A store that has these releases."""
    store = MemoryReleases()
    for each in releases:
        publish(store, each)
    return store


def publish(store: MemoryReleases, of: Release) -> None:
    """Make this the current release of its agreement."""
    old = MemoryReleases.read(store, of.header.agreement)  # as a test's own store is not asked
    store.apply(of.header, Change.between(Content() if old is None else old.content, of.content))


ANSWERING = Answering(CURSOR_KEY, Limits(seconds=600))


def answer(query: str, of: View | None = None, **variables: Any) -> Answer:
    """What a View of the small release, or another, answers."""
    return ANSWERING.answer(view() if of is None else of, Question(query, None, variables))


def ask(query: str, of: View | None = None, **variables: Any) -> Any:
    """The data of an answer that has no fault."""
    told = answer(query, of, **variables)
    assert told.faults == []
    return as_read(told)


def as_read(told: Answer) -> Any:
    """The data of an answer, as a client reads it."""
    return orjson.loads(as_json(told.data))


def codes(query: str, of: View | None = None, **variables: Any) -> list[str]:
    """The codes of an answer's faults."""
    return [fault["extensions"]["code"] for fault in answer(query, of, **variables).faults]
