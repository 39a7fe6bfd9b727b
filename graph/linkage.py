"""The holdings as arrays: what the rules read of records and links, and nothing that is ever shown.

A node is a record, or an id that some link names and no line has brought (R3: it is uncoded and fits every kind).
Implied citations (R10) stand after the held links. Arrays are never written to after they are made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.many_ids import Ids
from graph.model import Clearance, Consent, EntryId, Kind

Bools = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

NEVER_LOADED: Final = 7
KIND_BITS: Final = {Kind.CASE: 1, Kind.DOCUMENT: 2, Kind.SUBJECT: 4}
"""A kind as a bit; what was never loaded has all of them, so it fits every kind."""

UNKNOWN_TYPE: Final = -1
NO_WORD: Final = -1


@dataclass(frozen=True, slots=True)
class Nodes:
    """One element for each node. own: categories by its codes and system, as bits. Days are ordinals, 0 for none.

    given: it needs no support, because it is known to have it from beyond what was gathered.
    """

    ids: list[EntryId]
    kind: Ints
    own: Words
    day: Ints
    approved: Bools
    numbered: Bools
    office: Ints
    status: Ints
    program: Ints
    numbers: dict[int, str]
    """By node: the folded number of each case and document that has one."""
    given: Bools


@dataclass(frozen=True, slots=True)
class Links:
    """One element for each link. type: its number in the policy, or UNKNOWN_TYPE. own: its own categories, as bits.

    head, tail: nodes. sourced: it names a source. source_link, source_node: pairs, one for each source that is held.
    Links from `held` on are implied citations, in order of their heads.
    """

    ids: Ids
    type: Ints
    head: Ints
    tail: Ints
    own: Words
    sound: Bools
    fits: Bools
    sourced: Bools
    source_link: Ints
    source_node: Ints
    held: int
    unknown_types: dict[int, str]
    """By link: the type of those whose type the policy does not know."""

    @property
    def count(self) -> int:
        """How many there are, the implied ones included."""
        return len(self.head)


@dataclass(frozen=True, slots=True)
class Linkage:
    """Everything that R1–R8 need. words: the offices, statuses and programs that the arrays number."""

    nodes: Nodes
    links: Links
    node_of: dict[EntryId, int]
    words: dict[str, int]
    clearances: tuple[Clearance, ...]
    consents: tuple[Consent, ...]
    link_of: dict[EntryId, int]
    """By id: the links that some clearance or consent names."""


def of_types(links: Links, chosen: Sequence[bool]) -> Bools:
    """By link: whether its type is chosen. chosen: by the type's number; the unknown type is not."""
    of: Bools = np.array([*chosen, False])[links.type]
    return of
