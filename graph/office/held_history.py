"""What was done to a record, by whom and when: as its line says it, and as persons at the desk did it.

Days are as they are stated; what has none comes first. What is about something that the reader may not know of is not
in the dossier and the survey that come here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.desk_steps import WITHDRAWN
from graph.dossier import Dossier, raw_of
from graph.model import Entry
from graph.office.held_record import text_of
from graph.reading import line_of
from graph.withdrawals import Withdrawal


@dataclass(frozen=True, slots=True)
class Done:
    """One act. what: in a few words. at: a day or a minute, UTC; None: not stated."""

    what: str
    by: str | None
    at: str | None
    reason: str | None = None


def history_of(entry: Entry, dossier: Dossier, withdrawal: Withdrawal | None) -> list[Done]:
    """The acts, oldest first. What the line says is told as its system of record gave it, whatever is held instead."""
    acts = [*_of_line(raw_of(entry, dossier) or entry), *_of_desk(dossier)]
    if withdrawal is not None and not _has_act(dossier, withdrawal):
        acts.append(Done(WITHDRAWN, withdrawal.who, withdrawal.at, withdrawal.reason))
    return sorted(acts, key=lambda act: (act.at is not None, act.at or ""))


def decided_of(decision: Entry) -> list[Done]:
    """The acts of a clearance or a consent, as its line says them."""
    line = line_of(decision)
    told = {
        name: text_of(line, name)
        for name in ("requested_by", "approved_by", "effective", "reason", "category")
    }
    what = f"{decision.kind.value} of {told['category']}"
    return [
        Done(f"{what} requested", told["requested_by"], None, told["reason"]),
        Done(f"{what} approved", told["approved_by"], told["effective"], told["reason"]),
    ]


def _of_line(entry: Entry) -> Iterator[Done]:
    approval = line_of(entry).get("approval")
    if isinstance(approval, dict):
        if agent := text_of(approval, "agent"):
            yield Done("prepared", agent, None)
        if supervisor := text_of(approval, "supervisor"):
            state = text_of(approval, "state") or "not decided"
            yield Done(state, supervisor, text_of(approval, "date"))
    if revised := text_of(line_of(entry), "revised"):
        yield Done("revised", None, revised)


def _has_act(dossier: Dossier, withdrawal: Withdrawal) -> bool:
    """Whether the dossier tells it as well; one made over a damaged dossier is in none."""
    return any(act.what == WITHDRAWN and act.word.at == withdrawal.at for act in dossier.acts)


def _of_desk(dossier: Dossier) -> Iterator[Done]:
    for act in dossier.acts:
        yield Done(act.what, act.word.who, act.word.at, act.word.reason)
