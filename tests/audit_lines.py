"""Audit logs made by hand: lines of answers, and a folder that has them."""

import asyncio
import os
from pathlib import Path

import pytest

from graph.model import AgreementId, OpaqueId
from schema.execute import Answer, Question
from server.audit.entry import Asking
from server.audit.files import AuditFiles
from server.audit.lists_on_file import ListsOnFile
from server.audit.log import Sync, open_log
from server.auth import Bearer
from server.purpose import Purpose


def asking(agreement: str, user: str) -> Asking:
    return Asking(Bearer(AgreementId(agreement), user, "t" * 32, 0), Purpose("a test", "T-1"), "r" * 16)


def given(agreement: str, user: str, *ids: str) -> bytes:
    """The line of an answer that gave these."""
    question = Question("{ agreement { id } }", None, {"asked": "x"})
    answer = Answer(True, {}, [], tuple(map(OpaqueId, ids)))
    told = asking(agreement, user).answered(question, b"", "v1", answer)
    return with_records(told, answer.disclosed)


def with_records(told: bytes, records: tuple[OpaqueId, ...]) -> bytes:
    """What a line tells, whole."""
    return told[:-1] + ListsOnFile().member(records, 1) + b"}"


def write_log(base: Path, *lines: bytes) -> AuditFiles:
    """A log in this folder, with these lines more."""

    async def work() -> AuditFiles:
        log = open_log(base, Sync.SOON, 1 << 20)
        for line in lines:
            await log.write(line)
        await log.close()
        return log.files

    return asyncio.run(work())


def written_together(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many lines each call writes from now on; a call that writes none wakes the event loop, and is left out."""
    calls: list[int] = []
    write = os.write

    def counted(file: int, text: bytes) -> int:
        if b"\n" in text:
            calls.append(text.count(b"\n"))
        return write(file, text)

    monkeypatch.setattr(os, "write", counted)
    return calls
