"""Findings, the queue of reviews, and what reviewers say: of what the reader may know of, and nothing else."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.findings.finding import Finding as Found
from graph.findings.finding import Rule
from graph.model import EntryId
from graph.review.acts import Marked, Reviewer
from graph.review.queue import Due
from schema.cursors import Belonging, Position
from schema.office.acting import behind
from schema.office.context import Asking, Info
from schema.office.held import OfRecord
from schema.office.pages import Connection, connection_of, page_of
from schema.office.refusal import OfficeCode, OfficeRefusal

if TYPE_CHECKING:
    from schema.office.record import HeldRecord

ARecord = Annotated["HeldRecord", strawberry.lazy("schema.office.record")]

_PLACE = {rule: f"{place:02}" for place, rule in enumerate(Rule)}
_MANY = 10**12


@strawberry.type
class Finding:
    """One thing about one record that a person should look at. Accepted: Data Quality's word, for what it says now."""

    found: strawberry.Private[Found]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.found.id)

    @strawberry.field
    def rule(self) -> str:
        return self.found.rule.value

    @strawberry.field
    def record(self, info: Info) -> ARecord:
        return _record(info.context, self.found.record)

    @strawberry.field
    def blocking(self) -> bool:
        """Whether an approval over it needs Data Quality's word."""
        return self.found.blocking

    @strawberry.field
    def text(self) -> str:
        return self.found.text

    @strawberry.field
    def accepted_by(self, info: Info) -> str | None:
        mark = info.context.reviewing.accepted(self.found)
        return None if mark is None else mark.who

    @strawberry.field
    def accepted_at(self, info: Info) -> str | None:
        mark = info.context.reviewing.accepted(self.found)
        return None if mark is None else mark.at


@strawberry.type
class Review:
    """When a record is to be looked at again, by whom, and why it stands where it stands in the queue."""

    review: strawberry.Private[Due]

    @strawberry.field
    def record(self, info: Info) -> ARecord:
        return _record(info.context, self.review.record)

    @strawberry.field
    def due(self) -> str:
        return date.fromordinal(self.review.due).isoformat()

    @strawberry.field
    def overdue(self, info: Info) -> bool:
        """Whether it is due by now; put off or not."""
        return self.review.due <= info.context.seen.day

    @strawberry.field
    def risk(self) -> str:
        return self.review.in_words

    @strawberry.field
    def assignee(self) -> str | None:
        return self.review.assignee

    @strawberry.field
    def deferred_until(self) -> str | None:
        day = self.review.deferred
        return None if day is None else date.fromordinal(day).isoformat()

    @strawberry.field
    def last_by(self) -> str | None:
        """Who attested it last, for whatever content."""
        return self.review.last_by

    @strawberry.field
    def last_at(self) -> str | None:
        return self.review.last_at


@strawberry.type
class OfficeTimeliness:
    """Of one office: how many reviews were due, and how many of them were done by their day. Null: of none."""

    office: str | None
    due: int
    in_time: int


@strawberry.type
class WithQuality(OfRecord):
    """What is found in a record, and when it is reviewed."""

    @strawberry.field
    def findings(self, info: Info) -> list[Finding]:
        return [Finding(found=found) for found in info.context.reviewing.findings(self.entry.id)]

    @strawberry.field
    def review(self, info: Info) -> Review | None:
        """Null of a deleted record."""
        review = info.context.reviewing.review(self.entry.id)
        return None if review is None else Review(review=review)


