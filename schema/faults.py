"""Errors as an answer has them: a code, a text that tells nothing of what goes on inside, and a place in the query.

One way for both schemas, the partners' and the office's. What is no mistake of the client's is one of ours: it is
logged, and told as INTERNAL.
"""

import logging
from collections.abc import Awaitable
from typing import Any, Final, TypeGuard

from graphql import GraphQLError

from schema.errors import TEXTS, Code, in_words_of_graphql

logger = logging.getLogger(__name__)

Fault = dict[str, Any]
"""An error as it is written: message, locations, path, extensions.code."""

_OF_AN_ARGUMENT: Final = ("Argument '", "Variable '")


def fault(code: Code) -> Fault:
    """An error with its fixed text."""
    return {"message": TEXTS[code], "extensions": {"code": code}}


def located(code: Code, error: GraphQLError) -> Fault:
    """An error in the query itself, in graphql-core's words, unless they are those of an exception below it."""
    message = in_words_of_graphql(error.message) if error.original_error is None else TEXTS[code]
    return {"message": message, **_places(error), "extensions": {"code": code}}


def met(error: GraphQLError, refusal: Fault | None) -> Fault:
    """An error that a field met. refusal: what is told of its cause, where that is a refusal."""
    if refusal is not None:
        return {**refusal, **_places(error)}
    if _is_of_a_variable(error):
        return {**fault(Code.BAD_VARIABLES), **_places(error)}
    logger.error("a field could not be answered: %s", error.path, exc_info=error.original_error or error)
    return {**fault(Code.INTERNAL), **_places(error)}


def never_waits(_value: Any) -> TypeGuard[Awaitable[Any]]:
    """For graphql-core: resolvers look things up in memory, and none of them waits."""
    return False


def _is_of_a_variable(error: GraphQLError) -> bool:
    """Whether graphql-core could not read an argument. As the query is valid, a variable in it is what does not fit.

    Such an error has no other cause, but neither has one of a type or a value that we gave: the text tells them apart.
    """
    cause = error.original_error
    return (cause is None or isinstance(cause, GraphQLError)) and error.message.startswith(_OF_AN_ARGUMENT)


def _places(error: GraphQLError) -> Fault:
    places: Fault = {}
    if error.locations:
        places["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        places["path"] = error.path
    return places
