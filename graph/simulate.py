"""What some lines, or other rules, would change in the releases: loaded and published in thought, and compared.

It takes the very steps of a load and a publication, over holdings that are changed in memory, so that it cannot say
anything else than they would do. Nothing is written.
"""

from collections.abc import Collection
from dataclasses import dataclass

from graph.difference import Difference, difference, reasons_by
from graph.exporting import known_names
from graph.gather import gather
from graph.judge import judge
from graph.keys import ReleaseKeys, naming
from graph.linkage import Linkage
from graph.meet import meet
from graph.model import AgreementId
from graph.overlay import Overlay
from graph.publish import Draft, Moment, Rules, drafts
from graph.release import Content
from graph.sources import open_sources
from graph.store import ReleaseReader


@dataclass(frozen=True, slots=True)
class Simulation:
    """The home as it is, and as it would be. then: holdings over those that are held. rules_then: by which to judge."""

    then: Overlay
    releases: ReleaseReader
    keys: ReleaseKeys
    rules: Rules
    rules_then: Rules
    moment: Moment

    def differences(self, agreements: Collection[AgreementId]) -> dict[AgreementId, Difference]:
        """For each of the agreements, from what is published to what would be."""
        drawn = drafts(self.then, self.rules_then, self.keys, self.moment)
        now = gather(self.then.beneath.entries(), self.rules.policy)
        return {id: self._difference(now, drawn[id]) for id in agreements if id in drawn}

    def _difference(self, now: Linkage, draft: Draft) -> Difference:
        agreement = draft.agreement.id
        released = self.releases.read(agreement)
        before = Content() if released is None else released.content
        policy = self.rules.policy
        return difference(
            before,
            self._after(before, draft.content),
            known_names(self.then.entries(), naming(self.keys, agreement)),
            was=reasons_by(judge(now, policy, self.rules.agreements[agreement], self.moment.day), policy),
            will=reasons_by(draft.judgement, self.rules_then.policy),
        )

    def _after(self, before: Content, drawn: Content) -> Content:
        """While a file is open, publishing withdraws and adds nothing."""
        return meet(before, drawn, self.rules_then.policy.patterns) if open_sources(self.then) else drawn
