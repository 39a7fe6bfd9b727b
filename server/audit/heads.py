"""The head of each partner process's audit log goes to the office each second, so that a cut tail shows (DESIGN 7).

Whoever can write the partner's log could cut it and write it anew; what the office has been told stands in a log of the
office's own. Only what is on the disk is told: after a power cut the log has it still. A head tells how many lines
there are and nothing of them. It is signed with a key that both sides have, so that nobody else makes heads up.
"""

import asyncio
import hashlib
import hmac
import logging
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

import msgspec
import orjson

from server.audit.chain import Head, encoded
from server.audit.files import AuditFiles
from server.audit.log import AuditLog, Trail, Unwritten

PATH: Final = "/audit/head"
SIGNATURE: Final = "X-Signature"
MOST_BYTES: Final = 1000
_EVENT: Final = "head"
_SECONDS: Final = 2.0
_PATIENCE: Final = 10
"""After how many failures it is said: the office app may start after the partner app."""

logger = logging.getLogger(__name__)

Send = Callable[[bytes, str], None]
"""Sends a body with its signature. Raises OSError."""


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    log: str
    line: int
    hash: str


class _HeadLine(msgspec.Struct, frozen=True):
    """A line of the office's log of heads, as far as it is read again."""

    log: str = ""
    line: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class HeadKey:
    """Signs heads. secret: the cursor key, which partner and office have alike; another key is made from it.

    of: what is signed, so that one is never taken for another.
    """

    secret: bytes
    of: bytes = b"the heads of audit logs"

    def sign(self, body: bytes) -> str:
        """The signature of a body."""
        key = hashlib.blake2b(self.of, key=self.secret).digest()
        return hashlib.blake2b(body, key=key, digest_size=32).hexdigest()

    def is_signed(self, body: bytes, signature: str) -> bool:
        """Whether it is this body's."""
        return hmac.compare_digest(self.sign(body).encode(), signature.encode())


class HeadTeller:
    """Tells the office of one log. It never stops answers: an office that is away is told later."""

    def __init__(self, log: AuditLog, key: HeadKey, send: Send) -> None:
        self._log, self._key, self._send = log, key, send
        self._told: Head | None = None
        self._failures = 0

    async def tell(self) -> None:
        """Tell the head, if it is another one than was told."""
        head = self._log.on_disk
        if head == self._told:
            return
        body = msgspec.json.encode(_Head(self._log.name, head.number, head.hash))
        try:
            await asyncio.to_thread(self._send, body, self._key.sign(body))
        except OSError as error:
            self._failures += 1
            if self._failures == _PATIENCE:
                logger.warning("the office does not take the audit log's head (%s); it is told later", error)
        else:
            self._told, self._failures = head, 0


class HeadTaker:
    """Writes the heads that come to the office into its log of them."""

    def __init__(self, trail: Trail, key: HeadKey) -> None:
        self._trail, self._key = trail, key

    async def take(self, body: bytes, signature: str) -> int:
        """The HTTP status: 204 taken, 400 no head, 403 not signed, 503 not written."""
        if not self._key.is_signed(body, signature):
            return 403
        try:
            head = msgspec.json.decode(body, type=_Head)
            at = datetime.now(UTC).isoformat()
            told = {"at": at, "event": _EVENT, "log": head.log, "line": head.line, "hash": head.hash}
            await self._trail.write(encoded(told))
        except msgspec.MsgspecError:
            return 400
        except Unwritten:
            return 503
        return 204


def sending(office: str, *, verify: bool, path: str = PATH) -> Send:
    """How the office app at this address is told. verify: whether its certificate has to be known."""
    parts = urlsplit(office)
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    def send(body: bytes, signature: str) -> None:
        if parts.scheme == "https":
            connection: HTTPConnection = HTTPSConnection(parts.netloc, timeout=_SECONDS, context=context)
        else:
            connection = HTTPConnection(parts.netloc, timeout=_SECONDS)
        try:
            connection.request("POST", path, body, {SIGNATURE: signature, "Content-Type": "application/json"})
            status = connection.getresponse().status
        except HTTPException as error:
            raise OSError(0, f"{office}: {type(error).__name__}") from error
        finally:
            connection.close()
        if status != 204:
            raise OSError(0, f"{office}: status {status}")

    return send


@dataclass(frozen=True, slots=True)
class Heads:
    """What the office was told until now. It may be told more while a log is read, and of lines that were not read."""

    logs: Sequence[tuple[AuditFiles, Mapping[int, int]]]

    @classmethod
    def until_now(cls, logs: Sequence[AuditFiles]) -> "Heads":
        """In these logs of heads."""
        return cls([(files, files.sizes()) for files in logs])

    def of(self, log: str) -> Iterator[Head]:
        """The heads of one log, in the order in which they were told."""
        for told in self._told(orjson.dumps({"log": log})[1:-1]):
            if told.log == log:
                yield Head(told.line, told.hash)

    def names(self) -> set[str]:
        """The logs that it was told of."""
        return {told.log for told in self._told(b"") if told.log}

    def _told(self, having: bytes) -> Iterator[_HeadLine]:
        """Those in lines that have these bytes. A line that is none shows when its log is checked."""
        for files, sizes in self.logs:
            for placed in files.lines(sizes):
                if having in placed.line:
                    with suppress(msgspec.MsgspecError):
                        yield msgspec.json.decode(placed.line, type=_HeadLine)
