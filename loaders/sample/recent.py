"""What later cases may refer to: recent reports, and subjects who may turn up again.

Both are bounded and forget the oldest first, so that memory does not grow with the holdings. A subject's
line is written when it is forgotten, because until then further reports may assert what is known of it.
"""

from collections import deque
from collections.abc import Iterator

from loaders.sample.casefile import Reference, Subject
from loaders.sample.days import Day
from loaders.sample.dice import Dice

REPORTS_KEPT = 300
SUBJECTS_KEPT = 250


class RecentReports:
    """The last reports that a report of another case may cite."""

    __slots__ = ("_references",)

    def __init__(self) -> None:
        self._references: deque[Reference] = deque(maxlen=REPORTS_KEPT)

    def add(self, reference: Reference) -> None:
        """Remembers a report, and forgets the oldest where there are too many."""
        self._references.append(reference)

    def older_than(self, dice: Dice, day: Day) -> Reference | None:
        """One that was prepared before this day; none where three draws find none."""
        for _ in range(min(3, len(self._references))):
            reference = dice.pick(self._references)
            if reference.day < day:
                return reference
        return None


class RecentSubjects:
    """The subjects of recent cases who may turn up in another."""

    __slots__ = ("_subjects",)

    def __init__(self) -> None:
        self._subjects: deque[Subject] = deque()

    def __iter__(self) -> Iterator[Subject]:
        return iter(self._subjects)

    def add(self, subject: Subject) -> Subject | None:
        """Remembers a subject and gives back the one that is forgotten for it, whose line is now complete."""
        self._subjects.append(subject)
        return self._subjects.popleft() if len(self._subjects) > SUBJECTS_KEPT else None

    def one(self, dice: Dice) -> Subject | None:
        """Any of them; none where nobody is remembered yet."""
        return dice.pick(self._subjects) if self._subjects else None
