"""Who has been given a record, and when: the partners' audit logs, read for the ids that a record has (DESIGN 7).

A record has another opaque id under each agreement, and another again by each naming key; retired keys are kept, so
that what was given under them is found. Only the office, which has the keys, can tell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import orjson

from graph.keys import ReleaseKeys, naming
from graph.model import AgreementId, EntryId, OpaqueId
from server.audit.chain import RECORDS_AS
from server.audit.chain_check import Placed
from server.audit.entry import ANSWERED

Line = Mapping[str, Any]

_HEX_DIGITS: Final = 32
_REFERRING: Final = b'"%b":' % RECORDS_AS.encode()


@dataclass(frozen=True, slots=True)
class Names:
    """The opaque ids of records. keys: the naming keys, the current one first."""

    keys: Sequence[bytes]

    def of(self, id: EntryId, agreement: AgreementId) -> list[OpaqueId]:
        """The ids of a record or a link under an agreement, the current one first."""
        return [naming(ReleaseKeys(naming=key, version=b""), agreement)(id) for key in self.keys]

    def behind(
        self, opaque: str, ids: Iterable[EntryId], agreements: Iterable[AgreementId]
    ) -> EntryId | None:
        """Which of these ids an opaque id stands for, whatever the agreement."""
        namings = [
            naming(ReleaseKeys(naming=key, version=b""), agreement)
            for agreement in agreements
            for key in self.keys
        ]
        return next((id for id in ids if any(name(id) == opaque for name in namings)), None)


def is_opaque(text: str) -> bool:
    """Whether a text may be an opaque id."""
    return len(text) == _HEX_DIGITS and set(text) <= set("0123456789abcdef")


@dataclass(slots=True)
class Disclosures:
    """Finds the lines that tell of answers with one record, in lines that come in the order of their files.

    having: by file, the numbers of those of them that have the record in a list, which later lines may refer to.
    """

    id: EntryId
    names: Names
    having: dict[Path, set[int]] = field(default_factory=dict)
    _known: dict[str, list[bytes]] = field(default_factory=dict)

    def among(self, lines: Iterable[Placed]) -> Iterator[Line]:
        """Each of them, as it was written."""
        for placed in lines:
            marks = self._marks(_agreement(placed.line))
            if _REFERRING in placed.line or any(mark in placed.line for mark in marks):
                yield from self._disclosing(placed, marks)

    def _marks(self, agreement: str) -> Sequence[bytes]:
        if agreement not in self._known:
            named = self.names.of(self.id, AgreementId(agreement))
            self._known[agreement] = [opaque.encode() for opaque in named]
        return self._known[agreement]

    def _disclosing(self, placed: Placed, marks: Sequence[bytes]) -> Iterator[Line]:
        """The line, if its answer has the record; the id may also stand in a question that did not find it."""
        try:
            told = orjson.loads(placed.line)
        except orjson.JSONDecodeError:
            return
        if told.get("event") != ANSWERED:
            return
        given, number, like = told.get("records", ()), told.get("n"), told.get(RECORDS_AS)
        having = self.having.setdefault(placed.file, set())
        if any(mark.decode() in given for mark in marks):
            having.update({number} if isinstance(number, int) else ())
            yield told
        elif isinstance(like, int) and like in having:
            yield told


_BEFORE: Final = b'"agreement":"'


def _agreement(line: bytes) -> str:
    """The agreement of a line, which stands before all that a partner wrote; nothing for a line without.

    A crash may have cut the line short within it: such a line discloses nothing, its answer was not sent.
    """
    _, _, after = line.partition(_BEFORE)
    agreement, end, _ = after.partition(b'"')
    return agreement.decode("ascii", "replace") if end else ""
