"""Whether what is published is what the rules say, found by judging everything anew and trusting nothing that is kept.

It writes nothing. What waits to be added is no difference: `publish` adds it, or a person is to be asked.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import compress

from graph.draft import Draft, Moment, Rules
from graph.keys import ReleaseKeys, naming, version
from graph.linkage import NEVER_LOADED
from graph.model import AgreementId, EntryId, OpaqueId
from graph.policy import Policy
from graph.release import Header
from graph.release_store import Releases
from graph.standing import Account, Kept
from graph.store import ReadableHoldings
from graph.verifying_release import Compared


class What(StrEnum):
    """What differs."""

    NOT_ON_FILE = "not_on_file"
    DUE = "due"
    RESTRICTION_DUE = "restriction_due"
    DAMAGED = "damaged"
    HISTORY = "history"
    PROMISES = "promises"
    NOT_RELEASED = "not_released"
    SHOWS_MORE = "shows_more"
    MISSING = "missing"
    STANDINGS = "standings"
    TERMS = "terms"
    COUNTS = "counts"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference. agreement: None for one that is of all. ids: the holdings' own, of the elements that differ."""

    agreement: AgreementId | None
    what: What
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """One home's releases, to be compared with what they are to be. account: what is kept, if it can be relied on."""

    holdings: ReadableHoldings
    releases: Releases
    keys: ReleaseKeys
    account: Account | None

    def findings(
        self, rules: Rules, moment: Moment, drafts: Mapping[AgreementId, Draft]
    ) -> Iterator[Finding]:
        """Every difference of every release."""
        for id, header in self.releases.headers().items():
            if id not in rules.agreements:
                yield Finding(id, What.NOT_ON_FILE)
            elif header.serves_until is not None and header.serves_until <= moment.day:
                yield Finding(id, What.DUE)
            else:
                yield from self._compared(header, drafts[id], rules.policy)

    def _compared(self, header: Header, draft: Draft, policy: Policy) -> Iterator[Finding]:
        agreement = draft.agreement.id
        compared = Compared(self.releases, agreement, draft.drawn, policy.patterns, self._pending(agreement))
        summed = compared.go_through(self.keys.version)
        named = version(agreement, summed, header.supporting, self.keys.version)
        if (header.total, header.version) != (f"{summed:064x}", named):
            yield Finding(agreement, What.DAMAGED)
        if self.releases.last_version(agreement) != header.version:
            yield Finding(agreement, What.HISTORY)
        if not _promises_enough(header, draft):
            yield Finding(agreement, What.PROMISES)
        found = {
            What.NOT_RELEASED: compared.not_released,
            What.SHOWS_MORE: compared.shows_more,
            What.MISSING: compared.missing,
        }
        names = self._names(draft, frozenset().union(*found.values()))
        for what, ids in found.items():
            if ids:
                yield Finding(agreement, what, tuple(sorted(names.get(id, id) for id in ids)))

    def _pending(self, agreement: AgreementId) -> frozenset[OpaqueId] | None:
        """What is known to wait. Where nothing is kept, all of it may wait."""
        kept = None if self.account is None else _kept(self.account, agreement)
        return (
            None if kept is None else frozenset(map(naming(self.keys, agreement), map(EntryId, kept.pending)))
        )

    def _names(self, draft: Draft, wanted: Collection[OpaqueId]) -> Mapping[OpaqueId, EntryId]:
        """The holdings' ids of these; not of one that nothing stands behind. Nearly all are held, and at hand."""
        known: dict[OpaqueId, EntryId] = {}
        name, linkage = naming(self.keys, draft.agreement.id), draft.judgement.linkage
        held = compress(linkage.nodes.ids, (linkage.nodes.kind != NEVER_LOADED).data)
        others = (entry.id for entry in self.holdings.entries())
        for ids in (held, linkage.links.ids, others):
            if len(known) < len(wanted):
                known |= {found: id for id in ids if (found := name(id)) in wanted}
        return known


def _kept(account: Account, agreement: AgreementId) -> Kept | None:
    return next((kept for kept in account.agreements if kept.id == agreement), None)


def _promises_enough(header: Header, draft: Draft) -> bool:
    """Whether a reader is let no further than the agreement says: its period, purpose and kinds, and the next day."""
    agreement = draft.agreement
    return (
        header.expires <= _day(agreement.expires)
        and header.effective >= _day(agreement.effective)
        and (header.purpose_required or not agreement.purpose_required)
        and set(header.kinds) <= set(agreement.kinds)
        and (draft.boundary is None or (header.serves_until or draft.boundary + 1) <= draft.boundary)
    )


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
