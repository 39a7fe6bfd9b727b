"""Findings about who approved a record, its date and its number."""

from collections.abc import Iterator
from typing import Final

from graph.days import NO_DAY, ordinal
from graph.findings.examined import Examined, in_words, quoted
from graph.findings.finding import Finding, Rule
from graph.gist import is_approved
from graph.numbers import fold
from graph.policy import DELETED
from graph.reading import same_person

_TOLD: Final = 3


def no_approver(examined: Examined) -> Iterator[Finding]:
    """A record is shared only when an agent has prepared it and a supervisor has approved it (R5)."""
    approval = examined.record.approval
    agent, supervisor = (approval.agent, approval.supervisor) if approval is not None else (None, None)
    if is_approved(approval) or (_said(agent) and _said(supervisor) and _same(agent, supervisor)):
        return
    if not _said(supervisor):
        text = "No supervisor has approved it."
    elif not _said(agent):
        text = "It does not say which agent prepared it."
    else:
        text = f"Its state is {quoted((approval and approval.state) or '')}, and not “approved”."
    yield examined.finding(Rule.NO_APPROVER, "", text)


def approved_by_the_same_person(examined: Examined) -> Iterator[Finding]:
    """Nobody approves what he prepared himself (R5)."""
    approval = examined.record.approval
    if approval is not None and _said(approval.agent) and _same(approval.agent, approval.supervisor):
        text = f"{quoted((approval.agent or '').strip())} both prepared and approved it."
        yield examined.finding(Rule.SAME_PERSON, "", text)


def no_date(examined: Examined) -> Iterator[Finding]:
    """A record without the day that the policy names for its kind is shared with nobody (R5)."""
    name = examined.around.policy.date_fields[examined.record.kind]
    date = examined.record.fields.get(name)
    if ordinal(date) == NO_DAY:
        text = f"It has no {name}." if date is None else f"Its {name}, {quoted(date)}, is no real day."
        yield examined.finding(Rule.NO_DATE, name, text)


def same_number(examined: Examined) -> Iterator[Finding]:
    """Two records with one number: what a text says of one is masked, or shown, as if it were said of the other."""
    number = examined.record.fields.get("number")
    if number is None:
        return
    nodes = examined.around.linkage.nodes
    deleted = examined.around.policy.bit(DELETED)
    others = sorted(
        nodes.ids[node]
        for node in examined.around.numbers.get(fold(number), ())
        if node != examined.node and not int(nodes.own[node]) & deleted
    )
    if others:
        told = [quoted(id) for id in others[:_TOLD]]
        told += [f"{len(others) - _TOLD:,} more"] if len(others) > _TOLD else []
        text = f"Its number {quoted(number)} is also that of {in_words(told)}."
        yield examined.finding(Rule.SAME_NUMBER, fold(number), text)


def _said(person: str | None) -> bool:
    return bool((person or "").strip())


def _same(one: str | None, other: str | None) -> bool:
    return same_person(one or "", other or "")
