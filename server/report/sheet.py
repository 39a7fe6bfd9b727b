"""One agreement's meter with what is told of the records it names, and the words of a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.explaining.causes import Note
from graph.explaining.inquiry import Inquiry
from graph.explaining.words import HEADINGS
from graph.holding_back import Astray, Holder
from graph.meter import Meter, meter
from graph.model import EntryId
from graph.reason_counts import ReasonCount
from graph.shares import Share
from graph.withdrawals import Withdrawal
from server.report.figures import count

NOT_STATED: Final = "not stated"

GROUPS: Final = {
    "never_loaded": "ends of links that were never loaded",
    "uncoded": "records without a known access control code",
    "deleted": "deleted records whose codes still carry",
    "implied": "numbers in texts (implied citations)",
    "unknown_type": "links of a type that the policy does not know",
    "other_kinds": "links between kinds that their type is not for",
}
"""Sorts of base facts, in words."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A meter, notes of the records that it names, and what persons have withdrawn."""

    meter: Meter
    notes: Mapping[EntryId, Note]
    withdrawn: Mapping[EntryId, Withdrawal]

    @property
    def day(self) -> str:
        """The day that it was judged by."""
        return date.fromordinal(self.meter.day).isoformat()


def sheet_of(inquiry: Inquiry) -> Sheet:
    """The sheet of one agreement."""
    shown = meter(inquiry)
    sorts = (shown.holders, shown.never_loaded, shown.uncoded)
    ids = list(dict.fromkeys(holder.id for sort in sorts for holder in sort.told))
    inquiry.read(ids)
    return Sheet(shown, {id: inquiry.note(id) for id in ids}, inquiry.withdrawals)


def name_of(share: Share) -> str:
    """An office, a program or a year."""
    return NOT_STATED if share.name is None else share.name


def mostly(share: Share) -> str:
    """The reason that withholds most of it."""
    return f"{share.reasons[0][0]} {count(share.reasons[0][1])}" if share.reasons else ""


def meaning(reason: ReasonCount) -> str:
    """What a reason is."""
    if reason.label is None:
        return HEADINGS[reason.reason]
    return f"{reason.label} ({reason.authority})" if reason.authority else reason.label


def described(holder: Holder, note: Note) -> str:
    """Which record it is."""
    if note.kind is None:
        return "never loaded"
    title = "" if note.title is None else f"“{note.title}”"
    return " ".join(filter(None, (note.kind, note.number, title)))


def astray_words(astray: Astray) -> str:
    """What is wrong with links of a type."""
    return "the policy does not know it" if astray.wrong == "unknown_type" else "between other kinds"


def sources(reason: ReasonCount) -> tuple[str, str, str]:
    """Of a category: how many have it of one record alone, by links, by citations. Scope comes from nowhere else."""
    if reason.label is None:
        return ("–", "–", "–")
    return count(reason.one_record), count(reason.carried), count(reason.cited)
