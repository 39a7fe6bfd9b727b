"""Who asks: bearer tokens, signed, with an end, for one agreement and one user. Each that will not do is one refusal.

A JSON Web Token (RFC 7519) with HS256, and that algorithm alone, whatever the token's header says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Final

import jwt

from graph.model import AgreementId

_ALGORITHM: Final = "HS256"
_ISSUER: Final = "caselink"
_PARTNER: Final = "partner"
_OFFICE: Final = "office"
ROLES: Final = ("investigator", "agent", "supervisor", "quality", "auditor")
_REQUIRED: Final = ("iss", "aud", "sub", "agreement", "exp", "iat", "jti")


@dataclass(frozen=True, slots=True)
class Bearer:
    """A user of a partner, the agreement under which they ask, and the id of the token that says so."""

    agreement: AgreementId
    user: str
    token: str


class Tokens:
    """Issues tokens and reads them. key: 32 bytes, known to the agency alone."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def partner(self, agreement: AgreementId, user: str, hours: float, now: datetime) -> str:
        """A token for a user of a partner, from now on for so many hours. now: with its time zone."""
        return self._signed({"aud": _PARTNER, "sub": user, "agreement": agreement}, hours, now)

    def office(self, office: str, role: str, user: str, hours: float, now: datetime) -> str:
        """A token for a user of the agency itself, in one of ROLES. No partner route takes it."""
        return self._signed({"aud": _OFFICE, "sub": user, "office": office, "role": role}, hours, now)

    def _signed(self, claims: Mapping[str, str], hours: float, now: datetime) -> str:
        stated = {"iss": _ISSUER, "iat": now, "exp": now + timedelta(hours=hours), "jti": token_hex(16)}
        return jwt.encode({**claims, **stated}, self._key, algorithm=_ALGORITHM)

    def bearer(self, authorization: Sequence[str]) -> Bearer | None:
        """Who asks, by the Authorization headers of a request; None unless there is one, with a token that will do."""
        scheme, _, token = authorization[0].partition(" ") if len(authorization) == 1 else ("", "", "")
        return self._partner(token.strip()) if scheme.lower() == "bearer" else None

    def _partner(self, token: str) -> Bearer | None:
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                audience=_PARTNER,
                issuer=_ISSUER,
                options={"require": list(_REQUIRED)},
            )
        except Exception:
            # PyJWT's own errors, and whatever else a hostile token brings about: the one answer is that it will not do.
            return None
        agreement, user, id = (claims[name] for name in ("agreement", "sub", "jti"))
        if not all(isinstance(claim, str) and claim for claim in (agreement, user, id)):
            return None
        return Bearer(AgreementId(agreement), user, id)
