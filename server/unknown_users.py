"""Refusals of users who are not known are counted by the minute: one line a minute, however many come (DESIGN 7)."""

from datetime import UTC, datetime

from server.audit_entry import unknown_users
from server.audit_log import Trail, Unwritten


class UnknownUsers:
    """Counts them. What could not be written is written later."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._minute = ""
        self._count = 0
        self._due: list[tuple[str, int]] = []

    def count(self) -> None:
        """One more, now."""
        self._turn(_minute())
        self._count += 1

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


def _minute() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ")
