"""What of each release a region may change: the elements to be drawn anew, as a part of the whole release.

Those are what has changed, what is released or withheld otherwise than before, what names it as a source, whatever has
a number in its text that is shown otherwise now (R10), and what was still to be added. They are drawn as all is.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from graph.content import Showing
from graph.excerpt import Excerpt, Ids, Part, TooWide
from graph.gather import gather
from graph.judge import Judgement, counted
from graph.linkage import NEVER_LOADED
from graph.meet import Elsewhere
from graph.model import RECORD_KINDS, EntryId, Kind, OpaqueId
from graph.numbers import fold
from graph.record_showing import Naming
from graph.region import Judging, Region
from graph.release import Content, ReleasedSubject
from graph.scope import Out, scope
from graph.standing import Standing
from graph.terms import END, NUMBER, SOURCE, TOKEN, named_by, term, texts_of


@dataclass(frozen=True, slots=True)
class Redrawn:
    """The part of one release that may change. old: as it is published; new: as it is drawn. ids: the holdings' own."""

    old: Content
    new: Content
    elsewhere: Elsewhere
    ids: Mapping[OpaqueId, EntryId]


@dataclass(frozen=True, slots=True)
class Redrawing:
    """published: what one agreement, by its place, has of some elements. names: how its ids are made."""

    excerpt: Excerpt
    region: Region
    judging: Judging
    names: Sequence[Naming]
    published: Callable[[int, Iterable[OpaqueId]], Content]

    def redraw(self, stands: Mapping[EntryId, Standing], pending: Sequence[Collection[str]]) -> list[Redrawn]:
        """By agreement. stands: the region's nodes as they stand now. pending: ids of what was still to be added."""
        affected: dict[frozenset[EntryId], Ids] = {}
        wanted = []
        for place, waiting in enumerate(pending):
            moved = self._moved(place, stands)
            if moved not in affected:  # mostly the same under every agreement
                affected[moved] = self._affected(moved)
            wanted.append(affected[moved].union(map(EntryId, waiting)))
        ids = [{self.names[place](id): id for id in some} for place, some in enumerate(wanted)]
        old = [self.published(place, known) for place, known in enumerate(ids)]
        part = self._part(set().union(*wanted), old)
        judgements = self.judging.judge(self.excerpt, part)
        self._require_unmoved(part, judgements)
        return [
            self._redrawn(judged, place, old[place], ids[place]) for place, judged in enumerate(judgements)
        ]

    # --- which ---

    def _moved(self, place: int, stands: Mapping[EntryId, Standing]) -> frozenset[EntryId]:
        """The records that one agreement gains or loses."""
        return frozenset(
            id
            for id, was in self.excerpt.stood(self.region.nodes).items()
            if (was is not None and was.is_released(place))
            != (id in stands and stands[id].is_released(place))
        )

    def _affected(self, moved: frozenset[EntryId]) -> Ids:
        """What an agreement that gains or loses these may see otherwise: ids of records and links."""
        excerpt = self.excerpt
        affected = moved | {id for id in excerpt.changed if self._is_shown(id)} | self._consented()
        affected |= excerpt.found(letter + id for id in moved for letter in (END, SOURCE))
        numbers = self._numbers_of(moved) | self._changed_numbers()
        if numbers:
            numbers |= self._cut_from(numbers)
            affected |= excerpt.found(
                term(letter, number) for number in numbers for letter in (TOKEN, NUMBER)
            )
        return set(affected)

    def _is_shown(self, id: EntryId) -> bool:
        looks = (self.excerpt.then(id), self.excerpt.now(id))
        return any(entry is not None and entry.kind in (*RECORD_KINDS, Kind.LINK) for entry in looks)

    def _consented(self) -> Ids:
        """The links and records of which a consent has changed, or has begun or ended by the day."""
        looks = (self.excerpt.then, self.excerpt.now)
        decisions = [look(id) for id in self.region.touched for look in looks]
        return {id for one in decisions if one and one.kind is Kind.CONSENT for id in named_by(one)}

    def _numbers_of(self, ids: Iterable[EntryId]) -> set[str]:
        looks = (self.excerpt.then, self.excerpt.now)
        return {
            number for id in ids for look in looks if (number := self.excerpt.number(id, look)) is not None
        }

    def _changed_numbers(self) -> set[str]:
        """Those of records that have another number now."""
        changed: set[str] = set()
        for id in self.excerpt.changed:
            was, is_now = (self.excerpt.number(id, look) for look in (self.excerpt.then, self.excerpt.now))
            changed |= {number for number in (was, is_now) if number is not None and was != is_now}
        return changed

    def _cut_from(self, numbers: set[str]) -> set[str]:
        """R10: the numbers that are masked where one of these is not released, since it is a head of theirs."""
        patterns = self.judging.policy.patterns
        begun = filter(
            patterns.is_number, numbers
        )  # nothing else is a head; with "" or "NY" every number may begin
        found = self.excerpt.found_from(term(NUMBER, number) for number in begun)
        self.excerpt.read(found)
        return {
            number for number in self._numbers_of(found) if not numbers.isdisjoint(patterns.heads(number))
        }

    # --- drawing ---

    def _part(self, wanted: Ids, old: Iterable[Content]) -> Part:
        """The region, all that is to be drawn, and whoever has a number that stands in it."""
        excerpt, patterns = self.excerpt, self.judging.policy.patterns
        excerpt.read(wanted)
        entries = [entry for id in wanted if (entry := excerpt.now(id)) is not None]
        texts = {text for entry in entries for text in texts_of(entry, self.judging.policy)}
        texts |= {text for content in old for text in _texts(content)}
        numbers = self._numbers_of(wanted) | {t.text for text in texts for t in patterns.tokens(text)}
        numbers |= {
            fold(r.number) for c in old for r in c.records.values() if not isinstance(r, ReleasedSubject)
        }
        numbers |= {head for number in numbers for head in patterns.heads(number)}
        holders = excerpt.numbered(numbers, excerpt.now).values()
        shown = {entry.id for entry in entries if entry.kind in (*RECORD_KINDS, Kind.LINK)}
        return excerpt.around(self.region.nodes, excerpt.now, shown.union(*holders))

    def _require_unmoved(self, part: Part, judgements: Sequence[Judgement]) -> None:
        """What lies beyond the region stands as it stood, whatever is looked at beside it."""
        beyond = np.array([id not in part.around for id in part.linkage.nodes.ids], np.bool_)
        stood = self.excerpt.stood(part.linkage.nodes.ids).values()
        for place, judged in enumerate(judgements):
            words = np.array([0 if was is None else was.under(place) for was in stood], np.uint64)
            released = np.array([was is not None and was.is_released(place) for was in stood], np.bool_)
            if np.any(beyond & ((judged.categories != words) | (judged.released != released))):
                raise TooWide

    def _redrawn(
        self, judged: Judgement, place: int, old: Content, ids: Mapping[OpaqueId, EntryId]
    ) -> Redrawn:
        showing = Showing.of(judged, self.judging.policy, self.judging.agreements[place], self.names[place])
        drawn, wanted = Content(), set(ids.values())
        for id in wanted:
            entry = self.excerpt.now(id)
            if entry is not None:
                showing.add(entry, drawn)
        nodes = judged.linkage.nodes
        numbers = frozenset(
            number
            for node, number in nodes.numbers.items()
            if number in showing.numbers and judged.released[node] and nodes.ids[node] not in wanted
        )
        ends = {end for link in drawn.links.values() for end in (link.head, link.tail)}
        return Redrawn(old, drawn, Elsewhere(numbers, frozenset(ends - ids.keys())), ids)


