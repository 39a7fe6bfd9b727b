"""POST /graphql for partners: GraphQL over HTTP. First the token, then the View; what is told after that says which.

What is told to a user who is known is in the audit log before it is sent; what cannot be written there is not told.
The View is taken after the whole request is there, and again where it has to wait for its turn, so that neither a slow
client nor one of many is answered from an old one. By its turn the token may have ended, and the client have gone: then
nothing is answered, or who asks again and again without waiting would keep the others waiting. A request that cannot be
answered is a 4xx with a fixed text; nothing that a client sends is a 5xx.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from graph.release import Header
from graph.view import View
from schema.execute import Answer, Answering, Question
from schema.limits import Limits
from server.answered import Answered
from server.audit.entry import Asking
from server.audit.log import Records, Trail, Unwritten
from server.audit.unknown_users import UnknownUsers
from server.auth import Bearer
from server.issuers import Who
from server.media import answer_type, is_json, is_packed
from server.partner import bodies
from server.partner.allowances import Allowances, TooMuch
from server.partner.answering_threads import AnsweringThreads
from server.partner.at_once import AtOnce
from server.partner.feed import Feed
from server.partner.lease import NotServed
from server.problems import (
    BAD_REQUEST,
    GRAPHQL_RESPONSE,
    INTERNAL,
    JSON,
    NOT_ACCEPTABLE,
    NOT_SERVED,
    PURPOSE_REQUIRED,
    TOO_LARGE,
    TOO_MANY_REQUESTS,
    UNAUTHENTICATED,
    UNSUPPORTED_MEDIA_TYPE,
    Problem,
    refused,
)
from server.purpose import purpose_of
from server.question import read_question, receive_body
from server.stated_headers import Stated, stated

logger = logging.getLogger(__name__)


class _Told(msgspec.Struct, frozen=True):
    """A response that is ready to be sent, and the line of the audit log that has to be written before.

    records: the ids that it discloses. will_do_no_more: the token has been good, and is not.
    """

    response: Response
    line: bytes
    records: Records = None
    will_do_no_more: bool = False


class GraphQLEndpoint:
    """Answers queries."""

    def __init__(
        self,
        feed: Feed,
        who: Who,
        allowances: Allowances,
        answering: Answering,
        trail: Trail,
        unknown: UnknownUsers,
        limits: Limits,
    ) -> None:
        self._feed = feed
        self._who = who
        self._allowances = allowances
        self._answering = answering
        self._trail = trail
        self._unknown = unknown
        self._limits = limits
        self._at_once = AtOnce()
        self._threads = AnsweringThreads()

    async def post(self, request: Request) -> Response:
        """The response to one request."""
        headers = stated(request.scope["headers"])
        media = answer_type(headers.accept)
        bearer = self._who.bearer(headers.authorization)
        if bearer is None:
            self._unknown.count()
            return refused(UNAUTHENTICATED, media or GRAPHQL_RESPONSE)
        asking = Asking(
            bearer, purpose_of(headers.purpose, headers.case_number), request.scope["state"]["request_id"]
        )
        told = await self._allowed(request, headers, media, asking)
        try:
            if not told.will_do_no_more or self._unknown.is_first(bearer.token):
                await self._trail.write(told.line, told.records)
        except Unwritten:
            return refused(NOT_SERVED, media or GRAPHQL_RESPONSE)
        return told.response

    async def _allowed(self, request: Request, headers: Stated, media: str | None, asking: Asking) -> _Told:
        """What is told if so much may be asked; a token that was taken back uses nothing up of what others have."""
        if self._has_revoked(asking.bearer):
            return _unauthenticated(media, asking)
        try:
            self._allowances.begin(asking.bearer)
        except TooMuch as too_much:
            return _too_many(too_much, media, self._feed.header(asking.bearer.agreement), asking)
        return await self._told(request, headers, media, asking)

    async def _told(self, request: Request, headers: Stated, media: str | None, asking: Asking) -> _Told:
        agreement = asking.bearer.agreement
        try:
            body = await receive_body(request.receive, headers.content_length, self._limits.bytes)
            question = None if body is None else read_question(body)
            answered = partial(self._answered, headers, media, body, question, asking)
            view = await self._feed.view(agreement)
            if question is not None and self._at_once.may(question, view):
                return answered(view, time.perf_counter)
            del view  # by its turn it may have been withdrawn
            async with self._threads.turn(agreement) as waited:
                if waited and self._who.bearer(headers.authorization) is None:
                    return _unauthenticated(media, asking)
                if waited and await request.is_disconnected():
                    raise ClientDisconnect
                view = await self._feed.view(agreement)
                return await self._threads.run(partial(answered, view, time.thread_time))
        except (NotServed, ClientDisconnect):  # one that has gone reads nothing
            if self._feed.is_look_alike(agreement):
                return _unauthenticated(media, asking)
            return _Told(refused(NOT_SERVED, media or GRAPHQL_RESPONSE), asking.refused(NOT_SERVED))

    def _answered(
        self,
        headers: Stated,
        media: str | None,
        body: bytes | None,
        question: Question | None,
        asking: Asking,
        view: View,
        clock: Callable[[], float],
    ) -> _Told:
        """clock: counts at least the core's time that an answer takes. What counts nothing else asks the system."""
        if self._has_revoked(asking.bearer):
            return _unauthenticated(media, asking)
        try:
            return self._from_view(headers, media, body, question, view, asking, clock)
        except Exception as error:
            logger.error("request %s was not answered", asking.request, exc_info=error)
            return _refused(INTERNAL, media, view, asking)

    def _has_revoked(self, bearer: Bearer) -> bool:
        return self._feed.has_revoked(bearer.token, bearer.agreement, bearer.issued)

    def _from_view(
        self,
        headers: Stated,
        media: str | None,
        body: bytes | None,
        question: Question | None,
        view: View,
        asking: Asking,
        clock: Callable[[], float],
    ) -> _Told:
        if view.header.purpose_required and not asking.purpose.is_stated:
            return _refused(PURPOSE_REQUIRED, media, view, asking)
        if media is None:
            return _refused(NOT_ACCEPTABLE, media, view, asking)
        if not is_json(headers.content_type) or is_packed(headers.content_encoding):
            return _refused(UNSUPPORTED_MEDIA_TYPE, media, view, asking)
        if body is None:
            return _refused(TOO_LARGE, media, view, asking)
        if question is None:
            return _refused(BAD_REQUEST, media, view, asking)
        started = clock()
        try:
            answer = self._answering.answer(view, question, partial(self._allowances.pay, asking.bearer))
        except TooMuch as too_much:
            return _too_many(too_much, media, view.header, asking)
        self._at_once.note(question, view, answer, clock() - started)
        answer, told = bodies.told(answer, view, self._limits.answer_bytes)
        line = asking.answered(question, body, view.header.version, answer)
        return _Told(_answered(answer, told, media), line, answer.disclosed if answer.executed else None)


def _answered(answer: Answer, told: bytes, media: str) -> Response:
    """By GraphQL over HTTP a query that was not executed is a 400, but a 200 where plain JSON is asked for."""
    return Answered(told, media, 200 if answer.executed or media == JSON else 400)


def _unauthenticated(media: str | None, asking: Asking) -> _Told:
    response = refused(UNAUTHENTICATED, media or GRAPHQL_RESPONSE)
    return _Told(response, asking.refused(UNAUTHENTICATED), will_do_no_more=True)


def _too_many(too_much: TooMuch, media: str | None, header: Header | None, asking: Asking) -> _Told:
    problem = replace(TOO_MANY_REQUESTS, headers={"Retry-After": str(too_much.seconds)})
    extensions = None if header is None else bodies.extensions(header)
    return _Told(refused(problem, media or GRAPHQL_RESPONSE, extensions), asking.refused(problem))


def _refused(problem: Problem, media: str | None, view: View, asking: Asking) -> _Told:
    response = refused(problem, media or GRAPHQL_RESPONSE, bodies.extensions(view.header))
    return _Told(response, asking.refused(problem, view.header.version))
