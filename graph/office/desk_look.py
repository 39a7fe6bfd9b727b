"""What an officer saw before he acted, by the survey that he was told from.

A writing of an entry that has come since is one that he has not seen: an act upon it is refused, and he looks again.
"""

from dataclasses import dataclass

from graph.model import Entry, EntryId
from graph.office.audience import Audience
from graph.office.held_record import version_of
from graph.withdrawals import Withdrawal


@dataclass(frozen=True, slots=True)
class AudienceLook:
    """`graph.office.desk_sight.Look` of an audience."""

    audience: Audience

    def shows(self, id: EntryId) -> bool:
        """Whether it was there for him."""
        return self.audience.seen.entry(id) is not None

    def version(self, entry: Entry, withdrawal: Withdrawal | None) -> str | None:
        """The version of what he was shown of it, if that was this writing."""
        whole, seen = self.audience.whole, self.audience.seen.entry(entry.id)
        if seen is None or (whole.entry(entry.id), whole.withdrawals.get(entry.id)) != (entry, withdrawal):
            return None
        return version_of(seen, withdrawal)
