"""What a line of the partners' audit log tells: when, who, for what, which question, and what was disclosed (DESIGN 7).

A question that was answered is told whole; of one that was refused, its beginning. Nothing of what a record says is
ever told, only its id; the ids are the last that a line has, and the log's to write (`server.audit.lists_on_file`).
"""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

import msgspec

from schema.execute import Answer, Question
from server.audit.chain import encoded
from server.auth import Bearer
from server.problems import Problem
from server.purpose import Purpose

ANSWERED: Final = "answered"
REFUSED: Final = "refused"
UNKNOWN: Final = "unknown users refused"
_ANSWERED: Final = b'","event":"%b","request":"' % ANSWERED.encode()
_REFUSED: Final = b'","event":"%b","request":"' % REFUSED.encode()
_LONGEST_REFUSED: Final = 1000
_KEPT: Final = 64
"""How many users and how many queries are written down again as they were."""


class Asking(msgspec.Struct, frozen=True):
    """Who asks, and why. request: the id that the answer's header has."""

    bearer: Bearer
    purpose: Purpose
    request: str

    def answered(self, question: Question, body: bytes, version: str, answer: Answer) -> bytes:
        """The line of an answer, but for its records. One whose question was refused before it was executed is a
        refusal. body: as sent.
        """
        errors = [fault["extensions"]["code"] for fault in answer.faults] if answer.faults else []
        if not answer.executed:
            return self._refused(errors, version, question)
        told, variables = _asked(question.operation_name, question.query), question.variables
        try:
            if variables:
                told = b'%b,"variables":%b' % (told, encoded(variables))
        except TypeError:  # JSON may come in nested more deeply than it is written; it is told as it came
            told = _members({"body": body.decode()})
        if errors:
            told = b"%b,%b" % (told, _members({"errors": errors}))
        return self._line(_ANSWERED, version, told)

    def refused(
        self, problem: Problem, version: str | None = None, question: Question | None = None
    ) -> bytes:
        """The line of a problem."""
        return self._refused([problem.code], version, question)

    def _refused(self, errors: Sequence[str], version: str | None, question: Question | None) -> bytes:
        query = {} if question is None else {"query": question.query[:_LONGEST_REFUSED]}
        return self._line(_REFUSED, version, _members({**query, "errors": errors}))

    def _line(self, event: bytes, version: str | None, told: bytes) -> bytes:
        who = _who(self.bearer, self.purpose, version)
        return b"".join((b'{"at":"', _now(), event, self.request.encode(), b'",', who, b",", told, b"}"))


def unknown_users(minute: str, count: int) -> bytes:
    """The line that counts who was refused within a minute because it is not known who they are."""
    return encoded({"at": now(), "event": UNKNOWN, "minute": minute, "count": count})


def now() -> str:
    """This moment, to the microsecond.

    >>> import re
    >>> bool(re.fullmatch(r"20[0-9-]{8}T[0-9:]{8}[.][0-9]{6}[+]00:00", now()))
    True
    """
    return _now().decode()


def _now() -> bytes:
    second, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
    return b"%b.%06d+00:00" % (_second(second), nanoseconds // 1000)


@lru_cache(1)
def _second(since_1970: int) -> bytes:
    return datetime.fromtimestamp(since_1970, UTC).strftime("%Y-%m-%dT%H:%M:%S").encode()


@lru_cache(_KEPT)
def _who(bearer: Bearer, purpose: Purpose, version: str | None) -> bytes:
    """Members of lines: the same of one user's, as long as nothing is published."""
    told = {
        "agreement": bearer.agreement,
        "version": version,
        "user": bearer.user,
        "issuer": bearer.issuer,
        "token": bearer.token,
        "purpose": purpose.purpose,
        "case_number": purpose.case_number,
    }
    return _members({name: value for name, value in told.items() if value is not None})


@lru_cache(_KEPT)
def _asked(operation: str | None, query: str) -> bytes:
    """Members of lines: the same of one program's."""
    return _members({"query": query} if operation is None else {"operation": operation, "query": query})


def _members(told: Mapping[str, Any]) -> bytes:
    """JSON without its braces."""
    return encoded(told)[1:-1]
