"""The agency's own identity provider (OpenID Connect): it says who an officer is, of which office, in which roles.

The agency writes it down in `[[officers]]` of caselink.toml, with the claims to read. A provider of a partner's users
cannot speak for officers, nor this one for partners: an issuer with an audience stands in one of the two lists alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from graph.officer import Officer
from graph.strict import read_table
from server.auth import are_texts, checked, token_of
from server.home import Home
from server.issuers import LEEWAY, header_of, id_of, provider_keys, said_to_be_from
from server.jwks import Keys
from server.office.tokens import OfficeTokens, officer_of
from server.settings import unfit


class OfficerTable(msgspec.Struct, frozen=True):
    """One of `[[officers]]`. jwks: a file, its path begins in the home, or an address. The rest: names of claims."""

    issuer: str
    audience: str
    jwks: str
    user: str = "sub"
    office: str = "office"
    role: str = "role"


@dataclass(frozen=True, slots=True)
class OfficeIssuer:
    """One provider, for one audience."""

    table: OfficerTable
    keys: Keys

    def read(self, token: str) -> Officer | None:
        """Who asks by this token; None where it will not do."""
        stated, key = self.table, self.keys.key(header_of(token).get("kid"))
        if key is None:
            return None
        claims = checked(
            token,
            key.key,
            key.algorithm_name,
            audience=stated.audience,
            issuer=stated.issuer,
            required=("iss", "aud", "exp", "iat", stated.user, stated.office, stated.role),
            leeway=LEEWAY,
        )
        if claims is None or not are_texts(claims, stated.user, stated.office):
            return None
        return self._officer(claims, token)

    def _officer(self, claims: dict[str, Any], token: str) -> Officer | None:
        stated = self.table
        return officer_of(
            claims[stated.user], claims[stated.office], claims[stated.role], id_of(claims, token)
        )


class WhoOfficer:
    """Tells which officer asks: by the agency's own tokens, and by those of the providers that it has written down."""

    def __init__(self, tokens: OfficeTokens, issuers: Sequence[OfficeIssuer] = ()) -> None:
        self._tokens = tokens
        self._issuers = {(issuer.table.issuer, issuer.table.audience): issuer for issuer in issuers}

    def officer(self, authorization: Sequence[str]) -> Officer | None:
        """Who asks, by the Authorization headers of a request; None unless there is one, with a token that will do."""
        token = token_of(authorization)
        issuer = None if token is None or not self._issuers else self._issuers.get(said_to_be_from(token))
        if token is None or issuer is None:
            return self._tokens.officer(authorization)
        officer = issuer.read(token)
        return None if officer is None or self._tokens.is_revoked(officer) else officer


def read_office_issuers(home: Home) -> list[OfficeIssuer]:
    """`[[officers]]` of caselink.toml. Raises HomeError with every mistake."""
    mistakes: list[str] = []
    issuers: list[OfficeIssuer] = []
    taken = {(str(raw.get("issuer")), str(raw.get("audience"))) for raw in home.settings.issuers}
    for place, raw in enumerate(home.settings.officers):
        path = f"officers[{place}]"
        table = read_table(OfficerTable, raw, path, mistakes)
        if table is None:
            continue
        if (table.issuer, table.audience) in taken:
            mistakes.append(
                f"{path}: this issuer and audience are named before; give officers an audience of their own"
            )
        taken.add((table.issuer, table.audience))
        issuers += _issuer(home, table, path, mistakes)
    if mistakes:
        raise unfit(home.folder / "caselink.toml", mistakes)
    return issuers


def _issuer(home: Home, table: OfficerTable, path: str, mistakes: list[str]) -> list[OfficeIssuer]:
    keys = provider_keys(home.folder, table.issuer, table.jwks, path, mistakes)
    return [] if keys is None else [OfficeIssuer(table, keys)]
