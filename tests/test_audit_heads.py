"""The office is told how far each log has come, and keeps it where the partner process cannot write (DESIGN 7)."""

import asyncio
import json
import logging
from pathlib import Path

import httpx
import pytest

from server.audit.chain import Head, encoded
from server.audit.heads import PATH, SIGNATURE, HeadKey, Heads, HeadTeller
from server.audit.log import AuditLog, Sync, open_log
from server.office.app import create_office_app
from tests.memory_trail import MemoryTrail

KEY = HeadKey(b"c" * 32)


def log(folder: Path) -> AuditLog:
    return open_log(folder, Sync.ALWAYS, 1 << 20)


def told(body: bytes, signature: str, trail: MemoryTrail) -> int:
    """The status that the office app answers a head with."""

    async def work() -> int:
        transport = httpx.ASGITransport(create_office_app(dict, trail, KEY))
        async with httpx.AsyncClient(transport=transport, base_url="http://office.test") as client:
            response = await client.post(
                PATH, content=body, headers=[(SIGNATURE.encode(), signature.encode("latin-1"))]
            )
            return response.status_code

    return asyncio.run(work())


def head(line: int = 7) -> bytes:
    return json.dumps({"log": "host-1", "line": line, "hash": "ab"}).encode()


def test_a_head_is_written_to_the_log_of_heads() -> None:
    trail = MemoryTrail()
    assert told(head(), KEY.sign(head()), trail) == 204
    [line] = trail.lines
    assert line == {"at": line["at"], "event": "head", "log": "host-1", "line": 7, "hash": "ab"}


@pytest.mark.parametrize(
    ("body", "signature", "status"),
    [
        (head(8), KEY.sign(head()), 403),
        (head(), "", 403),
        (head(), "\u00e9", 403),
        (head(), HeadKey(b"d" * 32).sign(head()), 403),
        (b"42", KEY.sign(b"42"), 400),
        (b'{"log": "a"}', KEY.sign(b'{"log": "a"}'), 400),
        (b"x" * 2000, KEY.sign(b"x" * 2000), 400),
    ],
)
def test_what_is_no_head_of_ours_is_not_written(body: bytes, signature: str, status: int) -> None:
    trail = MemoryTrail()
    assert (told(body, signature, trail), trail.lines) == (status, [])


def test_a_head_that_cannot_be_written_is_not_taken() -> None:
    trail = MemoryTrail()
    trail.is_full = True
    assert told(head(), KEY.sign(head()), trail) == 503


def test_only_a_head_that_is_on_the_disk_is_told_and_only_once(tmp_path: Path) -> None:
    sent: list[bytes] = []

    async def work() -> None:
        opened = log(tmp_path)
        teller = HeadTeller(opened, KEY, lambda body, _: sent.append(body))
        await teller.tell()
        await opened.write(encoded({"event": "a"}))
        await teller.tell()
        await teller.tell()
        await opened.close()

    asyncio.run(work())
    assert [json.loads(body)["line"] for body in sent] == [0, 1]


def test_an_office_that_is_away_is_told_later_and_said_to_be_away_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    away = [True]
    sent: list[bytes] = []

    def send(body: bytes, _signature: str) -> None:
        if away[0]:
            raise ConnectionRefusedError(111, "Connection refused")
        sent.append(body)

    async def work() -> None:
        opened = log(tmp_path)
        teller = HeadTeller(opened, KEY, send)
        with caplog.at_level(logging.WARNING):
            for _ in range(30):
                await teller.tell()
        away[0] = False
        await teller.tell()
        await opened.close()

    asyncio.run(work())
    assert (len(caplog.records), len(sent)) == (1, 1)


def test_the_heads_of_one_log_are_found_among_others_as_far_as_they_were_told_by_then(tmp_path: Path) -> None:
    async def work() -> AuditLog:
        opened = log(tmp_path)
        for name, line in (("a", 1), ("b", 1), ("a", 3)):
            await opened.write(encoded({"event": "head", "log": name, "line": line, "hash": f"{name}{line}"}))
        await opened.close()
        return opened

    heads = Heads.until_now([asyncio.run(work()).files])
    asyncio.run(work())
    assert list(heads.of("a")) == [Head(1, "a1"), Head(3, "a3")]
    assert heads.names() == {"a", "b"}
