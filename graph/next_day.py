"""The next day on which time alone changes a release, found from what starts, ends or comes of date, and its region.

It is the day that `graph/judge.py` finds from the whole: one on which what is released differs. A day on which nothing
changes for an agreement is never told, since it would tell of what is withheld from it.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np

from graph.agreement import Agreement
from graph.excerpt import Excerpt, Ids, TooWide
from graph.judge import Judgement
from graph.model import Entry, EntryId, Kind
from graph.reading import read_clearance, read_consent
from graph.region import Judging, Region, find
from graph.terms import day_term

MOST_DAYS: Final = 200
"""Days that are looked at before all is better judged anew."""


def next_days(excerpt: Excerpt, judging: Judging, region: Region, days: Iterable[int]) -> list[int | None]:
    """For each agreement the next day. days: those on which anything held starts, ends or comes of date."""
    looking = _Looking(excerpt, judging, region)
    own = {day for agreement in judging.agreements for day in (agreement.effective, agreement.expires)}
    for day in sorted(day for day in {*days, *own} if day > judging.day):
        looking.look(day)
        if not looking.open:
            break
    return looking.found


class _Looking:
    """open: the agreements whose day is not found yet. coming: what has started, ended or come of date by then."""

    def __init__(self, excerpt: Excerpt, judging: Judging, region: Region) -> None:
        self.excerpt = excerpt
        self.judging = judging
        self.region = region
        self.found: list[int | None] = [None] * len(judging.agreements)
        self.open = set(range(len(judging.agreements)))
        self.coming: Ids = set()
        self.looked = 0

    def look(self, day: int) -> None:
        """Close the agreements whose release differs on that day, or that begin or end on it."""
        for place in list(self.open):
            agreement = self.judging.agreements[place]
            if day in (agreement.effective, agreement.expires):
                self._close(place, day)
        fresh = self.excerpt.found([day_term(day)])
        self.excerpt.read(fresh)
        self.coming |= fresh
        if any(self._concerns(id, self.judging.agreements[place]) for id in fresh for place in self.open):
            self._compare(day)

    def _close(self, place: int, day: int) -> None:
        self.found[place] = day
        self.open.discard(place)

    def _concerns(self, id: EntryId, agreement: Agreement) -> bool:
        entry = self.excerpt.now(id)
        return entry is not None and not _is_for_others(entry, agreement)

    def _compare(self, day: int) -> None:
        """On one linkage, which has all that differs today and all that will differ then."""
        self.looked += 1
        if self.looked > MOST_DAYS:
            raise TooWide
        coming = find(self.excerpt, replace(self.judging, day=day), self.coming, self.region.nodes)
        today = self.judging.judge(self.excerpt, coming.part)
        for place in list(self.open):
            if _differ(today[place], coming.judgements[place]):
                self._close(place, day)


def _is_for_others(entry: Entry, agreement: Agreement) -> bool:
    """Whether a clearance or a consent has no effect under the agreement, whatever the day."""
    if entry.kind is Kind.CLEARANCE:
        clearance = read_clearance(entry)
        return clearance is None or agreement.id not in clearance.agreements
    if entry.kind is Kind.CONSENT:
        consent = read_consent(entry)
        return consent is None or consent.agreement != agreement.id
    return False


def _differ(one: Judgement, other: Judgement) -> bool:
    return not (np.array_equal(one.released, other.released) and np.array_equal(one.links, other.links))
