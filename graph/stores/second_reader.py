"""All of a large SQLite file that is no link, read by a second process beside the one that reads its links.

The second process only reads: it opens the file as a reader, makes gists and terms (`graph.gist`, `graph.terms`, both
pure) and hands them over through a pipe. Then it shows records (`graph.record_showing`), of which it is told the names
and no key. It writes nothing, and ends when the first one does, however that ends: its own input is at its end then.
Where it could not be begun, or is lost before all gists and terms have come, whoever asked is told, and reads all
alone; after that nobody waits for it.
"""

import gc
import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import IO, Final, Self

import msgspec

from graph.agreement import Agreement
from graph.gist import Gist, RecordGist
from graph.model import Entry, EntryId, OpaqueId
from graph.policy import Policy
from graph.portions import portions
from graph.record_showing import RecordShowing
from graph.release import encode
from graph.store import ReaderLost
from graph.terms import gist_and_terms

Reads = Callable[[], Iterator[Entry]]
"""Reads entries; where it is handed to another process, there."""

Term = tuple[str, EntryId]

_Came = SimpleQueue[tuple[bytes, bytes]]

_AT_ONCE: Final = 10_000
_LENGTH: Final = struct.Struct("<cQ")
_RECORDS, _DECISIONS, _GISTS_END, _TERMS, _END, _SHOWN = b"r", b"d", b"g", b"t", b"e", b"s"
_OF_GISTS: Final = (_RECORDS, _DECISIONS, _GISTS_END)
_OF_TERMS: Final = (_TERMS, _END)
_LOST: Final = b"?"
_GISTS: Final = msgspec.msgpack.Decoder(list[RecordGist])
_TERM_ROWS: Final = msgspec.msgpack.Decoder(list[Term])
_BODIES: Final = msgspec.msgpack.Decoder(list[dict[OpaqueId, bytes]])


class _Asked(msgspec.Struct, frozen=True):
    """A showing as it is handed over. names: of the released records. agreement: pickled."""

    agreement: bytes
    names: dict[EntryId, OpaqueId]
    documents: frozenset[EntryId]
    numbers: frozenset[str]

    @classmethod
    def of(cls, showing: RecordShowing) -> Self:
        showing.name_all()
        return cls(pickle.dumps(showing.agreement), showing.names, showing.documents, showing.numbers)

    def showing(self, policy: Policy) -> RecordShowing:
        agreement: Agreement = pickle.loads(self.agreement)
        name, records = self.names.__getitem__, self.names.keys()
        return RecordShowing(policy, agreement, name, records, self.documents, self.numbers, self.names)


_SHOWINGS: Final = msgspec.msgpack.Decoder(list[_Asked])


class SecondReader:
    """`graph.store.TwoReaders`: links are read here, the others there. What comes is taken at once, so nobody waits."""

    def __init__(self, links: Reads, others: Reads, from_the_end: Reads, policy: Policy, day: int) -> None:
        self._links = links
        self._from_the_end = from_the_end
        self._asked = pickle.dumps((others, policy, day))
        self._gists, self._terms, self._shown = _Came(), _Came(), _Came()
        of_gists, of_terms = dict.fromkeys(_OF_GISTS, self._gists), dict.fromkeys(_OF_TERMS, self._terms)
        self._queues = of_gists | of_terms | {_SHOWN: self._shown}

    def __enter__(self) -> Self:
        """Start it. Raises ReaderLost where the system has no room for another process."""
        command = [sys.executable, "-P", "-m", __name__]
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError:
            raise ReaderLost from None
        self._taking = Thread(target=self._take, name="what a second reader tells", daemon=True)
        self._taking.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it; it may have ended."""
        self._process.kill()
        self._process.wait()
        self._taking.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # it was lost before it had read what is asked
                    pipe.close()

    def links(self) -> Iterator[Entry]:
        """Every link, read here."""
        return self._links()

    def others(self) -> Iterator[Gist]:
        """The gists of all others; once."""
        for kind, body in _until(_GISTS_END, self._gists):
            yield from _GISTS.decode(body) if kind == _RECORDS else pickle.loads(body)

    def terms(self) -> Iterable[Term]:
        """The terms of all others, once, after their gists."""
        return Terms([body for _, body in _until(_END, self._terms)])

    def show(self, showings: Sequence[RecordShowing]) -> None:
        """Begin to show records there."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it is lost, and tells nothing of them
            put(self._process.stdin, _SHOWN, msgspec.msgpack.encode(list(map(_Asked.of, showings))))

    def shown(self) -> Iterator[Sequence[Mapping[OpaqueId, bytes]]]:
        """What has come of that."""
        with suppress(Empty):
            while True:
                _, body = self._shown.get_nowait()
                yield _BODIES.decode(body)

    def from_the_end(self) -> Iterator[Entry]:
        """Every other entry from the last one on, read here."""
        return self._from_the_end()

    def _take(self) -> None:
        pipe_in, pipe_out = self._process.stdin, self._process.stdout
        assert pipe_in is not None
        assert pipe_out is not None
        try:
            put(pipe_in, _END, self._asked)
            while True:
                kind, body = _got(pipe_out)
                self._queues[kind].put((kind, body))
        except (OSError, EOFError):  # it has ended
            for queue in (self._gists, self._terms):
                queue.put((_LOST, b""))


