"""An answer, its head made beforehand: the same bytes in one piece as by ASGI's two messages."""

import asyncio
import re
import socket
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.flow_control import FlowControl

from server import listening
from server.answer_headers import AnswerHeaders
from server.answered import WHOLE, Answered
from server.listening import OneCall, send_whole
from server.problems import GRAPHQL_RESPONSE, JSON, written
from tests.partner_port import on_a_port

BODY = b'{"data":{}}'


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("media", [GRAPHQL_RESPONSE, JSON])
def test_an_answer_has_the_head_and_body_of_any_other_response(media: str, status: int) -> None:
    answered, other = Answered(BODY, media, status), written(status, {"data": {}}, media)
    assert (answered.status_code, answered.body, answered.raw_headers) == (
        other.status_code,
        other.body,
        other.raw_headers,
    )


def answering(status: int, body: bytes) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await Answered(body, JSON, status)(scope, receive, send)

    return AnswerHeaders(app)


def by_two_messages(app: ASGIApp) -> ASGIApp:
    async def without(scope: Scope, receive: Receive, send: Send) -> None:
        del scope["extensions"][WHOLE]
        await app(scope, receive, send)

    return without


def sent(app: ASGIApp, *requests: bytes) -> bytes:
    """What a client that sends these at once, and no more, is sent until it is let go; numbers of answers apart."""
    with on_a_port(app) as address, socket.create_connection(("127.0.0.1", urlsplit(address).port)) as client:
        client.sendall(b"".join(requests))
        told = b"".join(iter(lambda: client.recv(65536), b""))
    return re.sub(b"[0-9a-f]{32}", b"NUMBER", told)


STAY, GO = (
    b"POST / HTTP/1.1\r\nHost: a\r\nConnection: %b\r\n\r\n" % way for way in (b"keep-alive", b"close")
)
OLD = b"POST / HTTP/1.0\r\nHost: a\r\n\r\n"


@pytest.mark.parametrize("requests", [[GO], [OLD], [STAY, STAY, GO]], ids=["one", "old", "three at once"])
@pytest.mark.parametrize(("status", "body"), [(200, BODY), (400, b"x" * 300_000)], ids=["short", "long"])
def test_a_client_is_sent_the_same_bytes_in_one_piece_and_in_two(
    status: int, body: bytes, requests: list[bytes]
) -> None:
    app = answering(status, body)
    told = sent(app, *requests)
    assert told == sent(by_two_messages(app), *requests)
    assert told.count(body) == len(requests)


def cycle(*, disconnected: bool, paused: bool) -> Any:
    """As much of uvicorn's as is asked for, with a client that notes what it is sent."""
    told: list[bytes] = []
    flow = FlowControl(SimpleNamespace())  # type: ignore[arg-type]
    if paused:
        flow.pause_writing()
    transport = OneCall(SimpleNamespace(write=told.append))  # type: ignore[arg-type]
    return SimpleNamespace(
        disconnected=disconnected,
        flow=flow,
        transport=transport,
        keep_alive=True,
        message_event=asyncio.Event(),
        on_response=lambda: told.append(b"done"),
        told=told,
    )


def test_a_client_that_has_gone_is_sent_nothing() -> None:
    gone = cycle(disconnected=True, paused=False)
    asyncio.run(send_whole(gone, 200, b"", BODY))
    assert gone.told == []


def test_a_client_that_reads_slowly_is_waited_for() -> None:
    slow = cycle(disconnected=False, paused=True)

    async def sending() -> list[bytes]:
        task = asyncio.ensure_future(send_whole(slow, 200, b"a: b\r\n", BODY))
        await asyncio.sleep(0)
        before = list(slow.told)
        slow.flow.resume_writing()
        await task
        await asyncio.sleep(0)
        return before

    assert asyncio.run(sending()) == []
    assert slow.told == [b"done", b"HTTP/1.1 200 OK\r\na: b\r\n\r\n" + BODY]


def test_a_large_answer_goes_piece_by_piece_as_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "PIECE_BYTES", 4)
    slow = cycle(disconnected=False, paused=False)

    async def sending() -> list[bytes]:
        task = asyncio.ensure_future(send_whole(slow, 200, b"", BODY))
        await asyncio.sleep(0)
        slow.flow.pause_writing()
        for _ in range(9):
            await asyncio.sleep(0)
        before = list(slow.told)
        slow.flow.resume_writing()
        await task
        await asyncio.sleep(0)
        return before

    head = b"HTTP/1.1 200 OK\r\n\r\n"
    assert asyncio.run(sending()) == [head + BODY[:4]]
    assert slow.told == [head + BODY[:4], BODY[4:8], b"done", BODY[8:]]


def test_a_client_that_goes_meanwhile_is_sent_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "PIECE_BYTES", 4)
    going = cycle(disconnected=False, paused=False)

    async def sending() -> None:
        task = asyncio.ensure_future(send_whole(going, 200, b"", BODY))
        await asyncio.sleep(0)
        going.disconnected = True
        await task
        await asyncio.sleep(0)

    asyncio.run(sending())
    assert going.told == [b"HTTP/1.1 200 OK\r\n\r\n" + BODY[:4]]
