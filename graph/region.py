"""The region that a change can reach, judged by the same functions as the whole (DESIGN 4, incremental).

Delete and rederive (Gupta, Mumick and Subrahmanian, 1993): first all that may have stood on what is gone, followed bit
by bit along the links as they were; then that region alone is judged, with what lies beyond it standing as it stood. If
the judgement would have more for something beyond, that comes into the region too, and it is judged again. What has
lost nothing and gains nothing stays as it is, so nothing supports itself and nothing is left behind.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from graph.agreement import Agreement
from graph.excerpt import Excerpt, Ids, Look, Part, TooWide
from graph.first_hand import FirstHand
from graph.hop import Bits, passed, takers
from graph.judge import Judgement, judge
from graph.linkage import Bools, Linkage
from graph.model import EntryId, Kind
from graph.policy import Policy
from graph.standing import Standing
from graph.support import supporting
from graph.terms import named_by

MOST_HOPS: Final = 2_000
"""Along a chain that is longer, each hop of which reads anew, all is sooner judged anew."""


@dataclass(frozen=True, slots=True)
class Region:
    """What was judged anew. judgements: by agreement, of the part; what lies beyond the nodes stands as it stood.

    touched: the entries that have changed, or mean something else on this day.
    """

    touched: frozenset[EntryId]
    part: Part
    nodes: frozenset[EntryId]
    judgements: Sequence[Judgement]

    def stands(self) -> dict[EntryId, Standing]:
        """How the nodes of the region stand now."""
        place = self.part.linkage.node_of
        nodes = [id for id in self.nodes if id in place]
        rows = [place[id] for id in nodes]
        words = [judged.categories[rows].tolist() for judged in self.judgements]
        released = [judged.released[rows].tolist() for judged in self.judgements]
        columns = zip(nodes, zip(*words, strict=True), zip(*released, strict=True), strict=True)
        return {id: Standing.of(by_word, by_release) for id, by_word, by_release in columns}


@dataclass(frozen=True, slots=True)
class Judging:
    """By what a region is judged. agreements: in the order in which standings number them. day: an ordinal."""

    policy: Policy
    agreements: Sequence[Agreement]
    day: int

    def judge(self, excerpt: Excerpt, part: Part) -> list[Judgement]:
        """The part's judgement for each agreement; what lies beyond stands as it stood."""
        stood = list(excerpt.stood(part.linkage.nodes.ids).values())
        beyond = _beyond(part)
        return [
            judge(_held_fast(part.linkage, place, stood, beyond), self.policy, agreement, self.day)
            for place, agreement in enumerate(self.agreements)
        ]


def find(
    excerpt: Excerpt,
    judging: Judging,
    come_of_date: Collection[EntryId] = (),
    within: Collection[EntryId] = (),
) -> Region:
    """The region of what has changed.

    come_of_date: entries that say the same, but mean something else on this day. within: records that are to be in it.
    """
    return _Finding(excerpt, judging, frozenset((*excerpt.changed, *come_of_date))).run(within)


def _beyond(part: Part) -> Bools:
    return np.array([id not in part.around for id in part.linkage.nodes.ids], np.bool_)


def _held_fast(linkage: Linkage, place: int, stood: Sequence[Standing | None], beyond: Bools) -> Linkage:
    """The linkage with the boundary's values: as its own what lies beyond has, and support where it was released."""
    words = np.array([0 if one is None else one.under(place) for one in stood], np.uint64)
    released = np.array([one is not None and one.is_released(place) for one in stood], np.bool_)
    own = np.where(beyond, words, linkage.nodes.own)
    return replace(linkage, nodes=replace(linkage.nodes, own=own, given=beyond & released))


