"""A client that keeps a connection and does not get on with it is let go; one that is slow and gets on is not."""

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server import prompt_clients
from tests.letting_go import LARGE_ASKED, letting_go_of
from tests.partner_port import on_a_port

SECONDS = 0.8
LARGE = b"x" * 20_000_000
HEAD = b"POST /told HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"


async def told(request: Request) -> Response:
    body = await request.body()
    return PlainTextResponse(body)


async def heads(request: Request) -> Response:
    await request.body()
    return PlainTextResponse(" ".join(sorted(request.headers)))


async def large(request: Request) -> Response:
    await request.body()
    return PlainTextResponse(LARGE)


async def fails(_: Request) -> Response:
    raise ValueError("no")


async def refused(_: Request) -> Response:
    return PlainTextResponse("no", 401)


ROUTES = [
    Route("/told", told, methods=["POST"]),
    Route("/heads", heads, methods=["POST"]),
    Route("/fails", fails),
    Route("/large", large, methods=["POST"]),
    Route("/refused", refused, methods=["POST"]),
]


@pytest.fixture(name="port", scope="module")
def _port() -> Iterator[int]:
    with (
        pytest.MonkeyPatch.context() as patch,
        on_a_port(Starlette(routes=ROUTES)) as address,
    ):
        patch.setattr(prompt_clients, "SECONDS", SECONDS)
        port = urlsplit(address).port
        assert port is not None
        yield port


