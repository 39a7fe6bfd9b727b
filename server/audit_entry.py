"""What a line of the partners' audit log tells: when, who, for what, which question, and what was disclosed (DESIGN 7).

A question that was answered is told whole; of one that was refused, its beginning. Nothing of what a record says is
ever told, only its id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from schema.execute import Answer, Question
from server.auth import Bearer
from server.chain import encoded
from server.problems import Problem
from server.purpose import Purpose

ANSWERED: Final = "answered"
REFUSED: Final = "refused"
UNKNOWN: Final = "unknown users refused"
_LONGEST_REFUSED: Final = 1000


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and why. request: the id that the answer's header has."""

    bearer: Bearer
    purpose: Purpose
    request: str

    def answered(self, question: Question, body: bytes, version: str, answer: Answer) -> bytes:
        """The line of an answer. One whose question was refused before it was executed is a refusal. body: as sent."""
        errors = [fault["extensions"]["code"] for fault in answer.faults]
        if not answer.executed:
            return self._refused(errors, version, question)
        who = self._who(ANSWERED, version)
        asked = {
            "operation": question.operation_name,
            "query": question.query,
            "variables": question.variables or None,
        }
        given = {"errors": errors or None, "records": answer.disclosed}
        try:
            return _line({**who, **asked, **given})
        except TypeError:  # JSON may come in nested more deeply than it is written; it is told as it came
            return _line({**who, "body": body.decode(), **given})

    def refused(
        self, problem: Problem, version: str | None = None, question: Question | None = None
    ) -> bytes:
        """The line of a problem."""
        return self._refused([problem.code], version, question)

    def _refused(self, errors: Sequence[str], version: str | None, question: Question | None) -> bytes:
        query = None if question is None else question.query[:_LONGEST_REFUSED]
        return _line({**self._who(REFUSED, version), "query": query, "errors": errors})

    def _who(self, event: str, version: str | None) -> dict[str, Any]:
        return {
            "at": _now(),
            "event": event,
            "request": self.request,
            "agreement": self.bearer.agreement,
            "version": version,
            "user": self.bearer.user,
            "issuer": self.bearer.issuer,
            "token": self.bearer.token,
            "purpose": self.purpose.purpose,
            "case_number": self.purpose.case_number,
        }


def unknown_users(minute: str, count: int) -> bytes:
    """The line that counts who was refused within a minute because it is not known who they are."""
    return _line({"at": _now(), "event": UNKNOWN, "minute": minute, "count": count})


def _line(told: Mapping[str, Any]) -> bytes:
    return encoded({name: value for name, value in told.items() if value is not None})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
