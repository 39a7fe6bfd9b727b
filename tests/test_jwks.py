"""A provider's keys are asked for beside the answering, now and then; no request waits for them."""

import asyncio
import http.server
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.exceptions import PyJWKSetError

from server import jwks
from server.jwks import (
    AT_MOST_EVERY_SECONDS,
    EVERY_SECONDS,
    GOOD_FOR_SECONDS,
    FromAddress,
    fetched,
    read_keys,
)

ADDRESS = "https://login.partner.example/jwks"


def key_set(*kids: str) -> bytes:
    key = Ed25519PrivateKey.generate().public_key()
    made: dict[str, Any] = jwt.algorithms.OKPAlgorithm.to_jwk(key, as_dict=True)
    return json.dumps({"keys": [{**made, "kid": kid} for kid in kids]}).encode()


class Provider:
    """A provider and a clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0
        self.text: bytes | OSError = key_set("old")
        self.asked = 0
        self.keys = FromAddress(ADDRESS, self._fetch, lambda: self.now)

    def _fetch(self, _address: str) -> bytes:
        self.asked += 1
        if isinstance(self.text, OSError):
            raise self.text
        return self.text

    def after(self, seconds: float) -> "Provider":
        """So much later the keys are refreshed."""
        self.now += seconds
        asyncio.run(self.keys.refresh())
        return self

    def knows(self, kid: str) -> bool:
        return self.keys.key(kid) is not None


def test_there_is_no_key_before_the_first_answer_and_nobody_waits_for_it() -> None:
    provider = Provider()
    assert (provider.knows("old"), provider.asked) == (False, 0)
    assert provider.after(0).knows("old")


def test_keys_are_asked_for_every_few_minutes() -> None:
    provider = Provider().after(0)
    provider.after(EVERY_SECONDS - 1)
    assert provider.asked == 1
    provider.after(1)
    assert provider.asked == 2


def test_a_key_that_is_not_known_is_asked_for_soon_but_not_more_often_than_that() -> None:
    provider = Provider().after(0)
    provider.text = key_set("old", "new")
    for number in range(1000):
        assert not provider.knows(f"made up {number}")
        provider.after(AT_MOST_EVERY_SECONDS / 1001)
    assert provider.asked == 1
    provider.after(1)
    assert (provider.asked, provider.knows("new")) == (2, True)


def test_a_key_that_was_taken_away_is_no_longer_good() -> None:
    provider = Provider().after(0)
    provider.text = key_set("new")
    provider.after(EVERY_SECONDS)
    assert (provider.knows("old"), provider.knows("new")) == (False, True)


@pytest.mark.parametrize(
    "text", [OSError(110, "timed out"), b"<html>", b"{}", b"[" * 100_000, b'{"keys": 7}']
)
def test_a_provider_that_fails_is_asked_again_and_vouches_for_an_hour(text: bytes | OSError) -> None:
    provider = Provider().after(0)
    provider.text = text
    provider.after(EVERY_SECONDS)
    assert provider.knows("old")
    provider.after(GOOD_FOR_SECONDS - EVERY_SECONDS + 1)
    assert not provider.knows("old")
    provider.text = key_set("old")
    assert provider.after(EVERY_SECONDS).knows("old")


def test_a_token_need_not_name_the_only_key() -> None:
    assert Provider().after(0).keys.key(None) is not None
    assert len(read_keys(key_set("a", "b"))) == 2


def private_key() -> dict[str, Any]:
    made: dict[str, Any] = jwt.algorithms.OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate(), as_dict=True)
    return {**made, "kid": "private"}


def test_a_private_key_is_none_and_keys_beside_it_are_good() -> None:
    """By a megabyte of RSA keys without their primes a provider kept all partners waiting for minutes."""
    [good] = json.loads(key_set("good"))["keys"]
    assert set(read_keys(json.dumps({"keys": [private_key(), 7, good]}).encode())) == {"good"}
    with pytest.raises(PyJWKSetError):
        read_keys(json.dumps({"keys": [private_key()]}).encode())


def test_more_than_a_hundred_keys_are_none() -> None:
    assert len(read_keys(key_set(*map(str, range(100))))) == 100
    with pytest.raises(ValueError, match="more than 100 keys"):
        read_keys(key_set(*map(str, range(101))))


def test_keys_are_read_where_no_answer_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []

    def reading(text: bytes) -> Mapping[str | None, jwt.PyJWK]:
        threads.append(threading.current_thread())
        return read_keys(text)

    monkeypatch.setattr(jwks, "read_keys", reading)
    assert Provider().after(0).knows("old")
    assert [thread is threading.main_thread() for thread in threads] == [False]


@contextmanager
def serving(status: int, body: bytes, **headers: str) -> Iterator[str]:
    class Answering(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_what_stands_at_an_address_is_fetched() -> None:
    with serving(200, b"{}") as address:
        assert fetched(address) == b"{}"


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [(404, {}, b"{}"), (302, {"Location": "http://127.0.0.1:1/"}, b""), (200, {}, b"x" * (2**20 + 1))],
)
def test_a_failure_a_redirect_and_too_much_are_no_keys(
    status: int, headers: dict[str, str], body: bytes
) -> None:
    with serving(status, body, **headers) as address, pytest.raises(OSError, match=r"\w"):
        fetched(address)
