"""What an officer's question is answered with: by the office's schema, or, as a partner would be, by the partner's.

A reply is the body of an answer, and what the log of reads says of it: the holdings' ids of all that was told. Of an
answer that is longer than `limits.answer_bytes` nothing is told, as partners are told nothing of theirs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from graph.model import AgreementId
from graph.office.audience import Audience
from graph.office.survey import Survey
from graph.officer import Officer
from schema import execute
from schema.errors import Code
from schema.execute import Question
from schema.faults import fault
from schema.office.answering import Answer
from schema.office.archive import Archive
from schema.office.context import Asking
from server.office.previews import Previews
from server.partner import bodies


@dataclass(frozen=True, slots=True)
class Reply:
    """executed: False where the question was refused before anything was looked up. told: more for the log."""

    executed: bool
    body: bytes
    errors: Sequence[str]
    records: Sequence[str]
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfficeReplies:
    """By the office's schema. asking: what surrounds an officer's question. most: bytes that a body may have."""

    asking: Callable[[Officer], Asking]
    answer: Callable[[Asking, Question], Answer]
    most: int

    def __call__(self, officer: Officer, question: Question, _place: Mapping[str, str]) -> Reply:
        """Raises StoreError and PolicyError."""
        asking = self.asking(officer)
        answer = self.answer(asking, question)
        body = _body(answer)
        if len(body) > self.most:
            faults = [fault(Code.ANSWER_TOO_LONG)]
            return Reply(False, _body(Answer(False, None, faults)), _codes(faults), [])
        return Reply(answer.executed, body, _codes(answer.faults), list(asking.disclosed))


@dataclass(frozen=True, slots=True)
class PreviewReplies:
    """By the partner's schema, over one agreement's current release. survey: what is held now. most: as above."""

    survey: Callable[[], Survey]
    archive: Archive
    previews: Previews
    answering: execute.Answering
    most: int

    def __call__(self, officer: Officer, question: Question, place: Mapping[str, str]) -> Reply | None:
        """None where nothing is published under the agreement that the place names."""
        agreement, survey = AgreementId(place["agreement"]), self.survey()
        if agreement not in survey.rules.agreements:
            return None
        hidden = survey.rules.policy.hidden_from(officer.person)
        view = self.previews.view(agreement, Audience.of(survey, officer), hidden)
        if view is None:
            return None
        answer, body = bodies.told(self.answering.answer(view, question), view, self.most)
        names = self.archive.names(agreement, survey)
        records = [names[id] for id in answer.disclosed if id in names]
        return Reply(answer.executed, body, _codes(answer.faults), records, {"preview": agreement})


def _body(answer: Answer) -> bytes:
    errors = {"errors": answer.faults} if answer.faults else {}
    return orjson.dumps(errors | ({"data": answer.data} if answer.executed else {}))


def _codes(faults: Sequence[Mapping[str, Any]]) -> list[str]:
    return [fault["extensions"]["code"] for fault in faults]
