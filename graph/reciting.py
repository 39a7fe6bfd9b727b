"""R10 after a few entries have changed: whom documents cite by a number in their text.

Only documents whose text has changed, and those in whose text a number begins that came or went, are looked at anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.gather import longest_prefix
from graph.gist import Gist, RecordGist
from graph.linkage import Ints, Links
from graph.model import IMPLIED, EntryId
from graph.traces import Changed, Traces


@dataclass(frozen=True, slots=True)
class Citations:
    """The implied citations, in order of their heads. head, tail: nodes."""

    ids: list[EntryId]
    head: Ints
    tail: Ints

    @classmethod
    def among(cls, links: Links) -> "Citations":
        """Those of a linkage's links."""
        return cls(links.ids[links.held :], links.head[links.held :], links.tail[links.held :])

    def after(
        self,
        changes: Sequence[Changed],
        traces: Traces,
        gist: Callable[[EntryId], Gist | None],
        node_of: Mapping[EntryId, int],
    ) -> "Citations":
        """Those after some changes. traces, gist, node_of: as they are after them."""
        citing = _citing(changes, traces)
        if not citing:
            return self
        lengths = traces.lengths
        pairs = sorted(
            {(id, cited) for id in citing for cited in _cited(gist(id), traces, lengths) if cited != id}
        )
        looked_at = np.array([node_of[id] for id in citing], np.int64)
        stays = np.flatnonzero(~np.isin(self.head, looked_at))
        return Citations(
            [
                *(self.ids[place] for place in stays.tolist()),
                *(EntryId(f"{IMPLIED}{a}:{b}") for a, b in pairs),
            ],
            np.append(self.head[stays], np.array([node_of[id] for id, _ in pairs], np.int64)),
            np.append(self.tail[stays], np.array([node_of[id] for _, id in pairs], np.int64)),
        )._in_order()

    def _in_order(self) -> "Citations":
        order = np.lexsort((self.tail, self.head))
        ids = [self.ids[place] for place in order.tolist()]
        return Citations(ids, self.head[order], self.tail[order])


def _citing(changes: Sequence[Changed], traces: Traces) -> set[EntryId]:
    numbers = {
        number
        for change in changes
        if change.number
        for gist in (change.before, change.now)
        if isinstance(gist, RecordGist) and (number := gist.number)
    }
    own = {change.now.id for change in changes if change.cites and isinstance(change.now, RecordGist)}
    return own | traces.citing(numbers)


def _cited(gist: Gist | None, traces: Traces, lengths: Sequence[int]) -> set[EntryId]:
    tokens = gist.tokens if isinstance(gist, RecordGist) else ()
    return {
        cited
        for token in tokens
        for place in token.places
        if (prefix := longest_prefix(token.text, place, traces.numbered, lengths)) is not None
        for cited in traces.numbered[prefix]
    }
