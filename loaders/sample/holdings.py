"""The demo holdings: cases with their documents, subjects and links, always the same for a seed.

Pure: no clock, no files. Cases come in the order of their opening, each followed by its documents, its
links, its clearances and consents, and what was deleted of it. A subject's line may come later than links
to it: it is written once no later report can add to it. Only what `recent` and `regulars` keep, and
counters, outlive a case.
"""

from collections.abc import Iterator
from itertools import count

from loaders.sample import cast, citing, days, narrative, opening, permits, reports, ties
from loaders.sample.casefile import CaseFile, Line, Reference, Subject
from loaders.sample.dice import Dice
from loaders.sample.offices import BY_SHARE
from loaders.sample.recent import RecentReports, RecentSubjects
from loaders.sample.regulars import Regulars

CASES_AT_MOST = 1_500_000
"""More would need more than the 9,999 numbers that an office has in a year."""

REMEMBERED_SHARE = 0.3
DELETED_REPORT_SHARE = 0.007
DELETED_LINK_SHARE = 0.003


def sample_lines(cases: int = 2_000, seed: int = 2009) -> Iterator[Line]:
    """The lines (DESIGN 3) of this many cases, one after the other.

    Per case there are about 4 documents, 2.5 subjects and 15 links. Raises ValueError for a number of cases that
    is negative or that the numbers of the offices do not suffice for.
    """
    if not 0 <= cases <= CASES_AT_MOST:
        raise ValueError(f"cases must be from 0 to {CASES_AT_MOST:,}, not {cases:,}")
    return Archive(seed).lines(cases)


class Archive:
    """What has to be known from one case to the next."""

    __slots__ = ("_dice", "_opened", "_regulars", "_reports", "_serial", "_subjects")

    def __init__(self, seed: int) -> None:
        self._dice = Dice(seed)
        self._opened: dict[str, int] = {}
        self._serial = count(1)
        self._reports = RecentReports()
        self._subjects = RecentSubjects()
        self._regulars = Regulars()

    def lines(self, cases: int) -> Iterator[Line]:
        """The lines of this many cases and of the subjects who were waiting for more of them."""
        for place in range(cases):
            yield from self._case((place + self._dice.share()) / cases)
        yield from (subject.line for subject in self._subjects)
        yield from (regular.line for regular in self._regulars)

    def _case(self, position: float) -> Iterator[Line]:
        """The lines of the case that stands at this share of all cases, and of subjects that are complete."""
        dice = self._dice
        file = self._file(position)
        related = citing.relate_case(dice, file, self._reports)
        new = cast.introduce(dice, file, self._next_subject)
        cast.meet_again(dice, file, self._subjects, self._regulars)
        cast.mention_again(dice, file)
        citing.cite_reports(dice, file, self._reports)
        yield opening.case_line(dice, file, related)
        yield from self._documents(file)
        cast.link_cast(dice, file)
        ties.tie_subjects(dice, file, self._subjects)
        yield from (source.line for source in cast.sources(dice, file, self._next_subject))
        yield from self._complete(new)
        yield from file.links.lines
        yield from permits.clearances(dice, file)
        yield from permits.consents(dice, file)
        yield from self._deleted(file)

    def _file(self, position: float) -> CaseFile:
        """A case file with a number of its own and planned documents."""
        day = days.opening_day(position)
        office = self._dice.draw(BY_SHARE)
        row = f"{office.prefix}{days.year(day) % 100:02}"
        self._opened[row] = serial = self._opened.get(row, 0) + 1
        file = opening.open_case(self._dice, f"{row}-{serial:04}", office, day)
        reports.plan_documents(self._dice, file)
        return file

    def _next_subject(self) -> str:
        """The id of the next subject."""
        return f"S-{next(self._serial):06}"

    def _documents(self, file: CaseFile) -> Iterator[Line]:
        """The lines of the case's documents; their links go into the file, their numbers among the recent ones."""
        for report in file.reports:
            file.links.add("CONTAINS", file.id, report.id)
            yield narrative.report_line(self._dice, file, report)
            for attachment in report.attachments:
                file.links.add("HAS_ATTACHMENT", report.id, attachment.id)
                yield narrative.attachment_line(self._dice, file, report, attachment)
            self._reports.add(Reference(report.id, report.number, report.day, file.id, file.number))

    def _complete(self, new: list[Subject]) -> Iterator[Line]:
        """The lines of the subjects that no later case can add to."""
        for subject in new:
            complete: Subject | None = subject
            if self._dice.chance(REMEMBERED_SHARE):
                complete = self._subjects.add(subject)
            if complete:
                yield complete.line

    def _deleted(self, file: CaseFile) -> Iterator[Line]:
        """Deletions of a report that was filed by mistake, or of a link that was."""
        if self._dice.chance(DELETED_REPORT_SHARE):
            yield {"kind": "delete", "id": file.reports[-1].id}
        if self._dice.chance(DELETED_LINK_SHARE):
            yield {"kind": "delete", "id": self._dice.pick(file.links.lines)["id"]}
