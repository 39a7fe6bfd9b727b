"""Whether what is published is what the rules say, found by judging everything anew and trusting nothing that is kept.

It writes nothing. What waits to be added is no difference: `publish` adds it, or a person is to be asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graph.draft import Draft, Moment, Rules
from graph.keys import ReleaseKeys, naming, total, version
from graph.meet import meet
from graph.model import AgreementId, EntryId, OpaqueId
from graph.policy import Policy
from graph.release import Release
from graph.standing import Account, Kept
from graph.store import Change, Holdings, Releases


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

    holdings: Holdings
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
                release = self.releases.read(id)
                if release is not None:
                    yield from self._compared(release, drafts[id], rules.policy)

    def _compared(self, release: Release, draft: Draft, policy: Policy) -> Iterator[Finding]:
        agreement, header, shown = draft.agreement.id, release.header, release.content
        summed = total(shown, self.keys.version)
        named = version(agreement, summed, header.supporting, self.keys.version)
        if (header.total, header.version) != (f"{summed:064x}", named):
            yield Finding(agreement, What.DAMAGED)
        if [name for _, name in release.history.names][-1:] != [header.version]:
            yield Finding(agreement, What.HISTORY)
        if not _promises_enough(release, draft):
            yield Finding(agreement, What.PROMISES)
        drawn = draft.beside(shown)
        gone = Change.between(shown, drawn)
        less = Change.between(shown, meet(shown, drawn, policy.patterns))
        yield from self._found(agreement, What.NOT_RELEASED, [*gone.gone_records, *gone.gone_links])
        yield from self._found(agreement, What.SHOWS_MORE, _changed(less))
        yield from self._missing(agreement, [*_changed(gone), *_changed(less)])

    def _missing(self, agreement: AgreementId, waiting: list[OpaqueId]) -> Iterator[Finding]:
        """What is neither shown as it is to be nor known to wait. Where nothing is kept, all of it may wait."""
        kept = None if self.account is None else _kept(self.account, agreement)
        if kept is not None:
            unknown = set(self._ids(agreement, waiting)) - set(kept.pending)
            if unknown:
                yield Finding(agreement, What.MISSING, tuple(sorted(unknown)))

    def _found(self, agreement: AgreementId, what: What, ids: list[OpaqueId]) -> Iterator[Finding]:
        if ids:
            yield Finding(agreement, what, tuple(sorted(self._ids(agreement, ids))))

    def _ids(self, agreement: AgreementId, opaque: Iterable[OpaqueId]) -> list[str]:
        """The holdings' ids; one that nothing stands behind is told as it is."""
        wanted, name = set(opaque), naming(self.keys, agreement)
        if not wanted:
            return []
        known: dict[OpaqueId, EntryId] = {
            found: entry.id for entry in self.holdings.entries() if (found := name(entry.id)) in wanted
        }
        return [known.get(id, id) for id in wanted]


def _changed(change: Change) -> list[OpaqueId]:
    return [element.id for element in (*change.records, *change.links)]


def _kept(account: Account, agreement: AgreementId) -> Kept | None:
    return next((kept for kept in account.agreements if kept.id == agreement), None)


def _promises_enough(release: Release, draft: Draft) -> bool:
    """Whether a reader is let no further than the agreement says: its period, purpose and kinds, and the next day."""
    header, agreement = release.header, draft.agreement
    return (
        header.expires <= _day(agreement.expires)
        and header.effective >= _day(agreement.effective)
        and (header.purpose_required or not agreement.purpose_required)
        and set(header.kinds) <= set(agreement.kinds)
        and (draft.boundary is None or (header.serves_until or draft.boundary + 1) <= draft.boundary)
    )


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
