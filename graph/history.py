"""How a release became what it is: its versions, and which records each of them touched. Opaque ids, names of versions,
places in time and marks; never content.

A version has a place only where the content became another one, so what is told from here depends on the sequence of
distinct contents and on nothing else. A record is touched where it comes, goes, or changes, itself or one of its links.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from graph.model import OpaqueId

_KEPT_MINUTES: Final = 90 * 24 * 60

Mark = Callable[[bytes], int]
"""A keyed digest of some bytes, of 128 bits. No partner process has the key: who has it not can neither read from a
mark what was shown nor try whether it was this."""

MARK_BYTES: Final = 16
MODULUS: Final = 1 << 8 * MARK_BYTES


@dataclass(frozen=True, slots=True)
class Version:
    """A content that was current. place: counted from the first. minute: when it became so. key: of its marks."""

    place: int
    name: str
    minute: int
    key: str

    def follows(self, last: "Version | None") -> bool:
        """Whether this goes on from the last one: under another key there are other ids, and other marks."""
        return last is not None and last.key == self.key


@dataclass(frozen=True, slots=True)
class Touch:
    """What the version at a place did to a record.

    before, after: whether the record was there. shift: by how much the sum of its marks changed.
    """

    place: int
    id: OpaqueId
    before: bool
    after: bool
    shift: int


@dataclass(frozen=True, slots=True)
class History:
    """names: the versions that are known, by place, the current one last. touches: of all of them but the first."""

    names: tuple[tuple[int, str], ...] = ()
    touches: tuple[Touch, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """All that a store keeps of one release's history, as it is moved from one store to another."""

    versions: tuple[Version, ...] = ()
    touches: tuple[Touch, ...] = ()


def minute(published_at: str) -> int:
    """A time as a header has it, in minutes.

    >>> minute("2026-11-24T09:30:00Z") - minute("2026-11-23T09:30Z")
    1440
    """
    return int(datetime.fromisoformat(published_at).timestamp()) // 60


def next_version(last: Version | None, name: str, published_at: str, mark: Mark) -> Version | None:
    """The version that comes after the last one; None where its content is the current one's."""
    new = Version(1 if last is None else last.place + 1, name, minute(published_at), f"{mark(b''):032x}")
    return None if new.follows(last) and last is not None and new.name == last.name else new


def forgotten_before(minute: int) -> int:
    """A version that was last current before this minute is forgotten when one becomes current at the other.

    >>> (minute("2026-11-24T00:00Z") - forgotten_before(minute("2026-11-24T00:00Z"))) // 1440
    90
    """
    return minute - _KEPT_MINUTES
