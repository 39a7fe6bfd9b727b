"""What reviewers have said of one record: frozen values and their JSON form, a paper in a drawer beside the entries.

A load never changes it. An attest and a deferral are for the content that the record had; once that is another, they
have no effect any more. Data Quality's word over a finding is for what the finding says and for the content without its
codes and its approval: those are what is approved over it.
"""

import hashlib
from collections.abc import Callable
from typing import Final

import msgspec
import orjson
from msgspec.structs import replace

from graph.findings.finding import Finding
from graph.fingerprint import content_of
from graph.model import Entry, EntryId
from graph.reading import line_of
from graph.store import Paper

DRAWER: Final = "review"

_APPROVED: Final = frozenset(("access_codes", "approval"))
_BYTES: Final = 16


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person's word. at: the minute, UTC. day: the home's, as an ordinal. content: a hash of what it is for.

    codes: those that the record had then, for whom it is kept from.
    """

    who: str
    at: str
    day: int
    reason: str
    content: str
    codes: tuple[str, ...] = ()


class Attest(msgspec.Struct, frozen=True):
    """A record was looked at and is as it should be. due: the day on which that was due."""

    mark: Mark
    due: int


class Deferral(msgspec.Struct, frozen=True):
    """A review is put off. until: the day on which it is due again, as an ordinal."""

    mark: Mark
    until: int


class Assignment(msgspec.Struct, frozen=True):
    """Somebody is to look at it, until it is attested."""

    mark: Mark
    to: str


class Marks(msgspec.Struct, frozen=True, omit_defaults=True):
    """All of one record. accepted: by a finding's name. attests: every one, the last one last."""

    attests: tuple[Attest, ...] = ()
    assignment: Assignment | None = None
    deferral: Deferral | None = None
    accepted: dict[str, Mark] = {}

    def attested(self, content: str) -> Attest | None:
        """The last attest, if it is for this content."""
        last = self.attests[-1] if self.attests else None
        return last if last is not None and last.mark.content == content else None

    def deferred(self, content: str) -> Deferral | None:
        """The deferral, if it is for this content."""
        return self.deferral if self.deferral is not None and self.deferral.mark.content == content else None

    def word_over(self, finding: Finding, entry: Entry) -> Mark | None:
        """Data Quality's word over a finding, if it is for what the finding says now."""
        mark = self.accepted.get(finding.id)
        return mark if mark is not None and mark.content == found_in(finding, entry) else None

    def told(self, shows: Callable[[Mark], bool]) -> "Marks":
        """What is left for who may know of some of the words alone: as if the others had not been said."""
        assignment, deferral = self.assignment, self.deferral
        return Marks(
            attests=tuple(attest for attest in self.attests if shows(attest.mark)),
            assignment=assignment if assignment is not None and shows(assignment.mark) else None,
            deferral=deferral if deferral is not None and shows(deferral.mark) else None,
            accepted={name: mark for name, mark in self.accepted.items() if shows(mark)},
        )


NO_MARKS: Final = Marks()


def found_in(finding: Finding, entry: Entry) -> str:
    """A hash of what a finding says and of what it was found in."""
    said = {name: value for name, value in line_of(entry).items() if name not in _APPROVED}
    content = content_of(replace(entry, line=orjson.dumps(said)))
    return hashlib.blake2b(f"{content}\0{finding.text}".encode(), digest_size=_BYTES).hexdigest()


def paper_of(id: EntryId, marks: Marks) -> Paper:
    """The marks as they are kept. It waits, since each record is reviewed again."""
    return Paper(DRAWER, id, msgspec.json.encode(marks).decode(), waits=True)


def marks_of(paper: Paper | None) -> Marks:
    """The marks that a paper is; without one, nobody has said anything."""
    return NO_MARKS if paper is None else msgspec.json.decode(paper.body, type=Marks)
