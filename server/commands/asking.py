"""A publication that is asked about: why, what it comes to, and the answer of whoever sits at the terminal."""

import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import click

from graph.model import AgreementId
from graph.planning import Planned, Publication
from graph.questions import Asking, Question, questions
from server.commands.printing import publication_line
from server.commands.session import note


@dataclass(frozen=True, slots=True)
class Doubt:
    """One agreement's publication, and why it is asked about."""

    publication: Publication
    questions: tuple[Question, ...]

    def sentences(self) -> list[str]:
        """What is asked about, and the publication."""
        why = [_SENTENCES[question].format(**_numbers(self.publication)) for question in self.questions]
        return [*why, publication_line(self.publication)]


def doubts(planned: Sequence[Planned], published: Collection[AgreementId], asking: Asking) -> list[Doubt]:
    """Those publications that are asked about. published: the agreements that have a release."""
    asked = (Doubt(plan.publication, questions(plan.publication, published, asking)) for plan in planned)
    return [doubt for doubt in asked if doubt.questions]


def answered(doubted: Sequence[Doubt]) -> bool:
    """Whether a person says yes; where none can be asked it is a no."""
    for doubt in doubted:
        note("\n".join(doubt.sentences()))
    return sys.stdin.isatty() and click.confirm("Publish?", err=True)


def _numbers(publication: Publication) -> dict[str, str]:
    before = publication.records - publication.added + publication.withdrawn
    counts = {"added": publication.added, "withdrawn": publication.withdrawn, "before": before}
    return {"agreement": publication.agreement} | {name: f"{count:,}" for name, count in counts.items()}


_SENTENCES: Final = {
    Question.RULES: "The policy or the agreement has changed since the last publication.",
    Question.ADDS: "{agreement}: {added} records would be added to {before}.",
    Question.WITHDRAWS: (
        "{agreement}: {withdrawn} of {before} records had to be withdrawn, which waits for no answer."
        " The question is whether to go on."
    ),
}
