"""Refusals of users who are not known are counted by the minute: one line a minute, however many come (DESIGN 7).

A user whose token will do no more, one that was taken back say, was known: the first refusal of a minute has a line of
its own, for it may be a thief's, and the others are counted. So neither can fill the disk.
"""

from datetime import UTC, datetime
from typing import Final

from server.audit.entry import unknown_users
from server.audit.log import Trail, Unwritten

_MOST: Final = 1000
"""How many tokens of a minute are told apart."""


class UnknownUsers:
    """Counts them. What could not be written is written later."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._minute = ""
        self._count = 0
        self._due: list[tuple[str, int]] = []
        self._tokens: set[str] = set()

    def count(self) -> None:
        """One more, now."""
        self._turn(_minute())
        self._count += 1

    def is_first(self, token: str) -> bool:
        """Whether no refusal of this token has come within this minute; if one has, this one is counted."""
        self._turn(_minute())
        if token in self._tokens or len(self._tokens) >= _MOST:
            self._count += 1
            return False
        self._tokens.add(token)
        return True

    async def write(self, *, all_of_them: bool = False) -> None:
        """Write the minutes that have passed; all of them: also the one that has not."""
        self._turn("" if all_of_them else _minute())
        while self._due:
            try:
                await self._trail.write(unknown_users(*self._due[0]))
            except Unwritten:
                return
            del self._due[0]

    def _turn(self, minute: str) -> None:
        if minute == self._minute:
            return
        if self._count:
            self._due.append((self._minute, self._count))
        self._minute, self._count = minute, 0
        self._tokens.clear()


def _minute() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ")
