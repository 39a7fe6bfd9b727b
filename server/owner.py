"""The holdings in a database are one home's: a home that is pointed at another's is refused (issue 6).

What two agencies hold would else be one: judged by the policy of whoever publishes, and released by it. By which home
it is known is a digest of its naming key; after a change of keys the retired ones tell it still, and a home that was
restored from a backup has the keys of the one that was backed up.
"""

import hashlib
from typing import Final

from graph.errors import StoreRefused
from graph.store import Holdings
from server.home import Home

_MEMORY: Final = "home"


def refuse_others(home: Home, holdings: Holdings) -> None:
    """Raises StoreRefused where the holdings are another home's; those of nobody may be read by anyone."""
    owner = holdings.recall(_MEMORY)
    if owner is not None and owner not in map(_digest, home.naming_keys()):
        raise StoreRefused(
            f"{home.folder}: the holdings that [holdings] in caselink.toml names are another home's, whose keys this"
            " one does not have; name another server, or empty that database first"
        )


def claim(home: Home, holdings: Holdings) -> None:
    """From here on the holdings are this home's. Hold the turn to write to them. Raises StoreRefused."""
    refuse_others(home, holdings)
    name = _digest(home.key("naming"))
    if holdings.recall(_MEMORY) != name:
        holdings.remember(_MEMORY, name)


def _digest(key: bytes) -> str:
    return hashlib.blake2b(b"home", digest_size=16, key=key).hexdigest()
