"""R5 in words: what an agreement's scope found in a record's line, and what it wants there.

Which words of scope hold was judged already; here each is told with the value that it comes from.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from graph.explaining.causes import Fact, Ground
from graph.explaining.inquiry import Inquiry, shown
from graph.model import Kind
from graph.policy import Policy
from graph.reading import Line
from graph.scope import Out

Told = tuple[str | None, tuple[str, ...], tuple[str, ...]]
"""A field, what was found in it, and what is wanted."""


def scope_facts(inquiry: Inquiry, node: int) -> list[Fact]:
    """Every word of scope that holds for a loaded record, support apart."""
    bits = int(inquiry.judgement.out[node])
    if not bits & ~Out.SUPPORT or not inquiry.is_loaded(node):
        return []
    line = inquiry.line(inquiry.id(node))
    told = ((way, _TELLS[way](inquiry, line)) for way in Out if bits & way and way in _TELLS)
    return [Fact("R5", str(way.name).lower(), Ground.OUT_OF_SCOPE, *fields) for way, fields in told]


def day_of(ordinal: int) -> str:
    """A day as it is written."""
    return date.fromordinal(ordinal).isoformat()


def _agreement(inquiry: Inquiry, _: Line) -> Told:
    mou = inquiry.agreement
    found = [f"{day_of(mou.effective)} to {day_of(mou.expires)}", *(["suspended"] * mou.suspended)]
    return "agreement", tuple(found), (f"in force on {day_of(inquiry.today)}, and not suspended",)


def _kind(inquiry: Inquiry, line: Line) -> Told:
    return "kind", (shown(line["kind"]),), tuple(kind.value for kind in inquiry.agreement.kinds)


def _date(inquiry: Inquiry, line: Line) -> Told:
    field = inquiry.policy.date_fields[Kind(line["kind"])]
    wanted = f"a day from {day_of(inquiry.policy.floor)} to {day_of(inquiry.today)}"
    return field, _found(line, field), (wanted,)


def _approval(_: Inquiry, line: Line) -> Told:
    wanted = ("state approved, prepared and approved by two different persons",)
    approval = line.get("approval")
    if not isinstance(approval, dict):
        return "approval", _found(line, "approval"), wanted
    found = (
        f"state {_named(approval, 'state')}",
        f"prepared by {_named(approval, 'agent')}",
        f"approved by {_named(approval, 'supervisor')}",
    )
    return "approval", found, wanted


def _office(inquiry: Inquiry, line: Line) -> Told:
    return "office", _found(line, "office"), _listed(inquiry.agreement.offices)


def _number(inquiry: Inquiry, line: Line) -> Told:
    wanted = tuple(pattern.pattern for pattern in inquiry.policy.patterns.patterns)
    return "number", _found(line, "number"), wanted


def _status(inquiry: Inquiry, line: Line) -> Told:
    allowed = _words(inquiry.agreement.case_status, "case_status", inquiry.policy)
    return "status", _found(line, "status"), allowed


def _program(inquiry: Inquiry, line: Line) -> Told:
    allowed = _words(inquiry.agreement.programs, "case_program", inquiry.policy)
    return "program", _found(line, "program"), allowed


_TELLS: Final[dict[Out, Callable[[Inquiry, Line], Told]]] = {
    Out.AGREEMENT: _agreement,
    Out.KIND: _kind,
    Out.DATE: _date,
    Out.APPROVAL: _approval,
    Out.OFFICE: _office,
    Out.NUMBER: _number,
    Out.STATUS: _status,
    Out.PROGRAM: _program,
}


def _found(line: Line, field: str) -> tuple[str, ...]:
    return (shown(line[field]),) if line.get(field) is not None else ()


def _named(approval: Line, field: str) -> str:
    value = approval.get(field)
    return "nobody" if field != "state" and not value else shown(value)


def _listed(allowed: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(sorted(allowed or ()))


def _words(allowed: Iterable[str] | None, vocabulary: str, policy: Policy) -> tuple[str, ...]:
    """Those of the agreement's words that the policy's list has: any other reads as absent (R14)."""
    return tuple(word for word in _listed(allowed) if policy.word(vocabulary, word) == word)
