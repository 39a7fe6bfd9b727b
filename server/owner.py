"""What a database keeps is one home's: a home that is pointed at another's is refused (issue 6).

What two agencies hold would else be one: judged by the policy of whoever publishes, and released by it; and whoever
publishes would take away the other's releases, or write over them. By which home it is known is a digest of its naming
key; after a change of keys the retired ones tell it still, and a home that was restored from a backup has the keys of
the one that was backed up. Partner processes have no such key, and need none: a release that was made with other keys
does not fit theirs.
"""

import hashlib
from typing import Final

from graph.errors import StoreRefused
from graph.store import Holdings, Releases
from server.home import Home

_MEMORY: Final = "home"


def refuse_others(home: Home, holdings: Holdings) -> None:
    """Raises StoreRefused where the holdings are another home's; those of nobody may be read by anyone."""
    _refuse(home, holdings.recall(_MEMORY), "holdings")


def refuse_others_releases(home: Home, releases: Releases) -> None:
    """The same for releases."""
    _refuse(home, releases.owner(), "releases")


def claim(home: Home, holdings: Holdings) -> None:
    """From here on the holdings are this home's. Hold the turn to write to them. Raises StoreRefused."""
    refuse_others(home, holdings)
    name = _digest(home.key("naming"))
    if holdings.recall(_MEMORY) != name:
        holdings.remember(_MEMORY, name)


def claim_releases(home: Home, releases: Releases) -> None:
    """The same for releases."""
    refuse_others_releases(home, releases)
    name = _digest(home.key("naming"))
    if releases.owner() != name:
        releases.own(name)


def _refuse(home: Home, owner: str | None, what: str) -> None:
    if owner is not None and owner not in map(_digest, home.naming_keys()):
        raise StoreRefused(
            f"{home.folder}: the {what} that [{what}] in caselink.toml names are another home's, whose keys this"
            " one does not have; name another server, or empty that database first"
        )


def _digest(key: bytes) -> str:
    return hashlib.blake2b(b"home", digest_size=16, key=key).hexdigest()
