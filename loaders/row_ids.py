"""Ids of what rows become: the same row has the same id in every load, and no two things have one.

A record is PREFIX + [GROUP/]ID, a link PREFIX + TYPE:START:END, and from the second row of the same three on, #2 and so
on, in the order of the files. The marks `% / : #` within a part are written as %25, %2F, %3A and %23, so that the parts
can be told from one another. The type is the file's, so that two types that become one type of link stay apart.
"""

import re
import secrets
import sqlite3
from hashlib import blake2b
from typing import Final

from graph.errors import StoreLocked
from graph.model import EntryId

_MARKS: Final = re.compile(r"[%/:#]")


def part(text: str, group: str | None = None) -> str:
    """An id as a part of another.

    >>> part("7"), part("a:b", "Person")
    ('7', 'Person/a%3Ab')
    """
    written = _MARKS.sub(_written, text)
    return written if group is None else f"{_MARKS.sub(_written, group)}/{written}"


def record_id(prefix: str, id: str) -> EntryId:
    """The id of a record. id: a part."""
    return EntryId(prefix + id)


def link_id(prefix: str, type: str, start: str, end: str, time: int = 1) -> EntryId:
    """The id of a link. start, end: parts. time: 1 for the first row of the three, 2 for the second.

    >>> link_id("pole-", "KNOWS", "7", "8"), link_id("pole-", "KNOWS", "7", "8", 2)
    ('pole-KNOWS:7:8', 'pole-KNOWS:7:8#2')
    """
    number = "" if time == 1 else f"#{time}"
    return EntryId(f"{prefix}{part(type)}:{start}:{end}{number}")


def _written(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


class Repeats:
    """How many times each id has come. It counts on the disk, in a file that has no name and goes when it is closed.

    Only keyed hashes are in it; the key is forgotten with it.
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(16)
        self._counts = sqlite3.connect("", isolation_level=None)
        self._counts.execute("PRAGMA journal_mode = OFF")
        self._counts.execute("PRAGMA cache_size = -8192")
        self._counts.execute("CREATE TABLE seen (id BLOB PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID")
        self._counts.execute("BEGIN")

    def time(self, id: EntryId) -> int:
        """Count it, and say how many times it has come by now. Raises StoreLocked where there is no room to count."""
        key = blake2b(id.encode(), digest_size=16, key=self._key).digest()
        try:
            return self._count(key)
        except sqlite3.Error as error:
            raise StoreLocked(
                f"the folder for temporary files does not do ({error}); make room in it"
            ) from error

    def _count(self, key: bytes) -> int:
        if self._counts.execute("INSERT OR IGNORE INTO seen VALUES (?, 1)", (key,)).rowcount:
            return 1
        self._counts.execute("UPDATE seen SET times = times + 1 WHERE id = ?", (key,))
        times: int = self._counts.execute("SELECT times FROM seen WHERE id = ?", (key,)).fetchone()[0]
        return times

    def close(self) -> None:
        """Let go of the file."""
        self._counts.close()
