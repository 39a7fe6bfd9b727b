"""Which records a partner finds by words, and in which order: an index over one release, made of nothing else.

All words must match. A word matches a name, number or title that begins with it, a text that has it, and a name that is
a slip or two away. First come the records that names, numbers and titles alone give, then those that texts give too,
last those that take a slip. Among these they are ranked by BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
Framework", 2009), as SQLite's FTS5 has it; equal ranks, and more than RANKED records, go by id.

A rank is made of counts over the release: records, words, and records with a word. FTS5 keeps these exactly, so an
index that followed a release through its changes ranks as one that was built afresh. It lies in memory alone.
"""

import sqlite3
import struct
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final
from weakref import finalize

import numpy as np
import orjson
from numpy.typing import NDArray

from graph.asked_words import Question, questions
from graph.matches import Chosen, Matches, Tier
from graph.misspelt import NameWords
from graph.model import OpaqueId
from graph.release import ReleasedRecord
from graph.searched import searched, words_of

MOST_WORDS: Final = 16
MOST_PARTS: Final = 32
"""Of all words together: `NY03-0001` has two. What has many parts is looked for in a time that grows with each."""

RANKED: Final = 5_000

_MADE: Final = """
CREATE VIRTUAL TABLE indexed USING fts5 (
    names, numbers, title, text, content = '', tokenize = 'unicode61 remove_diacritics 2'
)
"""
_PUT: Final = "INSERT INTO indexed (rowid, names, numbers, title, text) VALUES (?, ?, ?, ?, ?)"
_TAKE: Final = (
    "INSERT INTO indexed (indexed, rowid, names, numbers, title, text) VALUES ('delete', ?, ?, ?, ?, ?)"
)
_FOUND: Final = "SELECT json_group_array(rowid) FROM indexed WHERE indexed MATCH ?"
"""As one text, which takes half as long as row by row."""
_RANKED: Final = """
SELECT rowid, bm25(indexed, 8.0, 8.0, 4.0, 1.0) FROM indexed
WHERE indexed MATCH ? AND +rowid IN (SELECT value FROM json_each(?))
"""
"""BM25 counts the records of each phrase that is asked for, so rows are left out by number. +: and not looked up."""
_ROWS: Final = 2
"""How many rows there have been for each record, at most: a row that was taken out leaves its trace."""
_STEPS: Final = 10_000
"""Of SQLite's machine, between two looks: some milliseconds."""

_WAITING_SECONDS: Final = 0.1


