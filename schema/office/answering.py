"""An officer's question is answered from one survey: within the limits, by graphql-core, with errors that have a code.

A Refusal that a resolver raises is told with its code and text. What is no mistake of the client's is one of ours:
logged, and told as INTERNAL.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from graphql import ExecutionResult, GraphQLError, execute

from schema.deadline import OutOfTime
from schema.errors import Code, Refusal
from schema.execute import Question
from schema.faults import Fault, fault, located, met, never_waits
from schema.limits import Limits
from schema.office.context import Asking
from schema.office.office import OFFICE_SCHEMA
from schema.office.refusal import OfficeRefusal
from schema.prepare import Invalid, Preparation


@dataclass(frozen=True, slots=True)
class Answer:
    """executed: False where the question was refused before anything was looked up. faults: GraphQL's errors."""

    executed: bool
    data: dict[str, Any] | None
    faults: Sequence[Fault]


class Answering:
    """Answers the questions of officers."""

    def __init__(self, limits: Limits) -> None:
        self._preparation = Preparation(OFFICE_SCHEMA, limits)

    def answer(self, asking: Asking, question: Question) -> Answer:
        """The answer to one question. What it has told of is in `asking.disclosed`."""
        try:
            prepared = self._preparation.prepare(question.query, question.operation_name)
            self._preparation.cost(prepared, question.variables)
        except Refusal as refusal:
            return Answer(False, None, [_fault(refusal)])
        except Invalid as invalid:
            return Answer(False, None, [located(invalid.code, error) for error in invalid.errors])
        result = execute(
            OFFICE_SCHEMA,
            prepared.document,
            context_value=asking,
            variable_values=dict(question.variables),
            operation_name=question.operation_name,
            is_awaitable=never_waits,
        )
        if asking.deadline.passed:
            return Answer(False, None, [fault(Code.TOO_SLOW)])
        told = cast(ExecutionResult, result)
        return Answer(True, told.data, [_met(error) for error in told.errors or ()])


def _fault(refusal: Refusal | OfficeRefusal) -> Fault:
    return {"message": str(refusal), "extensions": {"code": refusal.code}}


def _met(error: GraphQLError) -> Fault:
    cause = error.original_error
    if isinstance(cause, Refusal | OfficeRefusal):
        return met(error, _fault(cause))
    return met(error, fault(Code.TOO_SLOW) if isinstance(cause, OutOfTime) else None)
