"""How much of the holdings one agreement may have: by kind of record, office, program and year.

Counted are the records that were loaded and not deleted. A deleted record has nothing to be shared, whatever it
withholds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.days import NO_DAY
from graph.judge import Judgement, reason_of
from graph.linkage import KIND_BITS, NEVER_LOADED, NO_WORD, Bools, Ints
from graph.model import RECORD_KINDS, Kind
from graph.policy import DELETED, Policy
from graph.scope import Out

_EPOCH: Final = 719_163
"""The ordinal of 1970-01-01, from which numpy counts days."""


@dataclass(frozen=True, slots=True)
class ByKind:
    """Numbers of records."""

    case: int = 0
    document: int = 0
    subject: int = 0

    @property
    def total(self) -> int:
        """All together."""
        return self.case + self.document + self.subject


@dataclass(frozen=True, slots=True)
class Share:
    """How many records of some group are held, and how many of them are released.

    name: None where none is stated. reasons: how many each withholds, the most first; not told of the whole.
    """

    name: str | None
    held: ByKind
    released: ByKind
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def withheld(self) -> int:
        """How many are not released."""
        return self.held.total - self.released.total


@dataclass(frozen=True, slots=True)
class Shares:
    """The whole, and its parts. programs: of cases alone. years: of the day that the policy names for each kind."""

    whole: Share
    kinds: tuple[Share, ...]
    offices: tuple[Share, ...]
    programs: tuple[Share, ...]
    years: tuple[Share, ...]


def counted(judgement: Judgement, policy: Policy) -> Bools:
    """By node: whether it is counted."""
    nodes = judgement.linkage.nodes
    deleted = (nodes.own & np.uint64(policy.bit(DELETED))) != 0
    chosen: Bools = ~deleted & (nodes.kind != NEVER_LOADED)
    return chosen


def by_kind(kinds: Ints, chosen: Bools) -> ByKind:
    """How many of the chosen nodes are of each kind."""
    return ByKind(
        *(int(np.count_nonzero(chosen & (kinds == KIND_BITS[kind]))) for kind in RECORD_KINDS),
    )


def shares_of(judgement: Judgement, policy: Policy) -> Shares:
    """The shares under one judgement. Offices and programs by how much is withheld, years in their order."""
    linkage, nodes = judgement.linkage, judgement.linkage.nodes
    chosen = counted(judgement, policy)
    parting = _Parting(judgement, list(_withheld_for(judgement, policy)))
    words = {number: word for word, number in linkage.words.items()}
    years = _years(nodes.day)
    named = {int(year): str(year) for year in np.unique(years) if year != NO_WORD}
    kinds = parting.by(nodes.kind, chosen, {KIND_BITS[kind]: kind.value for kind in RECORD_KINDS})
    cases = chosen & (nodes.kind == KIND_BITS[Kind.CASE])
    return Shares(
        whole=Share(None, by_kind(nodes.kind, chosen), by_kind(nodes.kind, chosen & judgement.released)),
        kinds=tuple(_named(kind.value, kinds) for kind in RECORD_KINDS),
        offices=_most_first(parting.by(nodes.office, chosen, words)),
        programs=_most_first(parting.by(nodes.program, cases, words)),
        years=parting.by(years, chosen, named),
    )


@dataclass(frozen=True, slots=True)
class _Parting:
    """Parts the records by a column. reasons: with the nodes that each withholds."""

    judgement: Judgement
    reasons: list[tuple[str, Bools]]

    def by(self, column: Ints, chosen: Bools, names: Mapping[int, str]) -> tuple[Share, ...]:
        """A share for each value of the column, in the order of the values."""
        values, place = np.unique(column[chosen], return_inverse=True)
        kinds, released = self.judgement.linkage.nodes.kind[chosen], self.judgement.released[chosen]
        held = _by_kinds(kinds, place, len(values))
        had = _by_kinds(kinds[released], place[released], len(values))
        counts = [np.bincount(place[has[chosen]], minlength=len(values)) for _, has in self.reasons]
        return tuple(
            Share(
                names.get(int(value)), held[row], had[row], self._reasons([int(each[row]) for each in counts])
            )
            for row, value in enumerate(values)
        )

    def _reasons(self, counts: list[int]) -> tuple[tuple[str, int], ...]:
        told = [(name, count) for (name, _), count in zip(self.reasons, counts, strict=True) if count]
        return tuple(sorted(told, key=lambda each: (-each[1], each[0])))


def _withheld_for(judgement: Judgement, policy: Policy) -> Iterator[tuple[str, Bools]]:
    """Each reason that withholds something, with the nodes that have it."""
    for name in policy.categories:
        has = (judgement.categories & np.uint64(policy.bit(name))) != 0
        if has.any():
            yield name, has
    for way in Out:
        out = (judgement.out & int(way)) != 0
        if out.any():
            yield reason_of(way), out


def _named(name: str, shares: Sequence[Share]) -> Share:
    """The share of this name; of none where no record has it."""
    return next((share for share in shares if share.name == name), Share(name, ByKind(), ByKind()))


def _by_kinds(kinds: Ints, place: Ints, count: int) -> list[ByKind]:
    columns = [np.bincount(place[kinds == KIND_BITS[kind]], minlength=count) for kind in RECORD_KINDS]
    return [ByKind(*map(int, row)) for row in zip(*columns, strict=True)]


def _years(days: Ints) -> Ints:
    years = (days - _EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where(days == NO_DAY, NO_WORD, years)


def _most_first(shares: tuple[Share, ...]) -> tuple[Share, ...]:
    return tuple(sorted(shares, key=lambda share: (-share.withheld, share.name is None, share.name or "")))
