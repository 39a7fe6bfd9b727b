"""What stands against an approval: blocking findings of what would be held then, less what Data Quality accepted.

Whose word counts is for whoever asks: for an approval, that of a third person alone.
"""

from collections.abc import Collection, Sequence

from graph.blocking import Blocking, Counts
from graph.model import EntryId
from graph.review.marks import DRAWER, Mark, marks_of
from graph.review.reviewing import Reviewing
from graph.store import Holdings
from graph.survey import Survey


def standing_against(
    before: Survey, then: Holdings, ids: Collection[EntryId], counts: Counts
) -> Sequence[Blocking]:
    """`graph.blocking.FindBlocking`, bound to a survey of all that is held; what did not change is not read anew."""
    survey = Survey.of(before.rules, before.day, then.entries(), before.withdrawals, before)
    marks = {id: marks_of(paper) for id, paper in then.papers(DRAWER, ids).items()}
    reviewing = Reviewing(survey, marks)
    return [
        Blocking(finding.id, finding.text, finding.about)
        for id in sorted(ids)
        for finding in reviewing.findings(id)
        if finding.blocking and not _is_accepted(reviewing.accepted(finding), counts)
    ]


def _is_accepted(word: Mark | None, counts: Counts) -> bool:
    return word is not None and counts(word.who)
