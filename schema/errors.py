"""What a partner is told when a question cannot be answered: a code and a fixed text, never a store's message.

A text names no record, category, code or other partner, and is the same whatever the release holds. The two exceptions
are GRAPHQL_PARSE_FAILED and GRAPHQL_VALIDATION_FAILED (and BAD_VARIABLES), whose text is graphql-core's and may repeat
the request's own words.
"""

import re
from enum import StrEnum
from typing import Final


class Code(StrEnum):
    """`extensions.code` of the errors that a query itself can meet."""

    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_VARIABLES = "BAD_VARIABLES"
    BAD_OPERATION = "BAD_OPERATION"
    TOO_MANY_TOKENS = "TOO_MANY_TOKENS"
    TOO_DEEP = "TOO_DEEP"
    TOO_MANY_ALIASES = "TOO_MANY_ALIASES"
    TOO_MANY_DIRECTIVES = "TOO_MANY_DIRECTIVES"
    TOO_MANY_REPEATS = "TOO_MANY_REPEATS"
    TOO_COSTLY = "TOO_COSTLY"
    TOO_SLOW = "TOO_SLOW"
    ANSWER_TOO_LONG = "ANSWER_TOO_LONG"
    NO_INTROSPECTION = "NO_INTROSPECTION"
    BAD_PAGE = "BAD_PAGE"
    BAD_CURSOR = "BAD_CURSOR"
    BAD_ARGUMENT = "BAD_ARGUMENT"
    RESYNC = "RESYNC"
    SEARCH_NOT_READY = "SEARCH_NOT_READY"
    INTERNAL = "INTERNAL"


TEXTS: Final[dict[Code, str]] = {
    Code.GRAPHQL_PARSE_FAILED: "The query is no GraphQL document.",
    Code.GRAPHQL_VALIDATION_FAILED: "The query does not fit the schema.",
    Code.BAD_VARIABLES: "The variables do not fit the query.",
    Code.BAD_OPERATION: "Name one operation of the query by `operationName`.",
    Code.TOO_MANY_TOKENS: "The query is too long. Ask for less at a time.",
    Code.TOO_DEEP: "The query is nested too deeply. Ask in several steps.",
    Code.TOO_MANY_ALIASES: "The query has too many aliases. Ask in several queries.",
    Code.TOO_MANY_DIRECTIVES: "The query has too many directives. Leave some out.",
    Code.TOO_MANY_REPEATS: "The query names the same fields too often. Name each once.",
    Code.TOO_COSTLY: "The query asks for too many objects. Ask for smaller pages or fewer levels.",
    Code.TOO_SLOW: "The query takes too long. Ask for less at a time.",
    Code.ANSWER_TOO_LONG: "The answer would be too long. Ask for smaller pages or fewer fields.",
    Code.NO_INTROSPECTION: "There is no introspection under this agreement. The schema is at /schema.graphql.",
    Code.BAD_PAGE: "`first` or `last` is 0 to 100, and not both are given.",
    Code.BAD_CURSOR: "The cursor is none of this list. Use one that this list gave, with the same filter and order.",
    Code.BAD_ARGUMENT: "An argument is out of its range.",
    Code.RESYNC: "No change is known from this version on. Read everything again, by `changes` without `since`.",
    Code.SEARCH_NOT_READY: "The search index of this release is still being made. Try again in a minute.",
    Code.INTERNAL: "Something went wrong here. Try again later.",
}


_SUGGESTION: Final = re.compile(r",? did you mean .*", re.DOTALL | re.IGNORECASE)
_NULL_IN_PYTHON: Final = "not to be None."
_NULL_IN_GRAPHQL: Final = "not to be null."


def in_words_of_graphql(message: str) -> str:
    """A message of graphql-core's, which calls null as Python does, and here and there goes on with a suggestion.

    >>> in_words_of_graphql("Expected value of non-null type 'ID!' not to be None.")
    "Expected value of non-null type 'ID!' not to be null."
    >>> in_words_of_graphql("Syntax Error: Unexpected '..', did you mean '...'?")
    "Syntax Error: Unexpected '..'"
    """
    message = _SUGGESTION.sub("", message)
    if message.endswith(_NULL_IN_PYTHON):
        return message.removesuffix(_NULL_IN_PYTHON) + _NULL_IN_GRAPHQL
    return message


class Refusal(Exception):
    """Raised by a resolver, or before execution: the partner is told the code and its fixed text.

    cost: of the query, where it is refused for that.
    """

    def __init__(self, code: Code, cost: int | None = None) -> None:
        super().__init__(TEXTS[code])
        self.code = code
        self.cost = cost
