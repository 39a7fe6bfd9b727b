"""A question is answered from one View: data, and errors that each have a code and tell nothing of what goes on inside.

A plan answers where there is one (schema/plans.py), graphql-core everything else. It is the reference, and both give
the same. Given the same content and the same question, the answer is the same.
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Final, cast

import msgspec
from graphql import ExecutionResult, GraphQLError, execute_root_selection_set, get_variable_values
from graphql.execution.values import VariableValues

from graph.model import AgreementId, OpaqueId
from graph.view import View
from schema.context import Asking
from schema.cursors import Cursors
from schema.deadline import Deadline, OutOfTime
from schema.disclosed import NotingExecutor
from schema.errors import Code, Refusal
from schema.faults import Fault, fault, located, met, never_waits
from schema.limits import Limits
from schema.long_texts import LongTexts, TooLong
from schema.nodes import Document, shown
from schema.orders import Orders
from schema.partner import PARTNER_ARGUMENTS, PARTNER_SCHEMA
from schema.plan import FieldRefused
from schema.plans import Plans
from schema.prepare import Invalid, Preparation, Prepared
from schema.told import Told

_MAX_ERRORS: Final = 5
_AGREEMENTS: Final = 256
_NO_VARIABLES: Final = VariableValues({}, {})


class Question(msgspec.Struct, frozen=True):
    """What a partner asks: the query, which operation of it, and its variables."""

    query: str
    operation_name: str | None
    variables: Mapping[str, Any]


class Answer(msgspec.Struct, frozen=True):
    """What is told. executed: False where the question was refused before anything was looked up; it has no data.

    data: as `schema.writing` writes it.
    disclosed: the ids of the records and links that the data has, each once (`schema.disclosed`). cost: the objects
    asked for, by the request alone; None where that was not found out.
    """

    executed: bool
    data: Any
    faults: Sequence[Fault]
    disclosed: tuple[OpaqueId, ...] = ()
    cost: int | None = None


class Answering:
    """Answers the questions of partners. cursor_key: 32 bytes, the same in every process of a home.

    introspection: the agreements that may ask for the schema; None: every one. plans: whether plans may answer; without
    them all is graphql-core's. clock: in seconds.
    """

    def __init__(
        self,
        cursor_key: bytes,
        limits: Limits,
        introspection: Collection[str] | None = None,
        *,
        plans: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cursors = lru_cache(maxsize=_AGREEMENTS)(partial(Cursors, cursor_key))
        self._limits = limits
        self._introspection = introspection
        self._clock = clock
        self._preparation = Preparation(PARTNER_SCHEMA, limits)
        self._plans = Plans(PARTNER_SCHEMA, PARTNER_ARGUMENTS) if plans else None
        self._orders = Orders()
        self._told = Told()

    def answer(
        self, view: View, question: Question, pay: Callable[[int], None] = lambda cost: None
    ) -> Answer:
        """The answer from this View. pay: called with the cost before anything is looked up. Raises what that does."""
        try:
            prepared = self._preparation.prepare(question.query, question.operation_name)
            cost = self._preparation.cost(prepared, question.variables)
        except Refusal as refusal:
            return _refused([fault(refusal.code)], refusal.cost)
        except Invalid as invalid:
            return _refused([located(invalid.code, error) for error in invalid.errors])
        if prepared.introspects and not self._may_introspect(view.header.agreement):
            return _refused([fault(Code.NO_INTROSPECTION)])
        pay(cost)
        return self._execute(view, prepared, question, cost)

    def _may_introspect(self, agreement: AgreementId) -> bool:
        return self._introspection is None or agreement in self._introspection

    def _execute(self, view: View, prepared: Prepared, question: Question, cost: int) -> Answer:
        values = _values(prepared, question)
        if isinstance(values, list):
            return _refused([located(Code.BAD_VARIABLES, error) for error in values], cost)
        asking = self._asking(view, prepared, question, cost)
        try:
            data = None if self._plans is None else self._plans.data(asking, prepared, values)
            if data is not None:
                return Answer(True, data, [], asking.disclosed.ids(), cost)
            return _by_reference(asking.anew(), prepared, question, cost)
        except FieldRefused as refused:
            return nothing_left(refused, cost)
        except OutOfTime:
            return _refused([fault(Code.TOO_SLOW)], cost)
        except TooLong:
            return _refused([fault(Code.ANSWER_TOO_LONG)], cost)

    def _asking(self, view: View, prepared: Prepared, question: Question, cost: int) -> Asking:
        budget = self._preparation.budget(prepared, question.variables, cost)
        deadline = Deadline(self._clock, self._limits.seconds)
        cursors = self._cursors(view.header.agreement)
        texts = LongTexts(self._limits.answer_bytes)
        return Asking(view, self._orders, cursors, budget, deadline, texts, self._told, shown, Document.of)


def _values(prepared: Prepared, question: Question) -> VariableValues | list[GraphQLError]:
    """The values of the operation's variables, or why they will not do."""
    stated = prepared.operation.variable_definitions
    if not stated:
        return _NO_VARIABLES
    return get_variable_values(
        PARTNER_SCHEMA, stated, dict(question.variables), max_errors=_MAX_ERRORS, hide_suggestions=True
    )


def _by_reference(asking: Asking, prepared: Prepared, question: Question, cost: int) -> Answer:
    """What graphql-core answers. Raises OutOfTime, TooLong."""
    executor = NotingExecutor.build(
        PARTNER_SCHEMA,
        prepared.document,
        context_value=asking,
        raw_variable_values=dict(question.variables),
        operation_name=question.operation_name,
        is_awaitable=never_waits,
        hide_suggestions=True,
    )
    result = cast(ExecutionResult, execute_root_selection_set(cast(NotingExecutor, executor)))
    if asking.deadline.passed:
        raise OutOfTime
    if asking.texts.passed:
        raise TooLong
    faults = [_met(error) for error in result.errors or ()]
    return Answer(True, result.data, faults, () if result.data is None else asking.disclosed.ids(), cost)


def nothing_left(refused: FieldRefused, cost: int) -> Answer:
    """The answer where a plan met what leaves nothing of the data: as graphql-core tells it."""
    cause = Refusal(refused.code)
    error = GraphQLError(str(cause), refused.nodes, path=[refused.key], original_error=cause)
    return Answer(True, None, [_met(error)], cost=cost)


def too_long(answer: Answer) -> Answer:
    """What is told where an answer has more bytes than an answer may have: nothing of it."""
    return _refused([fault(Code.ANSWER_TOO_LONG)], answer.cost)


def _refused(faults: list[Fault], cost: int | None = None) -> Answer:
    return Answer(False, None, faults, cost=cost)


def _met(error: GraphQLError) -> Fault:
    cause = error.original_error
    return met(error, fault(cause.code) if isinstance(cause, Refusal) else None)
