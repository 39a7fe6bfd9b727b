"""POST /graphql for the agency's officers: first the token, then what its user may know of, then the answer.

What is told, and each refusal of a known user, is in the log of the office's reads before it is sent; what cannot be
written there is not told. A token comes in the Authorization header alone: no cookie, so that no other site can ask.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from graph.errors import CaselinkError
from graph.officer import Officer
from schema.execute import Question
from server.audit.chain import encoded
from server.audit.log import Trail, Unwritten
from server.audit.unknown_users import UnknownUsers
from server.media import answer_type, is_json, is_packed
from server.office.replies import Reply
from server.problems import (
    BAD_REQUEST,
    GRAPHQL_RESPONSE,
    INTERNAL,
    JSON,
    NOT_ACCEPTABLE,
    NOT_FOUND,
    TOO_LARGE,
    UNAUTHENTICATED,
    UNSUPPORTED_MEDIA_TYPE,
    Problem,
    refused,
)
from server.question import read_question, receive_body
from server.stated_headers import Stated, stated

OFFICE_NOT_SERVED: Final = Problem(
    503, "NOT_SERVED", "The holdings, or their policy, cannot be read at the moment.", {"Retry-After": "5"}
)
_HEADERS: Final = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
_LONGEST: Final = 4000
"""How much of a query, and of its variables, is kept in the log."""

logger = logging.getLogger(__name__)


class WhoOfTheOffice(Protocol):
    """Tells which officer asks."""

    def officer(self, authorization: list[str]) -> Officer | None:
        """None where the token will not do."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A response that is ready to be sent, and what the log says of it."""

    response: Response
    told: dict[str, Any]


class OfficeEndpoint:
    """Answers officers. reply: to a question, by the names in the address; None: nothing is there. Called in a thread.

    trail: the log of reads. unknown: counts those who are refused because nobody knows them. max_bytes: of a body.
    """

    def __init__(
        self,
        who: WhoOfTheOffice,
        reply: Callable[[Officer, Question, Mapping[str, str]], Reply | None],
        trail: Trail,
        unknown: UnknownUsers,
        max_bytes: int,
    ) -> None:
        self._who = who
        self._reply = reply
        self._trail = trail
        self._unknown = unknown
        self._max_bytes = max_bytes

    async def post(self, request: Request) -> Response:
        """The response to one request."""
        response = await self._response(request)
        response.headers.update(_HEADERS)
        return response

    async def _response(self, request: Request) -> Response:
        headers = stated(request.scope["headers"])
        media = answer_type(headers.accept)
        try:
            officer = await run_in_threadpool(self._who.officer, list(headers.authorization))
        except CaselinkError as error:
            logger.error("who asks could not be told: %s", error)
            return refused(OFFICE_NOT_SERVED, media or GRAPHQL_RESPONSE)
        if officer is None:
            self._unknown.count()
            return refused(UNAUTHENTICATED, media or GRAPHQL_RESPONSE)
        told = await self._told(request, headers, media, officer)
        line = {
            "at": datetime.now(UTC).isoformat(timespec="microseconds"),
            "request": request.scope["state"]["request_id"],
            "user": officer.user,
            "office": officer.office,
            "roles": sorted(officer.roles),
            "token": officer.token,
            **told.told,
        }
        try:
            await self._trail.write(encoded(line))
        except Unwritten:
            return refused(OFFICE_NOT_SERVED, media or GRAPHQL_RESPONSE)
        return told.response

    async def _told(self, request: Request, headers: Stated, media: str | None, officer: Officer) -> _Told:
        try:
            body = await receive_body(request.receive, headers.content_length, self._max_bytes)
        except ClientDisconnect:  # one that has gone reads nothing
            return _refused(BAD_REQUEST, media)
        question = None if body is None else read_question(body)
        if media is None:
            return _refused(NOT_ACCEPTABLE, media)
        if not is_json(headers.content_type) or is_packed(headers.content_encoding):
            return _refused(UNSUPPORTED_MEDIA_TYPE, media)
        if body is None:
            return _refused(TOO_LARGE, media)
        if question is None:
            return _refused(BAD_REQUEST, media)
        try:
            return await run_in_threadpool(self._answered, officer, question, request.path_params, media)
        except CaselinkError as error:
            logger.error("the office was not answered: %s", error)
            return _refused(OFFICE_NOT_SERVED, media, question)
        except Exception as error:
            logger.error("the office was not answered", exc_info=error)
            return _refused(INTERNAL, media, question)

    def _answered(self, officer: Officer, question: Question, place: Mapping[str, str], media: str) -> _Told:
        began = time.perf_counter()
        reply = self._reply(officer, question, place)
        if reply is None:
            return _refused(NOT_FOUND, media, question)
        status = 200 if reply.executed or media == JSON else 400
        told = {
            "event": "answered" if reply.executed else "refused",
            **reply.told,
            **_asked(question),
            "errors": reply.errors,
            "records": reply.records,
            "milliseconds": round((time.perf_counter() - began) * 1000),
        }
        return _Told(Response(reply.body, status, media_type=f"{media}; charset=utf-8"), told)


def _asked(question: Question) -> dict[str, Any]:
    try:
        variables = orjson.dumps(question.variables).decode()
    except TypeError:  # nested more deeply than is written
        variables = ""
    return {
        "operation": question.operation_name,
        "query": question.query[:_LONGEST],
        "variables": variables[:_LONGEST],
    }


def _refused(problem: Problem, media: str | None, question: Question | None = None) -> _Told:
    asked = {} if question is None else _asked(question)
    response = refused(problem, media or GRAPHQL_RESPONSE)
    return _Told(response, {"event": "refused", **asked, "errors": [problem.code]})
