"""Partners' identity providers (OpenID Connect): which may say who a user is, and under which agreement they ask.

The agency writes down, in `[[issuers]]` of caselink.toml, an issuer and an audience for each agreement; no token says
for itself under which agreement it asks, so that one partner's provider cannot speak for another's. Keys are public
ones, from a file or an address; what a token's header says of algorithms and addresses is not followed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import jwt
import msgspec

from graph.model import AgreementId
from graph.strict import read_table
from server.auth import OWN_ISSUER, Bearer, Tokens, are_texts, checked, is_written, token_of
from server.home import Home
from server.jwks import FromAddress, FromFile, Keys
from server.settings import unfit

LEEWAY: Final = 5.0
"""How many seconds a provider's clock may differ."""


class IssuerTable(msgspec.Struct, frozen=True):
    """One of `[[issuers]]`. jwks: a file, its path begins in the home, or an address. user: the claim with the user."""

    issuer: str
    audience: str
    agreement: str
    jwks: str
    user: str = "sub"


@dataclass(frozen=True, slots=True)
class Issuer:
    """One provider, for one audience."""

    issuer: str
    audience: str
    agreement: AgreementId
    user: str
    keys: Keys

    def read(self, token: str) -> Bearer | None:
        """Who asks by this token; None where it will not do."""
        key = self.keys.key(header_of(token).get("kid"))
        if key is None:
            return None
        required = ("iss", "aud", "exp", "iat", self.user)
        claims = checked(
            token,
            key.key,
            key.algorithm_name,
            audience=self.audience,
            issuer=self.issuer,
            required=required,
            leeway=LEEWAY,
        )
        if claims is None or not are_texts(claims, self.user):
            return None
        # A provider may know of agreements; one that names another one is not meant for this.
        if claims.get("agreement", self.agreement) != self.agreement:
            return None
        return Bearer(
            self.agreement, claims[self.user], id_of(claims, token), int(claims["iat"]), self.issuer
        )


class Who:
    """Tells who asks: by the agency's own tokens, and by those of the providers that it has written down."""

    def __init__(self, tokens: Tokens, issuers: Sequence[Issuer] = ()) -> None:
        self._tokens = tokens
        self._issuers = {(issuer.issuer, issuer.audience): issuer for issuer in issuers}

    def bearer(self, authorization: Sequence[str]) -> Bearer | None:
        """Who asks, by the Authorization headers of a request; None unless there is one, with a token that will do."""
        token = token_of(authorization)
        if token is None:
            return None
        issuer = self._issuer(token) if self._issuers else None
        return self._tokens.read(token) if issuer is None else issuer.read(token)

    def _issuer(self, token: str) -> Issuer | None:
        """The provider that a token says it is from. What it says is checked after."""
        return self._issuers.get(said_to_be_from(token))


def read_issuers(home: Home) -> list[Issuer]:
    """`[[issuers]]` of caselink.toml. Raises HomeError with every mistake."""
    mistakes: list[str] = []
    issuers: list[Issuer] = []
    for place, raw in enumerate(home.settings.issuers):
        table = read_table(IssuerTable, raw, f"issuers[{place}]", mistakes)
        if table is not None:
            issuers += _issuer(home.folder, table, f"issuers[{place}]", mistakes)
    pairs = [(issuer.issuer, issuer.audience) for issuer in issuers]
    if len(set(pairs)) < len(pairs):
        mistakes.append(
            "issuers: two have the same issuer and audience; give each agreement an audience of its own"
        )
    if mistakes:
        raise unfit(home.folder / "caselink.toml", mistakes)
    return issuers


def _issuer(folder: Path, table: IssuerTable, path: str, mistakes: list[str]) -> list[Issuer]:
    keys = provider_keys(folder, table.issuer, table.jwks, path, mistakes)
    if keys is None:
        return []
    return [Issuer(table.issuer, table.audience, AgreementId(table.agreement), table.user, keys)]


def provider_keys(folder: Path, issuer: str, jwks: str, path: str, mistakes: list[str]) -> Keys | None:
    """The public keys of a provider that is written down; None, and a mistake more, where that does not fit.

    path: where it is written down. jwks: a file, its path begins in the folder, or an address.
    """
    if issuer == OWN_ISSUER or not issuer:
        mistakes.append(f"{path}.issuer: {issuer!r} is no provider's name; write it as its tokens have it")
        return None
    try:
        if urlsplit(jwks).scheme in ("http", "https"):
            return FromAddress(jwks)
        return FromFile((folder / jwks).read_bytes())
    except (OSError, ValueError, jwt.PyJWTError) as error:
        mistakes.append(f"{path}.jwks: {jwks}: no public keys can be read ({error})")
        return None


def said_to_be_from(token: str) -> tuple[str, str]:
    """The issuer and the audience that a token names, unchecked; of what names no such texts, two that nobody has."""
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
        issuer, audience = claims["iss"], claims["aud"]
    except Exception:
        return "", ""
    return (issuer, audience) if isinstance(issuer, str) and isinstance(audience, str) else ("", "")


def header_of(token: str) -> Mapping[str, Any]:
    """What a token's header says, unchecked."""
    try:
        return jwt.get_unverified_header(token)
    except Exception:
        return {}


def id_of(claims: Mapping[str, Any], token: str) -> str:
    """The id of a token. A provider need not give one; then it is made from the token itself."""
    stated = claims.get("jti")
    if isinstance(stated, str) and 0 < len(stated) <= 200 and is_written(stated):
        return stated
    return hashlib.sha256(token.encode()).hexdigest()[:32]
