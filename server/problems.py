"""What a partner is told over HTTP when there is no answer: status, code and fixed text, whatever went wrong inside.

No text has a word of a store, a file, a record or another partner in it. Errors within a query are `schema.errors`'.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from starlette.responses import Response

from schema.errors import TEXTS, Code

GRAPHQL_RESPONSE: Final = "application/graphql-response+json"
JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One way not to get an answer."""

    status: int
    code: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


UNAUTHENTICATED: Final = Problem(
    401,
    "UNAUTHENTICATED",
    "A valid bearer token for this service is needed. Ask the agency for one.",
    {"WWW-Authenticate": "Bearer"},
)
PURPOSE_REQUIRED: Final = Problem(
    400,
    "PURPOSE_REQUIRED",
    "This agreement requires the headers X-Purpose and X-Case-Number, each of 1 to 200 printable characters.",
)
BAD_REQUEST: Final = Problem(
    400,
    "BAD_REQUEST",
    "The body is one JSON object with a `query`, and `variables` and `operationName` if needed.",
)
NOT_FOUND: Final = Problem(404, "NOT_FOUND", "There is nothing here. Queries go to /graphql.")
METHOD_NOT_ALLOWED: Final = Problem(405, "METHOD_NOT_ALLOWED", "This method is not allowed here.")
NOT_ACCEPTABLE: Final = Problem(406, "NOT_ACCEPTABLE", f"Answers are {GRAPHQL_RESPONSE} or {JSON}.")
TOO_LARGE: Final = Problem(413, "TOO_LARGE", "The body is too large. Ask for less at a time.")
UNSUPPORTED_MEDIA_TYPE: Final = Problem(
    415, "UNSUPPORTED_MEDIA_TYPE", f"The body is {JSON}, in UTF-8, and not compressed."
)
TOO_MANY_REQUESTS: Final = Problem(
    429, "TOO_MANY_REQUESTS", "Too much was asked within a minute. Try again after the time in Retry-After."
)
INTERNAL: Final = Problem(500, Code.INTERNAL, TEXTS[Code.INTERNAL])
NOT_SERVED: Final = Problem(
    503, "NOT_SERVED", "This agreement is not served at the moment. Try again later.", {"Retry-After": "5"}
)


def written(
    status: int,
    body: Mapping[str, Any],
    media: str = GRAPHQL_RESPONSE,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A response with a GraphQL body, as bytes that are the same for the same body."""
    return Response(orjson.dumps(body), status, headers, f"{media}; charset=utf-8")


def refused(
    problem: Problem, media: str = GRAPHQL_RESPONSE, extensions: Mapping[str, Any] | None = None
) -> Response:
    """The response to a problem. extensions: of the answer, where it is known who asks."""
    body: dict[str, Any] = {"errors": [{"message": problem.text, "extensions": {"code": problem.code}}]}
    if extensions is not None:
        body["extensions"] = extensions
    return written(problem.status, body, media, problem.headers)
