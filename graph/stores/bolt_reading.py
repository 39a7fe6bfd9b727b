"""A release of a Neo4j as it is read: whole, or what it has become, while others may write to it.

Neo4j's reads are read-committed: a reader can meet a transaction half-way, while Neo4j writes it to its store. So each
change is said to begin before its transaction and to have ended after it, and who reads asks again until it has read
while none was under way. Of a change that was killed the end is never said: what is there is whole then, for the
transaction was written or it was not; the reader waits a little, reads, and leaves it to the checksum (DESIGN 4, View).

A change that is too large for a transaction is switched to before it is written out (`bolt_building`); what is still
to be written is laid over what is there. It is read first: what is written out meanwhile is then in both.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar

from graph.history import History
from graph.later import Later, touched
from graph.model import AgreementId, OpaqueId
from graph.release import Content, Release, ReleasedLink, ReleasedRecord, decode_header
from graph.sharing import Sharing
from graph.stores.bolt import Row, Transaction
from graph.stores.bolt_history import read_history, read_names, read_touches
from graph.stores.bolt_parts import Part, decode_part, laid_over
from graph.stores.statements import statement

_STATE = statement("releases_state")
_PARTS = statement("releases_parts")
_RECORDS = statement("releases_records")
_LINKS = statement("releases_links")
_LINKS_OF_HUBS = statement("releases_links_of_hubs")
_SOME_RECORDS = statement("releases_some_records")
_SOME_LINKS = statement("releases_some_links")
_LINKS_AMONG = statement("releases_links_among")

_RECORDS_AT_ONCE: Final = 1_000
"""Their texts may be long."""

_HEADS_AT_ONCE: Final = 1_000
_FEW_LINKS: Final = 200
"""What a head has at most where its links come together with those of others, which bounds what comes at once."""

E = TypeVar("E", ReleasedRecord, ReleasedLink)


class State(NamedTuple):
    """What a release says of itself. unwritten: the change that it is switched to, and not all written out."""

    header: str
    begun: str | None
    ended: str | None
    unwritten: str | None

    def is_as(self, other: "State | None") -> bool:
        """Whether no change has begun or ended between the two. That one was written out changes nothing."""
        return other is not None and self[:3] == other[:3]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what the release said of itself before and after. went: something went meanwhile."""

    before: State | None
    after: State | None
    content: Content = field(default_factory=Content)
    went: bool = False
    history: History = field(default_factory=History)

    @property
    def is_same(self) -> bool:
        """Whether nothing that could be seen has changed meanwhile."""
        if self.before is None:
            return self.after is None
        return self.before.is_as(self.after) and not self.went

    @property
    def is_settled(self) -> bool:
        """Whether no change was under way."""
        return self.is_same and (self.after is None or self.after.begun == self.after.ended)

    @property
    def release(self) -> Release | None:
        """The release that was read."""
        if self.after is None:
            return None
        return Release(decode_header(self.after.header), self.content, self.history)


def state(transaction: Transaction, agreement: AgreementId) -> State | None:
    """What a release says of itself; None where there is none."""
    return next((State(*row) for row in transaction.run(_STATE, agreement=agreement)), None)


def read(transaction: Transaction, agreement: AgreementId) -> Reading:
    """One release, whole: its elements are made as they come."""
    before = state(transaction, agreement)
    if before is None:
        return Reading(None, state(transaction, agreement))
    parts = _parts(transaction, agreement, before)
    content, went = _content(_records(transaction, agreement), _links(transaction, agreement))
    laid_over(content, parts)
    history = read_history(transaction, agreement)
    # Of what is being written out, what goes is in its parts.
    return Reading(before, state(transaction, agreement), content, went and not parts, history)


def read_later(
    transaction: Transaction, agreement: AgreementId, place: int, version: str
) -> tuple[Later | None, bool]:
    """What a release has become since a version, and whether no change was under way; while one is, ask again."""
    before, names = state(transaction, agreement), read_names(transaction, agreement)
    if before is None or before.unwritten is not None or (place, version) not in names:
        return None, True
    touches = read_touches(transaction, agreement, place, names[-1][0])
    ids = touched(touches)
    if ids is None:
        return None, True
    rows = list(ids)
    records = transaction.run_rows(_SOME_RECORDS, rows, agreement=agreement)
    links = transaction.run_rows(_LINKS_AMONG, rows, agreement=agreement, among=rows)
    content, went = _content(_bodies(records), _bodies(links))
    reading = Reading(before, state(transaction, agreement), content, went)
    found = reading.release
    if found is None or not reading.is_settled:
        return None, False
    return Later(found.header, ids, found.content, names, touches), True


def read_elements(transaction: Transaction, agreement: AgreementId, ids: Sequence[OpaqueId]) -> Content:
    """Some records and links of one release."""
    parts = unwritten(transaction, agreement)
    records = transaction.run_rows(_SOME_RECORDS, ids, agreement=agreement)
    links = transaction.run_rows(_SOME_LINKS, ids, agreement=agreement)
    content, _ = _content(_bodies(records), _bodies(links))
    laid_over(content, parts)
    return _among(content, frozenset(ids)) if parts else content


def unwritten(transaction: Transaction, agreement: AgreementId) -> list[Part]:
    """What is still to be written out of the change that a release is switched to."""
    said = state(transaction, agreement)
    return [] if said is None else _parts(transaction, agreement, said)


def _parts(transaction: Transaction, agreement: AgreementId, said: State) -> list[Part]:
    if said.unwritten is None:
        return []
    rows = transaction.stream(_PARTS, agreement=agreement, change=said.unwritten)
    return [decode_part(body) for _, body in rows]


def _among(content: Content, ids: frozenset[OpaqueId]) -> Content:
    return Content(
        {id: record for id, record in content.records.items() if id in ids},
        {id: link for id, link in content.links.items() if id in ids},
    )


def _records(transaction: Transaction, agreement: AgreementId) -> Iterator[str]:
    """The bodies of all records by id, thousands in a row: a row for each would take the driver most of the time."""
    after: str | None = ""
    while after is not None:
        asked = {"agreement": agreement, "after": after, "most": _RECORDS_AT_ONCE}
        [(bodies, after)] = transaction.run(_RECORDS, **asked)
        yield from bodies


def _links(transaction: Transaction, agreement: AgreementId) -> Iterator[str | None]:
    """The bodies of all links, those of some heads in a row; those of a head that has many, a row each."""
    after: str | None = ""
    while after is not None:
        asked = {"agreement": agreement, "after": after, "most": _HEADS_AT_ONCE, "few": _FEW_LINKS}
        [(bodies, hubs, after)] = transaction.run(_LINKS, **asked)
        yield from bodies
        if hubs:
            yield from _bodies(transaction.stream(_LINKS_OF_HUBS, agreement=agreement, among=hubs))


def _bodies(rows: Iterable[Row]) -> Iterator[str | None]:
    return (body for (body,) in rows)


def _content(records: Iterable[str | None], links: Iterable[str | None]) -> tuple[Content, bool]:
    content, sharing = Content(), Sharing()
    went = _put(content.records, sharing.record, records)
    return content, _put(content.links, sharing.link, links) or went


def _put(elements: dict[OpaqueId, E], read: Callable[[str], E], bodies: Iterable[str | None]) -> bool:
    """Whether an element went meanwhile: then it has no body."""
    went = False
    for body in bodies:
        if body:
            element = read(body)
            elements[element.id] = element
        else:
            went = True
    return went
