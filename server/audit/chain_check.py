"""What is wrong with a log: lines that were changed, dropped, moved or put in, and a tail that was cut off.

The lines are read once, in their order, and none is kept. Heads that were told elsewhere are held against them: who
rewrites a whole log cannot rewrite those. A line that has the records of an earlier one is held against the lists of
its file, of which the numbers are kept. Pure: it is given lines and heads.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from server.audit.chain import START, Head, Link, hash_of, link_of

MOST: Final = 100
"""How many findings are kept of one log: more say nothing new."""


class What(StrEnum):
    """What happened to a line, or to several."""

    CHANGED = "changed"
    DROPPED = "dropped"
    MOVED = "moved"
    ADDED = "added"
    REWRITTEN = "rewritten"
    CUT_OFF = "cut off"
    CUT_SHORT = "cut short"
    UNTOLD = "untold"


INNOCENT: Final = frozenset((What.CUT_SHORT,))
"""What a crash may do: the line was not whole, so its answer was not sent."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What happened, to the lines of these numbers. place: where to look, as a file and a row of it."""

    what: What
    first: int
    last: int
    place: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A line without its line break, and where it stands. whole: it has its line break. file: the one that has it."""

    line: bytes
    place: str
    whole: bool = True
    file: Path = Path()


def check(lines: Iterable[Placed], heads: Iterable[Head] = ()) -> "Checked":
    """The findings on one log. heads: as they were told elsewhere, in their order."""
    walk = _Walk(_Told(iter(heads)))
    for placed in lines:
        walk.take(placed)
    walk.end()
    return Checked(walk.head.number, sorted(walk.findings.values(), key=lambda it: (it.first, it.what)))


@dataclass(frozen=True, slots=True)
class Checked:
    """lines: how many the log has. findings: by line."""

    lines: int
    findings: list[Finding]

    @property
    def is_sound(self) -> bool:
        """Whether nobody has touched it."""
        return all(finding.what in INNOCENT for finding in self.findings)


class _Told:
    """The heads that were told elsewhere, each looked at when its line comes by."""

    def __init__(self, heads: Iterator[Head]) -> None:
        self._heads = heads
        self._next = next(heads, None)
        self.agreed = 0  # up to here the log is what it was

    def contradicts(self, number: int, hash: str) -> bool:
        """Whether a line is another one than was told."""
        contradicted = False
        while self._next is not None and self._next.number <= number:
            if self._next.number == number and self._next.hash == hash:
                self.agreed = number
            elif self._next.number == number:
                contradicted = True
            self._next = next(self._heads, None)
        return contradicted

    def last(self) -> int:
        """The highest number that was told and has not come by."""
        last = 0
        while self._next is not None:
            last = max(last, self._next.number)
            self._next = next(self._heads, None)
        return last


@dataclass(slots=True)
class _Lists:
    """The lines of one file that have a list of records, by their numbers: eight bytes for each."""

    file: Path = Path()
    numbers: "array[int]" = field(default_factory=lambda: array("Q"))

    def leads_to_one(self, link: Link, file: Path) -> bool:
        """Whether a line has a list, or the number of a line before it in its file that has one, or neither."""
        if file != self.file:
            self.file, self.numbers = file, array("Q")
        if link.has_records and 0 <= link.number < 1 << 64:
            self.numbers.append(link.number)
        if link.records_as is None:
            return True
        place = bisect_left(self.numbers, link.records_as)
        return place < len(self.numbers) and self.numbers[place] == link.records_as < link.number


@dataclass(slots=True)
class _Walk:
    """head: the last line that stands in its place. before: the one before it. doubted: a finding due to the last."""

    told: _Told
    head: Head = START
    before: Head = START
    doubted: tuple[What, int] | None = None
    findings: dict[tuple[What, int], Finding] = field(default_factory=dict)
    cut: Placed | None = None
    place: str = ""
    head_place: str = ""
    rewritten: bool = False
    missing: dict[int, str] = field(default_factory=dict)
    lists: _Lists = field(default_factory=_Lists)

    def take(self, placed: Placed) -> None:
        """The next line."""
        self.place = placed.place
        link = link_of(placed.line)
        if self.cut is not None:
            self._judge_cut(self.cut, link)
        if link is not None and not self.lists.leads_to_one(link, placed.file):
            self._find(What.UNTOLD, link.number, placed.place)
        if link is None:
            self.cut = placed
            self._go_on(self.head.number + 1, placed)
        elif link.previous == self.head.hash or (self.head == START and link.number == 1):
            self._follows(link, placed)
        elif link.previous == self.before.hash and link.number == self.head.number == self.before.number + 1:
            self._follows_the_one_before(placed)
        else:
            self._does_not_follow(link, placed)

    def end(self) -> None:
        """No line is left."""
        if self.cut is not None:
            self._judge_cut(self.cut, None)
        for number, place in self.missing.items():
            self._find(What.DROPPED, number, place)
        last = self.told.last()
        if last > self.head.number:
            self._find(What.CUT_OFF, self.head.number + 1, self.place, last)

    def _judge_cut(self, cut: Placed, link: Link | None) -> None:
        """A line that is none may be what a crash has left, if the next line says so, or if it is the last."""
        crashed = not cut.whole or (
            link is not None and link.after_cut and link.previous == hash_of(cut.line)
        )
        self._find(What.CUT_SHORT if crashed else What.CHANGED, self.head.number, cut.place)
        self.cut = None

    def _follows(self, link: Link, placed: Placed) -> None:
        expected = self.head.number + 1
        if link.number != expected or link.previous != self.head.hash:
            self._find(What.CHANGED, expected, placed.place)
        self._go_on(expected, placed)

    def _follows_the_one_before(self, placed: Placed) -> None:
        """Two lines follow the same one. The last was put in; it was no sign that the one before it was changed."""
        if self.doubted is not None:
            self.findings.pop(self.doubted, None)
        self._find(What.ADDED, self.head.number, self.head_place)
        self.head = self.before
        self._go_on(self.head.number + 1, placed)

    def _does_not_follow(self, link: Link, placed: Placed) -> None:
        expected = self.head.number + 1
        if link.number in self.missing:
            del self.missing[link.number]
            self._find(What.MOVED, link.number, placed.place)
        elif link.number < expected:
            self._find(What.ADDED, link.number, placed.place)
        elif link.number == expected:
            # This line has the hash of another one before it: that one was changed, or this one was put in.
            doubted = What.CHANGED, max(1, expected - 1)
            self._find(*doubted, placed.place)
            self._go_on(expected, placed)
            self.doubted = doubted
        else:
            self._miss(expected, link.number, placed.place)
            self._go_on(link.number, placed)

    def _miss(self, first: int, end: int, place: str) -> None:
        if end - first > MOST:
            self._find(What.DROPPED, first, place, end - 1)
        else:
            self.missing.update(dict.fromkeys(range(first, end), place))

    def _go_on(self, number: int, placed: Placed) -> None:
        self.before, self.head, self.doubted = self.head, Head(number, hash_of(placed.line)), None
        self.head_place = placed.place
        if self.told.contradicts(number, self.head.hash) and not self.rewritten:
            self.rewritten = True
            self._find(What.REWRITTEN, self.told.agreed + 1, placed.place, number)

    def _find(self, what: What, first: int, place: str, last: int | None = None) -> None:
        if len(self.findings) < MOST:
            finding = Finding(what, first, first if last is None else last, place)
            self.findings.setdefault((what, first), finding)