class _Finding:
    """touched: the ids of entries that have changed, or mean something else now."""

    def __init__(self, excerpt: Excerpt, judging: Judging, touched: frozenset[EntryId]) -> None:
        self.excerpt = excerpt
        self.judging = judging
        self.policy = judging.policy
        self.touched = touched
        self.first_hand = FirstHand(excerpt, judging.policy, touched)
        self.hops = 0

    def run(self, within: Collection[EntryId]) -> Region:
        seeds = self.first_hand.seeds()
        then = self.excerpt.around(seeds, self.excerpt.then)
        now = self.excerpt.around(seeds, self.excerpt.now)
        lost = self.first_hand.lost(then, now)
        nodes = seeds.union(within) | self._onward(lost, self.excerpt.then, self._may_lose)
        nodes, judgements, part = self._settled(nodes, self._gaining_categories)
        doubtful = self._doubtful(then) | self._withdrawn(part, judgements)
        nodes |= doubtful | self._supported(doubtful, self.excerpt.then, self._was_released)
        nodes, judgements, part = self._settled(nodes, self._gaining)
        return Region(self.touched, part, frozenset(nodes), judgements)

    def _hop(self) -> None:
        self.hops += 1
        if self.hops > MOST_HOPS:
            raise TooWide

    # --- categories ---

    def _onward(self, first: Bits, look: Look, filtered: "_Filter") -> Ids:
        """Those that the categories may come to, hop by hop; each hop reads what is around it, and no more."""
        known = dict(first)
        frontier = first
        while frontier:
            self._hop()
            part = self.excerpt.around(frontier, look)
            reached = passed(part.linkage, self.policy, frontier)
            fresh = {id: bits & ~known.get(id, 0) for id, bits in filtered(part.linkage, reached).items()}
            frontier = {id: bits for id, bits in fresh.items() if bits}
            for id, bits in frontier.items():
                known[id] = known.get(id, 0) | bits
        return set(known)

    def _may_lose(self, linkage: Linkage, reached: Bits) -> Bits:
        """What was there, and is not the record's own whatever is decided."""
        stood, node_of = self.excerpt.stood(reached), linkage.node_of
        waivable = self.policy.waivable
        return {
            id: bits
            & (was.any if (was := stood[id]) is not None else 0)
            & ~(int(linkage.nodes.own[node_of[id]]) & ~waivable)
            for id, bits in reached.items()
        }

    def _may_gain(self, _: Linkage, reached: Bits) -> Bits:
        """What was not there under every agreement."""
        stood = self.excerpt.stood(reached)
        return {
            id: bits & ~(was.all if (was := stood[id]) is not None else 0) for id, bits in reached.items()
        }

    # --- judging ---

    def _settled(
        self, nodes: Ids, gaining: Callable[[Part, Sequence[Judgement]], Ids]
    ) -> tuple[Ids, list[Judgement], Part]:
        """The nodes with all that gains something, and the judgement of them."""
        while True:
            part = self.excerpt.around(nodes, self.excerpt.now)
            stood = self.excerpt.stood(part.linkage.nodes.ids)
            unknown = {id for id, was in stood.items() if was is None} - nodes
            judgements = [] if unknown else self.judging.judge(self.excerpt, part)
            more = unknown or gaining(part, judgements)
            if not more:
                return nodes, judgements, part
            nodes = nodes | more

    def _gaining_categories(self, part: Part, judgements: Sequence[Judgement]) -> Ids:
        """Those beyond that the judgement has more categories for, and all to whom these may pass."""
        ids = part.linkage.nodes.ids
        stood, beyond = list(self.excerpt.stood(ids).values()), _beyond(part)
        more: Bits = {}
        for place, judged in enumerate(judgements):
            had = np.array([0 if was is None else was.under(place) for was in stood], np.uint64)
            gained = np.where(beyond, judged.categories & ~had, 0)
            for node in np.flatnonzero(gained).tolist():
                more[ids[node]] = more.get(ids[node], 0) | int(gained[node])
        return self._onward(more, self.excerpt.now, self._may_gain)

    def _gaining(self, part: Part, judgements: Sequence[Judgement]) -> Ids:
        """Those beyond that the judgement has more categories for, or releases anew with all that they may support."""
        ids = part.linkage.nodes.ids
        stood, beyond = list(self.excerpt.stood(ids).values()), _beyond(part)
        more: Ids = set()
        for place, judged in enumerate(judgements):
            had = np.array([was is not None and was.is_released(place) for was in stood], np.bool_)
            more |= {ids[node] for node in np.flatnonzero(beyond & (judged.released & ~had)).tolist()}
        more |= self._supported(more, self.excerpt.now, self._may_be_released)
        return more | self._gaining_categories(part, judgements)

    # --- support ---

    def _doubtful(self, then: Part) -> Ids:
        """The released records that a link supported which has changed, or of which something else is decided."""
        deciding = self.first_hand.entries(Kind.CONSENT)
        changed = self.touched | {id for _, decision in deciding for id in named_by(decision)}
        links, ids = then.linkage.links, then.linkage.nodes.ids
        _, taker, along = supporting(then.linkage, self.policy)
        is_changed = np.array([links.ids[link] in changed for link in along.tolist()], np.bool_)
        return self._was_released({ids[node] for node in taker[is_changed].tolist()})

    def _withdrawn(self, part: Part, judgements: Sequence[Judgement]) -> Ids:
        """Those of the region that were released and, as far as it was judged by now, are not."""
        stood = self.excerpt.stood(part.around)
        node_of = part.linkage.node_of
        return {
            id
            for id, was in stood.items()
            if was is not None
            and any(
                was.is_released(place) and not (id in node_of and judged.released[node_of[id]])
                for place, judged in enumerate(judgements)
            )
        }

    def _supported(self, first: Ids, look: Look, filtered: Callable[[Ids], Ids]) -> Ids:
        """Those that these may support, or by asserting a link let others support, hop by hop."""
        known = set(first)
        frontier = set(first)
        while frontier:
            self._hop()
            part = self.excerpt.around(frontier, look)
            frontier = filtered(takers(part.linkage, self.policy, frontier) - known)
            known |= frontier
        return known

    def _was_released(self, ids: Ids) -> Ids:
        return {id for id, was in self.excerpt.stood(ids).items() if was is not None and was.released}

    def _may_be_released(self, ids: Ids) -> Ids:
        """Those that some agreement does not have although nothing was carried to them."""
        places = range(len(self.judging.agreements))
        return {
            id
            for id, was in self.excerpt.stood(ids).items()
            if was is None or any(not was.under(place) and not was.is_released(place) for place in places)
        }


_Filter = Callable[[Linkage, Bits], Bits]
