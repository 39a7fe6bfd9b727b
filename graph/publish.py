"""Publishing: restrict first, release last (DESIGN 4).

`restrict` takes from every release what the rules no longer release, and adds nothing; what is planned
(`graph/planning.py`) and written adds too. What is written first is what goes, of all agreements.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import msgspec

from graph.draft import Moment, Rules
from graph.errors import StoreError
from graph.model import AgreementId
from graph.planning import MEMORY, Fingerprints, Planned, Planner, Publication, Step
from graph.readers import MOST_ANNOUNCED_SECONDS, await_readers
from graph.restored import backup_held
from graph.sources import restricted
from graph.store import StoredHoldings

SOON_SECONDS: Final = MOST_ANNOUNCED_SECONDS
"""How long partners may go on reading while a load is under way and gives signs; after that they are refused."""

NOW_SECONDS: Final = 2
"""The same for a withdrawal that a person has ordered. A store counts whole seconds: it is more than one, up to two."""


@dataclass(frozen=True, slots=True)
class Publisher(Planner):
    """One home's publishing: it writes what it plans."""

    holdings: StoredHoldings

    def announce(self) -> None:
        """Say that a restriction is on its way. Partners are refused if it has not come within SOON_SECONDS of this.

        A load says it with each batch, so that one which is killed leaves no release that shows what it withholds.
        Where a restored home is held, they are refused already.
        """
        if backup_held(self.holdings) is None:
            self.releases.announce_restriction(SOON_SECONDS)

    def announce_now(self) -> None:
        """Say that a restriction comes at once. Partners are refused from NOW_SECONDS on, for as long as it takes."""
        if backup_held(self.holdings) is None:
            self.releases.announce_restriction(NOW_SECONDS)

    def restrict(self, rules: Rules, moment: Moment) -> list[Publication]:
        """Withdraw from every release what may no longer be seen; on disk in each before this returns.

        Once it is known that something goes, partners are refused where it takes longer than a moment, not a minute.
        """
        planned = self.plan(rules, moment, adding=()) if self.releases.headers() else []
        if any(plan.restriction is not None and not plan.restriction.change.is_none for plan in planned):
            self.announce_now()
        return self.write(planned)

    def write(self, planned: list[Planned]) -> list[Publication]:
        """Write what was planned: the withdrawals of all agreements, then the additions.

        A release that cannot be written keeps no other from being restricted; it is told when the others are, and then
        nothing is added.
        """
        failures, half_way = [], self._half_way()
        for step in filter(None, (plan.restriction for plan in planned)):
            try:
                self.releases.apply(step.header, step.change)
            except StoreError as failure:
                failures.append(failure)
        if failures:
            raise failures[0]
        for id in half_way:  # before readers are awaited: one may still answer from it
            self.releases.drop(id)
        await_readers(self.releases, time.monotonic, time.sleep)
        restricted(self.holdings)
        self.serve_again()
        self._add_and_keep(planned)
        return [plan.publication for plan in planned]

    def _half_way(self) -> list[AgreementId]:
        """Tell what a kill left in releases, which is ended now; those of which something is to be taken away."""
        left = self.releases.half_way()
        for id, served in left.items():
            done = "it is ended or taken back now" if served else "what is left of that is taken away now"
            self.tell(f"{id}: a command was stopped half-way in its release; {done}.")
        return [id for id, served in left.items() if not served]

    def serve_again(self) -> None:
        """What was announced is done, or was not stored; but a restored home waits for a person (graph/restored.py)."""
        if backup_held(self.holdings) is None:
            self.releases.restriction_done()
        else:
            self.releases.announce_restriction(0)

    def _add_and_keep(self, planned: list[Planned]) -> None:
        """Write the additions, and meanwhile what is much of what is kept; what makes that count comes last."""
        memos = list({id(plan.memo): plan.memo for plan in planned}.values())
        much = [memo for memo in memos if memo.judged.is_much]
        with ThreadPoolExecutor(1, "what is kept") as beside:
            keeping = _Beside(beside, [partial(memo.judged.begin, self.holdings, memo.kept) for memo in much])
            for plan in planned:
                if plan.addition is not None:
                    self._add(plan.addition, plan.publication.rules, keeping.begin)
            keeping.begin()
        ends = [one.result() for one in keeping.begun]
        ends += [memo.judged.begin(self.holdings, memo.kept) for memo in memos if not memo.judged.is_much]
        for end in ends:
            end()

    def _add(self, step: Step, fingerprints: Fingerprints, handed_over: Callable[[], None]) -> None:
        self.releases.apply(step.header, step.change, handed_over)
        text = msgspec.json.encode(fingerprints).decode()
        self.holdings.remember(f"{MEMORY}{step.header.agreement}", text)

    def drop_unknown(self, rules: Rules) -> list[AgreementId]:
        """Take away the releases whose agreement is no longer on file."""
        gone = [id for id in self.releases.headers() if id not in rules.agreements]
        for id in gone:
            self.releases.drop(id)
        return gone


@dataclass(slots=True)
class _Beside:
    """What is done in a thread while something is written: begun once, when the first that is written is handed over.

    Until then both would have to share Python's lock.
    """

    thread: ThreadPoolExecutor
    works: list[Callable[[], Callable[[], None]]]
    begun: list[Future[Callable[[], None]]] = field(default_factory=list)

    def begin(self) -> None:
        if not self.begun:
            self.begun = [self.thread.submit(work) for work in self.works]
