"""The door to reviewing, as the schema knows it: what is kept of it, and who writes a word, is the server's affair."""

from collections.abc import Callable
from typing import Protocol

from graph.findings.finding import Finding
from graph.model import EntryId
from graph.office.audience import Audience
from graph.officer import Officer
from graph.review.acts import Marked, Reviewer
from graph.review.reviewing import Reviewing


class ReviewDoor(Protocol):
    """One home's reviewing. What may not be done raises `graph.office.desk_rights.Refused`."""

    def of(self, audience: Audience) -> Reviewing:
        """What is found in what a reader may know of, and when its records are due."""

    def finding(self, officer: Officer, audience: Audience, name: str) -> Finding | None:
        """A finding by its name: one of what is held, or one that stands against an open request."""

    def act(
        self, officer: Officer, audience: Audience, id: EntryId, does: Callable[[Reviewer], Marked]
    ) -> None:
        """Write a word about one record; done with when it is kept."""
