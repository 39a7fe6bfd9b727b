"""How many answers of each HTTP status a partner process has given: counted there, told to the office each second.

The partner process tells, and the office never asks: no way leads to it. What is told is numbers by status, signed as
the heads of audit logs are; nothing that a query or an answer has.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.answered import WHOLE, Whole
from server.audit.heads import SIGNATURE, HeadKey
from server.audit.heads import Send as SendBody
from server.question import read_body

SIGNED: Final = b"the numbers of answers"
PATH: Final = "/partner/answers"
MOST_BYTES: Final = 2000
MOST_PROCESSES: Final = 100
"""Of which the office remembers the numbers; those that told last."""

_COUNTED: Final = "/graphql"


class _Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    process: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9.-]{1,100}$")]
    answers: dict[
        Annotated[str, msgspec.Meta(pattern=r"^[1-5][0-9][0-9]$")], Annotated[int, msgspec.Meta(ge=0)]
    ]


class AnswerCounting:
    """ASGI middleware that counts the answers to questions. counts: by status."""

    def __init__(self, app: ASGIApp, counts: Counter[str]) -> None:
        self._app, self._counts = app, counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app answer, and count its answer."""
        if scope["type"] != "http" or scope["path"] != _COUNTED:
            await self._app(scope, receive, send)
            return

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._counts[str(message["status"])] += 1
            await send(message)

        extensions = scope.get("extensions", {})
        if WHOLE in extensions:
            scope["extensions"] = {**extensions, WHOLE: self._counting(extensions[WHOLE])}
        await self._app(scope, receive, counting)

    def _counting(self, whole: Whole) -> Whole:
        """For an answer that comes in one piece, past all that looks at messages."""

        async def counting(status: int, headers: bytes, body: bytes) -> None:
            self._counts[str(status)] += 1
            await whole(status, headers, body)

        return counting


class CountsTeller:
    """Tells the office. process: this one's name. An office that is away is told later."""

    def __init__(self, process: str, counts: Counter[str], key: HeadKey, send: SendBody) -> None:
        self._process, self._counts, self._key, self._send = process, counts, key, send
        self._told: dict[str, int] | None = None

    async def tell(self) -> None:
        """Tell the numbers, if they are others than were told."""
        counts = dict(self._counts)
        if counts == self._told:
            return
        body = msgspec.json.encode(_Told(self._process, counts), order="deterministic")
        try:
            await asyncio.to_thread(self._send, body, self._key.sign(body))
        except OSError:
            return  # that the office is away is said of the audit log's heads
        self._told = counts


class CountsTaker:
    """What partner processes have told."""

    def __init__(self, key: HeadKey) -> None:
        self._key = key
        self._told: dict[str, Mapping[str, int]] = {}

    async def post(self, request: Request) -> Response:
        """204 taken, 400 no numbers, 403 not signed."""
        body = await read_body(request, MOST_BYTES)
        if body is None:
            return Response(status_code=400)
        if not self._key.is_signed(body, request.headers.get(SIGNATURE, "")):
            return Response(status_code=403)
        try:
            told = msgspec.json.decode(body, type=_Told)
        except msgspec.MsgspecError:
            return Response(status_code=400)
        self._told.pop(told.process, None)
        self._told[told.process] = told.answers
        if len(self._told) > MOST_PROCESSES:
            del self._told[next(iter(self._told))]
        return Response(status_code=204)

    def answers(self) -> dict[tuple[str, str], int]:
        """By process and status."""
        return {
            (process, status): count
            for process, counts in self._told.items()
            for status, count in counts.items()
        }
