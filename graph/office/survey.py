"""All that is held, as it stood at one moment, ready to be asked: what every answer of the office is made from.

A survey is whole, or what one reader may know of (`graph.office.audience`): then it was made from that alone, and
nothing that is told from it can come from what he may not know. It never writes, and judges only by the rules' own
functions. What is costly is found when it is first asked for, and kept. One that follows it goes on from there: of what
was written since, and of what that touches, is anything found anew.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from graph.draft import Rules
from graph.explaining.inquiry import Inquiry
from graph.gist import Gist, gist_of
from graph.judge import Judgement, judge
from graph.linkage import Linkage
from graph.model import RECORD_KINDS, AgreementId, Entry, EntryId, Kind
from graph.office.linked_holdings import LinkedHoldings
from graph.office.neighbours import Neighbours
from graph.office.tellings import Tell, Tellings
from graph.shared import Shared
from graph.traces import Changed
from graph.withdrawals import Withdrawal

_DECISIONS = (Kind.CLEARANCE, Kind.CONSENT)


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry, and what gathering reads of it."""

    entry: Entry
    gist: Gist | None


@dataclass(frozen=True, slots=True)
class Part:
    """What is left of a survey without some categories. gone: the ids of what they hide."""

    survey: "Survey"
    gone: frozenset[EntryId]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A part of an earlier survey. written: the ids whose entries are others since."""

    part: Part
    written: frozenset[EntryId]


Cut = Callable[["Survey", int, Earlier | None], Part]
"""Makes a part of a survey without some categories (bits), if there is one from what was left of an earlier one."""


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
        self._lock = threading.RLock()
        self._linked: LinkedHoldings | None = None
        self._decisions: tuple[Entry, ...] | None = None
        self._inquiries: dict[AgreementId, Inquiry] = {}
        self._judgements: dict[AgreementId, Judgement] = {}
        self._parts: dict[int, Part] = {}
        self._parts_before: dict[int, Earlier] = {}
        self._tellings = Tellings(rules.policy)

    @classmethod
    def of(
        cls,
        rules: Rules,
        day: int,
        entries: Iterable[Entry],
        withdrawals: Mapping[EntryId, Withdrawal],
    ) -> Self:
        """The survey of these entries."""
        readings = {entry.id: Reading(entry, gist_of(entry, rules.policy)) for entry in entries}
        return cls(rules, day, readings, withdrawals)

    def with_entries(self, entries: Iterable[Entry]) -> "Survey":
        """What it would be with these in place of what is held under their ids."""
        return self.following(
            self.rules, self.day, {entry.id: self.reading(entry) for entry in entries}, self.withdrawals
        )

    def reading(self, entry: Entry) -> Reading:
        """An entry read by the survey's policy."""
        return Reading(entry, gist_of(entry, self.rules.policy))

    def is_followed_by(self, rules: Rules) -> bool:
        """Whether a survey by these rules can go on from this one: entries are read by the policy."""
        return rules.policy.fingerprint == self.rules.policy.fingerprint

    def following(
        self,
        rules: Rules,
        day: int,
        written: Mapping[EntryId, Reading | None],
        withdrawals: Mapping[EntryId, Withdrawal],
    ) -> "Survey":
        """The survey in which these are the readings of these ids, and all others as they are here.

        It is the one that `of` would make. Itself where nothing is another one: then who has it need not begin anew.
        """
        anew = {id: reading for id, reading in written.items() if not self._has(id, reading)}
        if not anew and rules is self.rules and day == self.day and withdrawals == self.withdrawals:
            return self
        readings = {**self.readings, **{id: reading for id, reading in anew.items() if reading is not None}}
        for id in (id for id, reading in anew.items() if reading is None):
            del readings[id]
        survey = Survey(rules, day, readings, withdrawals, self.hidden)
        survey._go_on_from(self, anew.keys())
        return survey

    def _has(self, id: EntryId, reading: Reading | None) -> bool:
        known = self.readings.get(id)
        if known is None or reading is None:
            return known is reading
        return known.entry == reading.entry

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

    def told_by_each(self, tell: Tell[T]) -> Mapping[EntryId, T]:
        """What each entry tells by itself, where it tells anything.

        It is asked once; for a survey that follows this one, of what was written alone.
        """
        with self._lock:
            return self._tellings.of_each(tell, (reading.entry for reading in self.readings.values()))

    def judged(self) -> Self:
        """Itself, once everything is gathered and judged for each agreement: so no question pays for that."""
        for agreement in self.rules.agreements:
            self.inquiry(agreement)
        return self

    def part(self, hidden: int, cut: Cut) -> "Survey":
        """What is left of it without some categories (bits). cut: makes it; it is made once."""
        with self._lock:
            if hidden not in self._parts:
                self._parts[hidden] = cut(self, hidden, self._parts_before.pop(hidden, None))
                self._parts[hidden].survey.judged()
            return self._parts[hidden].survey

    # --- what the rules say of it ---

    @property
    def linkage(self) -> Linkage:
        """All of it as arrays."""
        return self._linked_holdings().linkage

    @property
    def shared(self) -> Shared:
        """What all judgements have in common; its closure is the one without clearances and consents."""
        return self._linked_holdings().shared

    @property
    def neighbours(self) -> Neighbours:
        """The links of each record."""
        return self._linked_holdings().neighbours

    def own_categories(self, id: EntryId) -> int:
        """A record's own categories as bits: by its line and by the links that mark it; nothing is carried yet."""
        node = self.linkage.node_of.get(id)
        return 0 if node is None else int(self.shared.closure.own[node])

    def place_of_link(self, id: EntryId) -> int | None:
        """The place of a held link in the linkage."""
        return self._linked_holdings().places.get(id)

    @property
    def decisions(self) -> tuple[Entry, ...]:
        """The held clearances and consents."""
        if self._decisions is None:
            entries = (reading.entry for reading in self.readings.values())
            self._decisions = tuple(entry for entry in entries if entry.kind in _DECISIONS)
        return self._decisions

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
        judgement = self._judgements.get(agreement) or judge(self.linkage, policy, mou, self.day, self.shared)
        called, decisions = self._linked_holdings().places_called, self.decisions
        return _Inquiry(called, policy, mou, self.day, judgement, self.held, decisions, self.withdrawals)

    def _linked_holdings(self) -> LinkedHoldings:
        if self._linked is None:
            self._linked = LinkedHoldings.of(self._gists(), self.rules.policy)
        return self._linked

    def _gists(self) -> list[Gist | None]:
        return [reading.gist for reading in self.readings.values()]

    # --- what is as it was before ---

    def _go_on_from(self, before: "Survey", written: Collection[EntryId]) -> None:
        """Find what was found before from that. written: the ids that have another reading."""
        self._parts_before = before._parts_since(written)
        self._tellings = before._tellings.after({id: self.entry(id) for id in written})
        pairs = [(before.readings.get(id), self.readings.get(id)) for id in written]
        if not any(one is not None and one.entry.kind in _DECISIONS for pair in pairs for one in pair):
            self._decisions = before._decisions
        gists = [(_gist(was), _gist(now)) for was, now in pairs]
        changes = [Changed(was, now) for was, now in gists if was != now]
        if not changes:
            self._linked = before._linked
            self._judgements = before._judgements_for(self)
        elif before._linked is not None:
            self._linked = before._linked.after(changes, before._gists, lambda id: self.readings[id].gist)

    def _judgements_for(self, later: "Survey") -> dict[AgreementId, Judgement]:
        """Those that hold for a survey of which the linkage is this one's: on the same day, for the same agreements."""
        if self.day != later.day:
            return {}
        return {
            id: inquiry.judgement
            for id, inquiry in self._inquiries.items()
            if inquiry.agreement == later.rules.agreements.get(id)
        }

    def _parts_since(self, written: Collection[EntryId]) -> dict[int, Earlier]:
        """The parts that were made last, of this survey or of earlier ones, and what was written since."""
        made = {hidden: Earlier(part, frozenset(written)) for hidden, part in self._parts.items()}
        left = {
            hidden: Earlier(earlier.part, earlier.written.union(written))
            for hidden, earlier in self._parts_before.items()
        }
        return left | made


def _gist(reading: Reading | None) -> Gist | None:
    return None if reading is None else reading.gist


class _Inquiry(Inquiry):
    """One that is asked for many links: it looks none of them up among all. called: finds them by id."""

    def __init__(self, called: Callable[[EntryId], Sequence[int]], *inquired: Any) -> None:
        super().__init__(*inquired)
        self._called = called

    def links(self, ids: Iterable[str]) -> set[int]:
        return {place for id in ids for place in self._called(EntryId(id))}
