"""The door to the desk, as the schema knows it: who runs an act behind it is the server's affair."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.dossier import Dossier
from graph.effect import Effect
from graph.model import EntryId
from graph.office.blocking import Blocking
from graph.office.desk import Decided, Desk
from graph.office.desk_sight import Look
from graph.officer import Officer
from graph.planning import Publication


@dataclass(frozen=True, slots=True)
class Acted:
    """What was done. about: the id; request: the name of the one; effects: what partners gain and lose by it."""

    about: EntryId
    request: str | None
    effects: Sequence[Effect]


class DeskDoor(Protocol):
    """One home's desk. What may not be done raises `Refused`, what cannot be done a StoreError."""

    def desk(self, officer: Officer, look: Look) -> Desk:
        """The desk as it is now, to be looked at."""

    def waiting(self) -> dict[EntryId, Dossier]:
        """The dossiers in which something waits."""

    def dossier(self, id: EntryId) -> Dossier:
        """What was said of an id."""

    def effects(self, officer: Officer, look: Look, name: str) -> Sequence[Effect]:
        """What the approval of a request would do."""

    def obstacles(self, officer: Officer, look: Look, name: str) -> Sequence[Blocking]:
        """What stands against the approval of a request."""

    def found(self, officer: Officer, look: Look, name: str) -> Sequence[Blocking]:
        """The same, accepted or not: a word may be another person's, whose word does not count."""

    def act(self, officer: Officer, look: Look, does: Callable[[Desk], Decided]) -> Acted:
        """Do it; done with when every release has lost what it must lose."""

    def publish(
        self, officer: Officer, agreements: Sequence[str] | None, reason: str, yes: bool
    ) -> list[Publication]:
        """Publish these agreements, or all."""
