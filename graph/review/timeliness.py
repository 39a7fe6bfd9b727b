"""The share of reviews that were done in time, by office: what was due by now, and was attested by the day it was due.

Of each record its last review counts: the attest, or that it is overdue.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.review.marks import Attest
from graph.review.queue import Due


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Of one office; None: of records without one. due: reviews that were due; in_time: of these, by their day."""

    office: str | None
    due: int
    in_time: int


def timeliness(reviews: Iterable[tuple[Due, Attest | None]], today: int) -> list[Timeliness]:
    """By office, those without one last. Each record with its last attest, for whatever content."""
    counts: dict[str | None, tuple[int, int]] = {}
    for review, attest in reviews:
        was_due, in_time = counts.get(review.office, (0, 0))
        if review.due <= today and not _today(attest, today):
            counts[review.office] = was_due + 1, in_time
        elif attest is not None:
            counts[review.office] = was_due + 1, in_time + (attest.mark.day <= attest.due)
    ordered = sorted(counts.items(), key=lambda of: (of[0] is None, of[0] or ""))
    return [Timeliness(office, due, in_time) for office, (due, in_time) in ordered]


def _today(attest: Attest | None, today: int) -> bool:
    """What was attested today is not overdue, even if it is due again at once."""
    return attest is not None and attest.mark.day == today
