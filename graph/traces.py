"""By which a change is followed to what it reaches beyond itself: numbers, the texts that may cite them, and sources.

A number that comes or goes changes whom other documents cite (R10); an id that becomes a record, or the end of a link,
is from then on a source of the links that name it (R8). Everything is told by ids, whatever the nodes' numbers are.
"""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.gist import Gist, LinkGist, RecordGist
from graph.model import EntryId, Token

Index = dict[str, tuple[EntryId, ...]]
"""By a text: ids, in no order that is told."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that tells something else than before. None: it can have no effect, or was not held."""

    before: Gist | None
    now: Gist | None

    @property
    def number(self) -> bool:
        """Whether it is a record with another number."""
        return _number(self.before) != _number(self.now)

    @property
    def cites(self) -> bool:
        """Whether it is a document with other numbers in its text."""
        return _tokens(self.before) != _tokens(self.now)


@dataclass(frozen=True, slots=True)
class Traces:
    """numbered: by number, who has it. endings: what each number in a text may begin with, and in whose text; in order.

    unheld: by id, the links that name it as a source where it is no node.
    """

    numbered: Index
    endings: list[tuple[str, EntryId]]
    unheld: Index

    @classmethod
    def of(cls, gists: Sequence[Gist | None], nodes: Collection[EntryId]) -> "Traces":
        """Those of entries with these gists, whose linkage has these nodes."""
        traces = cls({}, [], {})
        for gist in gists:
            traces._add(gist, nodes)
        traces.endings.extend(ending for gist in gists for ending in _endings(gist))
        traces.endings.sort()
        return traces

    def after(self, changes: Iterable[Changed], nodes: Collection[EntryId]) -> "Traces":
        """Those after some changes. nodes: of the linkage after them, which has all those before."""
        unheld = {id: links for id, links in self.unheld.items() if id not in nodes}
        traces = Traces(dict(self.numbered), list(self.endings), unheld)
        for change in changes:
            traces._drop(change.before)
            traces._add(change.now, nodes)
            traces._cite(change)
        return traces

    def citing(self, numbers: Iterable[str]) -> set[EntryId]:
        """The documents in whose text one of these numbers begins at some place."""
        return {id for number in numbers if number for id in self._beginning(number)}

    @property
    def lengths(self) -> list[int]:
        """Of all numbers, falling."""
        return sorted({len(number) for number in self.numbered if number}, reverse=True)

    def _beginning(self, number: str) -> Iterator[EntryId]:
        for place in range(bisect_left(self.endings, (number,)), len(self.endings)):
            ending, id = self.endings[place]
            if not ending.startswith(number):
                return
            yield id

    def _add(self, gist: Gist | None, nodes: Collection[EntryId]) -> None:
        if isinstance(gist, RecordGist) and gist.number is not None:
            self.numbered[gist.number] = (*self.numbered.get(gist.number, ()), gist.id)
        elif isinstance(gist, LinkGist):
            for source in set(gist.link.sources or ()):
                if source not in nodes:
                    self.unheld[EntryId(source)] = (*self.unheld.get(source, ()), gist.link.id)

    def _drop(self, gist: Gist | None) -> None:
        if isinstance(gist, RecordGist) and gist.number is not None:
            _less(self.numbered, gist.number, gist.id)
        elif isinstance(gist, LinkGist):
            for source in set(gist.link.sources or ()):
                _less(self.unheld, source, gist.link.id)

    def _cite(self, change: Changed) -> None:
        if not change.cites:
            return
        for ending in _endings(change.before):
            del self.endings[bisect_left(self.endings, ending)]
        for ending in _endings(change.now):
            insort(self.endings, ending)


def _less(index: Index, text: str, id: EntryId) -> None:
    left = tuple(other for other in index.pop(text, ()) if other != id)
    if left:
        index[text] = left


def _endings(gist: Gist | None) -> list[tuple[str, EntryId]]:
    if not isinstance(gist, RecordGist):
        return []
    return [(token.text[place:], gist.id) for token in gist.tokens for place in token.places]


def _number(gist: Gist | None) -> str | None:
    return gist.number if isinstance(gist, RecordGist) else None


def _tokens(gist: Gist | None) -> tuple[Token, ...]:
    return gist.tokens if isinstance(gist, RecordGist) else ()
