"""What is kept of a judgement once its releases are written, so that the next change is judged by its region.

Of a whole judgement everything is kept anew; of a region only what it has changed. The account comes last, in the
transaction that makes what is kept whole: a kill before it leaves nothing to rely on, or what was kept before.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final, Protocol

from graph.draft import Moment, Rules
from graph.excerpt import Excerpt
from graph.judge import Judgement, judge
from graph.keys import ReleaseKeys
from graph.model import AgreementId, EntryId
from graph.portions import portions
from graph.release_store import nothing
from graph.shared import Shared
from graph.standing import Account, Kept, Standing
from graph.stated import Stated
from graph.store import Keeping, ReadableHoldings, StoredHoldings
from graph.terms import DAY, END, link_terms, terms_of

MOST_PENDING: Final = 50_000
"""Elements still to be added of which more is kept than is saved."""

MANY_RECORDS: Final = 50_000

_AT_ONCE: Final = 20_000


class Judged(Protocol):
    """What a plan was made from, to be kept once the plan is written."""

    @property
    def is_much(self) -> bool:
        """Whether it takes long to keep, so that it is begun while the plan is written."""

    def begin(self, holdings: StoredHoldings, kept: Mapping[AgreementId, Kept]) -> Callable[[], None]:
        """Keep what is worth nothing without the account; what keeps that, once the plan is written.

        kept: what each agreement's release is then.
        """


@dataclass(frozen=True, slots=True)
class JudgedWhole:
    """All holdings. judgements: in the order of the agreements on file. terms: of all but links, if at hand."""

    rules: Rules
    keys: ReleaseKeys
    moment: Moment
    stated: Stated
    judgements: Sequence[Judgement]
    terms: Iterable[tuple[str, EntryId]] | None = None

    @property
    def is_much(self) -> bool:
        """Of many records it is."""
        return len(self.stated.linkage.nodes.ids) >= MANY_RECORDS

    def begin(self, holdings: StoredHoldings, kept: Mapping[AgreementId, Kept]) -> Callable[[], None]:
        """Keep how everything stands, and by which terms everything is found; the account comes later."""
        holdings.forget()
        if not self.judgements or any(len(one.pending) > MOST_PENDING for one in kept.values()):
            return nothing
        for standings in portions(self.standings(), _AT_ONCE):
            holdings.keep(Keeping(standings=standings))
        days: set[int] = set()
        for terms in portions(self.all_terms(holdings), _AT_ONCE):
            days.update(_days(term for term, _ in terms))
            holdings.keep(Keeping(terms=terms))
        holdings.keep(Keeping(is_all=True))
        account = Keeping(account=self._account(kept, days).encode())
        return partial(holdings.keep, account)

    def _account(self, kept: Mapping[AgreementId, Kept], days: Iterable[int]) -> Account:
        linkage = self.stated.linkage
        lengths = {len(number) for number in linkage.nodes.numbers.values()}
        return Account(
            policy=self.rules.policy.fingerprint,
            keys=keys_fingerprint(self.keys),
            day=self.moment.day,
            held=len(linkage.nodes.ids) + len(linkage.links.ids),
            agreements=[kept[id] for id in self.rules.agreements],
            lengths=sorted(lengths),
            days=sorted(days),
        )

    def standings(self) -> Iterator[tuple[EntryId, bytes]]:
        """How each node stands, as it is kept."""
        ids = self.stated.linkage.nodes.ids
        for start in range(0, len(ids), _AT_ONCE):
            some = range(start, min(start + _AT_ONCE, len(ids)))
            yield from zip(ids[start : some.stop], self.standings_of(some), strict=True)

    def standings_of(self, nodes: Sequence[int]) -> Iterator[bytes]:
        """How each of these nodes stands, as it is kept."""
        words = (judged.categories[nodes].tolist() for judged in self.judgements)
        released = (judged.released[nodes].tolist() for judged in self.judgements)
        return map(_stood, zip(*words, strict=True), zip(*released, strict=True))

    def all_terms(self, holdings: ReadableHoldings) -> Iterator[tuple[str, EntryId]]:
        """Every term of every entry, but for the ends of links."""
        yield from self._other_terms(holdings) if self.terms is None else self.terms
        yield from link_terms(self.stated, self.rules.policy)

    def all_ends(self) -> Iterator[tuple[str, EntryId]]:
        """The terms of the ends of every link (`graph.terms.end_terms`), as its line has them."""
        linkage = self.stated.linkage
        links, nodes = linkage.links, linkage.nodes.ids
        for start in range(0, links.held, _AT_ONCE):
            some = slice(start, min(start + _AT_ONCE, links.held))
            ends = zip(links.head[some].tolist(), links.tail[some].tolist(), strict=True)
            for id, (head, tail) in zip(links.ids[some], ends, strict=True):
                yield from ((END + nodes[end], id) for end in {head, tail})

    def withheld(self) -> dict[AgreementId, dict[str, int]]:
        """By agreement: how many records each reason withholds."""
        each = zip(self.rules.agreements, self.judgements, strict=True)
        return {id: judgement.withheld_by_reason(self.rules.policy) for id, judgement in each}

    def on(self, day: int) -> "JudgedWhole":
        """The same as it is judged on another day (an ordinal); nothing is read for it."""
        if day == self.moment.day:
            return self
        policy, linkage = self.rules.policy, self.stated.linkage
        shared = Shared.of(linkage, policy)
        judgements = [
            judge(linkage, policy, agreement, day, shared) for agreement in self.rules.agreements.values()
        ]
        return replace(self, moment=replace(self.moment, day=day), judgements=judgements, terms=None)

    def _other_terms(self, holdings: ReadableHoldings) -> Iterator[tuple[str, EntryId]]:
        for entry in holdings.all_but_links():
            for term in terms_of(entry, self.rules.policy, self.moment.day):
                yield term, entry.id


@dataclass(frozen=True, slots=True)
class JudgedRegion:
    """A region. stands: its nodes as they stand now. account: the one before."""

    rules: Rules
    moment: Moment
    excerpt: Excerpt
    stands: Mapping[EntryId, Standing]
    account: Account

    @property
    def is_much(self) -> bool:
        """It never is."""
        return False

    def begin(self, holdings: StoredHoldings, kept: Mapping[AgreementId, Kept]) -> Callable[[], None]:
        """All of it is kept at the end, in one transaction."""
        return partial(self._keep, holdings, kept)

    def _keep(self, holdings: StoredHoldings, kept: Mapping[AgreementId, Kept]) -> None:
        """How the region stands, and how what has changed is found."""
        if any(len(one.pending) > MOST_PENDING for one in kept.values()):
            holdings.forget()
            return
        gone, come = self._terms()
        later = {
            day for day in (*self.account.days, *_days(term for term, _ in come)) if day > self.moment.day
        }
        account = Account(
            policy=self.account.policy,
            keys=self.account.keys,
            day=self.moment.day,
            held=self.account.held + self._more(),
            agreements=[kept[AgreementId(one.id)] for one in self.account.agreements],
            lengths=self.excerpt.lengths,
            days=sorted(later),
        )
        standings = ((id, standing.encode()) for id, standing in self.stands.items())
        holdings.keep(Keeping(standings=standings, gone=gone, terms=come, account=account.encode()))

    def _more(self) -> int:
        """By how many entries more is held than was."""
        excerpt = self.excerpt
        return sum((excerpt.now(id) is not None) - (excerpt.then(id) is not None) for id in excerpt.changed)

    def _terms(self) -> tuple[list[tuple[str, EntryId]], list[tuple[str, EntryId]]]:
        gone: list[tuple[str, EntryId]] = []
        come: list[tuple[str, EntryId]] = []
        policy = self.rules.policy
        for id in self.excerpt.changed:
            was, is_now = self.excerpt.then(id), self.excerpt.now(id)
            before = set() if was is None else terms_of(was, policy)
            after = set() if is_now is None else terms_of(is_now, policy, self.moment.day)
            gone += ((term, id) for term in before - after)
            come += ((term, id) for term in after)
        return gone, come


def keys_fingerprint(keys: ReleaseKeys) -> str:
    """By which it is known that ids and versions are still made with the same keys; it tells nothing of them."""
    return hashlib.blake2b(
        b"kept", digest_size=16, key=hashlib.sha256(keys.naming + keys.version).digest()
    ).hexdigest()


@lru_cache(maxsize=4096)
def _stood(words: tuple[int, ...], released: tuple[bool, ...]) -> bytes:
    """A standing as it is kept; most records stand like many others."""
    return Standing.of(words, released).encode()


def _days(terms: Iterable[str]) -> Iterator[int]:
    return (int(term.removeprefix(DAY)) for term in terms if term.startswith(DAY))
