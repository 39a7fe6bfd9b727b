"""What a publication will write, found without writing anything: restrict first, release last (DESIGN 4).

Each release is compared with what the rules now give: of the region of what has changed since the last judgement, or of
the whole holdings where that cannot be told or reaches too far (`graph/regional.py`). Here the stores meet the rules;
the day and the minute are given. Holdings that are only supposed can be planned from as well.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

import msgspec

from graph.draft import Draft, Moment, Rules, drafts
from graph.gather import gather_stated, stated_by
from graph.gist import gist_of
from graph.keeping import Judged, JudgedWhole
from graph.keys import ReleaseKeys, added_up, total, version
from graph.meet import meet
from graph.model import AgreementId, EntryId, OpaqueId
from graph.policy import Policy, Way
from graph.regional import Drawn, Regional
from graph.release import Content, Header, Release
from graph.release_store import Change, Releases
from graph.standing import Kept
from graph.stated import Stated
from graph.store import KeptHoldings, ReaderLost, TwoReaders
from graph.whole import Whole, all_links, all_records, types_of_links

MEMORY: Final = "published:"
"""Under this and an agreement's id the holdings remember by what it was last published."""


class Fingerprints(msgspec.Struct, frozen=True):
    """By what an agreement was last published."""

    policy: str
    agreement: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One agreement's release before and after.

    held_back: records that would be added or change, and wait. adds: whether a partner would see anything that he did
    not see before. rules_changed: since the last publication that could add. rules: by what it was judged.
    """

    agreement: AgreementId
    version: str
    records: int
    links: int
    added: int
    updated: int
    withdrawn: int
    links_added: int
    links_updated: int
    links_withdrawn: int
    held_back: int
    withheld: Mapping[str, int]
    adds: bool
    rules_changed: bool
    rules: Fingerprints


@dataclass(frozen=True, slots=True)
class Step:
    """A release as it is to be written."""

    header: Header
    change: Change


@dataclass(frozen=True, slots=True)
class Memo:
    """What was judged, and what each agreement's release will be. kept grows while it is planned."""

    judged: Judged
    kept: dict[AgreementId, Kept]


@dataclass(frozen=True, slots=True)
class Planned:
    """A publication that has not been written yet. restriction: what goes first; addition: what comes after it.

    memo: what is to be kept of all that were planned together. names: the holdings' ids of what it may add or change.
    """

    publication: Publication
    restriction: Step | None
    addition: Step | None
    memo: Memo
    names: Callable[[], Mapping[OpaqueId, EntryId]]


@dataclass(frozen=True, slots=True)
class _Counts:
    """How much a publication changes, as it tells it."""

    added: int = 0
    updated: int = 0
    withdrawn: int = 0
    links_added: int = 0
    links_updated: int = 0
    links_withdrawn: int = 0
    held_back: int = 0

    @classmethod
    def of(cls, before: Content, change: Change, waiting: Change) -> "_Counts":
        """Of a change of an old content. waiting: what is not added yet."""
        updated = sum(record.id in before.records for record in change.records)
        links_updated = sum(link.id in before.links for link in change.links)
        return cls(
            added=len(change.records) - updated,
            updated=updated,
            withdrawn=len(change.gone_records),
            links_added=len(change.links) - links_updated,
            links_updated=links_updated,
            links_withdrawn=len(change.gone_links),
            held_back=len(waiting.records),
        )


def _nothing(_: str) -> None:
    """Where nobody is told."""


