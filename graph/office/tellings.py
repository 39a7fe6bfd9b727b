"""What each entry tells by itself, kept by the function that asked it, so that after a write only what came is asked.

It reads no entry: the functions do. An entry of which one tells nothing is not among what it told.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from graph.model import Entry, EntryId
from graph.policy import Policy

Told = TypeVar("Told")

Tell = Callable[[Entry, Policy], Told | None]
"""A function of a module. What it tells depends on nothing else."""


class Tellings:
    """Of entries that are read by one policy."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._told: dict[Tell[Any], dict[EntryId, Any]] = {}

    def of_each(self, tell: Tell[Told], entries: Iterable[Entry]) -> Mapping[EntryId, Told]:
        """What each of the entries tells. They are asked at the first time alone."""
        if tell not in self._told:
            every = ((entry.id, tell(entry, self._policy)) for entry in entries)
            self._told[tell] = {id: told for id, told in every if told is not None}
        return self._told[tell]

    def after(self, written: Mapping[EntryId, Entry | None]) -> "Tellings":
        """What is told once these are the entries under these ids."""
        after = Tellings(self._policy)
        for tell, known in self._told.items():
            after._told[tell] = _again(tell, known, written, self._policy)
        return after


def _again(
    tell: Tell[Told],
    known: Mapping[EntryId, Told],
    written: Mapping[EntryId, Entry | None],
    policy: Policy,
) -> dict[EntryId, Told]:
    told = {**known}
    for id, entry in written.items():
        anew = None if entry is None else tell(entry, policy)
        if anew is None:
            told.pop(id, None)
        else:
            told[id] = anew
    return told
