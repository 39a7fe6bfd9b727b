"""What partners may no longer see, taken from every release: by a command, or by an officer's act.

It stands in the audit log before it is done: which releases, by which day, and who had it done.
"""

from collections.abc import Callable
from datetime import date
from typing import Final, Protocol

from graph.draft import Moment, Rules
from graph.model import AgreementId
from graph.planning import Planned, Publication
from graph.publish import Publisher
from graph.sources import is_restriction_due
from server.commands.printing import publication_json


class Record(Protocol):
    """Writes a line of the office's audit log, which says who does it."""

    def __call__(self, event: str, /, **told: object) -> None:
        """The line."""


UNDONE: Final = "A load or an act was stopped before its withdrawals were done; doing them now."


def say_undone(publishing: Publisher, tell: Callable[[str], None]) -> None:
    """Tell what else is done by a command that withdraws. Ask before it stores anything itself."""
    if is_restriction_due(publishing.holdings):
        tell(UNDONE)


def drop_unknown(publishing: Publisher, rules: Rules, record: Record) -> list[AgreementId]:
    """Take away the releases whose agreement is no longer on file, and say which."""
    gone = [id for id in publishing.releases.headers() if id not in rules.agreements]
    if gone:
        record("dropping", agreements=gone)
    return publishing.drop_unknown(rules)


def restrict(publishing: Publisher, rules: Rules, moment: Moment, record: Record) -> list[Publication]:
    """Take from every release what may no longer be seen."""
    return publishing.write(withdrawals(publishing, rules, moment, record))


def withdrawals(publishing: Publisher, rules: Rules, moment: Moment, record: Record) -> list[Planned]:
    """What is to be taken from every release: recorded, and to be written next."""
    planned = publishing.plan(rules, moment, adding=())
    told = [publication_json(plan.publication) for plan in planned]
    record("restricting", day=date.fromordinal(moment.day).isoformat(), releases=told)
    return planned
