"""The one form of every audit log: one JSON object a line, with its number and the hash of the line before it.

So a line that is changed, dropped, moved or put in shows in the line after it, and a tail that is cut off shows against
a head that was told elsewhere (DESIGN 7). A line that a crash has cut short stays where it is, and counts; the next one
says so. Pure: files are read and written elsewhere.
"""

import hashlib
from dataclasses import dataclass
from types import NoneType
from typing import Final

import msgspec
import orjson

RECORDS_AS: Final = "records_as"
"""The key by which a line has the records of an earlier one (`server.audit.lists_on_file`): its number."""

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


def chained(head: Head, told: bytes, records: bytes = b"", *, after_cut: bool = False) -> tuple[bytes, Head]:
    """The line that follows, with its line break, and itself as the new head. told: by `encoded`.

    records: one more member, after a comma. after_cut: the line before is one that a crash has cut short; the head has
    its number and hash.

    >>> line, head = chained(START, encoded({"event": "a"}))
    >>> line.replace(BEGINNING.encode(), b"00"), head.number
    (b'{"n":1,"event":"a","previous":"00"}\\n', 1)
    """
    number = head.number + 1
    cut = b',"after_cut":true' if after_cut else b""
    previous = head.hash.encode()
    line = b"".join((b'{"n":', b"%d," % number, told[1:-1], records, cut, b',"previous":"', previous, b'"}'))
    return line + b"\n", Head(number, hash_of(line))


def hash_of(line: bytes) -> str:
    """The hash of a line without its line break."""
    return hashlib.sha256(line).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """What a line says of its place in the log. has_records: it has a list of them. records_as: of an earlier line."""

    number: int
    previous: str
    after_cut: bool
    has_records: bool = False
    records_as: int | None = None


def link_of(line: bytes) -> Link | None:
    """The place that a line states; None for what is no line of a log."""
    try:
        told = orjson.loads(line)
        number, previous, after_cut = told["n"], told["previous"], told.get("after_cut", False)
        records, records_as = told.get("records"), told.get(RECORDS_AS)
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return None
    stated = type(number) is int and isinstance(previous, str) and isinstance(after_cut, bool)
    if not stated or type(records_as) not in (int, NoneType):
        return None
    return Link(number, previous, after_cut, isinstance(records, list), records_as)


def head_after(lines: "list[bytes]") -> tuple[Head, bool]:
    """The head to go on from, by the last lines of a log, two of them or all; and whether the last was cut short."""
    if not lines:
        return START, False
    link = link_of(lines[-1])
    if link is not None:
        return Head(link.number, hash_of(lines[-1])), False
    before = link_of(lines[-2]) if len(lines) > 1 else None
    return Head((before.number if before is not None else 0) + 1, hash_of(lines[-1])), True