@dataclass(frozen=True, slots=True)
class Planner:
    """What plans one home's publications. tell: is told what takes long."""

    holdings: KeptHoldings
    releases: Releases
    keys: ReleaseKeys
    tell: Callable[[str], None] = _nothing

    def plan(self, rules: Rules, moment: Moment, adding: Collection[AgreementId]) -> list[Planned]:
        """What is to be written: for those in `adding` the new release, for the others what old and new both have."""
        headers = self.releases.headers()
        drawn = self._drawn(rules, moment, adding, headers)
        memo = Memo(drawn.judged, {})
        planned = []
        for id, draft in drawn.drafts.items():
            if id in adding or id in headers:
                planned.append(self._planned(rules, moment, draft, drawn.published(id), id in adding, memo))
            else:
                memo.kept[id] = _unpublished(draft)
        return planned

    def _drawn(
        self,
        rules: Rules,
        moment: Moment,
        adding: Collection[AgreementId],
        headers: Mapping[AgreementId, Header],
    ) -> Drawn:
        """What the releases are to be: of the region if that can be, else of the whole."""
        regional = Regional(self.holdings, self.releases, self.keys, self.tell)
        return regional.drawn(rules, moment, adding, headers) or self.whole(rules, moment)[0]

    def whole(self, rules: Rules, moment: Moment) -> tuple[Drawn, JudgedWhole]:
        """What the releases are to be, judged without anything that is kept; read by two where there is much."""
        two = self.holdings.two_readers(rules.policy, moment.day)
        if two is not None:
            with suppress(ReaderLost), two as readers:
                return self._read_by_two(rules, moment, readers)
        stated = gather_stated(self.holdings.entries(), rules.policy)
        return self._judged(
            rules, moment, stated, drafts(self.holdings, stated, rules, self.keys, moment), None
        )

    def _read_by_two(self, rules: Rules, moment: Moment, two: TwoReaders) -> tuple[Drawn, JudgedWhole]:
        links = (gist_of(entry, rules.policy) for entry in two.links())
        stated = stated_by(chain(links, two.others()), rules.policy)
        drawn = drafts(self.holdings, stated, rules, self.keys, moment, two)
        return self._judged(rules, moment, stated, drawn, two.terms())

    def _judged(
        self,
        rules: Rules,
        moment: Moment,
        stated: Stated,
        drawn: dict[AgreementId, Draft],
        terms: Iterable[tuple[str, EntryId]] | None,
    ) -> tuple[Drawn, JudgedWhole]:
        judgements = [draft.judgement for draft in drawn.values()]
        judged = JudgedWhole(rules, self.keys, moment, stated, judgements, terms)
        return Drawn(drawn, self.releases.read, judged), judged

    def _planned(
        self, rules: Rules, moment: Moment, draft: Draft, old: Release | None, adding: bool, memo: Memo
    ) -> Planned:
        if old is None:
            return self._first(rules, moment, draft, memo)
        before, new = old.content, draft.beside(old.content)
        both = meet(before, new, rules.policy.patterns, draft.elsewhere)
        after = new if adding else both
        supporting = _supporting(rules.policy)
        narrowed = self._narrowed(supporting, moment, draft, both, old)
        restriction = Step(narrowed, Change.between(before, both))
        header = self._header(supporting, moment, draft, after, old) if adding else narrowed
        change, waiting = Change.between(both, after), Change.between(after, new)
        adds = not change.is_none or (adding and _promises(header) != _promises(narrowed))
        counts = _Counts.of(before, Change.between(before, after), waiting)
        publication = self._publication(rules, draft, header, after, counts, adds)
        memo.kept[draft.agreement.id] = _kept(draft, header, after, waiting)
        addition = Step(header, change) if adding else None
        return Planned(publication, restriction, addition, memo, draft.names)

    def _first(self, rules: Rules, moment: Moment, draft: Draft, memo: Memo) -> Planned:
        """Of an agreement without a release: all that was drawn is added, and there is nothing to compare it with."""
        drawn = draft.drawn
        header = self._header(_supporting(rules.policy), moment, draft, drawn, None)
        change = Change(all_records(drawn), all_links(drawn))
        counts = _Counts(added=len(change.records), links_added=len(change.links))
        publication = self._publication(rules, draft, header, drawn, counts, not change.is_none)
        memo.kept[draft.agreement.id] = _kept(draft, header, drawn, Change())
        return Planned(publication, None, Step(header, change), memo, draft.names)

    def _publication(
        self,
        rules: Rules,
        draft: Draft,
        header: Header,
        after: Content | Whole,
        counts: "_Counts",
        adds: bool,
    ) -> Publication:
        known = self._fingerprints(draft.agreement.id)
        now = Fingerprints(rules.policy.fingerprint, draft.agreement.fingerprint)
        return Publication(
            agreement=draft.agreement.id,
            version=header.version,
            records=draft.rest.records + len(after.records),
            links=draft.rest.links + len(after.links),
            added=counts.added,
            updated=counts.updated,
            withdrawn=counts.withdrawn,
            links_added=counts.links_added,
            links_updated=counts.links_updated,
            links_withdrawn=counts.links_withdrawn,
            held_back=counts.held_back,
            withheld=draft.withheld,
            adds=adds,
            rules_changed=known is not None and known != now,
            rules=now,
        )

    def _fingerprints(self, agreement: AgreementId) -> Fingerprints | None:
        text = self.holdings.recall(f"{MEMORY}{agreement}")
        return None if text is None else msgspec.json.decode(text, type=Fingerprints)

    def _header(
        self,
        supporting: frozenset[str],
        moment: Moment,
        draft: Draft,
        content: Content | Whole,
        old: Release | None,
    ) -> Header:
        agreement = draft.agreement
        content_total = added_up(draft.rest.total, total(content, self.keys.version))
        used = tuple(sorted(supporting & (draft.rest.types | types_of_links(content)).keys()))
        named = version(agreement.id, content_total, used, self.keys.version)
        unchanged = old is not None and old.header.version == named
        return Header(
            agreement=agreement.id,
            partner=agreement.partner,
            effective=date.fromordinal(agreement.effective).isoformat(),
            expires=date.fromordinal(agreement.expires).isoformat(),
            caveat=agreement.caveat,
            kinds=agreement.kinds,
            purpose_required=agreement.purpose_required,
            supporting=used,
            timezone=moment.timezone,
            version=named,
            total=f"{content_total:064x}",
            published_at=old.header.published_at if unchanged and old is not None else moment.minute,
            serves_until=draft.boundary,
        )

    def _narrowed(
        self, supporting: frozenset[str], moment: Moment, draft: Draft, both: Content, old: Release
    ) -> Header:
        """A header that promises a reader no more than the old one does, and asks no less: what is wider waits."""
        before = old.header
        new = self._header(supporting.intersection(before.supporting), moment, draft, both, old)
        return msgspec.structs.replace(
            new,
            partner=before.partner,
            caveat=before.caveat,
            effective=max(before.effective, new.effective),
            expires=min(before.expires, new.expires),
            kinds=tuple(kind for kind in before.kinds if kind in new.kinds),
            purpose_required=before.purpose_required or new.purpose_required,
        )


def _unpublished(draft: Draft) -> Kept:
    """Of an agreement that has no release and gets none."""
    agreement = draft.agreement
    return Kept(agreement.id, agreement.fingerprint, None, 0, 0, {}, dict(draft.withheld), [])


def _kept(draft: Draft, header: Header, after: Content | Whole, waiting: Change) -> Kept:
    """What is known of a release once it is so. waiting: what is still to be added to it."""
    agreement, rest = draft.agreement, draft.rest
    pending = {element.id for element in (*waiting.records, *waiting.links)}
    names = draft.names() if pending else {}
    return Kept(
        id=agreement.id,
        fingerprint=agreement.fingerprint,
        version=header.version,
        records=rest.records + len(after.records),
        links=rest.links + len(after.links),
        types=dict(rest.types + types_of_links(after)),
        withheld=dict(draft.withheld),
        pending=sorted(names[id] for id in pending),
    )


def _supporting(policy: Policy) -> frozenset[str]:
    return frozenset(name for name, link_type in policy.links.items() if link_type.supports is not Way.NONE)


def _promises(header: Header) -> tuple[object, ...]:
    """What of a header lets a partner have more or be asked less; its texts and its day apart."""
    return header.effective, header.expires, header.kinds, header.purpose_required, header.supporting