def withheld_change(
    excerpt: Excerpt, judging: Judging, region: Region, day_then: int
) -> list[tuple[dict[str, int], dict[str, int]]]:
    """By agreement: how many records of the region each reason withheld, and withholds now. day_then: an ordinal."""
    entries = [entry for id in region.nodes if (entry := excerpt.then(id)) is not None]
    then = gather([entry for entry in entries if entry.kind in RECORD_KINDS], judging.policy)
    stood = [excerpt.stood([id])[id] for id in then.nodes.ids]
    changes = []
    for place, agreement in enumerate(judging.agreements):
        words = np.array([0 if was is None else was.under(place) for was in stood], np.uint64)
        released = np.array([was is not None and was.is_released(place) for was in stood], np.bool_)
        out = scope(then, judging.policy, agreement, day_then)
        out |= np.where((words == 0) & (out == 0) & ~released, int(Out.SUPPORT), 0)
        judged = region.judgements[place]
        nodes = judged.linkage.nodes
        here = np.array([id in region.nodes for id in nodes.ids], np.bool_) & (nodes.kind != NEVER_LOADED)
        was_withheld = counted(words, out, judging.policy)
        changes.append((was_withheld, counted(judged.categories[here], judged.out[here], judging.policy)))
    return changes


def with_change(
    withheld: Mapping[str, int], was: Mapping[str, int], is_now: Mapping[str, int], order: Iterable[str]
) -> dict[str, int]:
    """The counts of the whole after a change of a part, in the order in which reasons are told."""
    counts = Counter(withheld)
    counts.subtract(was)
    counts.update(is_now)
    return {reason: counts[reason] for reason in order if counts[reason]}


def _texts(content: Content) -> Iterable[str]:
    """Every text that stands in some elements."""
    for element in (*content.records.values(), *content.links.values()):
        if isinstance(element, ReleasedSubject):
            yield from (text for value in element.properties for text in (value.name, value.value))
        yield from (text for text in msgspec.structs.astuple(element) if isinstance(text, str))
