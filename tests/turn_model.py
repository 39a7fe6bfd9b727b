"""The turn to write in small: two publishers that stand still wherever they like, and every order of their steps.

There is one record. A loader codes it, which withholds it; the holdings note that it has changed, so that the next
judgement looks at it. A publisher takes the turn of the holdings, then that of the releases, loads or does not, judges
what the holdings say then, writes the release, acknowledges, and keeps that it has judged all changes. Each write is a
step that makes sure of its turn. Another may take a turn at any time: no clock is trusted. The steps are those of
server/commands/session.py and graph/publish.py.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

PUBLISHERS = 2
NONE = -1


class Fault(Enum):
    """A way to do it wrong."""

    DOES_NOT_CHECK_THE_RELEASES = auto()
    DOES_NOT_CHECK_THE_HOLDINGS = auto()
    CHECKS_BEFORE_THE_TRANSACTION = auto()
    JUDGES_BEFORE_IT_HAS_BOTH = auto()
    THE_NUMBER_DOES_NOT_RISE = auto()


@dataclass(frozen=True, slots=True)
class Publisher:
    """step: what it does next. turns: the numbers it took, of holdings and releases. shows: what it judged, if it did.

    withholds: the record was coded when it judged, so it acknowledges that it is withheld. sure: it made sure of its
    turn in a step of its own, which is wrong.
    """

    step: str = "take holdings"
    turns: tuple[int, int] = (NONE, NONE)
    shows: bool | None = None
    withholds: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """coded, noted: the record is, and that it is has not been judged. shown: in the release.

    turns: of holdings and releases: a number, and who has it. acknowledged: that the record is withheld.
    """

    publishers: tuple[Publisher, ...] = (Publisher(),) * PUBLISHERS
    coded: bool = False
    noted: bool = True
    shown: bool = False
    turns: tuple[int, int] = (0, 0)
    acknowledged: bool = False


class Leak(Exception):
    """A record is shown whose withholding was acknowledged."""


def search(turns: int, fault: Fault | None = None) -> int:
    """Visit every state in which each turn is taken up to so many times; how many there are. Raises Leak."""
    seen, waiting = {World()}, deque([World()])
    while waiting:
        for world in _steps(waiting.popleft(), turns, fault):
            if world.shown and world.acknowledged:
                raise Leak(str(world))
            if world not in seen:
                seen.add(world)
                waiting.append(world)
    return len(seen)


def _steps(world: World, turns: int, fault: Fault | None) -> Iterator[World]:
    for place, publisher in enumerate(world.publishers):
        for changed, after in _next(world, place, publisher, turns, fault):
            publishers = (*world.publishers[:place], changed, *world.publishers[place + 1 :])
            yield replace(after, publishers=publishers)
        if publisher != Publisher():  # it is killed, and starts again
            publishers = (*world.publishers[:place], Publisher(), *world.publishers[place + 1 :])
            yield replace(world, publishers=publishers)


def _next(
    world: World, place: int, publisher: Publisher, turns: int, fault: Fault | None
) -> Iterator[tuple[Publisher, World]]:
    match publisher.step:
        case "take holdings" if world.turns[0] < turns:
            yield from _taken(world, place, publisher, 0, fault)
        case "take releases" if world.turns[1] < turns:
            yield from _taken(world, place, publisher, 1, fault)
        case "load":
            yield replace(publisher, step="judge"), world
            if not world.coded:
                loaded = replace(world, coded=True, noted=True)
                yield from _written(world, publisher, 0, fault, replace(publisher, step="judge"), loaded)
        case "judge":
            shows = not world.coded if world.noted else None  # what has not changed is left as it is
            step = "write" if publisher.turns[1] != NONE else "take releases"
            yield replace(publisher, step=step, shows=shows, withholds=world.coded), world
        case "write":
            shown = world.shown if publisher.shows is None else publisher.shows
            after = replace(publisher, step="acknowledge")
            yield from _written(world, publisher, 1, fault, after, replace(world, shown=shown))
        case "acknowledge":
            told = replace(world, acknowledged=world.acknowledged or publisher.withholds)
            yield from _written(world, publisher, 1, fault, replace(publisher, step="keep"), told)
        case "keep":
            yield from _written(world, publisher, 0, fault, Publisher(), replace(world, noted=False))


def _taken(
    world: World, place: int, publisher: Publisher, store: int, fault: Fault | None
) -> Iterator[tuple[Publisher, World]]:
    """One after the other; who judges too early does so when it has the first."""
    number = world.turns[store] + (0 if fault is Fault.THE_NUMBER_DOES_NOT_RISE else 1)
    had = tuple(number if each == store else turn for each, turn in enumerate(publisher.turns))
    early = fault is Fault.JUDGES_BEFORE_IT_HAS_BOTH
    step = ("load" if early else "take releases") if store == 0 else ("write" if early else "load")
    now = tuple(number if each == store else turn for each, turn in enumerate(world.turns))
    yield replace(publisher, step=step, turns=(had[0], had[1])), replace(world, turns=(now[0], now[1]))


def _written(
    world: World, publisher: Publisher, store: int, fault: Fault | None, after: Publisher, wrote: World
) -> Iterator[tuple[Publisher, World]]:
    """What is so after a write by one whose turn it is; another starts again."""
    unchecked = (Fault.DOES_NOT_CHECK_THE_HOLDINGS, Fault.DOES_NOT_CHECK_THE_RELEASES)[store]
    holds = publisher.turns[store] == world.turns[store]
    if fault is Fault.CHECKS_BEFORE_THE_TRANSACTION and not publisher.sure:
        yield (replace(publisher, sure=True) if holds else Publisher()), world
    elif holds or publisher.sure or fault is unchecked:
        yield replace(after, sure=False), wrote
    else:
        yield Publisher(), world
