"""Audit logs made by hand: lines of answers, and a folder that has them."""

import asyncio
from pathlib import Path

from graph.model import AgreementId, OpaqueId
from schema.execute import Answer, Question
from server.audit_entry import Asking
from server.audit_files import AuditFiles
from server.audit_log import Sync, open_log
from server.auth import Bearer
from server.purpose import Purpose


def asking(agreement: str, user: str) -> Asking:
    return Asking(Bearer(AgreementId(agreement), user, "t" * 32, 0), Purpose("a test", "T-1"), "r" * 16)


def given(agreement: str, user: str, *ids: str) -> bytes:
    """The line of an answer that gave these."""
    question = Question("{ agreement { id } }", None, {"asked": "x"})
    answer = Answer(True, {}, [], tuple(map(OpaqueId, ids)))
    return asking(agreement, user).answered(question, b"", "v1", answer)


def write_log(base: Path, *lines: bytes) -> AuditFiles:
    """A log in this folder, with these lines more."""

    async def work() -> AuditFiles:
        log = open_log(base, Sync.SOON, 1 << 20)
        for line in lines:
            await log.write(line)
        await log.close()
        return log.files

    return asyncio.run(work())
