"""R4 explained: the clearances and consents without which a category would come to something that is released.

They are looked for on every way that the category would take if there were no decision at all: where one stops it, or
takes it from the record that it begins at. With all of them gone it would come; one is needed alone if it would come
with that one gone.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from graph.adjacency import Adjacency
from graph.decisions import clears, waives
from graph.explaining.causes import Needed
from graph.explaining.chains import Reached, leading_to
from graph.explaining.grounds import marked_end
from graph.explaining.inquiry import Inquiry
from graph.judge import Basis, basis_of
from graph.linkage import Bools, Words
from graph.model import Entry, EntryId, Kind
from graph.propagate import carried, marked
from graph.reading import line_of, read_clearance, read_consent

_Place = tuple[Literal["along", "node", "link"], int]
"""Where a decision acts: `along` a link, on a `node`'s own categories, or on a `link`'s own."""


@dataclass(frozen=True, slots=True)
class _Decision:
    """A decision in effect, the category that it takes away (a bit), and where."""

    entry: Entry
    bit: int
    places: tuple[_Place, ...]


class Needing:
    """Finds what is needed. Where there are decisions, it carries everything once more, without them."""

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry
        self._linkage = inquiry.linkage
        found = (_in_effect(inquiry, entry) for entry in inquiry.decisions)
        self._decisions = [decision for decision in found if decision is not None]
        self._acting = Counter(
            (place, decision.bit) for decision in self._decisions for place in decision.places
        )

    def by(self, nodes: Collection[int], links: Collection[int] = ()) -> tuple[Needed, ...]:
        """The decisions that these released records and links need, by id."""
        found: list[Needed] = []
        for bit in sorted({decision.bit for decision in self._decisions}):
            found += self._for_links(bit, links)
            found += self._for_nodes(bit, nodes)
        return tuple(sorted(found, key=lambda needed: (needed.id, needed.serves)))

    def _for_links(self, bit: int, links: Collection[int]) -> Iterator[Needed]:
        own, ids = self._linkage.links.own, self._linkage.links.ids
        for decision in self._with(bit):
            for place in decision.places:
                kind, link = place
                if kind == "link" and link in links and int(own[link]) & bit:
                    yield _needed(decision, ids[link], alone=self._acting[place, bit] == 1)

    def _for_nodes(self, bit: int, nodes: Collection[int]) -> Iterator[Needed]:
        ends = [node for node in nodes if int(self._without_any[node]) & bit]
        if not ends:
            return
        reached = leading_to(ends, self._inquiry.carrying, self._would_pass(bit), self._linkage)
        for decision in self._with(bit):
            met = [node for place in decision.places for node in self._meets(place, bit, reached)]
            if met:
                nearest = min(met, key=lambda node: (reached.length[node], self._inquiry.id(node)))
                end = reached.end(nearest)
                yield _needed(decision, self._inquiry.id(end), alone=self._comes_without(decision, end))

    def _with(self, bit: int) -> list[_Decision]:
        return [decision for decision in self._decisions if decision.bit == bit]

    def _meets(self, place: _Place, bit: int, reached: Reached) -> Iterator[int]:
        """The nodes at which the decision meets the category on its way."""
        kind, number = place
        if kind == "node" and number in reached.length and int(self._free.own[number]) & bit:
            yield number
        if kind == "along":
            givers, takers = self._inquiry.carrying.giver, self._inquiry.carrying.taker
            for way in self._ways_along(number, bit):
                if int(givers[way]) in reached.length and int(takers[way]) in reached.length:
                    yield int(takers[way])
            end = marked_end(self._inquiry, number, bit)
            if end is not None and end in reached.length:
                yield end

    def _comes_without(self, decision: _Decision, end: int) -> bool:
        """Whether the category would come to the node if this decision alone were gone."""
        bit = decision.bit
        lifted = [place for place in decision.places if self._acting[place, bit] == 1]
        passes = (self._inquiry.basis.passages.word & np.uint64(bit)) != 0
        passes[[way for kind, link in lifted if kind == "along" for way in self._ways_along(link, bit)]] = (
            True
        )
        passes &= self._would_pass(bit)
        begins = set(self._begins_again(lifted, bit))
        reached = leading_to([end], self._inquiry.carrying, passes, self._linkage)
        own = self._inquiry.basis.own
        return any(node in begins or int(own[node]) & bit for node in reached.length)

    def _begins_again(self, lifted: Iterable[_Place], bit: int) -> Iterator[int]:
        """The nodes that would have the category of their own without a decision that acts in these places alone."""
        for kind, number in lifted:
            if kind == "node" and int(self._marked[number]) & bit:
                yield number
            end = marked_end(self._inquiry, number, bit) if kind == "along" else None
            if end is not None and not self._acting[("node", end), bit]:
                yield end

    def _ways_along(self, link: int, bit: int) -> list[int]:
        """The ways along a link on which the category would pass without any decision."""
        ways = self._by_link.of(np.array([link]))
        return [way for way in ways.tolist() if int(self._free.passages.word[way]) & bit]

    def _would_pass(self, bit: int) -> Bools:
        word = np.uint64(bit)
        has = (self._without_any & word) != 0
        would: Bools = ((self._free.passages.word & word) != 0) & has[self._free.passages.giver]
        return would

    @cached_property
    def _free(self) -> Basis:
        """The basis as it would be without any decision; its passages are in the same order."""
        inquiry = self._inquiry
        linkage = replace(self._linkage, clearances=(), consents=())
        return basis_of(linkage, inquiry.policy, inquiry.agreement, inquiry.today)

    @cached_property
    def _without_any(self) -> Words:
        """By node: its categories without any decision."""
        return carried(self._free.own, self._free.passages)

    @cached_property
    def _marked(self) -> Words:
        """By node: its own categories with the clearances, and without any consent."""
        nodes, links = self._linkage.nodes, self._linkage.links
        return marked(nodes.own, links, self._inquiry.policy, self._inquiry.basis.cleared)

    @cached_property
    def _by_link(self) -> Adjacency:
        return Adjacency.by(self._inquiry.carrying.link, self._linkage.links.count)


def _in_effect(inquiry: Inquiry, entry: Entry) -> _Decision | None:
    rest = (inquiry.linkage, inquiry.policy, inquiry.agreement, inquiry.today)
    clearance = read_clearance(entry) if entry.kind is Kind.CLEARANCE else None
    if clearance is not None and (cleared := clears(clearance, *rest)):
        return _Decision(entry, cleared[0][1], tuple(("along", link) for link, _ in cleared))
    consent = read_consent(entry) if entry.kind is Kind.CONSENT else None
    waived = waives(consent, *rest) if consent is not None else None
    if waived is None:
        return None
    places: list[_Place] = [("node", waived.node)] if waived.node is not None else []
    places += [("link", waived.link)] if waived.link is not None else []
    return _Decision(entry, waived.bit, tuple(places))


def _needed(decision: _Decision, serves: EntryId, *, alone: bool) -> Needed:
    line = line_of(decision.entry)
    return Needed(
        id=decision.entry.id,
        kind=decision.entry.kind.value,
        serves=serves,
        alone=alone,
        category=line["category"],
        record=line.get("record"),
        link=line.get("link"),
        granted_by=line.get("granted_by"),
        reason=line["reason"],
        requested_by=line["requested_by"],
        approved_by=line["approved_by"],
        effective=line["effective"],
        expires=line["expires"],
    )
