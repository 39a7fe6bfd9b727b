"""Holdings of any size as arrays, made without a line of text: what R1–R9 read, in a shape that an agency would know.

There are five links to a record. Cases contain reports, reports have attachments, mention subjects, and cite their own
case or a report close by; subjects are tied to cases and to each other by what some report says. A few threads of
reports, each derived from the one before, are 20,000 long. One record in forty has a code. The links come in no order,
which is harder on a computer's memory than the order in which an agency's files have them.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from graph.agreement import Agreement
from graph.linkage import KIND_BITS, NO_WORD, Bools, Ints, Linkage, Links, Nodes, Words
from graph.model import IMPLIED, Clearance, Consent, EntryId, Kind
from graph.policy import Policy

LINKS_A_RECORD: Final = 5
THREAD: Final = 20_000
DECISIONS: Final = 500
"""Clearances of each agreement, and as many consents."""

# Of a hundred links so many are of the type; its ends are of these kinds, at most so far from each other in the files.
_SHARES: Final = {
    "CONTAINS": 10, "HAS_ATTACHMENT": 5, "MENTIONS": 30, "SUBJECT_OF": 15, "KNOWS": 10, "COMMUNICATED_WITH": 10,
    "DERIVED_FROM": 4, "RELATED_TO": 2, "CITES": 14,
}  # fmt: skip
_ENDS: Final = {
    "CONTAINS": (Kind.CASE, Kind.DOCUMENT, 0), "HAS_ATTACHMENT": (Kind.DOCUMENT, Kind.DOCUMENT, 3),
    "MENTIONS": (Kind.DOCUMENT, Kind.SUBJECT, 1_000), "SUBJECT_OF": (Kind.SUBJECT, Kind.CASE, 1_000),
    "KNOWS": (Kind.SUBJECT, Kind.SUBJECT, 10_000), "COMMUNICATED_WITH": (Kind.SUBJECT, Kind.SUBJECT, 10_000),
    "DERIVED_FROM": (Kind.DOCUMENT, Kind.DOCUMENT, 5), "RELATED_TO": (Kind.CASE, Kind.CASE, 10_000),
    "CITES": (Kind.DOCUMENT, Kind.CASE, 0),
}  # fmt: skip
_SOURCED: Final = {"SUBJECT_OF": 0.5, "KNOWS": 1.0, "COMMUNICATED_WITH": 1.0}
_KINDS: Final = {Kind.CASE: 2, Kind.DOCUMENT: 5, Kind.SUBJECT: 3}  # of ten records


def made_linkage(links: int, policy: Policy, agreements: list[Agreement], today: int) -> Linkage:
    """A linkage with so many links. Each agreement has clearances and consents of its own."""
    made = _Made(links, policy)
    nodes = _nodes(made, today)
    held = _links(made, nodes)
    node_of = {id: node for node, id in enumerate(nodes.ids)}
    clearances = [each for agreement in agreements for each in _clearances(made, nodes, held, agreement)]
    consents = [each for agreement in agreements for each in _consents(made, nodes, agreement)]
    named = {clearance.link for clearance in clearances}
    return Linkage(
        nodes=nodes,
        links=held,
        node_of=node_of,
        words={"SAC-NY": 0, "open": 1, "fraud": 2},
        clearances=tuple(clearances),
        consents=tuple(consents),
        link_of={id: link for link, id in enumerate(held.ids) if id in named},
    )


@dataclass
class _Made:
    """How much is made, and the dice. first, count: by kind, where its nodes begin and how many there are."""

    links: int
    policy: Policy
    dice: np.random.Generator = field(default_factory=lambda: np.random.default_rng(2009))
    first: dict[Kind, int] = field(default_factory=dict)
    count: dict[Kind, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        total = 0
        for kind, tenths in _KINDS.items():
            self.first[kind], self.count[kind] = total, self.links // LINKS_A_RECORD * tenths // 10
            total += self.count[kind]

    def some(self, share: float, count: int) -> Bools:
        """Each with this probability."""
        chosen: Bools = self.dice.random(count) < share
        return chosen

    def any_of(self, kind: Kind, count: int) -> Ints:
        """Any nodes of a kind."""
        nodes: Ints = self.first[kind] + self.dice.integers(0, self.count[kind], count)
        return nodes

    def near(self, nodes: Ints, kind: Kind, other: Kind, far: int) -> Ints:
        """For each node of a kind one of another kind at the same place in its files, or at most so far from it."""
        place = (nodes - self.first[kind]) * self.count[other] // self.count[kind]
        moved = place + (self.dice.integers(-far, far + 1, len(nodes)) if far else 0)
        others: Ints = self.first[other] + np.clip(moved, 0, self.count[other] - 1)
        return others


def _nodes(made: _Made, today: int) -> Nodes:
    kind = np.repeat([KIND_BITS[kind] for kind in _KINDS], [made.count[kind] for kind in _KINDS])
    count = len(kind)
    filed = kind != KIND_BITS[Kind.SUBJECT]
    case = kind == KIND_BITS[Kind.CASE]
    return Nodes(
        ids=[EntryId(f"R-{node:07}") for node in range(count)],
        kind=kind.astype(np.int64),
        own=_own(made, count),
        day=today - made.dice.integers(-30, 5_000, count),
        approved=made.some(0.97, count),
        numbered=filed & made.some(0.99, count),
        office=np.where(made.some(0.7, count), 0, NO_WORD),
        status=np.where(case & made.some(0.8, count), 1, NO_WORD),
        program=np.where(case, 2, NO_WORD),
        numbers={},
        given=np.zeros(count, np.bool_),
    )


def _own(made: _Made, count: int) -> Words:
    bits = np.array([1 << category.bit for category in made.policy.categories.values()], np.uint64)
    coded = made.some(0.025, count)
    return np.where(coded, bits[made.dice.integers(0, len(bits), count)], np.uint64(0))


def _links(made: _Made, nodes: Nodes) -> Links:
    types = made.policy.links
    names = list(_SHARES)
    share = np.array([_SHARES[name] for name in names]) * made.links // 100
    of_type = np.repeat(np.arange(len(names)), share)
    held = len(of_type) - int(share[-1])  # the citations are implied, and stand after the held links
    made.dice.shuffle(of_type[:held])
    head, tail = np.empty(len(of_type), np.int64), np.empty(len(of_type), np.int64)
    sourced = np.zeros(len(of_type), np.bool_)
    for number, name in enumerate(names):
        places = np.flatnonzero(of_type == number)
        head[places], tail[places] = _ends(made, name, len(places))
        sourced[places] = made.some(_SOURCED.get(name, 0), len(places))
    source_link = np.flatnonzero(sourced)
    return Links(
        ids=[EntryId(f"{'L-' if link < held else IMPLIED}{link:07}") for link in range(len(of_type))],
        type=np.array([types[name].number for name in names])[of_type],
        head=head,
        tail=tail,
        own=np.zeros(len(of_type), np.uint64),
        sound=np.arange(len(of_type)) < held,
        fits=np.ones(len(of_type), np.bool_),
        sourced=sourced,
        source_link=source_link,
        source_node=made.any_of(Kind.DOCUMENT, len(source_link)),
        held=held,
        unknown_types={},
    )


def _ends(made: _Made, name: str, count: int) -> tuple[Ints, Ints]:
    head_kind, tail_kind, far = _ENDS[name]
    if name == "CONTAINS":  # each document lies in one case
        tail = made.first[tail_kind] + np.arange(count) % made.count[tail_kind]
        return made.near(tail, tail_kind, head_kind, far), tail
    head = made.any_of(head_kind, count)
    if name == "CITES":  # implied citations stand in order
        head.sort()
    tail = made.near(head, head_kind, tail_kind, far)
    if name == "DERIVED_FROM":
        for begin in range(0, count // 2 - THREAD, max(THREAD, count // 8)):
            thread = made.first[head_kind] + begin + np.arange(THREAD)
            head[begin : begin + THREAD], tail[begin : begin + THREAD] = thread + 1, thread
    return head, tail


def _clearances(made: _Made, nodes: Nodes, links: Links, agreement: Agreement) -> list[Clearance]:
    """Of categories that the giving end has of its own, along links that carry them."""
    carrying = [made.policy.links[name].number for name in ("CONTAINS", "HAS_ATTACHMENT")]
    along = np.flatnonzero(
        np.isin(links.type[: links.held], carrying) & (nodes.own[links.head[: links.held]] != 0)
    )
    names = list(made.policy.links)
    return [
        Clearance(
            link=links.ids[link],
            type=names[links.type[link]],
            head=nodes.ids[links.head[link]],
            tail=nodes.ids[links.tail[link]],
            category=made.policy.names_of(int(nodes.own[links.head[link]]))[0],
            agreements=frozenset({agreement.id}),
            effective=agreement.effective,
            expires=agreement.expires,
        )
        for link in made.dice.permutation(along)[:DECISIONS].tolist()
    ]


def _consents(made: _Made, nodes: Nodes, agreement: Agreement) -> list[Consent]:
    having = np.flatnonzero(nodes.own & np.uint64(made.policy.waivable))
    return [
        Consent(
            agreement=agreement.id,
            record=nodes.ids[node],
            link=None,
            category=made.policy.names_of(int(nodes.own[node]))[0],
            effective=agreement.effective,
            expires=agreement.expires,
        )
        for node in made.dice.permutation(having)[:DECISIONS].tolist()
    ]
