"""Who asks: bearer tokens, signed, with an end, for one agreement and one user. Each that will not do is one refusal.

A JSON Web Token (RFC 7519) of the agency itself, by the one algorithm that it uses (`server.token_keys`), or of a
partner's identity provider (`server.issuers`). Of every claim there is one, and it is a text or a number; a list, of
audiences say, will not do. An agreement is named as it is written on file: what only looks like it is another one.
"""

import hashlib
import re
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any, Final

import jwt
import msgspec

from graph.model import AgreementId
from server.token_keys import TokenKey

OWN_ISSUER: Final = "caselink"
_PARTNER: Final = "partner"
_OFFICE: Final = "office"
ROLES: Final = ("investigator", "agent", "supervisor", "quality", "auditor")
_REQUIRED: Final = ("iss", "aud", "sub", "agreement", "exp", "iat", "jti")
_KNOWN: Final = 1024
_LONGEST: Final = 16_384
"""How many characters of a token are read: a longer one is nobody's, and takes no time."""
_AGREEMENT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Bearer(msgspec.Struct, frozen=True):
    """A user of a partner, the agreement under which they ask, and the token that says so: its id, and when (Unix).

    issuer: the partner's identity provider; None: the token is the agency's own.
    """

    agreement: AgreementId
    user: str
    token: str
    issued: int
    issuer: str | None = None


class Tokens:
    """Issues the agency's own tokens and reads them. A key that can only check issues none."""

    def __init__(self, key: TokenKey) -> None:
        self._key = key
        self._known: dict[bytes, tuple[Bearer, float]] = {}

    def partner(self, agreement: AgreementId, user: str, hours: float, now: datetime) -> str:
        """A token for a user of a partner, from now on for so many hours. now: with its time zone."""
        return self._signed({"aud": _PARTNER, "sub": user, "agreement": agreement}, hours, now)

    def office(self, office: str, role: str, user: str, hours: float, now: datetime) -> str:
        """A token for a user of the agency itself. role: of ROLES, several with spaces. No partner route takes it."""
        return self._signed({"aud": _OFFICE, "sub": user, "office": office, "role": role}, hours, now)

    def _signed(self, claims: Mapping[str, str], hours: float, now: datetime) -> str:
        if self._key.signing is None:
            raise ValueError("a key that can only check signs nothing")
        stated = {"iss": OWN_ISSUER, "iat": now, "exp": now + timedelta(hours=hours), "jti": token_hex(16)}
        return jwt.encode({**claims, **stated}, self._key.signing, algorithm=self._key.algorithm)

    def read(self, token: str) -> Bearer | None:
        """Who asks by this token; None where it will not do. One that has done will do until its end."""
        digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        known = self._known.get(digest)
        if known is not None and time.time() < known[1]:
            return known[0]
        read = self._read(token)
        if read is not None:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            self._known[digest] = read
        return None if read is None else read[0]

    def _read(self, token: str) -> tuple[Bearer, float] | None:
        """Who asks, and until when (Unix)."""
        claims = checked(
            token,
            self._key.checking,
            self._key.algorithm,
            audience=_PARTNER,
            issuer=OWN_ISSUER,
            required=_REQUIRED,
        )
        if claims is None or not are_texts(claims, "sub", "agreement", "jti"):
            return None
        agreement = claims["agreement"]
        if not _AGREEMENT.fullmatch(agreement):
            return None
        bearer = Bearer(AgreementId(agreement), claims["sub"], claims["jti"], int(claims["iat"]))
        return bearer, int(claims["exp"])


def token_of(authorization: Sequence[str]) -> str | None:
    """The token in the Authorization headers of a request; None unless there is one such header, with one."""
    scheme, _, token = authorization[0].partition(" ") if len(authorization) == 1 else ("", "", "")
    return token.strip() if scheme.lower() == "bearer" and len(token) <= _LONGEST else None


def checked(
    token: str,
    key: Any,
    algorithm: str,
    *,
    audience: str,
    issuer: str,
    required: Sequence[str],
    leeway: float = 0,
) -> dict[str, Any] | None:
    """The claims of a token that is signed by this key, by this algorithm alone, and in its time. None: it is not."""
    options: Any = {"require": list(required), "strict_aud": True}
    try:
        return jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=audience,
            issuer=issuer,
            leeway=leeway,
            options=options,
        )
    except Exception:
        # PyJWT's own errors, and whatever else a hostile token brings about: the one answer is that it will not do.
        return None


def are_texts(claims: Mapping[str, Any], *names: str) -> bool:
    """Whether each of these claims is a text that says something."""
    return all(
        isinstance(claims[name], str) and claims[name].strip() and is_written(claims[name]) for name in names
    )


def is_written(text: str) -> bool:
    r"""Whether a text can be written down: JSON may have half of a character, which UTF-8 has not, nor a log.

    >>> is_written("\u00e9"), is_written("\ud800")
    (True, False)
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
