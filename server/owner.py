"""What a database keeps under a home's id is that home's: another one that has the id too is refused (issue 6).

Homes with ids of their own do not see each other (`graph/stores/home_labels.py`). Two with one id, where caselink.toml
was copied, or with none, as earlier versions made them, would be one: judged by the policy of whoever publishes, and
released by it; and whoever publishes would take away the other's releases, or write over them. By which home it is
known is a digest of its naming key; after a change of keys the retired ones tell it still, and a home that was restored
from a backup has the keys of the one that was backed up. Partner processes have no such key, and need none: a release
that was made with other keys does not fit theirs.
"""

import hashlib
from typing import Final

from graph.errors import StoreRefused
from graph.release_store import Releases
from graph.store import Holdings
from server.home import Home

_MEMORY: Final = "home"
_DROPPED: Final = "being dropped"
_WITHOUT_ID: Final = (
    "give this one an id: a line home_id in caselink.toml, of 16 random digits of 0123456789abcdef"
)
_SAME_ID: Final = (
    "both have one home_id in caselink.toml, and this one needs another: 16 random digits of 0123456789abcdef"
)


def refuse_others(home: Home, holdings: Holdings, *, dropping: bool = False) -> None:
    """Raises StoreRefused where the holdings are another home's; those of nobody may be read by anyone.

    dropping: whether those that are being dropped may be opened, to go on with it.
    """
    _refuse(home, holdings.recall(_MEMORY), "holdings", dropping)


def refuse_others_releases(home: Home, releases: Releases, *, dropping: bool = False) -> None:
    """The same for releases."""
    _refuse(home, releases.owner(), "releases", dropping)


def refuse_earlier(home: Home, owner: str | None, what: str) -> None:
    """Raises StoreRefused where this home was given an id while what it has is still there as of a home without one.

    It would begin anew beside that, and whatever it withdrew would go on being served there.
    """
    if home.settings.home_id is not None and _is_own(home, owner):
        raise StoreRefused(
            f"{home.folder}: where [{what}] in caselink.toml points to, this home has {what} from when it had no"
            " home_id; take home_id out of caselink.toml again, or move them: docs/operations.md, “Homes that share a"
            " database”"
        )


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


def give_up(holdings: Holdings) -> None:
    """From here on the holdings are nobody's: they are being taken away, and what is left may not be judged."""
    holdings.remember(_MEMORY, _DROPPED)


def give_up_releases(releases: Releases) -> None:
    """The same for releases."""
    releases.own(_DROPPED)


def _refuse(home: Home, owner: str | None, what: str, dropping: bool) -> None:
    if owner == _DROPPED:
        if not dropping:
            raise StoreRefused(
                f"{home.folder}: the {what} that [{what}] in caselink.toml names are being dropped; `caselink drop`"
                " of the home where that was begun ends it"
            )
        return
    if owner is not None and not _is_own(home, owner):
        raise StoreRefused(
            f"{home.folder}: the {what} that [{what}] in caselink.toml names are another home's, whose keys this"
            f" one does not have; {_WITHOUT_ID if home.settings.home_id is None else _SAME_ID}"
        )


def _is_own(home: Home, owner: str | None) -> bool:
    return owner in {_digest(key) for key in home.naming_keys()}


def _digest(key: bytes) -> str:
    return hashlib.blake2b(b"home", digest_size=16, key=key).hexdigest()
