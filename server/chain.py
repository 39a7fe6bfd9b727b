"""The one form of every audit log: one JSON object a line, with its number and the hash of the line before it.

So a line that is changed, dropped, moved or put in shows in the line after it, and a tail that is cut off shows against
a head that was told elsewhere (DESIGN 7). A line that a crash has cut short stays where it is, and counts; the next one
says so. Pure: files are read and written elsewhere.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

import msgspec
import orjson

BEGINNING: Final = "0" * 64
"""What the first line has for the hash of the line before it."""


class Head(msgspec.Struct, frozen=True):
    """The last line of a log. number: counted from 1. hash: SHA-256 of its bytes without the line break, in hex."""

    number: int
    hash: str


START: Final = Head(0, BEGINNING)


def encoded(told: object) -> bytes:
    """What a line tells, a dict that is not empty, as JSON. Raises TypeError where it nests too deeply."""
    return orjson.dumps(told)


def chained(head: Head, told: bytes, *, after_cut: bool = False) -> tuple[bytes, Head]:
    """The line that follows, with its line break, and itself as the new head. told: by `encoded`.

    after_cut: the line before is one that a crash has cut short; the head has its number and hash.

    >>> line, head = chained(START, encoded({"event": "a"}))
    >>> line.replace(BEGINNING.encode(), b"00"), head.number
    (b'{"n":1,"event":"a","previous":"00"}\\n', 1)
    """
    number = head.number + 1
    cut = b',"after_cut":true' if after_cut else b""
    line = b'{"n":%d,%b%b,"previous":"%b"}' % (number, told[1:-1], cut, head.hash.encode())
    return line + b"\n", Head(number, hash_of(line))


def hash_of(line: bytes) -> str:
    """The hash of a line without its line break."""
    return hashlib.sha256(line).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """What a line says of its place in the log."""

    number: int
    previous: str
    after_cut: bool


def link_of(line: bytes) -> Link | None:
    """The place that a line states; None for what is no line of a log."""
    try:
        told = orjson.loads(line)
        number, previous, after_cut = told["n"], told["previous"], told.get("after_cut", False)
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return None
    stated = type(number) is int and isinstance(previous, str) and isinstance(after_cut, bool)
    return Link(number, previous, after_cut) if stated else None


def head_after(lines: "list[bytes]") -> tuple[Head, bool]:
    """The head to go on from, by the last lines of a log, two of them or all; and whether the last was cut short."""
    if not lines:
        return START, False
    link = link_of(lines[-1])
    if link is not None:
        return Head(link.number, hash_of(lines[-1])), False
    before = link_of(lines[-2]) if len(lines) > 1 else None
    return Head((before.number if before is not None else 0) + 1, hash_of(lines[-1])), True
