"""An officer's question is answered from one survey: within the limits, by graphql-core, with errors that have a code.

A Refusal that a resolver raises is told with its code and text. What is no mistake of the client's is one of ours:
logged, and told as INTERNAL.
"""

import logging
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeGuard, cast

from graphql import ExecutionResult, GraphQLError, execute

from schema.deadline import OutOfTime
from schema.errors import TEXTS, Code, Refusal, in_words_of_graphql
from schema.execute import Question
from schema.limits import Limits
from schema.office.context import Asking
from schema.office.office import OFFICE_SCHEMA
from schema.office.refusal import OfficeRefusal
from schema.prepare import Invalid, Preparation

logger = logging.getLogger(__name__)

Fault = dict[str, Any]
_OF_AN_ARGUMENT: Final = ("Argument '", "Variable '")


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
            return Answer(False, None, [_located(invalid.code, error) for error in invalid.errors])
        result = execute(
            OFFICE_SCHEMA,
            prepared.document,
            context_value=asking,
            variable_values=dict(question.variables),
            operation_name=question.operation_name,
            is_awaitable=_never,
        )
        if asking.deadline.passed:
            return Answer(False, None, [_fault(Refusal(Code.TOO_SLOW))])
        told = cast(ExecutionResult, result)
        return Answer(True, told.data, [_met(error) for error in told.errors or ()])


def _fault(refusal: Refusal | OfficeRefusal) -> Fault:
    return {"message": str(refusal), "extensions": {"code": refusal.code}}


def _located(code: Code, error: GraphQLError) -> Fault:
    message = in_words_of_graphql(error.message) if error.original_error is None else TEXTS[code]
    return {"message": message, **_places(error), "extensions": {"code": code}}


def _met(error: GraphQLError) -> Fault:
    cause = error.original_error
    if isinstance(cause, Refusal | OfficeRefusal):
        return {**_fault(cause), **_places(error)}
    if isinstance(cause, OutOfTime):
        return {**_fault(Refusal(Code.TOO_SLOW)), **_places(error)}
    if (cause is None or isinstance(cause, GraphQLError)) and error.message.startswith(_OF_AN_ARGUMENT):
        return {**_fault(Refusal(Code.BAD_VARIABLES)), **_places(error)}
    logger.error("a field could not be answered: %s", error.path, exc_info=cause or error)
    return {**_fault(Refusal(Code.INTERNAL)), **_places(error)}


def _places(error: GraphQLError) -> Fault:
    places: Fault = {}
    if error.locations:
        places["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        places["path"] = error.path
    return places


def _never(_value: Any) -> TypeGuard[Awaitable[Any]]:
    """Resolvers look things up in memory; none of them waits."""
    return False
