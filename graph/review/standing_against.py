"""What stands against an approval: blocking findings of what would be held then, less what Data Quality accepted.

Whose word counts is for whoever asks: for an approval, that of a third person alone. What is told is found in what its
reader may know of, as if nothing else were held, and stands against it for him. Whatever is found beside that in all
that would be held is told once and last, without its number and its place. A word over a finding as one who may know of
more reads it is a word over the same one as others read it.
"""

from collections.abc import Collection, Iterable, Sequence

from graph.findings.finding import Finding
from graph.model import EntryId
from graph.office.blocking import NOT_SHOWN, Blocking, Counts
from graph.office.cutting import cut_down
from graph.office.survey import Survey
from graph.overlay import Overlay
from graph.review.marks import DRAWER, marks_of
from graph.review.reviewing import Reviewing


def standing_against(
    now: Survey, then: Overlay, ids: Collection[EntryId], counts: Counts, hidden: int
) -> Sequence[Blocking]:
    """`graph.office.blocking.FindBlocking`, bound to a survey of what is held beneath. Of that nothing is read anew."""
    survey = now.with_entries(then.touched())
    marks = {id: marks_of(paper) for id, paper in then.papers(DRAWER, ids).items()}
    whole = Reviewing(survey, marks)
    found = _blocking(whole, ids)
    against = _told(one for one in found if not _is_accepted(one, whole, counts))
    if not hidden:
        return against
    part = Reviewing(survey.part(hidden, cut_down), marks, whole=survey)
    accepted = {one.id for one in found if _is_accepted(one, part, counts)}
    left = (one for one in _blocking(part, ids) if one.id not in accepted)
    told = _told(one for one in left if not _is_accepted(one, part, counts))
    return told if set(against) <= set(told) else [*told, NOT_SHOWN]


def _blocking(reviewing: Reviewing, ids: Collection[EntryId]) -> list[Finding]:
    return [finding for id in sorted(ids) for finding in reviewing.findings(id) if finding.blocking]


def _is_accepted(finding: Finding, reviewing: Reviewing, counts: Counts) -> bool:
    """Whether somebody has accepted it whose word counts, and of whose word the reader may know."""
    mark = reviewing.accepted(finding)
    return mark is not None and counts(mark.who)


def _told(findings: Iterable[Finding]) -> list[Blocking]:
    return [Blocking(one.id, one.text) for one in findings]
