"""A linkage after a few entries have changed: these are gathered anew, and the arrays of all others are copied.

The result says what gathering everything would say (R3, R8, R10); only its nodes and links may be numbered otherwise.
What a change reaches beyond itself is followed by its traces. Where a node would have to go, there is no result.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from graph.gather import Gathering, fitting, named_links, never_loaded
from graph.gist import Gist, LinkGist, RecordGist
from graph.linkage import NEVER_LOADED, Ints, Linkage, Links, Nodes
from graph.model import Clearance, Consent, EntryId
from graph.placing import Placing
from graph.policy import Policy
from graph.reciting import Citations
from graph.traces import Changed, Traces

Value = TypeVar("Value", bound=np.generic)
Decision = TypeVar("Decision", Clearance, Consent)


@dataclass(frozen=True, slots=True)
class Ground:
    """What is gone on from. places: of the held links. gist: of an id, as it is now.

    traces: those before, where they were needed already. trace: finds them.
    """

    linkage: Linkage
    policy: Policy
    places: Mapping[EntryId, int]
    gist: Callable[[EntryId], Gist | None]
    traces: Traces | None
    trace: Callable[[], Traces]


@dataclass(frozen=True, slots=True)
class Regathered:
    """traces: as they are now, where they were needed already."""

    linkage: Linkage
    traces: Traces | None


def regathered(ground: Ground, changes: Sequence[Changed]) -> Regathered | None:
    """The linkage after these changes; None where a record has gone, or the last link of an id that no line brought."""
    if any(isinstance(change.before, RecordGist) and change.now is None for change in changes):
        return None
    regathering = _Regathering(ground, changes)
    linkage = regathering.linkage()
    return None if linkage is None else Regathered(linkage, regathering.traces)


class _Regathering:
    """One set of changes. _fresh: what they say now, by the numbers of the nodes that there were."""

    def __init__(self, ground: Ground, changes: Sequence[Changed]) -> None:
        self._ground = ground
        self._old = ground.linkage
        self._changes = changes
        self._fresh = Gathering.onto(self._old, ground.policy)
        for change in changes:
            self._fresh.add(change.now)
        self._came = list(self._fresh.node_of)[len(self._old.nodes.ids) :]
        reaches = bool(self._came) or any(change.number or change.cites for change in changes)
        self._before = ground.trace() if reaches else ground.traces
        self.traces = self._before and self._before.after(changes, self._fresh.node_of)
        self._changed = {link.link.id for link in self._links_before}
        gone = self._changed.difference(self._fresh.link_ids)
        self._placing = Placing.of(self._old.links.held, ground.places, self._fresh.link_ids, gone)

    def linkage(self) -> Linkage | None:
        """All of it; None where a node has to go."""
        nodes = self._nodes()
        links = self._links(nodes)
        if self._leaves_a_node_alone(nodes, links):
            return None
        clearances = _decided(self._old.clearances, self._changes, Clearance)
        consents = _decided(self._old.consents, self._changes, Consent)
        return Linkage(
            nodes=nodes,
            links=links,
            node_of=self._fresh.node_of,
            words=self._fresh.words,
            clearances=clearances,
            consents=consents,
            link_of=named_links(links.ids, clearances, consents),
        )

    # --- nodes ---

    def _nodes(self) -> Nodes:
        old, fresh = self._old.nodes, self._fresh
        loaded = (change.now.id for change in self._changes if isinstance(change.now, RecordGist))
        touched = [fresh.node_of[id] for id in dict.fromkeys((*loaded, *self._came))]
        never = never_loaded(self._ground.policy)
        rows = list(zip(*(fresh.nodes[node] or never for node in touched), strict=True)) or [()] * len(never)
        numbers = {**old.numbers}
        for node in touched:
            numbers.pop(node, None)
        return Nodes(
            ids=[*old.ids, *self._came],
            kind=self._column(old.kind, touched, rows[0]),
            own=self._column(old.own, touched, rows[1]),
            day=self._column(old.day, touched, rows[2]),
            approved=self._column(old.approved, touched, rows[3]),
            numbered=self._column(old.numbered, touched, rows[4]),
            office=self._column(old.office, touched, rows[5]),
            status=self._column(old.status, touched, rows[6]),
            program=self._column(old.program, touched, rows[7]),
            numbers=numbers | fresh.numbers,
            given=np.zeros(len(fresh.nodes), np.bool_),
        )

    def _column(
        self, before: npt.NDArray[Value], touched: list[int], values: Sequence[int]
    ) -> npt.NDArray[Value]:
        column = np.append(before, np.zeros(len(self._came), before.dtype))
        column[touched] = np.array(values, before.dtype)
        return column

    def _leaves_a_node_alone(self, nodes: Nodes, links: Links) -> bool:
        """Whether an id that no line brought was the end of a link, and is of none any more."""
        ends = {end for link in self._links_before for end in (link.link.head, link.link.tail)}
        known = (self._fresh.node_of[end] for end in ends)
        held = slice(links.held)
        return any(
            nodes.kind[node] == NEVER_LOADED
            and not ((links.head[held] == node) | (links.tail[held] == node)).any()
            for node in known
        )

    # --- links ---

    @property
    def _links_before(self) -> list[LinkGist]:
        return [change.before for change in self._changes if isinstance(change.before, LinkGist)]

    def _links(self, nodes: Nodes) -> Links:
        old, fresh, placing = self._old.links, self._fresh, self._placing
        implied, own_type = self._implied(), self._ground.policy.implied
        types = np.full(len(implied.ids), own_type.number if own_type else 0)
        type = np.append(placing.column(old.type[: old.held], np.array(fresh.type, np.int64)), types)
        head = np.append(placing.column(old.head[: old.held], np.array(fresh.head, np.int64)), implied.head)
        tail = np.append(placing.column(old.tail[: old.held], np.array(fresh.tail, np.int64)), implied.tail)
        source_link, source_node = self._sources()
        return Links(
            ids=[*placing.ids(old.ids[: old.held], fresh.link_ids), *implied.ids],
            type=type,
            head=head,
            tail=tail,
            own=self._with_implied(old.own, np.array(fresh.own, np.uint64), len(types)),
            sound=self._with_implied(old.sound, np.array(fresh.sound, np.bool_), len(types)),
            fits=fitting(type, nodes.kind[head], nodes.kind[tail], self._ground.policy),
            sourced=self._with_implied(old.sourced, np.array(fresh.sourced, np.bool_), len(types)),
            source_link=source_link,
            source_node=source_node,
            held=placing.count,
            unknown_types=self._unknown_types(),
        )

    def _with_implied(
        self, before: npt.NDArray[Value], fresh: npt.NDArray[Value], implied: int
    ) -> npt.NDArray[Value]:
        """A column of which implied citations have nothing."""
        return np.pad(self._placing.column(before[: self._old.links.held], fresh), (0, implied))

    def _implied(self) -> Citations:
        before = Citations.among(self._old.links)
        if self.traces is None or self._ground.policy.implied is None:
            return before
        return before.after(self._changes, self.traces, self._ground.gist, self._fresh.node_of)

    def _sources(self) -> tuple[Ints, Ints]:
        """Pairs of a link and a source that is held (R8): as before, of changed links, and of sources that came."""
        old, fresh, node_of = self._old.links, self._fresh, self._fresh.node_of
        changed = np.array([self._ground.places[id] for id in self._changed], np.int64)
        stays = ~np.isin(old.source_link, changed)
        pairs = [
            (int(self._placing.fresh[link]), node_of[EntryId(source)])
            for link, source in zip(fresh.source_link, fresh.sources, strict=True)
            if source in node_of
        ]
        pairs += self._sources_that_came()
        links, nodes = (np.array([pair[end] for pair in pairs], np.int64) for end in (0, 1))
        return (
            np.append(self._placing.now(old.source_link[stays]), links),
            np.append(old.source_node[stays], nodes),
        )

    def _sources_that_came(self) -> list[tuple[int, int]]:
        if self._before is None:
            return []
        naming = (
            (link, id)
            for id in self._came
            for link in self._before.unheld.get(id, ())
            if link not in self._changed
        )
        places = self._ground.places
        found = [(places[link], self._fresh.node_of[id]) for link, id in naming]
        at = self._placing.now(np.array([place for place, _ in found], np.int64)).tolist()
        return list(zip(at, (node for _, node in found), strict=True))

    def _unknown_types(self) -> dict[int, str]:
        old = {
            place: type
            for place, type in self._old.links.unknown_types.items()
            if self._old.links.ids[place] not in self._changed
        }
        at = self._placing.now(np.array(list(old), np.int64)).tolist()
        fresh = ((int(self._placing.fresh[link]), type) for link, type in self._fresh.unknown_types.items())
        return dict(zip(at, old.values(), strict=True)) | dict(fresh)


def _decided(
    before: Iterable[Decision], changes: Iterable[Changed], of: type[Decision]
) -> tuple[Decision, ...]:
    decided = list(before)
    for change in changes:
        if isinstance(change.before, of):
            decided.remove(change.before)
        if isinstance(change.now, of):
            decided.append(change.now)
    return tuple(decided)
