"""How each record stood when the releases were last judged: its categories and whether it is released, by agreement.

It is what lets a change be judged by its region: what lies beyond the region stands as it stood. It is kept beside the
holdings and is made anew whenever it may not fit them; no rule ever reads it in place of the lines.
"""

import struct
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import msgspec

_HEAD: Final = struct.Struct("<QH")
_OTHER: Final = struct.Struct("<HQ")


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one record, or of an end that was never loaded. Agreements are numbered by the account.

    word: the categories under most agreements, as bits. others: those under the agreements where they differ.
    released: a bit for each agreement.
    """

    word: int
    others: dict[int, int]
    released: int

    @classmethod
    def of(cls, words: Sequence[int], released: Sequence[bool]) -> Self:
        """The standing by agreement.

        >>> Standing.of([4, 4, 0], [False, False, True])
        Standing(word=4, others={2: 0}, released=4)
        """
        most = words[0] if len(set(words)) == 1 else Counter(words).most_common(1)[0][0]
        others = {place: word for place, word in enumerate(words) if word != most}
        return cls(most, others, sum(1 << place for place, is_so in enumerate(released) if is_so))

    def under(self, place: int) -> int:
        """The categories under one agreement."""
        return self.others.get(place, self.word)

    def is_released(self, place: int) -> bool:
        """Whether one agreement has it."""
        return bool(self.released >> place & 1)

    @property
    def any(self) -> int:
        """The categories that it has under some agreement."""
        word = self.word
        for other in self.others.values():
            word |= other
        return word

    @property
    def all(self) -> int:
        """The categories that it has under every agreement."""
        word = self.word
        for other in self.others.values():
            word &= other
        return word

    def encode(self) -> bytes:
        """The bytes that are kept."""
        size = (self.released.bit_length() + 7) // 8
        others = b"".join(_OTHER.pack(place, word) for place, word in sorted(self.others.items()))
        return _HEAD.pack(self.word, len(self.others)) + others + self.released.to_bytes(size, "little")

    @classmethod
    def decode(cls, body: bytes) -> Self:
        """From its bytes."""
        word, count = _HEAD.unpack_from(body)
        end = _HEAD.size + count * _OTHER.size
        others = dict(_OTHER.iter_unpack(body[_HEAD.size : end]))
        return cls(word, others, int.from_bytes(body[end:], "little"))


NEVER_KNOWN: Final = Standing(0, {}, 0)
"""Of what no link and no line had named."""


class Kept(msgspec.Struct, frozen=True):
    """What is known of one agreement's release, so that it need not be read whole.

    fingerprint: the agreement's. version: of the release that this tells of; None without one. records, links, types:
    how many it has, the last by type. withheld: how many records each reason withholds. pending: the holdings' ids of
    what the rules release and the release does not show as they do.
    """

    id: str
    fingerprint: str
    version: str | None
    records: int
    links: int
    types: dict[str, int]
    withheld: dict[str, int]
    pending: list[str]


class Account(msgspec.Struct, frozen=True):
    """By what everything was last judged, and what came of it.

    policy, keys: fingerprints. day: an ordinal. held: how many records and links. lengths: of all numbers held. days:
    those after `day` on which something starts, ends or comes of date; of these two some may have gone since.
    """

    policy: str
    keys: str
    day: int
    held: int
    agreements: list[Kept]
    lengths: list[int]
    days: list[int]

    def encode(self) -> str:
        """The text that is remembered."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def decode(cls, text: str) -> "Account":
        """From its text. Raises msgspec.MsgspecError where it is damaged."""
        return msgspec.json.decode(text, type=Account)
