"""POST /graphql for partners: GraphQL over HTTP. First the token, then the View; what is told after that says which.

The View is taken after the whole request is there, so that a slow client is not answered from an old one. A request
that cannot be answered is a 4xx with a fixed text; nothing that a client sends is a 5xx.
"""

import logging
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from graph.view import View
from schema.execute import Answer, Answering
from server.auth import Tokens
from server.feed import Feed, NotServed
from server.media import answer_type, is_json
from server.problems import (
    BAD_REQUEST,
    GRAPHQL_RESPONSE,
    INTERNAL,
    JSON,
    NOT_ACCEPTABLE,
    NOT_SERVED,
    PURPOSE_REQUIRED,
    TOO_LARGE,
    UNAUTHENTICATED,
    UNSUPPORTED_MEDIA_TYPE,
    Problem,
    refused,
    written,
)
from server.purpose import is_stated
from server.question import read_body, read_question

logger = logging.getLogger(__name__)


class GraphQLEndpoint:
    """Answers queries. max_bytes: of a request's body."""

    def __init__(self, feed: Feed, tokens: Tokens, answering: Answering, max_bytes: int) -> None:
        self._feed = feed
        self._tokens = tokens
        self._answering = answering
        self._max_bytes = max_bytes

    async def post(self, request: Request) -> Response:
        """The response to one request."""
        media = answer_type(request.headers.getlist("accept"))
        bearer = self._tokens.bearer(request.headers.getlist("authorization"))
        if bearer is None:
            return refused(UNAUTHENTICATED, media or GRAPHQL_RESPONSE)
        try:
            body = await read_body(request, self._max_bytes)
            view = await self._feed.view(bearer.agreement)
        except (NotServed, ClientDisconnect):  # one that has gone reads nothing
            return refused(NOT_SERVED, media or GRAPHQL_RESPONSE)
        try:
            return await run_in_threadpool(self._response, request, media, body, view)
        except Exception as error:
            logger.error("request %s was not answered", request.state.request_id, exc_info=error)
            return refused(INTERNAL, media or GRAPHQL_RESPONSE, _extensions(view))

    def _response(self, request: Request, media: str | None, body: bytes | None, view: View) -> Response:
        if view.header.purpose_required and not is_stated(request.headers):
            return _refused(PURPOSE_REQUIRED, media, view)
        if media is None:
            return _refused(NOT_ACCEPTABLE, media, view)
        if not is_json(request.headers.getlist("content-type")):
            return _refused(UNSUPPORTED_MEDIA_TYPE, media, view)
        if body is None:
            return _refused(TOO_LARGE, media, view)
        question = read_question(body)
        if question is None:
            return _refused(BAD_REQUEST, media, view)
        return _answered(self._answering.answer(view, question), media, view)


def _answered(answer: Answer, media: str, view: View) -> Response:
    """By GraphQL over HTTP a query that was not executed is a 400, but a 200 where plain JSON is asked for."""
    body: dict[str, Any] = {}
    if answer.faults:
        body["errors"] = answer.faults
    if answer.executed:
        body["data"] = answer.data
    body["extensions"] = _extensions(view)
    return written(200 if answer.executed or media == JSON else 400, body, media)


def _refused(problem: Problem, media: str | None, view: View) -> Response:
    return refused(problem, media or GRAPHQL_RESPONSE, _extensions(view))


def _extensions(view: View) -> dict[str, Any]:
    """Which release an answer is from, and the caveat that goes with it."""
    header = view.header
    return {"release": {"agreement": header.agreement, "version": header.version, "caveat": header.caveat}}
