"""A large change of a release in Neo4j, in small: two elements, a part each; one who builds, one who reads, and kills.

A state is a value, a step makes another one of it, and `search` visits all that can be reached. The steps are those of
graph/stores/bolt_building.py and bolt_reading.py. What a transaction does becomes visible piece by piece, in any order:
Neo4j's reads are read-committed. The builder may be killed between any two transactions, and looks what is left then.

A version is a number; both elements have it, and the history names it last. What is read has to be what the header
says.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

PLACES: Final = (0, 1)

Effect = tuple[str, int, int]
"""What a transaction does: its name, a version, a place."""


class Fault(Enum):
    """A way to do it wrong."""

    TAKES_A_PART_AWAY_AS_IT_WRITES_IT = auto()
    READS_THE_PARTS_LAST = auto()
    SAYS_WRITTEN_BEFORE_IT_IS = auto()
    SWEEPS_WHAT_IT_HAS_SWITCHED_TO = auto()
    SWITCHES_BEFORE_ALL_IS_KEPT = auto()
    SAYS_NOT_THAT_IT_BEGINS = auto()


@dataclass(frozen=True, slots=True)
class Reader:
    """step: what it does next. said: by the release of itself before: header, begun, ended. read: by place."""

    step: str = "ask"
    said: tuple[int, int, int] = (0, 0, 0)
    unwritten: int = 0
    parts: frozenset[int] = frozenset()
    read: tuple[int, ...] = ()
    named: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """named: the last version of the history. pending: what the last transaction did that is not visible yet.

    at: the place where the builder is.
    """

    elements: tuple[int, ...] = (1, 1)
    header: int = 1
    named: int = 1
    begun: int = 0
    ended: int = 0
    unwritten: int = 0
    parts: frozenset[tuple[int, int]] = frozenset()
    pending: frozenset[Effect] = frozenset()
    step: str = "look"
    at: int = 0
    reader: Reader = Reader()


class Torn(Exception):
    """Somebody read what no version is."""


def search(versions: int, fault: Fault | None = None) -> int:
    """Visit every state; how many there are. Raises Torn."""
    first = World()
    seen, waiting = {first}, deque([first])
    while waiting:
        for world in _next(waiting.popleft(), versions, fault):
            if world not in seen:
                seen.add(world)
                waiting.append(world)
    return len(seen)


def _next(world: World, versions: int, fault: Fault | None) -> Iterator[World]:
    yield from (_visible(world, effect) for effect in world.pending)
    if not world.pending:
        yield from _built(world, versions, fault)
    if world.step != "look":
        yield replace(world, step="look", at=0)  # killed
    yield replace(world, reader=_read(world, world.reader, fault))


def _visible(world: World, effect: Effect) -> World:
    name, version, place = effect
    left = replace(world, pending=world.pending - {effect})
    match name:
        case "keep":
            return replace(left, parts=left.parts | {(version, place)})
        case "drop":
            return replace(left, parts=left.parts - {(version, place)})
        case "write":
            elements = (*left.elements[:place], version, *left.elements[place + 1 :])
            return replace(left, elements=elements)
        case "switch":
            return replace(left, header=version, unwritten=version)
        case "name":
            return replace(left, named=version)
        case "begin":
            return replace(left, begun=version)
        case "end":
            return replace(left, ended=version)
        case _:
            return replace(left, unwritten=0)


def _built(world: World, versions: int, fault: Fault | None) -> Iterator[World]:
    """The next transaction of the builder."""
    new, kept = world.header + 1, sorted(world.parts)
    match world.step:
        case "look" if world.unwritten and fault is not Fault.SWEEPS_WHAT_IT_HAS_SWITCHED_TO:
            yield replace(world, step="out", at=-1)
        case "look" if kept:
            yield replace(world, pending=frozenset({("drop", *kept[0])}))
        case "look" if world.header < versions:
            yield replace(world, step="keep", at=0)
        case "keep":
            last = world.at == PLACES[-1] or fault is Fault.SWITCHES_BEFORE_ALL_IS_KEPT
            step = ("switch" if fault is Fault.SAYS_NOT_THAT_IT_BEGINS else "begin") if last else "keep"
            yield replace(world, step=step, at=world.at + 1, pending=frozenset({("keep", new, world.at)}))
        case "begin":
            yield replace(world, step="switch", pending=frozenset({("begin", new, 0)}))
        case "switch":
            step = "end" if world.begun == new else "out"
            switched = frozenset({("switch", new, 0), ("name", new, 0)})
            yield replace(world, step=step, at=-1, pending=switched)
        case "end":
            yield replace(world, step="out", at=-1, pending=frozenset({("end", world.header, 0)}))
        case "out":
            yield _out(world, fault)


def _out(world: World, fault: Fault | None) -> World:
    """Write the next part out and take the one before it away; after the last, say that all is written."""
    version = world.unwritten
    later = sorted(place for of, place in world.parts if of == version and place > world.at)
    before = {("drop", version, world.at)} if world.at in PLACES else set()
    if not later:
        return replace(world, step="look", at=0, pending=frozenset({*before, ("written", version, 0)}))
    place = later[0]
    effects: set[Effect] = {*before, ("write", version, place)}
    if fault is Fault.TAKES_A_PART_AWAY_AS_IT_WRITES_IT:
        effects = {("write", version, place), ("drop", version, place)}
    if fault is Fault.SAYS_WRITTEN_BEFORE_IT_IS and place == PLACES[-1]:
        effects.add(("written", version, 0))
    return replace(world, at=place, pending=frozenset(effects))


def _read(world: World, reader: Reader, fault: Fault | None) -> Reader:
    """The next step of a reader. What is settled has to be the version that the header says."""
    parts = frozenset(place for of, place in world.parts if of == reader.unwritten)
    said = (world.header, world.begun, world.ended)
    last = fault is Fault.READS_THE_PARTS_LAST
    match reader.step:
        case "ask":
            step = "read" if last else "parts"
            return Reader(step, said, world.unwritten)
        case "parts":
            return replace(reader, step="ask again" if last else "read", parts=parts)
        case "read" if len(reader.read) < len(PLACES):
            return replace(reader, read=(*reader.read, world.elements[len(reader.read)]))
        case "read":
            return replace(reader, step="parts" if last else "ask again", named=world.named)
        case _:
            if reader.said == said and world.begun == world.ended:
                _check(reader)
            return Reader()


def _check(reader: Reader) -> None:
    laid_over = [reader.unwritten if place in reader.parts else reader.read[place] for place in PLACES]
    if {*laid_over, reader.named} != {reader.said[0]}:
        raise Torn(f"{laid_over} of {reader}")
