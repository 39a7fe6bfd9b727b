"""All that is held, as it stood at one moment, ready to be asked: what every answer of the office is made from.

A survey is whole, or what one reader may know of (`graph.audience`): then it was made from that alone, and nothing that
is told from it can come from what he may not know. It never writes, and judges only by the rules' own functions. What
is costly is found when it is first asked for, and kept.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from graph.draft import Rules
from graph.gather import gathered
from graph.gist import Gist, gist_of
from graph.inquiry import Inquiry
from graph.judge import Judgement, judge
from graph.linkage import Linkage
from graph.model import RECORD_KINDS, AgreementId, Entry, EntryId, Kind
from graph.neighbours import Neighbours
from graph.shared import Shared
from graph.withdrawals import Withdrawal

_DECISIONS = (Kind.CLEARANCE, Kind.CONSENT)


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry, and what gathering reads of it."""

    entry: Entry
    gist: Gist | None


class Survey:
    """rules: policy and agreements. day: an ordinal. withdrawals: what persons have withdrawn, by id.

    hidden: the categories (bits) without which it is what is left.
    """

    def __init__(
        self,
        rules: Rules,
        day: int,
        readings: Mapping[EntryId, Reading],
        withdrawals: Mapping[EntryId, Withdrawal],
        hidden: int = 0,
    ) -> None:
        self.rules = rules
        self.day = day
        self.readings = readings
        self.withdrawals = withdrawals
        self.hidden = hidden
        self.base: Survey | None = None  # what it was made from by `with_entries`
        self._lock = threading.RLock()
        self._inquiries: dict[AgreementId, Inquiry] = {}
        self._parts: dict[int, Survey] = {}

    @classmethod
    def of(
        cls,
        rules: Rules,
        day: int,
        entries: Iterable[Entry],
        withdrawals: Mapping[EntryId, Withdrawal],
        before: "Survey | None" = None,
    ) -> Self:
        """The survey of these entries. before: an earlier one; entries that are as they were are not read again."""
        known: Mapping[EntryId, Reading] = {}
        if before is not None and before.rules.policy.fingerprint == rules.policy.fingerprint:
            known = before.readings
        readings = {entry.id: _read(entry, rules, known.get(entry.id)) for entry in entries}
        return cls(rules, day, readings, withdrawals)

    def with_entries(self, entries: Iterable[Entry]) -> "Survey":
        """What it would be with these in place of what is held under their ids."""
        changed = {entry.id: _read(entry, self.rules, self.readings.get(entry.id)) for entry in entries}
        then = Survey(self.rules, self.day, {**self.readings, **changed}, self.withdrawals, self.hidden)
        then.base = self
        return then

    def is_as(self, other: "Survey") -> bool:
        """Whether it says nothing else than another one does: then who has that one need not begin anew."""
        return (
            self.rules is other.rules
            and self.day == other.day
            and self.withdrawals == other.withdrawals
            and len(self.readings) == len(other.readings)
            and all(other.readings.get(id) is reading for id, reading in self.readings.items())
        )

    # --- what is held ---

    def entry(self, id: EntryId) -> Entry | None:
        """What is held under the id: of any kind, deleted ones included."""
        reading = self.readings.get(id)
        return None if reading is None else reading.entry

    def record(self, id: EntryId) -> Entry | None:
        """The case, document or subject with this id."""
        entry = self.entry(id)
        return entry if entry is not None and entry.kind in RECORD_KINDS else None

    def link(self, id: EntryId) -> Entry | None:
        """The link with this id. A deleted one is gone."""
        entry = self.entry(id)
        return entry if entry is not None and entry.kind is Kind.LINK and not entry.deleted else None

    def held(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        """Those of the ids that are held."""
        found = ((id, self.entry(id)) for id in ids)
        return {id: entry for id, entry in found if entry is not None}

    def judged(self) -> Self:
        """Itself, once everything is gathered and judged for each agreement: so no question pays for that."""
        for agreement in self.rules.agreements:
            self.inquiry(agreement)
        return self

    def part(self, hidden: int, cut: "Callable[[Survey, int], Survey]") -> "Survey":
        """What is left of it without some categories (bits). cut: makes it; it is made once."""
        with self._lock:
            if hidden not in self._parts:
                self._parts[hidden] = cut(self, hidden).judged()
            return self._parts[hidden]

    # --- what the rules say of it ---

    @cached_property
    def linkage(self) -> Linkage:
        """All of it as arrays."""
        return gathered((reading.gist for reading in self.readings.values()), self.rules.policy)

    @cached_property
    def shared(self) -> Shared:
        """What all judgements have in common; its closure is the one without clearances and consents."""
        return Shared.of(self.linkage, self.rules.policy)

    @cached_property
    def neighbours(self) -> Neighbours:
        """The links of each record."""
        return Neighbours(self.linkage, self.rules.policy)

    def own_categories(self, id: EntryId) -> int:
        """A record's own categories as bits: by its line and by the links that mark it; nothing is carried yet."""
        node = self.linkage.node_of.get(id)
        return 0 if node is None else int(self.shared.closure.own[node])

    def place_of_link(self, id: EntryId) -> int | None:
        """The place of a held link in the linkage."""
        held = self.linkage.links.held
        return next((place for place in self._places.get(id, ()) if place < held), None)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """By id: the links, and the implied citations, of which several may be called alike."""
        places: dict[str, list[int]] = {}
        for place, id in enumerate(self.linkage.links.ids):
            places.setdefault(id, []).append(place)
        return places

    @cached_property
    def decisions(self) -> tuple[Entry, ...]:
        """The held clearances and consents."""
        return tuple(reading.entry for reading in self.readings.values() if reading.entry.kind in _DECISIONS)

    def judgement(self, agreement: AgreementId) -> Judgement:
        """That of one agreement on file."""
        return self.inquiry(agreement).judgement

    def inquiry(self, agreement: AgreementId) -> Inquiry:
        """What explanations under one agreement on file are made from."""
        with self._lock:
            if agreement not in self._inquiries:
                self._inquiries[agreement] = self._inquiry(agreement)
            return self._inquiries[agreement]

    def _inquiry(self, agreement: AgreementId) -> Inquiry:
        policy, mou = self.rules.policy, self.rules.agreements[agreement]
        judgement = judge(self.linkage, policy, mou, self.day, self.shared)
        places, held, decisions = self._places, self.held, self.decisions
        return _Inquiry(places, policy, mou, self.day, judgement, held, decisions, self.withdrawals)


class _Inquiry(Inquiry):
    """One that is asked for many links: it looks none of them up among all. places: as a survey has them."""

    def __init__(self, places: Mapping[str, Sequence[int]], *inquired: Any) -> None:
        super().__init__(*inquired)
        self._places = places

    def links(self, ids: Iterable[str]) -> set[int]:
        return {place for id in ids for place in self._places.get(id, ())}


def _read(entry: Entry, rules: Rules, known: Reading | None) -> Reading:
    if known is not None and known.entry == entry:
        return known
    return Reading(entry, gist_of(entry, rules.policy))
