"""R5: whether a record is in an agreement's scope on a day. Scope is a record's own and is never carried.

Each way of being out is a bit, so that every reason is told and not the first alone.
"""

from enum import IntFlag

import numpy as np

from graph.agreement import Agreement
from graph.days import NO_DAY
from graph.linkage import KIND_BITS, NO_WORD, Bools, Ints, Linkage
from graph.model import Kind
from graph.policy import Policy


class Out(IntFlag):
    """Why a record is out of scope, or has no support (R7)."""

    AGREEMENT = 1
    KIND = 2
    DATE = 4
    APPROVAL = 8
    OFFICE = 16
    NUMBER = 32
    STATUS = 64
    PROGRAM = 128
    SUPPORT = 256


_CASE = KIND_BITS[Kind.CASE]
_FILED = KIND_BITS[Kind.CASE] | KIND_BITS[Kind.DOCUMENT]


def scope(linkage: Linkage, policy: Policy, agreement: Agreement, today: int) -> Ints:
    """For each node, the bits of `Out` that hold; 0 for what is in scope. today: an ordinal."""
    nodes, words = linkage.nodes, linkage.words
    kinds = sum(KIND_BITS[kind] for kind in agreement.kinds)
    filed = (nodes.kind & _FILED) != 0
    case = nodes.kind == _CASE
    ways: dict[Out, Bools] = {
        Out.AGREEMENT: np.full(len(nodes.kind), not agreement.in_force(today)),
        Out.KIND: (nodes.kind & kinds) == 0,
        Out.DATE: (nodes.day == NO_DAY) | (nodes.day < policy.floor) | (nodes.day > today),
        Out.APPROVAL: ~nodes.approved,
        Out.OFFICE: filed & ~_listed(nodes.office, agreement.offices, words),
        Out.NUMBER: filed & ~nodes.numbered,
        Out.STATUS: case & ~_listed(nodes.status, agreement.case_status, words),
        Out.PROGRAM: case & ~_listed(nodes.program, agreement.programs, words),
    }
    out = np.zeros(len(nodes.kind), np.int64)
    for way, holds in ways.items():
        out |= np.where(holds, int(way), 0)
    return out


def _listed(column: Ints, allowed: frozenset[str] | None, words: dict[str, int]) -> Bools:
    """Whether each word is on the list; what is missing is on none, and no list allows everything."""
    if allowed is None:
        return np.ones(len(column), np.bool_)
    listed: Bools = np.isin(column, [words[word] for word in allowed if word in words]) & (column != NO_WORD)
    return listed
