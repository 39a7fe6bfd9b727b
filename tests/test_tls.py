"""`caselink serve` speaks TLS where it is given a certificate and its key."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import httpx
import pytest
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from graph.errors import CaselinkError
from server import prompt_clients, prompt_loop
from server.answer_headers import AnswerHeaders
from server.answered import Answered
from server.listening import listen
from server.problems import JSON
from server.tls import read_tls
from tests.agency import free_port
from tests.letting_go import LARGE_ASKED, letting_go_of


def made(
    folder: Path, name: str = "a", encryption: KeySerializationEncryption | None = None
) -> tuple[Path, Path]:
    """The files of a new certificate, for this machine, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(
            who, who, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1)
        )
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / f"{name}.pem", folder / f"{name}.key"
    files[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption()))
    return files


def test_without_a_certificate_there_is_no_tls() -> None:
    assert read_tls(None, None) is None


def test_a_certificate_and_its_key_are_read(tmp_path: Path) -> None:
    context = read_tls(*made(tmp_path))
    assert context is not None
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2


LARGE: Final = b"x" * 20_000_000


async def small(_: Request) -> Response:
    return PlainTextResponse("ok")


async def large(request: Request) -> Response:
    await request.body()
    return Answered(LARGE, JSON, 200)


@contextmanager
def listening(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of an app that is served with all that `listen` asks uvicorn for."""
    asked: list[uvicorn.Config] = []
    port = free_port()
    routes = [Route("/small", small), Route("/large", large, methods=["GET", "POST"])]
    app = Starlette(routes=routes, middleware=[Middleware(AnswerHeaders)])
    with monkeypatch.context() as patch:
        patch.setattr(uvicorn.Server, "run", lambda server: asked.append(server.config))
        with pytest.raises(CaselinkError, match="did not start"):
            listen(app, "127.0.0.1", port, lambda: None, tls=tls)
    server = uvicorn.Server(asked[0])
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield port
    finally:
        server.should_exit = True
        thread.join(60)


@pytest.fixture(name="tls")
def _tls(tmp_path: Path) -> ssl.SSLContext:
    tls = read_tls(*made(tmp_path))
    assert tls is not None
    return tls


@pytest.fixture(name="trusting")
def _trusting(tls: ssl.SSLContext, tmp_path: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=tmp_path / "a.pem")


def test_a_handshake_that_does_not_come_to_its_end_is_given_up(
    tls: ssl.SSLContext, trusting: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompt_loop, "HANDSHAKE_SECONDS", 2.0)  # in which another's has to be done
    with listening(tls, monkeypatch) as port, socket.create_connection(("127.0.0.1", port), 60) as client:
        assert httpx.get(f"https://localhost:{port}/small", verify=trusting, timeout=60).text == "ok"
        assert client.recv(100) == b""


def test_one_connection_is_answered_again_and_again_without_a_word_in_the_log(
    tls: ssl.SSLContext,
    trusting: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with (
        listening(tls, monkeypatch) as port,
        httpx.Client(base_url=f"https://localhost:{port}", verify=trusting, timeout=60) as client,
    ):
        lengths = [len(client.get(path).content) for path in ("/small", "/large", "/small", "/small")]
    assert lengths == [2, len(LARGE), 2, 2]
    assert caplog.messages == []


def test_an_answer_that_is_not_taken_is_not_kept(
    tls: ssl.SSLContext, trusting: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = 0
    with (
        listening(tls, monkeypatch) as port,
        socket.create_connection(("localhost", port), 60) as plain,
        trusting.wrap_socket(plain, server_hostname="localhost") as client,
        letting_go_of(client) as gone,
    ):
        client.sendall(LARGE_ASKED[:-1])
        monkeypatch.setattr(prompt_clients, "SECONDS", 0.5)
        client.sendall(LARGE_ASKED[-1:])
        assert gone.wait(60)
        with suppress(OSError):
            while more := client.recv(1 << 16):
                taken += len(more)
    assert 0 < taken < len(LARGE)


def refused(certificate: Path | None, key: Path | None) -> str:
    with pytest.raises(CaselinkError) as told:
        read_tls(certificate, key)
    return str(told.value)


def test_what_will_not_do_is_told_before_anything_is_served(tmp_path: Path) -> None:
    certificate, key = made(tmp_path)
    other = made(tmp_path, "b")[1]
    locked = made(tmp_path, "c", BestAvailableEncryption(b"secret"))
    assert refused(certificate, None) == "--tls-cert and --tls-key: name both, or none of them"
    assert "are no certificate and its key" in refused(certificate, other)
    assert "are no certificate and its key" in refused(key, key)
    assert "are no certificate and its key" in refused(*locked)
    assert "cannot be read (No such file or directory)" in refused(tmp_path / "none", key)
