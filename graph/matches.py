"""What a search found: records, those first that match best. A list is put together where it is looked at."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from graph.model import OpaqueId


class Found(NamedTuple):
    """A record that was found. tier: how it was found. rank: better ones are less. They compare as they are told."""

    tier: int
    rank: str
    id: OpaqueId


@dataclass(frozen=True, slots=True)
class Chosen(Sequence[OpaqueId]):
    """Some of many ids, by their places among all; each is looked up when it is looked at."""

    ids: Sequence[OpaqueId]
    places: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, place: int) -> OpaqueId: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[OpaqueId]: ...

    def __getitem__(self, place: int | slice) -> OpaqueId | Sequence[OpaqueId]:
        if isinstance(place, slice):
            return Chosen(self.ids, self.places[place])
        return self.ids[int(self.places[place])]

    def __iter__(self) -> Iterator[OpaqueId]:
        return map(self.ids.__getitem__, self.places.tolist())


class Tier(NamedTuple):
    """The records that were found in one way, in order. ranks: of each; none where there are too many."""

    ids: Sequence[OpaqueId]
    ranks: Sequence[str] = ()

    @classmethod
    def ranked(cls, ranked: Iterable[tuple[str, OpaqueId]]) -> "Tier":
        """The better ones first."""
        ordered = sorted(ranked)
        return cls([id for _, id in ordered], [rank for rank, _ in ordered])


@dataclass(frozen=True, slots=True)
class Matches(Sequence[Found]):
    """What was found, tier after tier; each is put together when it is looked at."""

    tiers: Sequence[Tier]

    def __len__(self) -> int:
        return sum(len(tier.ids) for tier in self.tiers)

    @overload
    def __getitem__(self, place: int) -> Found: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Found]: ...

    def __getitem__(self, place: int | slice) -> Found | Sequence[Found]:
        if isinstance(place, slice):
            return [self._at(each) for each in range(*place.indices(len(self)))]
        return self._at(place)

    def _at(self, place: int) -> Found:
        for number, tier in enumerate(self.tiers):
            if place < len(tier.ids):
                return Found(number, tier.ranks[place] if tier.ranks else "", tier.ids[place])
            place -= len(tier.ids)
        raise IndexError(place)

    def among(self, wanted: Callable[[OpaqueId], bool]) -> "Matches":
        """Those that are wanted, in the same order and with the same ranks."""
        return Matches([_among(tier, wanted) for tier in self.tiers])


def _among(tier: Tier, wanted: Callable[[OpaqueId], bool]) -> Tier:
    kept = [wanted(id) for id in tier.ids]
    return Tier(list(compress(tier.ids, kept)), list(compress(tier.ranks, kept)))