@strawberry.type
class QualityQuery:
    """What is to be looked at."""

    @strawberry.field
    def findings(
        self,
        info: Info,
        office: str | None = None,
        rule: str | None = None,
        blocking: bool | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[Finding]:
        """By record. blocking: those that block an approval, accepted ones left out; or those that do not block."""
        asking = info.context
        whole = [
            found
            for found in _of_all(asking)
            if (office is None or asking.reviewing.office(found.record) == office)
            and (rule is None or found.rule == rule)
            and (blocking is None or _blocks(asking, found) == blocking)
        ]
        belonging = Belonging("", "findings", repr((office, rule, blocking)))
        page = page_of(whole, _place_of_finding, belonging, asking.cursors, first, after)
        return connection_of(page, (Finding(found=found) for found in page.shown))

    @strawberry.field
    def queue(
        self,
        info: Info,
        office: str | None = None,
        assignee: str | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[Review]:
        """What is to be looked at by now, the most urgent first."""
        asking = info.context
        _of_all(asking)
        whole = [
            review
            for review in asking.reviewing.queue
            if (office is None or review.office == office)
            and (assignee is None or review.assignee == assignee)
        ]
        belonging = Belonging("", "queue", repr((office, assignee)))
        page = page_of(whole, _place_of_review, belonging, asking.cursors, first, after)
        return connection_of(page, (Review(review=review) for review in page.shown))

    @strawberry.field
    def timeliness(self, info: Info) -> list[OfficeTimeliness]:
        """By office."""
        _of_all(info.context)
        offices = info.context.reviewing.timeliness()
        return [OfficeTimeliness(office=one.office, due=one.due, in_time=one.in_time) for one in offices]


@strawberry.type
class QualityMutation:
    """What reviewers say. Each word has a reason, and is for what the record says now."""

    @strawberry.mutation
    def accept(self, info: Info, finding: strawberry.ID, reason: str, version: str) -> Finding:
        """Data Quality's word over a finding: it may be approved over. version: of its record."""
        asking = info.context
        found = asking.reviews.finding(asking.officer, asking.audience, finding)
        if found is None:
            raise OfficeRefusal(OfficeCode.BAD_ARGUMENT, f"“{finding}” is no finding now.")
        _act(asking, found.record, lambda reviewer: reviewer.accept(found, version, reason))
        return Finding(found=found)

    @strawberry.mutation
    def mark_reviewed(self, info: Info, id: strawberry.ID, version: str, reason: str) -> Review:
        """Attest: it was looked at and is as it should be."""
        return _reviewed(info.context, id, lambda reviewer: reviewer.attest(EntryId(id), version, reason))

    @strawberry.mutation
    def assign(self, info: Info, id: strawberry.ID, to: str, reason: str) -> Review:
        """Name who is to look at it."""
        return _reviewed(info.context, id, lambda reviewer: reviewer.assign(EntryId(id), to, reason))

    @strawberry.mutation
    def defer(self, info: Info, id: strawberry.ID, until: str, reason: str) -> Review:
        """Put its review off until a day, if what it says stays the same."""
        return _reviewed(info.context, id, lambda reviewer: reviewer.defer(EntryId(id), until, reason))


def _of_all(asking: Asking) -> list[Found]:
    """Every finding. To find them for the first time takes long, and is no fault of the question."""
    with asking.deadline.apart():
        return asking.reviewing.every


def _blocks(asking: Asking, found: Found) -> bool:
    return found.blocking and asking.reviewing.accepted(found) is None


def _place_of_finding(found: Found) -> Position:
    return found.record, _PLACE[found.rule], found.detail


def _place_of_review(review: Due) -> Position:
    risk, fewer, due, id = review.place
    return str(risk), f"{_MANY + fewer:013}{due:08}", id


def _act(asking: Asking, id: str, does: Callable[[Reviewer], Marked]) -> None:
    behind(asking, lambda: asking.reviews.act(asking.officer, asking.audience, EntryId(id), does))


def _reviewed(asking: Asking, id: str, does: Callable[[Reviewer], Marked]) -> Review:
    _act(asking, id, does)
    review = asking.reviewing.review(EntryId(id))
    if review is None:  # deleted since
        raise OfficeRefusal(OfficeCode.CHANGED)
    return Review(review=review)


def _record(asking: Asking, id: EntryId) -> "HeldRecord":
    record = asking.record(id)
    if record is None:  # what is found is found in what the reader may know of
        raise OfficeRefusal(OfficeCode.CHANGED)
    return record
