"""In which order records that are due are looked at: by what it would cost that they are wrong.

First what nobody has coded, then codes that hold back most other records, then what is released with a suspicious text,
then the rest; within each the one that has been due for longest first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from graph.findings.finding import SUSPICIOUS, Finding
from graph.model import EntryId


class Risk(IntEnum):
    """The sorts, in the order of the queue."""

    UNCODED = 0
    HOLDS_BACK = 1
    SUSPICIOUS = 2
    AGE = 3


@dataclass(frozen=True, slots=True)
class Stakes:
    """What is at stake with one record. others: records that it alone holds back. findings: those not accepted."""

    uncoded: bool
    others: int
    released: bool
    findings: Sequence[Finding]

    @property
    def suspicious(self) -> Finding | None:
        """What is suspicious in a text that some partner has."""
        if not self.released:
            return None
        return next((finding for finding in self.findings if finding.rule in SUSPICIOUS), None)

    @property
    def risk(self) -> Risk:
        """The first sort that it is of."""
        if self.uncoded:
            return Risk.UNCODED
        if self.others:
            return Risk.HOLDS_BACK
        return Risk.SUSPICIOUS if self.suspicious is not None else Risk.AGE


@dataclass(frozen=True, slots=True)
class Due:
    """A record's place in the queue. due: an ordinal; deferred: the day until which it was put off."""

    record: EntryId
    office: str | None
    due: int
    stakes: Stakes
    assignee: str | None = None
    deferred: int | None = None
    last_by: str | None = None
    last_at: str | None = None

    @property
    def place(self) -> tuple[int, int, int, EntryId]:
        """By which the queue is in order."""
        return self.stakes.risk, -self.stakes.others, self.due, self.record

    def waits(self, today: int) -> bool:
        """Whether it is to be looked at by now."""
        return self.due <= today and (self.deferred is None or self.deferred <= today)

    @property
    def in_words(self) -> str:
        """Why it stands where it stands."""
        held = f"{self.stakes.others:,} other{'s' if self.stakes.others > 1 else ''}"
        finding = self.stakes.suspicious
        match self.stakes.risk:
            case Risk.UNCODED:
                return "No code that the book has" + (f"; holds back {held}" if self.stakes.others else "")
            case Risk.HOLDS_BACK:
                return f"Its own categories alone hold back {held}"
            case Risk.SUSPICIOUS if finding is not None:
                return f"Some partner has it: {finding.text}"
        return f"Due since {date.fromordinal(self.due).isoformat()}"
