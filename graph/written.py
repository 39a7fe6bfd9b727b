"""Which ids were written lately, so that who has read a store once reads again only what has changed since.

A store keeps this as one text, which each write of entries or taints replaces in its own transaction. Each write has a
name that no other has, in this store or in another: who knows the name of the last one that he read is told of those
after it, or that he has to read everything. Only the latest writes are kept, and of a large one not its ids.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

import msgspec

from graph.model import EntryId

MOST_NOTED: Final = 1_000
"""Ids of all writes together. Beyond that everything is better read anew, or nobody is there who reads."""


class _Write(msgspec.Struct, frozen=True, array_like=True):
    """name: no other write's. ids: None where there were too many."""

    name: str
    ids: tuple[EntryId, ...] | None


_WRITES: Final = msgspec.json.Decoder(list[_Write])


def is_too_much(ids: Collection[EntryId]) -> bool:
    """Whether so many are written at once that nothing of what was noted before counts any more."""
    return len(ids) > MOST_NOTED


def noted(before: str | None, name: str, ids: Collection[EntryId]) -> str:
    """The text after a write of these ids. before: the text until then; after too much of it nothing counts.

    >>> since(noted(noted(None, "a", [EntryId("C-1")]), "b", [EntryId("C-2")]), "a")
    {'C-2'}
    """
    if is_too_much(ids):
        return _text([_Write(name, None)])
    return _text([*_kept(_writes(before), MOST_NOTED - len(ids)), _Write(name, tuple(ids))])


def latest(text: str | None) -> str | None:
    """The name of the last write; None where none is known."""
    writes = _writes(text)
    return writes[-1].name if writes else None


def since(text: str | None, name: str | None) -> set[EntryId] | None:
    """The ids that were written after the write of that name; None where that is not known."""
    found: set[EntryId] = set()
    for write in reversed(_writes(text)):
        if write.name == name:
            return found
        if write.ids is None:
            return None
        found.update(write.ids)
    return None


def _kept(writes: Sequence[_Write], room: int) -> list[_Write]:
    """The latest that have room; of the one before them the name alone, since who knows it can go on from there."""
    kept: list[_Write] = []
    for write in reversed(writes):
        room -= len(write.ids or ()) + 1
        if room < 0 or write.ids is None:
            return [_Write(write.name, None), *kept]
        kept.insert(0, write)
    return kept


def _writes(text: str | None) -> list[_Write]:
    try:
        return [] if text is None else _WRITES.decode(text)
    except msgspec.MsgspecError:  # of another version, or damaged: everything is read anew
        return []


def _text(writes: Iterable[_Write]) -> str:
    return msgspec.json.encode(list(writes)).decode()
