"""What an explanation is made from: one agreement's judgement, the basis under it, and a look-up of held lines.

It reads and remembers; it decides nothing. It is good for any number of questions about the same holdings.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

import orjson

from graph.agreement import Agreement
from graph.decisions import type_name
from graph.errors import StoreLocked
from graph.explaining.causes import Note, Step
from graph.explaining.chains import Ways
from graph.judge import Basis, Judgement, basis_of
from graph.linkage import KIND_BITS, NEVER_LOADED, UNKNOWN_TYPE, Bools
from graph.model import RECORD_KINDS, Entry, EntryId, Kind
from graph.policy import UNCODED, Policy, Way
from graph.reading import Line, line_of, read_record
from graph.support import supporting
from graph.withdrawals import Withdrawal

Held = Callable[[Iterable[EntryId]], Mapping[EntryId, Entry]]
"""Those of the ids that are held, as `Holdings.held` finds them."""

_AT_ONCE: Final = 5_000


class Inquiry:
    """One agreement's judgement on one day. decisions: the held clearances and consents.

    withdrawals: what persons have withdrawn.
    """

    def __init__(
        self,
        policy: Policy,
        agreement: Agreement,
        today: int,
        judgement: Judgement,
        held: Held,
        decisions: Sequence[Entry],
        withdrawals: Mapping[EntryId, Withdrawal] | None = None,
    ) -> None:
        self.policy = policy
        self.agreement = agreement
        self.today = today
        self.judgement = judgement
        self.linkage = judgement.linkage
        self.decisions = decisions
        self.withdrawals = withdrawals or {}
        self._held = held
        self._entries: dict[EntryId, Entry] = {}

    # --- what is held ---

    def read(self, ids: Iterable[EntryId]) -> None:
        """Look entries up now, many at a time, so that `entry` need not ask for each."""
        wanted = [id for id in dict.fromkeys(ids) if id not in self._entries]
        for place in range(0, len(wanted), _AT_ONCE):
            self._entries |= self._held(wanted[place : place + _AT_ONCE])

    def entry(self, id: EntryId) -> Entry | None:
        """What is held under the id."""
        self.read([id])
        return self._entries.get(id)

    def line(self, id: EntryId) -> Line:
        """The line that is held under the id. Raises StoreLocked where it is gone since the judgement."""
        entry = self.entry(id)
        if entry is None:
            raise changed(id)
        return line_of(entry)

    def note(self, id: EntryId) -> Note:
        """What is told of a record."""
        entry = self.entry(id)
        if entry is None or entry.kind not in RECORD_KINDS:
            return Note(id, None)
        record, codes = read_record(entry), line_of(entry).get("access_codes")
        named = [prop.value for prop in record.properties if prop.name == "name"]
        approval = record.approval
        return Note(
            id=id,
            kind=record.kind.value,
            number=record.fields.get("number"),
            title=record.fields.get("title", min(named, default=None)),
            codes=tuple(map(shown, codes)) if isinstance(codes, list) else (),
            prepared_by=approval.agent if approval is not None else None,
            approved_by=approval.supervisor if approval is not None else None,
            deleted=record.deleted,
        )

    # --- nodes and links ---

    def node(self, id: str) -> int | None:
        """The node of an id."""
        return self.linkage.node_of.get(EntryId(id))

    def link(self, id: str) -> int | None:
        """The link with this id, held or implied; of implied ones that are called alike the first by its ends."""
        links, ids = self.linkage.links, self.linkage.nodes.ids
        return min(self.links([id]), key=lambda link: ids[links.head[link]], default=None)

    def links(self, ids: Iterable[str]) -> set[int]:
        """Every link with one of these ids, found in one pass."""
        wanted = set(ids)
        return {link for link, id in enumerate(self.linkage.links.ids) if id in wanted}

    def id(self, node: int) -> EntryId:
        """The id of a node."""
        return self.linkage.nodes.ids[node]

    def is_loaded(self, node: int) -> bool:
        """Whether a record was loaded under the node's id."""
        return bool(self.linkage.nodes.kind[node] != NEVER_LOADED)

    def is_released_document(self, node: int) -> bool:
        """Whether the node can be a released source."""
        is_document = self.linkage.nodes.kind[node] == KIND_BITS[Kind.DOCUMENT]
        return bool(is_document and self.judgement.released[node])

    def reasons(self, node: int) -> tuple[str, ...]:
        """Why a record is withheld; of what was never loaded, that it is uncoded."""
        if not self.is_loaded(node):
            return (UNCODED,)
        return tuple(self.judgement.reasons(node, self.policy))

    def step(self, way: int, ways: Ways) -> Step:
        """One way as a step of a chain."""
        links, link = self.linkage.links, int(ways.link[way])
        astray = bool(links.type[link] == UNKNOWN_TYPE or not links.fits[link])
        return Step(
            link=links.ids[link],
            type=type_name(links, self.policy, link),
            head=self.id(int(links.head[link])),
            tail=self.id(int(links.tail[link])),
            way=Way.FORWARD if links.head[link] == ways.giver[way] else Way.BACKWARD,
            astray=astray,
            implied=link >= links.held,
        )

    # --- what passes and what supports ---

    @cached_property
    def basis(self) -> Basis:
        """What the judgement stands on."""
        return basis_of(self.linkage, self.policy, self.agreement, self.today)

    @cached_property
    def carrying(self) -> Ways:
        """The ways along which something passes."""
        passages = self.basis.passages
        return Ways.along(passages.giver, passages.taker, passages.link, self._nodes)

    @cached_property
    def supporting(self) -> Ways:
        """The ways along which held links of supporting types lead from who would support to whom (R7)."""
        return Ways.along(*supporting(self.linkage, self.policy), self._nodes)

    @cached_property
    def supported(self) -> Ways:
        """The same ways turned round: from who would be supported."""
        ways = self.supporting
        return Ways.along(ways.taker, ways.giver, ways.link, self._nodes)

    @cached_property
    def asserted(self) -> Bools:
        """By link: it names no source, or one that is a released document (R8)."""
        links, nodes = self.linkage.links, self.linkage.nodes
        document = nodes.kind[links.source_node] == KIND_BITS[Kind.DOCUMENT]
        asserted = ~links.sourced
        asserted[links.source_link[document & self.judgement.released[links.source_node]]] = True
        return asserted

    @property
    def _nodes(self) -> int:
        return len(self.linkage.nodes.kind)


def changed(id: str) -> StoreLocked:
    """The error where the holdings are no longer those that were judged."""
    return StoreLocked(f"{id}: was written while it was being explained; ask again")


def shown(value: object) -> str:
    """A value of a line as it is told: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else orjson.dumps(value).decode()
