"""Publishing in small: one publisher, some readers, a clock; every order in which their steps can meet.

A state is a value, a step makes another one of it, and `search` visits all that can be reached. The steps are those of
graph/readers.py, server/partner/lease.py and server/partner/feed.py, each as small as what another process can see
between two of them. A reader answers in a step of its own, at any time that its lease allows, also while it is asking
the store.

A version is a number: what version n+1 withdraws, version n still has.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

LEASE: Final = 1
"""In ticks of the clock. A publisher waits until more than these have passed."""


class Fault(Enum):
    """A way to do it wrong."""

    CONFIRMS_BEFORE_IT_LETS_GO = auto()
    COUNTS_FROM_THE_ANSWER = auto()
    DOES_NOT_ASK_AGAIN = auto()
    STRIKES_OFF_WHO_HAS_CONFIRMED = auto()
    RAISES_BEFORE_THE_CHANGE = auto()
    WAITS_FOR_NOBODY = auto()
    ANSWERS_WITHOUT_A_LEASE = auto()


@dataclass(frozen=True, slots=True)
class Reader:
    """step: what it does next. age: ticks since it began to ask. held: the version it would answer from."""

    step: str = "begin"
    enrolled: int | None = None
    confirmed: int = -1
    heard: int = -1
    held: int | None = None
    lease: int = 0
    age: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """content, revision: of the store. acknowledged: nothing older may be answered. late: who is waited for."""

    readers: tuple[Reader, ...]
    content: int = 0
    revision: int = 0
    acknowledged: int = 0
    step: str = "write"
    late: frozenset[int] = frozenset()
    waited: int = 0


class Leak(Exception):
    """An answer began from what had been withdrawn, and the withdrawal acknowledged."""


def search(readers: int, writes: int, fault: Fault | None = None) -> int:
    """Visit every state; how many there are. Raises Leak."""
    first = World((Reader(),) * readers)
    seen, waiting = {first}, deque([first])
    while waiting:
        for world in _steps(waiting.popleft(), writes, fault):
            if world not in seen:
                seen.add(world)
                waiting.append(world)
    return len(seen)


def _steps(world: World, writes: int, fault: Fault | None) -> Iterator[World]:
    yield _tick(world)
    yield from _published(world, writes, fault)
    for place, reader in enumerate(world.readers):
        _answer(world, reader, fault)
        yield from (_with(world, place, changed) for changed in _read(world, reader, fault))


def _tick(world: World) -> World:
    readers = tuple(
        replace(reader, lease=max(reader.lease - 1, 0), age=min(reader.age + 1, LEASE))
        for reader in world.readers
    )
    return replace(world, readers=readers, waited=min(world.waited + 1, LEASE + 1))


def _answer(world: World, reader: Reader, fault: Fault | None) -> None:
    may = reader.lease > 0 or fault is Fault.ANSWERS_WITHOUT_A_LEASE
    if may and reader.held is not None and reader.held < world.acknowledged:
        raise Leak(f"{reader} in {world}")


def _published(world: World, writes: int, fault: Fault | None) -> Iterator[World]:
    """The next step of the publisher, and that it is killed: it forgets where it was."""
    early = fault is Fault.RAISES_BEFORE_THE_CHANGE
    match world.step:
        case "write" if world.content < writes:
            wrote = replace(world, step="raise")
            yield (
                replace(wrote, revision=world.revision + 1)
                if early
                else replace(wrote, content=world.content + 1)
            )
        case "raise":
            raised = replace(world, step="list")
            yield (
                replace(raised, content=world.content + 1)
                if early
                else replace(raised, revision=world.revision + 1)
            )
        case "list":
            yield replace(world, step="wait", late=_late(world, fault), waited=0)
        case "wait" if not world.late & _unconfirmed(world):
            yield replace(world, step="write", acknowledged=world.content)
        case "wait" if world.waited > LEASE:
            yield replace(world, step="strike")
        case "strike":
            yield replace(_struck_off(world, fault), step="write", acknowledged=world.content)
    if world.step != "write":
        yield replace(world, step="write", late=frozenset())


def _late(world: World, fault: Fault | None) -> frozenset[int]:
    return frozenset() if fault is Fault.WAITS_FOR_NOBODY else _unconfirmed(world)


def _unconfirmed(world: World) -> frozenset[int]:
    return frozenset(
        place
        for place, reader in enumerate(world.readers)
        if reader.enrolled is not None and reader.enrolled < world.revision
    )


def _struck_off(world: World, fault: Fault | None) -> World:
    gone = world.late if fault is Fault.STRIKES_OFF_WHO_HAS_CONFIRMED else world.late & _unconfirmed(world)
    readers = (
        replace(reader, enrolled=None) if place in gone else reader
        for place, reader in enumerate(world.readers)
    )
    return replace(world, readers=tuple(readers))


def _read(world: World, reader: Reader, fault: Fault | None) -> Iterator[Reader]:
    """The next step of a reader, and that it is killed: it is still enrolled, and does nothing any more."""
    match reader.step:
        case "begin":
            yield replace(reader, step="enrol", age=0)
        case "enrol":
            yield replace(reader, step="ask", enrolled=reader.confirmed)
        case "ask":
            yield replace(reader, step="hear", heard=world.revision)
        case "hear" if reader.heard == reader.confirmed:
            yield _leased(reader, fault)
        case "hear":
            yield from _let_go(reader, fault)
        case "confirm":
            yield (
                _leased(reader, fault) if fault is Fault.DOES_NOT_ASK_AGAIN else replace(reader, step="begin")
            )
        case "forget":
            yield replace(reader, step="begin", held=None)
        case "read":
            yield replace(reader, step="begin", held=world.content)
    if reader.step != "dead":
        yield replace(reader, step="dead", lease=0, held=None)


def _leased(reader: Reader, fault: Fault | None) -> Reader:
    passed = 0 if fault is Fault.COUNTS_FROM_THE_ANSWER else reader.age
    return replace(reader, step="read" if reader.held is None else "begin", lease=LEASE - passed)


def _let_go(reader: Reader, fault: Fault | None) -> Iterator[Reader]:
    if fault is Fault.CONFIRMS_BEFORE_IT_LETS_GO:
        yield replace(reader, step="forget", confirmed=reader.heard, enrolled=reader.heard)
    else:
        yield replace(reader, step="confirm", confirmed=reader.heard, held=None)


def _with(world: World, place: int, reader: Reader) -> World:
    readers = (*world.readers[:place], reader, *world.readers[place + 1 :])
    return replace(world, readers=readers)
