"""The public keys of an identity provider (JSON Web Key Set, RFC 7517), kept ready; no request waits for them.

From a file they are read once, when the process starts. From an address they are fetched beside the answering: when it
starts, every few minutes, and soon after a token names a key that is not known, but never more often than that. What
was fetched is good for an hour: a provider that cannot be asked for longer vouches for nobody. Only keys for signatures
that others can check are taken; a shared secret in a key set is none, nor is a private key, which takes a second to
make out. What one provider publishes keeps nobody else's users waiting: it is read in a thread, and not without end.
"""

import asyncio
import json
import logging
import time
import urllib.request
from collections.abc import Callable, Mapping
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, Final, Protocol
from urllib.parse import urlsplit

from jwt import PyJWK, PyJWKSet, PyJWTError

PUBLIC: Final = frozenset(
    ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
)
"""The algorithms that are taken."""

EVERY_SECONDS: Final = 300.0
AT_MOST_EVERY_SECONDS: Final = 30.0
GOOD_FOR_SECONDS: Final = 3600.0
_TIMEOUT_SECONDS: Final = 5.0
_MOST_BYTES: Final = 1 << 20
_MOST_KEYS: Final = 100
_LOCAL: Final = ("127.0.0.1", "localhost", "::1")

logger = logging.getLogger(__name__)


class Keys(Protocol):
    """A provider's keys."""

    def key(self, kid: Any) -> PyJWK | None:
        """The key that a token's header names; None: there is no such key, or none is vouched for."""

    async def refresh(self) -> None:
        """Ask for them, if it is time. Called each second."""


class FromFile:
    """The keys of a file. Raises ValueError or PyJWTError where it has none."""

    def __init__(self, text: bytes) -> None:
        self._keys = read_keys(text)

    def key(self, kid: Any) -> PyJWK | None:
        """The key that a token's header names."""
        return _named(self._keys, kid)

    async def refresh(self) -> None:
        """A file is read once."""


class FromAddress:
    """The keys at an address. fetch: gives what stands there; raises OSError. clock: in seconds, never back."""

    def __init__(
        self,
        address: str,
        fetch: Callable[[str], bytes] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        parts = urlsplit(address)
        if parts.scheme != "https" and parts.hostname not in _LOCAL:
            raise ValueError("the address is not https")
        self._address = address
        self._fetch = fetch or fetched
        self._clock = clock
        self._keys: Mapping[str | None, PyJWK] = {}
        self._asked = self._fetched = float("-inf")
        self._wanted = False

    def key(self, kid: Any) -> PyJWK | None:
        """The key that a token's header names. One that is not known is asked for, by `refresh`."""
        if self._clock() - self._fetched > GOOD_FOR_SECONDS:
            return None
        key = _named(self._keys, kid)
        if key is None:
            self._wanted = True
        return key

    async def refresh(self) -> None:
        """Ask for the keys, if it is time."""
        since = self._clock() - self._asked
        if since < (AT_MOST_EVERY_SECONDS if self._wanted or not self._keys else EVERY_SECONDS):
            return
        self._asked = self._clock()
        try:
            keys = await asyncio.to_thread(lambda: read_keys(self._fetch(self._address)))
        except (OSError, ValueError, RecursionError, PyJWTError) as error:
            logger.warning("no keys are to be had at %s (%s)", self._address, error)
            return
        self._keys, self._fetched, self._wanted = keys, self._asked, False


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An address is asked, and none that it names."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Nowhere."""


def fetched(address: str) -> bytes:
    """What stands at an address, up to a limit. Raises OSError."""
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(address, timeout=_TIMEOUT_SECONDS) as answer:
            body: bytes = answer.read(_MOST_BYTES + 1)
    except HTTPException as error:
        raise OSError(0, type(error).__name__) from error
    if len(body) > _MOST_BYTES:
        raise OSError(0, f"more than {_MOST_BYTES} bytes")
    return body


def read_keys(text: bytes) -> Mapping[str | None, PyJWK]:
    """The public signing keys of a key set, by their ids. Raises ValueError or PyJWTError where there are none."""
    members = json.loads(text)
    listed = members.get("keys") if isinstance(members, dict) else None
    if not isinstance(listed, list):
        raise ValueError("no key set")
    if len(listed) > _MOST_KEYS:
        raise ValueError(f"more than {_MOST_KEYS} keys")
    public = [key for key in listed if isinstance(key, dict) and "d" not in key]
    keys = {
        key.key_id: key
        for key in PyJWKSet.from_dict({"keys": public})
        if key.algorithm_name in PUBLIC and key.public_key_use in (None, "sig")
    }
    if not keys:
        raise ValueError("no public key for signatures")
    return keys


def _named(keys: Mapping[str | None, PyJWK], kid: Any) -> PyJWK | None:
    """The key of this id. A token need not name the one key of a set that has one."""
    if kid is None and len(keys) == 1:
        return next(iter(keys.values()))
    return keys.get(kid) if isinstance(kid, str) else None
