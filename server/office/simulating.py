"""What some changes would let partners have and take from them: loaded and planned in thought, and nothing written.

It takes the steps of a load and of a publication over holdings that are changed in memory, as `caselink simulate` does,
and compares the plan with the one that would be made without the changes.
"""

from collections.abc import Iterator, Sequence

from graph.draft import Moment, Rules
from graph.effect import Effect, effects_once_published
from graph.model import EntryId
from graph.publish import Publisher
from graph.store import Batch
from graph.supposed import Supposed
from graph.supposition import Supposition, changed
from loaders.drawn import Drawn, Place, Rejected
from loaders.load import Loading

_NAME = "simulated"


class _Given:
    """Lines in memory, as a format draws them; a line that is rejected changes nothing here."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    def draw(self) -> Iterator[Drawn | Rejected]:
        """The lines."""
        yield from (Drawn(Place(_NAME, n), line.encode()) for n, line in enumerate(self._lines, start=1))

    def size(self) -> int:
        """Nobody asks for the progress."""
        return 0

    def position(self) -> int:
        """Nobody asks for the progress."""
        return 0

    def write(self, rejected: Sequence[Rejected]) -> None:
        """Rejects are kept nowhere."""


def simulated(
    reading: Publisher, rules: Rules, moment: Moment, suppositions: Sequence[Supposition]
) -> list[Effect]:
    """The effects, by agreement. reading: a publisher that writes nothing."""
    then, patterns = Supposed(reading.holdings), rules.policy.patterns
    by_id: dict[EntryId, list[Supposition]] = {}
    for one in suppositions:
        if one.about is not None:
            by_id.setdefault(one.about, []).append(one)
    held = reading.holdings.held(by_id)
    then.take(Batch(puts=[changed(entry, by_id[id], patterns) for id, entry in held.items()]))
    lines = [one.line for one in suppositions if one.line is not None]
    if lines:
        given = _Given(lines)
        Loading(_NAME, given, then, patterns, given, lambda _: None).run()
    return effects_once_published(reading, then, rules, moment)
