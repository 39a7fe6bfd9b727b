"""Asks a partner app one question over HTTP, as a partner's own program would.

The token goes to the address that was named and nowhere else: no redirect is followed and no proxy is asked, and over a
network it goes by TLS alone. No text of a failure has the token in it.
"""

import http.client
import ipaddress
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import orjson

from graph.errors import CaselinkError
from graph.printable import printable

_ACCEPT: Final = "application/graphql-response+json"
_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Address:
    """Where a partner app answers queries."""

    url: str
    is_tls: bool
    host: str
    port: int
    path: str


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: its HTTP status, and the JSON object that came."""

    status: int
    answer: Mapping[str, Any]

    @property
    def faults(self) -> list[str]:
        """Its errors, each in a line."""
        errors = self.answer.get("errors")
        return [_sentence(error) for error in errors] if isinstance(errors, list) else []

    @property
    def release(self) -> Mapping[str, Any]:
        """`extensions.release`, if it is there."""
        extensions = self.answer.get("extensions")
        release = extensions.get("release") if isinstance(extensions, dict) else None
        return release if isinstance(release, dict) else {}


def address_of(url: str) -> Address:
    """The address that a person wrote; without a path it is that of queries. Raises CaselinkError."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
        parts = urlsplit("")
    is_tls = parts.scheme == "https"
    if not host or parts.scheme not in ("http", "https") or parts.username is not None:
        shown = printable(url.rpartition("@")[2])  # before an @ there may be a password
        raise CaselinkError(f"--url {shown}: no address; write one like https://partners.example.gov")
    if not is_tls and not _is_loopback(host):
        raise CaselinkError(
            f"--url {printable(url)}: the token would go over the network for all to read; write https://"
        )
    path = parts.path if parts.path not in ("", "/") else "/graphql"
    return Address(url, is_tls, host, port or (443 if is_tls else 80), path)


def ask(address: Address, token: str, question: Mapping[str, Any], headers: Mapping[str, str]) -> Told:
    """The answer to one question. headers: purpose and case number, if they are stated. Raises CaselinkError."""
    sent: dict[str, str | bytes] = {name: value.encode() for name, value in headers.items()}
    sent |= {"Accept": _ACCEPT, "Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    try:
        status, body = _exchange(address, orjson.dumps(question), sent)
    except (OSError, http.client.HTTPException) as error:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise CaselinkError(
            f"{address.url}: no answer ({printable(why)}); is it served, and there?"
        ) from None
    return Told(status, _read(address, status, body))


def _exchange(address: Address, body: bytes, headers: Mapping[str, str | bytes]) -> tuple[int, bytes]:
    connection = _connection(address)
    try:
        connection.request("POST", address.path, body, dict(headers))
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def _connection(address: Address) -> http.client.HTTPConnection:
    if address.is_tls:
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(address.host, address.port, timeout=_SECONDS, context=context)
    return http.client.HTTPConnection(address.host, address.port, timeout=_SECONDS)


def _read(address: Address, status: int, body: bytes) -> Mapping[str, Any]:
    """An answer's JSON object; whatever else answers at an address is no partner app."""
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        answer = None
    if not isinstance(answer, dict) or not answer.keys() & {"data", "errors"}:
        raise CaselinkError(
            f"{address.url}: HTTP {status}, and no answer of a partner app; name the address of one"
        )
    return answer


def _sentence(error: object) -> str:
    """An error as a person reads it: code, text, and where in the query or the answer."""
    stated = error if isinstance(error, dict) else {}
    extensions = stated.get("extensions")
    code = extensions.get("code") if isinstance(extensions, dict) else None
    words = f"{code or 'ERROR'}: {stated.get('message', '')}"
    places = [f"line {place['line']}, column {place['column']}" for place in stated.get("locations", ())]
    places += [".".join(map(str, stated["path"]))] if stated.get("path") else []
    return printable(f"{words} ({'; '.join(places)})" if places else words)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
