"""The driver's errors as sentences: what, where, how to mend it. Never a password, never what a statement was given.

Neo4j's own message may repeat a value of the holdings, so only its code is shown; the whole stands in the cause.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from neo4j.exceptions import (
    AuthConfigurationError,
    ClientError,
    ConfigurationError,
    ConnectionPoolError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.errors import StoreError, StoreLocked, StoreRefused, StoreUnreachable

_SECURITY: Final = "Neo.ClientError.Security."
_REFUSED: Final = {
    f"{_SECURITY}AuthenticationRateLimit": "too many wrong passwords; wait a few seconds, then try the right one",
    f"{_SECURITY}CredentialsExpired": "the password must be changed first; change it with Neo4j's cypher-shell",
    f"{_SECURITY}Forbidden": "this user may not do that; grant it the right in Neo4j, or name another user",
}
_UNKNOWN_USER: Final = (
    "Neo4j does not take this user and password; set CASELINK_NEO4J_USER and CASELINK_NEO4J_PASSWORD,"
    " or mend them in caselink.toml"
)
_TOO_LARGE: Final = (
    "Neo4j has too little memory for this; give it more by server.memory.heap.max_size and"
    " dbms.memory.transaction.total.max in neo4j.conf"
)

_TOO_SLOW: Final = (
    "Neo4j took longer than a transaction may, and undid it; see what else its machine does,"
    " then run this again"
)


@contextmanager
def sentences(address: str) -> Iterator[None]:
    """What fails inside fails as a StoreError that a person can act on. address: without user and password."""
    try:
        yield
    except (DriverError, Neo4jError, OSError) as error:
        raise sentence(address, error) from error


def sentence(address: str, error: Exception) -> StoreError:
    """The error as a person is told it."""
    if isinstance(error, Neo4jError):
        return _answered(address, error)
    if isinstance(error, IncompleteCommit):
        return StoreUnreachable(f"{address}: the connection broke while Neo4j wrote; run this again")
    if isinstance(error, ServiceUnavailable | SessionExpired | ConnectionPoolError | OSError):
        return StoreUnreachable(
            f"{address}: no Neo4j answers there; start it, or mend the address in caselink.toml, then run this again"
        )
    if isinstance(error, AuthConfigurationError):
        return StoreRefused(f"{address}: {_UNKNOWN_USER}")
    if isinstance(error, ConfigurationError):
        return no_address(address)
    return StoreError(f"{address}: the connection to Neo4j failed ({type(error).__name__}); run this again")


def no_address(address: str) -> StoreError:
    """The settings name something that is no address of a Neo4j."""
    return StoreError(f"{address}: this is no address of a Neo4j; write one such as neo4j://HOST:7687")


def _answered(address: str, error: Neo4jError) -> StoreError:
    code = error.code or "no code"
    if code in _REFUSED:
        return StoreRefused(f"{address}: {_REFUSED[code]}")
    if code.startswith(_SECURITY):
        return StoreRefused(f"{address}: {_UNKNOWN_USER}")
    if "ReadOnly" in code:
        return StoreLocked(f"{address}: the database is read-only; make it writable, then run this again")
    if "TransactionTimedOut" in code:
        return StoreError(f"{address}: {_TOO_SLOW}")
    if "Memory" in code:
        return StoreError(f"{address}: {_TOO_LARGE}")
    what = "did not take a statement" if isinstance(error, ClientError) else "failed"
    return StoreError(f"{address}: Neo4j {what} ({code}); nothing was changed by it, and its logs say more")
