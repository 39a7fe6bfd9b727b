"""A question answered by its compiled plan and by graphql-core, which is the reference: in the same bytes."""

from collections.abc import Mapping
from typing import Any

from graphql import Executor

from graph.view import View
from schema.context import Asking
from schema.cursors import Cursors
from schema.deadline import Deadline
from schema.execute import Answer, Answering, Question, nothing_left
from schema.limits import Limits
from schema.long_texts import LongTexts
from schema.nodes import Document, shown
from schema.orders import Orders
from schema.partner import PARTNER_ARGUMENTS, PARTNER_SCHEMA
from schema.plan import FieldRefused, Plan
from schema.plans import Plans
from schema.prepare import Preparation
from schema.told import Told
from schema.writing import as_json
from tests.partner_world import CURSOR_KEY

NO_LIMITS = Limits(
    bytes=10**9, tokens=10**5, depth=100, aliases=10**5, directives=10**5, cost=10**9, prepared=2
)

NEVER = Deadline(lambda: 0.0, 1)
"""It does not pass."""

_ANSWERING = Answering(CURSOR_KEY, NO_LIMITS)
_REFERENCE = Answering(CURSOR_KEY, NO_LIMITS, plans=False)
_PREPARATION = Preparation(PARTNER_SCHEMA, NO_LIMITS)
_TOLD = Told()
_PLANS = Plans(PARTNER_SCHEMA, PARTNER_ARGUMENTS)


def in_both_ways(view: View, question: Question) -> Answer:
    """The answer, in the same bytes and of the same records by both; and if it has no fault, the plan alone gave it."""
    reference = _REFERENCE.answer(view, question)
    for _ in range(3):  # the second time what is told is kept, and the third time it is told as it was kept
        assert _bytes(_ANSWERING.answer(view, question)) == _bytes(reference)
    planned = by_plan(view, question)
    assert planned is not None or reference.faults
    assert planned is None or _bytes(planned) == _bytes(reference)
    return reference


def by_plan(view: View, question: Question) -> Answer | None:
    """What the plan alone gives."""
    prepared = _PREPARATION.prepare(question.query, question.operation_name)
    cost = _PREPARATION.cost(prepared, question.variables)
    budget = _PREPARATION.budget(prepared, question.variables, cost)
    cursors = Cursors(CURSOR_KEY, view.header.agreement)
    asking = Asking(
        view, Orders(), cursors, budget, NEVER, LongTexts(NO_LIMITS.answer_bytes), _TOLD, shown, Document.of
    )
    try:
        data = _PLANS.data(asking, prepared, _executor(question).variable_values)
    except FieldRefused as refused:
        return nothing_left(refused, cost)
    return None if data is None else Answer(True, data, [], asking.disclosed.ids())


def plan_of(query: str, variables: Mapping[str, Any] | None = None) -> Plan | None:
    """The plan of a query."""
    question = Question(query, None, variables or {})
    prepared = _PREPARATION.prepare(query, None)
    return _PLANS.plan(prepared, _executor(question).variable_values)


def _executor(question: Question) -> Executor[Any]:
    prepared = _PREPARATION.prepare(question.query, question.operation_name)
    executor: list[Any] | Executor[Any] = Executor.build(
        PARTNER_SCHEMA,
        prepared.document,
        raw_variable_values=dict(question.variables),
        operation_name=question.operation_name,
    )
    assert isinstance(executor, Executor), executor
    return executor


def _bytes(answer: Answer) -> bytes:
    return as_json([answer.executed, answer.data, answer.faults, answer.disclosed])