class SearchIndex:
    """The index of one release's records. It answers one question at a time, from any thread."""

    def __init__(
        self,
        records: Mapping[OpaqueId, ReleasedRecord],
        connection: sqlite3.Connection,
        ids: list[OpaqueId],
        names: Counter[str],
    ) -> None:
        """ids: of the index's rows, which are counted from 0. names: how many records have a word in a name."""
        self._records = records
        self._connection = connection
        self._ids = ids
        self._names = names
        self._words = NameWords(())
        self._places: NDArray[np.int32] = np.empty(0, np.int32)
        """Of each row, where its id stands among all in their order."""
        finalize(self, connection.close).atexit = False  # a thread that is still building would go on with it
        self._lock = threading.Lock()

    @classmethod
    def of(
        cls, records: Mapping[OpaqueId, ReleasedRecord], check: Callable[[], None] = lambda: None
    ) -> "SearchIndex":
        """The index of these records, built afresh. check: called for each; what it raises ends the building."""
        index = cls(records, _memory(), [], Counter())
        index._connection.execute(_MADE)
        index._put(sorted(records), check)
        return index._ready(np.arange(len(records), dtype=np.int32))

    def following(
        self, records: Mapping[OpaqueId, ReleasedRecord], check: Callable[[], None] = lambda: None
    ) -> "SearchIndex":
        """The index of other records: a changed copy of this one, which stays; a fresh one where most have changed.

        Of the very same records it is this one. check: as for `of`.
        """
        old = self._records
        if records is old:
            return self
        gone = {id for id, record in old.items() if (now := records.get(id)) is not record and now != record}
        come = sorted(id for id in records if id in gone or id not in old)
        if len(gone) + len(come) > len(records) or len(self._ids) + len(come) > _ROWS * len(records):
            return SearchIndex.of(records, check)
        with self._lock:
            index = SearchIndex(records, _memory(), list(self._ids), Counter(self._names))
            self._connection.backup(index._connection)
        index._take(gone, old)
        index._put(come, check)
        return index._ready(self._rows_by_id(index._ids))

    def search(self, words: Sequence[str], check: Callable[[], None] = lambda: None) -> Matches:
        """The records that match all words. words: some, as `query_words` gives them.

        check: called now and then; what it raises ends the search.
        """
        with _in_turn(self._lock, check), _checking(self._connection, check):
            return Matches(list(self._tiers(questions(words, self._words))))

    def _tiers(self, asked: Iterable[Question]) -> Iterator[Tier]:
        """What each question finds that those before do not."""
        before = np.zeros(len(self._ids), bool)
        for question in asked:
            now = before.copy()
            now[self._rows(question.found)] = True
            yield self._tier(np.flatnonzero(now & ~before), question.ranked)
            before = now

    def _tier(self, rows: NDArray[np.intp], ranked: str) -> Tier:
        """These rows in order. ranked: finds them, to be ranked, and maybe others."""
        ids = self._ids
        if len(rows) > RANKED:
            return Tier(Chosen(ids, rows[np.argsort(self._places[rows])]))
        if not len(rows):
            return Tier(())  # to ask once more takes as long as to find some
        found = self._connection.execute(_RANKED, (ranked, orjson.dumps(rows.tolist()).decode()))
        return Tier.ranked((_key(rank), ids[row]) for row, rank in found)

    def _rows(self, asked: str) -> list[int]:
        [(found,)] = self._connection.execute(_FOUND, (asked,))
        rows: list[int] = orjson.loads(found)
        return rows

    def _rows_by_id(self, ids: Sequence[OpaqueId]) -> NDArray[np.int32]:
        """The rows of these ids in the order of the ids. They begin with its own, and those after are in order."""
        count = len(self._ids)
        before = np.argsort(self._places).astype(np.int32)
        places = [bisect_left(before, id, key=lambda row: ids[int(row)]) for id in ids[count:]]
        return np.insert(before, np.array(places, np.int64), np.arange(count, len(ids), dtype=np.int32))

    def _ready(self, rows: NDArray[np.int32]) -> "SearchIndex":
        """Itself, once all of its records are in it, so that no search waits for what makes searches quick.

        rows: in the order of their ids.
        """
        self._words = NameWords(self._names)
        self._places = np.empty(len(rows), np.int32)
        self._places[rows] = np.arange(len(rows), dtype=np.int32)
        return self

    def _put(self, ids: Iterable[OpaqueId], check: Callable[[], None]) -> None:
        def row(id: OpaqueId) -> tuple[object, ...]:
            check()
            texts = searched(self._records[id])
            self._names.update(set(words_of(texts.names)))
            self._ids.append(id)
            return len(self._ids) - 1, *texts

        with _all_or_nothing(self._connection):
            self._connection.executemany(_PUT, map(row, ids))

    def _take(self, gone: Collection[OpaqueId], old: Mapping[OpaqueId, ReleasedRecord]) -> None:
        """What is taken out is told word for word. Of an id that came again only the last row is still there."""
        rows = {id: row for row, id in enumerate(self._ids) if id in gone}
        with _all_or_nothing(self._connection):
            for id, row in rows.items():
                texts = searched(old[id])
                self._names -= Counter(set(words_of(texts.names)))
                self._connection.execute(_TAKE, (row, *texts))


def query_words(text: str) -> list[str]:
    """What is looked for: the words between spaces that have a letter or digit, each once, as they are compared.

    >>> query_words("Doe NY03-0001 – doe")
    ['doe', 'ny03 0001']
    """
    words = (" ".join(words_of(word)) for word in text.split())
    return list(dict.fromkeys(word for word in words if word))


def too_many(words: Sequence[str]) -> bool:
    """Whether so many words, or so many parts of words, are looked for at once by nobody.

    >>> too_many(query_words("NY03-0001 " + "-".join("a" * 30))), too_many(query_words("-".join("a" * 33)))
    (False, True)
    """
    return len(words) > MOST_WORDS or sum(len(word.split()) for word in words) > MOST_PARTS


def _key(rank: float) -> str:
    """A rank as a text that compares as it does: FTS5's ranks are below 0, and the lower the better."""
    (bits,) = struct.unpack(">Q", struct.pack(">d", max(0.0, -rank)))
    return f"{(1 << 64) - 1 - bits:016x}"


def _memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)  # no statement of it may open a file
    return connection


@contextmanager
def _in_turn(lock: threading.Lock, check: Callable[[], None]) -> Iterator[None]:
    """Who waits for another search looks at the clock as well: one step of the index may take long."""
    while not lock.acquire(timeout=_WAITING_SECONDS):
        check()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _checking(connection: sqlite3.Connection, check: Callable[[], None]) -> Iterator[None]:
    """SQLite stops where it is told to, and says no more than that; what was raised is raised again."""
    raised: list[Exception] = []

    def look() -> int:
        try:
            check()
        except Exception as error:
            raised.append(error)
        return len(raised)

    connection.set_progress_handler(look, _STEPS)
    try:
        yield
    except sqlite3.OperationalError:
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


@contextmanager
def _all_or_nothing(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")
