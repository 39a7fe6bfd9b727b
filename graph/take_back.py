"""Taking tokens back: in the release store, for that is what every partner process asks, and with the holdings.

A release store that is made anew has them again from there. Nothing gives a token back.
"""

import msgspec

from graph.model import AgreementId
from graph.release_store import Releases
from graph.revocations import Revocations
from graph.store import Holdings

_MEMORY = "revoked"


class _Kept(msgspec.Struct, frozen=True):
    tokens: list[str]
    agreements: dict[str, int]


def take_back(revocations: Revocations, holdings: Holdings, releases: Releases) -> None:
    """Take tokens back, and remember it. Await the readers after it."""
    every = _remembered(holdings) | revocations
    kept = _Kept(sorted(every.tokens), {str(id): at for id, at in every.agreements.items()})
    holdings.remember(_MEMORY, msgspec.json.encode(kept).decode())
    releases.revoke(every)


def take_back_again(holdings: Holdings, releases: Releases) -> None:
    """Bring a release store that was made anew up to what is remembered."""
    every = _remembered(holdings)
    known = releases.revocations()
    if known | every != known:
        releases.revoke(every)


def _remembered(holdings: Holdings) -> Revocations:
    text = holdings.recall(_MEMORY)
    if text is None:
        return Revocations()
    kept = msgspec.json.decode(text, type=_Kept)
    return Revocations(frozenset(kept.tokens), {AgreementId(id): at for id, at in kept.agreements.items()})
