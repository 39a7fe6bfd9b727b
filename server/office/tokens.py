"""Which officer asks: the agency's own tokens for its offices. A partner's token will not do, and is told the same.

`role` is one of the roles, or several with spaces between them. A token that was taken back will not do any more, and
one whose user could be taken for another never did.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from graph.officer import Officer, Role, is_plain
from server.auth import OWN_ISSUER, are_texts, checked, token_of
from server.token_keys import TokenKey

_OFFICE: Final = "office"
_REQUIRED: Final = ("iss", "aud", "sub", "office", "role", "exp", "iat", "jti")


class OfficeTokens:
    """Reads the agency's own tokens. revoked: the ids of those that were taken back."""

    def __init__(self, key: TokenKey, revoked: Callable[[], frozenset[str]]) -> None:
        self._key = key
        self._revoked = revoked

    def officer(self, authorization: Sequence[str]) -> Officer | None:
        """Who asks, by the Authorization headers of a request; None unless there is one, with a token that will do."""
        token = token_of(authorization)
        officer = None if token is None else self._read(token)
        return None if officer is None or self.is_revoked(officer) else officer

    def is_revoked(self, officer: Officer) -> bool:
        """Whether the token by which somebody is this officer was taken back."""
        return officer.token in self._revoked()

    def _read(self, token: str) -> Officer | None:
        claims = checked(
            token,
            self._key.checking,
            self._key.algorithm,
            audience=_OFFICE,
            issuer=OWN_ISSUER,
            required=_REQUIRED,
        )
        if claims is None or not are_texts(claims, "sub", "office", "role", "jti"):
            return None
        return officer_of(claims["sub"], claims["office"], claims["role"], claims["jti"])


def officer_of(user: str, office: str, stated: Any, token: str) -> Officer | None:
    """Who that is. stated: the roles, as `roles_of` reads them; None for what no officer can be."""
    roles = roles_of(stated)
    return None if roles is None or not is_plain(user) else Officer(user, office, roles, token)


def roles_of(stated: Any) -> frozenset[Role] | None:
    """The roles that a claim states, as a text with spaces or a list; None where one of them is none.

    >>> sorted(roles_of("agent supervisor") or ())
    [<Role.AGENT: 'agent'>, <Role.SUPERVISOR: 'supervisor'>]
    >>> roles_of("agent king") is None
    True
    """
    words = stated.split() if isinstance(stated, str) else stated
    known = {role.value: role for role in Role}
    if (
        not isinstance(words, list)
        or not words
        or not all(isinstance(word, str) and word in known for word in words)
    ):
        return None
    return frozenset(known[word] for word in words)
