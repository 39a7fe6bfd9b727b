"""What an entry tells by itself, whatever else is held: what gathering reads of it, and nothing that is ever shown.

A record's and a link's own categories by codes and system (R1, R2), its scope's words and day (R5), its number and the
numbers in its text (R10), and whether a clearance or consent is one at all (R4).
"""

from itertools import chain

import msgspec

from graph.days import ordinal
from graph.model import RECORD_KINDS, Approval, Clearance, Consent, Entry, EntryId, Kind, Link, Record, Token
from graph.numbers import fold
from graph.policy import DELETED, UNCODED, LinkType, Policy
from graph.reading import read_clearance, read_consent, read_link, read_record, same_person


class RecordGist(msgspec.Struct, frozen=True):
    """Of a record. own: categories as bits. number: folded. numbered: a pattern matches the whole of it."""

    id: EntryId
    kind: Kind
    own: int
    day: int
    approved: bool
    number: str | None
    numbered: bool
    office: str | None
    status: str | None
    program: str | None
    tokens: tuple[Token, ...]


class LinkGist(msgspec.Struct, frozen=True, gc=False):
    """Of a link. type: None for one that the policy does not know. own: categories as bits."""

    link: Link
    type: LinkType | None
    own: int


Gist = RecordGist | LinkGist | Clearance | Consent


def gist_of(entry: Entry, policy: Policy) -> Gist | None:
    """The gist of an entry, or None where it can have no effect on any other."""
    if entry.kind is Kind.LINK:  # nearly all are
        return None if entry.deleted else _of_link(read_link(entry), policy)
    if entry.kind in RECORD_KINDS:
        return gist_of_record(read_record(entry), policy)
    if entry.deleted:
        return None
    return read_clearance(entry) if entry.kind is Kind.CLEARANCE else read_consent(entry)


def gist_of_record(record: Record, policy: Policy) -> RecordGist:
    """The gist of a record that was read."""
    number = None
    if record.kind is not Kind.SUBJECT and "number" in record.fields:
        number = fold(record.fields["number"])
    is_case = record.kind is Kind.CASE
    return RecordGist(
        id=record.id,
        kind=record.kind,
        own=_own(record, policy),
        day=ordinal(record.fields.get(policy.date_fields[record.kind])),
        approved=is_approved(record.approval),
        number=number,
        numbered=number is not None and policy.patterns.is_number(number),
        office=record.fields.get("office"),
        status=policy.word("case_status", record.fields.get("status")) if is_case else None,
        program=policy.word("case_program", record.fields.get("program")) if is_case else None,
        tokens=cited_tokens(record, policy),
    )


def cited_tokens(record: Record, policy: Policy) -> tuple[Token, ...]:
    """The numbers in a document's title and narrative (R10); of a deleted one those that were kept (R11)."""
    if record.kind is not Kind.DOCUMENT or policy.implied is None:
        return ()
    if record.deleted:
        return record.kept_tokens
    texts = (record.fields[name] for name in ("title", "narrative") if name in record.fields)
    return tuple(chain.from_iterable(map(policy.patterns.tokens, texts)))


def is_approved(approval: Approval | None) -> bool:
    """R5: the state is `approved`, by two different persons."""
    return (
        approval is not None
        and approval.state == "approved"
        and bool((approval.agent or "").strip())
        and bool((approval.supervisor or "").strip())
        and not same_person(approval.agent or "", approval.supervisor or "")
    )


def _own(record: Record, policy: Policy) -> int:
    uncoded = policy.bit(UNCODED)
    own = policy.categories_of(record.codes, without=uncoded) | policy.system_category(record.source_system)
    own |= uncoded if record.tainted else 0
    return own | (policy.bit(DELETED) if record.deleted else 0)


def _of_link(link: Link, policy: Policy) -> LinkGist:
    type = policy.links.get(link.type) if link.type is not None else None
    own = type.own if type else 0
    return LinkGist(
        link, type, own if link.codes == () else own | policy.categories_of(link.codes, without=0)
    )