@pytest.fixture(name="client")
def _client(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        yield client


@pytest.fixture(name="patience")
def _patience(port: int, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Who is to be answered has time, however slow the machine is. To be asked for before a client."""
    monkeypatch.setattr(prompt_clients, "SECONDS", 60.0)
    return monkeypatch


def impatient(patience: pytest.MonkeyPatch, seconds: float = SECONDS) -> None:
    """From here on there is less of it."""
    patience.setattr(prompt_clients, "SECONDS", seconds)


def left(client: socket.socket) -> bytes:
    """What the client is sent until it is let go."""
    sent = b""
    try:
        while more := client.recv(1 << 20):
            sent += more
    except ConnectionError:
        pass
    return sent


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"\r\n",
        b"POST /told HTTP/1.1\r\nHost: x\r\n",
        HEAD + b"abc",
        b"POST /told HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    ],
)
def test_a_request_that_does_not_come_is_not_waited_for(client: socket.socket, begun: bytes) -> None:
    with suppress(ConnectionError):
        client.sendall(begun)
    assert left(client) == b""


def is_let_go(client: socket.socket, drop: bytes, pause: float, times: int) -> bool:
    """Whether a client that goes on sending this is let go."""
    try:
        for _ in range(times):
            client.sendall(drop)
            time.sleep(pause)
    except ConnectionError:
        return True
    return False


@pytest.mark.parametrize("begun", [b"", b"POST /told HTTP/1.1\r\nHost: x\r\n"])
def test_it_does_not_help_to_send_a_little_now_and_then(client: socket.socket, begun: bytes) -> None:
    with suppress(ConnectionError):
        client.sendall(begun)
    assert is_let_go(client, b"X-A: b\r\n" if begun else b"\r\n", SECONDS / 5, 50)


def test_who_was_answered_may_not_go_on_with_a_body_that_nobody_reads(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompt_clients, "SECONDS", 3 * SECONDS)  # in which the answer has to come
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall(b"POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
        assert client.recv(1000).startswith(b"HTTP/1.1 401 ")
        assert is_let_go(client, b"x", SECONDS / 5, 50)


def test_a_request_in_parts_is_answered_and_so_are_those_after_it(
    patience: pytest.MonkeyPatch, client: socket.socket
) -> None:
    for _ in range(3):
        patience.setattr(prompt_clients, "SECONDS", 60.0)
        for part in (HEAD[:20], HEAD[20:], b"ab"):
            client.sendall(part)
            time.sleep(SECONDS / 40)
        impatient(patience)
        client.sendall(b"cd")
        assert client.recv(1000).endswith(b"\r\n\r\nabcd")
        time.sleep(SECONDS * 1.2)  # uvicorn waits longer for the next


@pytest.mark.usefixtures("patience")
def test_a_head_without_an_end_is_not_kept(client: socket.socket) -> None:
    client.sendall(b"GET /large HTTP/1.1\r\n")
    assert is_let_go(client, b"X-A: " + b"b" * 100_000, SECONDS / 1000, 100)


CHUNKED = b"POST %b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"


@pytest.mark.parametrize("is_waited_for", [False, True])
@pytest.mark.usefixtures("patience")
def test_fields_after_a_body_are_no_headers(client: socket.socket, is_waited_for: bool) -> None:
    client.sendall(CHUNKED % b"/heads")
    if is_waited_for:
        time.sleep(SECONDS / 8)
    client.sendall(b"0\r\nAuthorization: Bearer x\r\nX-Purpose: y\r\n\r\n")
    assert client.recv(1000).endswith(b"\r\n\r\ntransfer-encoding")


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("path", [b"/heads", b"/refused"])
@pytest.mark.parametrize("drop", [b"X-A: " + b"b" * 95 + b"\r\n", b"b" * 100])
def test_fields_after_a_body_are_not_kept_without_end(
    client: socket.socket, path: bytes, drop: bytes
) -> None:
    client.sendall(CHUNKED % path + b"0\r\nX-A: ")
    assert is_let_go(client, drop * 1000, SECONDS / 1000, 100)


@pytest.mark.usefixtures("patience")
def test_what_says_how_long_a_part_of_a_body_is_has_an_end(client: socket.socket) -> None:
    client.sendall(CHUNKED % b"/told" + b"2;")
    assert is_let_go(client, b"a" * 100_000, SECONDS / 1000, 100)


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("protocol", ["h2c", "websocket"])
def test_who_asks_for_another_protocol_is_answered_and_let_go_and_not_spoken_of(
    client: socket.socket, protocol: str, caplog: pytest.LogCaptureFixture
) -> None:
    asked = f"POST /told HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: {protocol}\r\n"
    client.sendall(asked.encode() + b"Content-Length: 4\r\n\r\nabcd" + HEAD + b"efgh")
    status, *headers = left(client).decode().split("\r\n")
    assert (status, headers[-3:]) == ("HTTP/1.1 200 OK", ["connection: close", "", ""])
    assert caplog.messages == []


@pytest.mark.usefixtures("patience")
def test_what_is_no_http_is_answered_and_not_spoken_of(
    client: socket.socket, caplog: pytest.LogCaptureFixture
) -> None:
    client.sendall(b"GET / HTTP/9.9\r\n\r\n")
    assert left(client).startswith(b"HTTP/1.1 400 ")
    assert caplog.messages == []


@pytest.mark.usefixtures("patience")
def test_an_app_that_fails_is_spoken_of(client: socket.socket, caplog: pytest.LogCaptureFixture) -> None:
    client.sendall(b"GET /fails HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert left(client).startswith(b"HTTP/1.1 500 ")
    assert caplog.messages == ["Exception in ASGI application\n"]


def test_an_answer_that_is_not_taken_is_not_kept(patience: pytest.MonkeyPatch, client: socket.socket) -> None:
    with letting_go_of(client) as gone:
        client.sendall(LARGE_ASKED[:-1])
        impatient(patience)
        client.sendall(LARGE_ASKED[-1:])
        assert gone.wait(60)
    assert len(left(client)) < len(LARGE)


def test_an_answer_that_is_taken_slowly_comes_whole(
    patience: pytest.MonkeyPatch, client: socket.socket
) -> None:
    seconds = 1.5 * SECONDS
    client.sendall(LARGE_ASKED[:-1])
    impatient(patience, seconds)
    client.sendall(LARGE_ASKED[-1:])
    sent, begun = b"", time.monotonic()
    while more := client.recv(1 << 20):
        sent += more
        time.sleep(seconds / 8)
    assert (time.monotonic() - begun > 2 * seconds, sent.endswith(LARGE)) == (True, True)
