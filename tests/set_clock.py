"""A clock that a test sets, for commands that run in this process."""

from datetime import UTC, date, datetime, time, tzinfo

import pytest


def set_clock(monkeypatch: pytest.MonkeyPatch, day: str, at: str = "12:00") -> None:
    """From here on commands read this day and time, UTC."""
    moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(at), UTC)

    class Set(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    monkeypatch.setattr("server.commands.session.datetime", Set)
