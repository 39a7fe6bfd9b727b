"""What was done to a record or a link: who prepared, approved, coded, cleared, withdrew and reviewed it, and when."""

import strawberry

from graph.model import EntryId, Kind
from graph.office.held_history import Done, decided_of, history_of
from graph.reading import line_of
from graph.review.history import reviewed
from schema.office.context import Asking, Info
from schema.office.held import OfLink, OfRecord


@strawberry.type
class Act:
    """One act. at: a day or a minute, UTC; null where it is not stated."""

    what: str
    by: str | None
    at: str | None
    reason: str | None

    @classmethod
    def of(cls, done: Done) -> "Act":
        """As it was found."""
        return cls(what=done.what, by=done.by, at=done.at, reason=done.reason)


@strawberry.type
class WithHistory(OfRecord):
    """A record's history."""

    @strawberry.field
    def history(self, info: Info) -> list[Act]:
        """The acts, oldest first; what has no day stated, before."""
        asking, id = info.context, self.entry.id
        done = history_of(self.entry, asking.dossier(id), asking.withdrawal(id))
        consents = _decisions(asking, Kind.CONSENT, "record", id)
        said = reviewed(asking.reviewing.marks(id), _findings_shown(asking, id))
        return [Act.of(each) for each in sorted((*done, *consents, *said), key=_by_day)]


@strawberry.type
class WithClearances(OfLink):
    """What reviewers decided of a link."""

    @strawberry.field
    def clearances(self, info: Info) -> list[Act]:
        """Clearances and consents for it, oldest first."""
        asking, id = info.context, self.entry.id
        found = (
            *_decisions(asking, Kind.CLEARANCE, "link", id),
            *_decisions(asking, Kind.CONSENT, "link", id),
        )
        return [Act.of(each) for each in sorted(found, key=_by_day)]


def _findings_shown(asking: Asking, id: EntryId) -> frozenset[str] | None:
    if asking.audience.sees_all:
        return None
    return frozenset(finding.id for finding in asking.reviewing.findings(id))


def _decisions(asking: Asking, kind: Kind, name: str, id: str) -> list[Done]:
    return [
        act
        for decision in asking.seen.decisions
        if decision.kind is kind and not decision.deleted and line_of(decision).get(name) == id
        for act in decided_of(decision)
    ]


def _by_day(done: Done) -> tuple[bool, str]:
    return done.at is not None, done.at or ""
