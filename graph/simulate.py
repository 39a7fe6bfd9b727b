"""What some lines, or other rules, would change in the releases: loaded and published in thought, and compared.

It takes the very steps of a load and a publication, over holdings that are changed in memory, so that it cannot say
anything else than they would do. Nothing is written.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from graph.difference import Difference, difference, reasons_by
from graph.draft import Draft, Moment, Rules, drafts
from graph.explaining.inquiry import Inquiry
from graph.exporting import known_names
from graph.gather import gather, gather_stated
from graph.judge import Judgement, judge
from graph.keys import ReleaseKeys, naming
from graph.linkage import Linkage
from graph.meet import meet
from graph.model import AgreementId, Entry
from graph.overlay import Overlay
from graph.policy import Policy
from graph.release import Content
from graph.release_store import ReleaseReader
from graph.shared import Shared
from graph.sources import open_sources


@dataclass(frozen=True, slots=True)
class Simulation:
    """The home as it is, and as it would be. then: holdings over those that are held. rules_then: by which to judge."""

    then: Overlay
    releases: ReleaseReader
    keys: ReleaseKeys
    rules: Rules
    rules_then: Rules
    moment: Moment

    def differences(
        self, agreements: Collection[AgreementId], held_back: Collection[AgreementId] = ()
    ) -> dict[AgreementId, Difference]:
        """For each of the agreements, from what is published to what would be. held_back: those that gain nothing."""
        stated = gather_stated(self.then.entries(), self.rules_then.policy)
        drawn = drafts(self.then, stated, self.rules_then, self.keys, self.moment)
        same = self.then.is_unchanged and self.rules_then is self.rules
        now = None if same else _Now.of(self.then.beneath.entries(), self.rules.policy)
        waiting = drawn.keys() if open_sources(self.then) else held_back
        return {
            id: self._difference(drawn[id], now, adds=id not in waiting) for id in agreements if id in drawn
        }

    def _difference(self, draft: Draft, now: "_Now | None", *, adds: bool) -> Difference:
        """now: the holdings as they are; None where they are as they would be."""
        agreement, rules = draft.agreement.id, self.rules
        released = self.releases.read(agreement)
        before = Content() if released is None else released.content
        patterns = self.rules_then.policy.patterns
        drawn = draft.beside(before)
        after = drawn if adds else meet(before, drawn, patterns)
        will = self._asking(draft.judgement, self.rules_then, agreement)
        was = will
        if now is not None:
            mou = rules.agreements[agreement]
            today = judge(now.linkage, rules.policy, mou, self.moment.day, now.shared)
            was = self._asking(today, rules, agreement)
        return difference(
            before,
            after,
            known_names(self.then.entries(), naming(self.keys, agreement)),
            was=reasons_by(was),
            will=reasons_by(will),
        )

    def _asking(self, judgement: Judgement, rules: Rules, agreement: AgreementId) -> Inquiry:
        """Reasons come from the judgement alone; no line is read."""
        judged_by = rules.agreements[agreement]
        return Inquiry(rules.policy, judged_by, self.moment.day, judgement, self.then.held, decisions=())


@dataclass(frozen=True, slots=True)
class _Now:
    """The holdings as they are, ready to be judged for each agreement."""

    linkage: Linkage
    shared: Shared

    @classmethod
    def of(cls, entries: Iterable[Entry], policy: Policy) -> "_Now":
        linkage = gather(entries, policy)
        return cls(linkage, Shared.of(linkage, policy))