class Terms:
    """Pairs of a term and an id, in the bytes in which they came: as texts they would take several times the memory."""

    def __init__(self, bodies: list[bytes]) -> None:
        self._bodies = bodies

    def __iter__(self) -> Iterator[Term]:
        """Each pair."""
        for body in self._bodies:
            yield from _TERM_ROWS.decode(body)


def main() -> None:
    """Be the second reader: read what is asked from the input, and tell it to the output."""
    gc.disable()  # what is made here has no cycles, and is much
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    _, body = _got(asked)
    more = SimpleQueue[bytes]()
    Thread(target=_listen, args=(asked, more), daemon=True).start()
    others, policy, day = pickle.loads(body)
    for entries in portions(others(), _AT_ONCE):
        _tell(told, entries, policy, day)
    put(told, _GISTS_END, b"")
    put(told, _END, b"")
    showings = [one.showing(policy) for one in _SHOWINGS.decode(more.get())]
    for entries in portions(others(), _AT_ONCE):
        put(told, _SHOWN, msgspec.msgpack.encode([_bodies(showing, entries) for showing in showings]))
    os._exit(0)  # the thread that listens would be waited for


def _tell(told: IO[bytes], entries: Iterable[Entry], policy: Policy, day: int) -> None:
    """The gists and the terms of some entries."""
    records, decisions, terms = [], [], []
    for entry in entries:
        gist, found = gist_and_terms(entry, policy, day)
        terms += [(term, entry.id) for term in found]
        if isinstance(gist, RecordGist):
            records.append(gist)
        elif gist is not None:
            decisions.append(gist)
    put(told, _RECORDS, msgspec.msgpack.encode(records))
    put(told, _DECISIONS, pickle.dumps(decisions))
    put(told, _TERMS, msgspec.msgpack.encode(terms))


def _listen(asked: IO[bytes], more: SimpleQueue[bytes]) -> None:
    """For what else is asked, and the end of who has asked."""
    with suppress(EOFError):
        while True:
            more.put(_got(asked)[1])
    os._exit(1)


def _bodies(showing: RecordShowing, entries: Iterable[Entry]) -> dict[OpaqueId, bytes]:
    records = map(showing.released, entries)
    return {record.id: encode(record) for record in records if record is not None}


def _until(last: bytes, came: _Came) -> Iterator[tuple[bytes, bytes]]:
    for kind, body in iter(came.get, (last, b"")):
        if kind == _LOST:
            came.put((_LOST, b""))  # for who asks again
            raise ReaderLost
        yield kind, body


def put(pipe: IO[bytes], kind: bytes, body: bytes) -> None:
    """Tell the other process something: its kind, its length, itself."""
    pipe.write(_LENGTH.pack(kind, len(body)))
    pipe.write(body)
    pipe.flush()


def _got(pipe: IO[bytes]) -> tuple[bytes, bytes]:
    kind, length = _LENGTH.unpack(_whole(pipe, _LENGTH.size))
    return kind, _whole(pipe, length)


def _whole(pipe: IO[bytes], length: int) -> bytes:
    body = pipe.read(length)
    if len(body) < length:
        raise EOFError
    return body


if __name__ == "__main__":
    main()
