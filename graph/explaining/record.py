"""Why a record is withheld: its categories (R1–R3, R10, R11), the words of scope (R5), the want of support (R7).

A category has a cause for every record that has it of its own and passes it here, and for each fact that gives it that
one. What is told is what was judged; nothing is judged anew.
"""

import numpy as np

from graph.explaining.causes import Cause
from graph.explaining.chains import Reached, leading_to
from graph.explaining.grounds import marking, own_facts
from graph.explaining.inquiry import Inquiry
from graph.explaining.scope import scope_facts
from graph.explaining.support import lacking
from graph.explaining.tracing import Traced, causes_of
from graph.scope import Out


def causes_of_record(inquiry: Inquiry, node: int) -> tuple[Cause, ...]:
    """Every cause of a record, or of an id that was never loaded; none for a released one."""
    here = Reached(inquiry.carrying, {node: 0}, {})
    traced = _carried(inquiry, node)
    traced += (Traced(fact, inquiry.id(node), here, node) for fact in scope_facts(inquiry, node))
    if inquiry.judgement.out[node] & Out.SUPPORT:
        traced += lacking(inquiry, node)
    return causes_of(inquiry, inquiry.id(node), traced)


def _carried(inquiry: Inquiry, node: int) -> list[Traced]:
    """The facts of every category of the node, its own ones included."""
    names = inquiry.policy.names_of(int(inquiry.judgement.categories[node]))
    reached = {name: _passing_to(inquiry, node, inquiry.policy.bit(name)) for name in names}
    bearing = {name: _bearing(inquiry, found, inquiry.policy.bit(name)) for name, found in reached.items()}
    bearers = sorted({bearer for found in bearing.values() for bearer in found})
    inquiry.read(map(inquiry.id, bearers))
    marks = marking(inquiry, bearers)
    facts = {bearer: own_facts(inquiry, bearer, marks.get(bearer, [])) for bearer in bearers}
    return [
        Traced(fact, inquiry.id(bearer), reached[name], bearer)
        for name in names
        for bearer in bearing[name]
        for fact in facts[bearer]
        if fact.reason == name
    ]


def _passing_to(inquiry: Inquiry, node: int, bit: int) -> Reached:
    """Everything from which the category passes to the node."""
    passages, word = inquiry.basis.passages, np.uint64(bit)
    has = (inquiry.judgement.categories & word) != 0
    passing = ((passages.word & word) != 0) & has[passages.giver]
    return leading_to([node], inquiry.carrying, passing, inquiry.linkage)


def _bearing(inquiry: Inquiry, reached: Reached, bit: int) -> list[int]:
    """Those that have the category of their own."""
    own = inquiry.basis.own
    return [node for node in reached.length if int(own[node]) & bit]
