"""However many unknown users are refused, a minute has one line (DESIGN 7)."""

import asyncio

import pytest

from server.audit import unknown_users
from server.audit.unknown_users import UnknownUsers
from tests.memory_trail import MemoryTrail


def test_a_token_that_will_do_no_more_has_one_line_a_minute_and_the_rest_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    minute = ["2026-11-24T09:30Z"]
    monkeypatch.setattr(unknown_users, "_minute", lambda: minute[0])
    trail = MemoryTrail()
    refused = UnknownUsers(trail)
    assert [refused.is_first(token) for token in ("a", "a", "b", "a")] == [True, False, True, False]
    assert sum(refused.is_first(str(token)) for token in range(5000)) == unknown_users._MOST - 2
    minute[0] = "2026-11-24T09:31Z"
    assert refused.is_first("a")
    asyncio.run(refused.write(all_of_them=True))
    assert [line["count"] for line in trail.lines] == [2 + 5000 - unknown_users._MOST + 2]


def test_a_minute_has_one_line_with_its_count(monkeypatch: pytest.MonkeyPatch) -> None:
    minute = ["2026-11-24T09:30Z"]
    monkeypatch.setattr(unknown_users, "_minute", lambda: minute[0])
    trail = MemoryTrail()
    refused = UnknownUsers(trail)

    async def work() -> None:
        for _ in range(1000):
            refused.count()
        await refused.write()
        assert trail.lines == []
        minute[0] = "2026-11-24T09:31Z"
        trail.is_full = True
        await refused.write()
        refused.count()
        minute[0] = "2026-11-24T09:40Z"
        trail.is_full = False
        await refused.write()
        refused.count()
        await refused.write(all_of_them=True)

    asyncio.run(work())
    assert [(line["event"], line["minute"], line["count"]) for line in trail.lines] == [
        ("unknown users refused", "2026-11-24T09:30Z", 1000),
        ("unknown users refused", "2026-11-24T09:31Z", 1),
        ("unknown users refused", "2026-11-24T09:40Z", 1),
    ]
