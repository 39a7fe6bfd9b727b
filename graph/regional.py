"""What the releases are to be after a change, from its region alone; or nothing, where all has to be judged anew.

The whole is judged where nothing is kept yet, what is kept is not of the rules, keys or releases that there are, an
agreement has begun or ended since, or the change reaches too far to be followed record by record.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import msgspec

from graph.draft import Draft, Moment, Rest, Rules
from graph.excerpt import Excerpt, Ids, TooWide, most_read
from graph.judge import all_reasons
from graph.keeping import Judged, JudgedRegion, keys_fingerprint
from graph.keys import ReleaseKeys, naming, taken_away, total
from graph.model import AgreementId, EntryId, OpaqueId
from graph.next_day import next_days
from graph.redraw import Redrawing, Redrawn, with_change, withheld_change
from graph.region import Judging, find
from graph.release import Content, Header, Release
from graph.release_store import Releases
from graph.standing import Account, Kept
from graph.store import KeptHoldings
from graph.terms import DAY, day_term, terms_of


@dataclass(frozen=True, slots=True)
class Drawn:
    """Every agreement's draft, and what of its release the draft is to be compared with."""

    drafts: Mapping[AgreementId, Draft]
    published: Callable[[AgreementId], Release | None]
    judged: Judged


@dataclass(frozen=True, slots=True)
class Regional:
    """One home's drawing by region. tell: is told what takes long."""

    holdings: KeptHoldings
    releases: Releases
    keys: ReleaseKeys
    tell: Callable[[str], None]

    def drawn(
        self,
        rules: Rules,
        moment: Moment,
        adding: Collection[AgreementId],
        headers: Mapping[AgreementId, Header],
    ) -> Drawn | None:
        """The drafts of the region, or None where all has to be judged anew."""
        account = self.account()
        if account is None or not self.fits(account, rules, moment, headers):
            return None
        if any(kept.version is None and kept.id in adding for kept in account.agreements):
            return None
        try:
            return self._drawn(account, rules, moment, headers)
        except TooWide:
            self.tell("The change reaches far; all is judged anew.")
            return None

    def account(self) -> Account | None:
        """What is kept, if it can be read."""
        text = self.holdings.account()
        try:
            return None if text is None else Account.decode(text)
        except msgspec.MsgspecError:  # of another version, or damaged: it is made anew
            return None

    def fits(
        self, account: Account, rules: Rules, moment: Moment, headers: Mapping[AgreementId, Header]
    ) -> bool:
        """Whether what is kept is of these rules, keys and releases, and of no later day."""
        agreements = [(id, agreement.fingerprint) for id, agreement in rules.agreements.items()]
        versions = {id: headers[id].version if id in headers else None for id in rules.agreements}
        return (
            account.policy == rules.policy.fingerprint
            and account.keys == keys_fingerprint(self.keys)
            and account.day <= moment.day
            and [(kept.id, kept.fingerprint) for kept in account.agreements] == agreements
            and {kept.id: kept.version for kept in account.agreements} == versions
            and all(a.in_force(account.day) == a.in_force(moment.day) for a in rules.agreements.values())
        )

    def _drawn(
        self, account: Account, rules: Rules, moment: Moment, headers: Mapping[AgreementId, Header]
    ) -> Drawn:
        changed, most = self.holdings.changed(), most_read(account.held)
        excerpt = Excerpt(self.holdings, rules.policy, changed, account.lengths, self.tell, most)
        judging = Judging(rules.policy, tuple(rules.agreements.values()), moment.day)
        region = find(excerpt, judging, _come_of_date(excerpt, account, moment.day))
        stands = region.stands()
        names = [naming(self.keys, id) for id in rules.agreements]
        published = partial(self._published, list(rules.agreements))
        redrawing = Redrawing(excerpt, region, judging, names, published)
        redrawn = redrawing.redraw(stands, [kept.pending for kept in account.agreements])
        boundaries: list[int | None] = [None] * len(redrawn)
        if not moment.clock_is_set:
            boundaries = next_days(excerpt, judging, region, _later_days(excerpt, account, moment.day))
        changes = withheld_change(excerpt, judging, region, account.day)
        order = all_reasons(rules.policy)
        drafts = {
            agreement.id: Draft(
                agreement=agreement,
                drawn=part.new,
                judgement=region.judgements[place],
                boundary=boundaries[place],
                withheld=with_change(kept.withheld, *changes[place], order),
                names=partial(_same, part),
                rest=self._rest(headers.get(agreement.id), kept, part.old),
                elsewhere=part.elsewhere,
            )
            for place, (agreement, kept, part) in enumerate(
                zip(judging.agreements, account.agreements, redrawn, strict=True)
            )
        }
        parts = dict(zip(rules.agreements, redrawn, strict=True))
        judged = JudgedRegion(rules, moment, excerpt, stands, account)
        return Drawn(drafts, partial(_release, headers, parts), judged)

    def _published(self, agreements: list[AgreementId], place: int, ids: Iterable[OpaqueId]) -> Content:
        return self.releases.elements(agreements[place], ids)

    def _rest(self, header: Header | None, kept: Kept, old: Content) -> Rest:
        if header is None:
            return Rest()
        types = Counter(kept.types)
        types.subtract(link.type for link in old.links.values())
        return Rest(
            total=taken_away(int(header.total, 16), total(old, self.keys.version)),
            records=kept.records - len(old.records),
            links=kept.links - len(old.links),
            types=+types,
        )


def _come_of_date(excerpt: Excerpt, account: Account, today: int) -> Ids:
    """What has started, ended or come of date since the account."""
    return excerpt.found(day_term(day) for day in account.days if account.day < day <= today)


def _later_days(excerpt: Excerpt, account: Account, today: int) -> set[int]:
    changed = (entry for id in excerpt.changed if (entry := excerpt.now(id)) is not None)
    terms = {term for entry in changed for term in terms_of(entry, excerpt.policy, today)}
    return {*account.days, *(int(term.removeprefix(DAY)) for term in terms if term.startswith(DAY))}


def _same(part: Redrawn) -> Mapping[OpaqueId, EntryId]:
    return part.ids


def _release(
    headers: Mapping[AgreementId, Header], parts: Mapping[AgreementId, Redrawn], agreement: AgreementId
) -> Release | None:
    header = headers.get(agreement)
    return None if header is None else Release(header, parts[agreement].old)
