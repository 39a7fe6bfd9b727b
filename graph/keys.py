"""Keyed names: opaque ids and versions. Without the key nobody can make one, or find what it was made from.

BLAKE2b with its own key (RFC 7693), which is a pseudo-random function as it stands; no construction around it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from graph.history import MARK_BYTES, Mark
from graph.model import AgreementId, EntryId, OpaqueId
from graph.portions import portions
from graph.record_showing import Naming
from graph.release import Content
from graph.whole import Whole, bodies_of

_MODULUS = 1 << 256
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class ReleaseKeys:
    """The publisher's keys. naming: for ids; a partner process never holds it. version: for versions and checksums."""

    naming: bytes
    version: bytes


def naming(keys: ReleaseKeys, agreement: AgreementId) -> Naming:
    """How this agreement's ids are made: 128 bits, in hex."""
    return partial(_opaque, hashlib.blake2b(f"{agreement}\0".encode(), digest_size=16, key=keys.naming))


def _opaque(base: "hashlib.blake2b", id: EntryId) -> OpaqueId:
    digest = base.copy()
    digest.update(id.encode())
    return OpaqueId(digest.hexdigest())


def total(content: Content | Whole, version_key: bytes) -> int:
    """The keyed sum over the content's elements; it can be kept up to date by adding and subtracting.

    A sum of 256-bit keyed digests is collision-resistant against all who lack the key (Bellare and Micciancio, 1997).
    """
    if isinstance(content, Whole) and content.links_total is not None:
        return added_up(content.links_total, total_of(content.records.bodies.values(), version_key))
    return total_of(bodies_of(content), version_key)


def total_of(bodies: Iterable[bytes], version_key: bytes) -> int:
    """The keyed sum over some elements' bytes."""
    base = hashlib.blake2b(digest_size=32, key=version_key)
    summed = 0
    for some in portions(bodies, _AT_ONCE):
        summed += _sum(b"".join([_digest(base, body) for body in some]))
    return summed % _MODULUS


def added_up(one: int, other: int) -> int:
    """The sum over two contents that have nothing in common."""
    return (one + other) % _MODULUS


def taken_away(whole: int, part: int) -> int:
    """The sum over what a content has beyond a part of it."""
    return (whole - part) % _MODULUS


def version(agreement: AgreementId, content_total: int, supporting: Sequence[str], version_key: bytes) -> str:
    """The name of a content: equal content of one agreement, equal name. supporting: as its header has them."""
    stated = "\0".join((agreement, f"{content_total:064x}", *supporting)).encode()
    return hashlib.blake2b(stated, digest_size=16, key=version_key).hexdigest()


def marking(keys: ReleaseKeys) -> Mark:
    """How a release's history is marked: by a key that is made of both, and that only who has both can make."""
    key = hashlib.blake2b(keys.version, digest_size=32, key=keys.naming, person=b"history").digest()
    return partial(_mark, key)


def _mark(key: bytes, body: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(body, digest_size=MARK_BYTES, key=key).digest())


def _digest(base: "hashlib.blake2b", body: bytes) -> bytes:
    digest = base.copy()  # which has taken in the key
    digest.update(body)
    return digest.digest()


def _sum(digests: bytes) -> int:
    """The sum of numbers of 256 bits, by their eighths; there are too few for one of those to overflow.

    >>> _sum((3).to_bytes(32) + (2**255).to_bytes(32) + (2**255).to_bytes(32)) == 2**256 + 3
    True
    """
    eighths = np.frombuffer(digests, ">u4").reshape(-1, 8).sum(axis=0, dtype=np.uint64)
    return sum(eighth << 32 * (7 - place) for place, eighth in enumerate(eighths.tolist()))
