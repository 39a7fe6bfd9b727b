"""What comes of a scenario: each step loaded and published in memory, by the very steps of a load and a publication.

A pure function of the scenario: no store, no clock, no key. It knows nothing of what is expected, but which properties
are asked for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.agreement import Agreement
from graph.content import Showing
from graph.errors import NotOnFile
from graph.explaining.causes import Cause
from graph.explaining.explain import explain
from graph.explaining.inquiry import Inquiry
from graph.gather import gather
from graph.judge import Judgement, judge
from graph.linkage import Linkage
from graph.meet import meet
from graph.model import RECORD_KINDS, AgreementId, Entry, EntryId, Kind, OpaqueId
from graph.overlay import Overlay
from graph.release import Content
from graph.sources import accept, open_sources
from loaders.drawn import Drawn, Place, Rejected
from loaders.load import Loaded, Loading
from server.scenarios.nothing import Nothing
from server.scenarios.scenario import HELD_BACK, Scenario, Step, Why

FILE = "load"
"""The file that every step loads anew: one without rejects closes it (DESIGN 3)."""


@dataclass(frozen=True, slots=True)
class Came:
    """What one agreement may see after a step. Ids are those of the holdings, opaque ids included.

    withheld: as `Expected.withheld` has it, with every property that was asked for. causes: those, in full.
    """

    content: Content
    withheld: Mapping[str, frozenset[Why]]
    causes: Mapping[str, tuple[Cause, ...]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step. rejected: the lines that could not be stored."""

    rejected: Sequence[Rejected]
    came: Mapping[AgreementId, Came]


def run(scenario: Scenario) -> Iterator[Outcome]:
    """What comes of each step, in order."""
    holdings = Overlay(Nothing())
    before = {id: Content() for id in scenario.agreements}
    for step in scenario.steps:
        outcome = _Stepping(scenario, step, holdings).outcome(before)
        before = {id: came.content for id, came in outcome.came.items()}
        yield outcome


@dataclass(frozen=True, slots=True)
class LinesStated:
    """A format that draws the lines of a step."""

    lines: Sequence[bytes]

    def draw(self) -> Iterator[Drawn | Rejected]:
        """The lines in order."""
        for number, line in enumerate(self.lines, start=1):
            yield Drawn(Place(FILE, number), line)

    def size(self) -> int:
        """Nobody watches."""
        return 0

    def position(self) -> int:
        """Nobody watches."""
        return 0


@dataclass(slots=True)
class _Rejects:
    lines: list[Rejected] = field(default_factory=list)

    def write(self, rejected: Sequence[Rejected]) -> None:
        self.lines += rejected


@dataclass(frozen=True, slots=True)
class _Stepping:
    scenario: Scenario
    step: Step
    holdings: Overlay

    def outcome(self, before: Mapping[AgreementId, Content]) -> Outcome:
        rejected = self._load()
        if self.step.accept:
            accept(self.holdings)
        linkage = gather(self.holdings.entries(), self.scenario.policy)
        agreements = self.scenario.agreements
        return Outcome(rejected, {id: self._came(linkage, agreements[id], before[id]) for id in agreements})

    def _load(self) -> list[Rejected]:
        rejects, patterns = _Rejects(), self.scenario.policy.patterns
        Loading(FILE, LinesStated(self.step.lines), self.holdings, patterns, rejects, _nobody).run()
        return rejects.lines

    def _came(self, linkage: Linkage, agreement: Agreement, before: Content) -> Came:
        policy = self.scenario.policy
        judgement = judge(linkage, policy, agreement, self.step.day)
        showing, drawn = Showing.of(judgement, policy, agreement, OpaqueId), Content()
        for entry in self.holdings.entries():
            showing.add(entry, drawn)
        content = meet(before, drawn, policy.patterns) if open_sources(self.holdings) else drawn
        causes = dict(self._causes(judgement, agreement, content))
        return Came(content, {id: _whys(id, found) for id, found in causes.items()}, causes)

    def _causes(
        self, judgement: Judgement, agreement: Agreement, content: Content
    ) -> Iterator[tuple[str, tuple[Cause, ...]]]:
        """By id: why each held record, and each held link but for its ends, is not released."""
        entries = list(self.holdings.entries())
        decisions = [entry for entry in entries if entry.kind in (Kind.CLEARANCE, Kind.CONSENT)]
        inquiry = Inquiry(
            self.scenario.policy, agreement, self.step.day, judgement, self.holdings.held, decisions
        )
        yield from self._causes_of_records(inquiry, entries, content)
        yield from self._causes_of_links(inquiry, entries, content)
        for asked in self._properties(agreement):
            try:
                yield asked, _own(asked, explain(inquiry, asked).causes)
            except NotOnFile:
                continue

    def _causes_of_records(
        self, inquiry: Inquiry, entries: Iterable[Entry], content: Content
    ) -> Iterator[tuple[str, tuple[Cause, ...]]]:
        for entry in entries:
            if entry.kind in RECORD_KINDS and OpaqueId(entry.id) not in content.records:
                yield entry.id, explain(inquiry, entry.id).causes

    def _causes_of_links(
        self, inquiry: Inquiry, entries: Iterable[Entry], content: Content
    ) -> Iterator[tuple[str, tuple[Cause, ...]]]:
        for entry in entries:
            if entry.kind is not Kind.LINK or entry.deleted or OpaqueId(entry.id) in content.links:
                continue
            causes = explain(inquiry, entry.id).causes
            own = _own(entry.id, causes)
            if own or not causes:
                yield entry.id, own

    def _properties(self, agreement: Agreement) -> list[EntryId]:
        expected = self.step.expected.get(agreement.id)
        return [EntryId(id) for id in (expected.withheld if expected is not None else ()) if "#" in id]


def _own(id: str, causes: Iterable[Cause]) -> tuple[Cause, ...]:
    """The causes that withhold the element itself, not the record that it hangs on."""
    return tuple(cause for cause in causes if cause.withholds == id)


def _whys(id: str, causes: Iterable[Cause]) -> frozenset[Why]:
    found = frozenset(
        Why(cause.fact.reason, None if cause.bearer == id else cause.bearer) for cause in causes
    )
    return found or frozenset((Why(HELD_BACK),))


def _nobody(loaded: Loaded) -> None:
    """Nobody watches the load of a few lines."""
