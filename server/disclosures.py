"""Who has been given a record, and when: the partners' audit logs, read for the ids that a record has (DESIGN 7).

A record has another opaque id under each agreement, and another again by each naming key; retired keys are kept, so
that what was given under them is found. Only the office, which has the keys, can tell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from graph.keys import ReleaseKeys, naming
from graph.model import AgreementId, EntryId, OpaqueId
from server.audit_entry import ANSWERED
from server.chain_check import Placed

_HEX_DIGITS: Final = 32


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


def disclosures(lines: Iterable[Placed], id: EntryId, names: Names) -> Iterator[Mapping[str, Any]]:
    """Each line that tells of an answer with this record, as it was written, log by log."""
    known: dict[str, list[bytes]] = {}
    marks: list[bytes] = []
    for placed in lines:
        agreement = _agreement(placed.line)
        if agreement not in known:
            known[agreement] = [opaque.encode() for opaque in names.of(id, AgreementId(agreement))]
        marks = known[agreement]
        if any(mark in placed.line for mark in marks):
            yield from _disclosing(placed.line, marks)


def _disclosing(line: bytes, marks: Sequence[bytes]) -> Iterator[Mapping[str, Any]]:
    """The line, if it is of an answer that has the record; the id may also stand in a question that did not find it."""
    try:
        told = orjson.loads(line)
    except orjson.JSONDecodeError:
        return
    given = told.get("records", ())
    if told.get("event") == ANSWERED and any(mark.decode() in given for mark in marks):
        yield told


_BEFORE: Final = b'"agreement":"'


def _agreement(line: bytes) -> str:
    """The agreement of a line, which stands before all that a partner wrote; nothing for a line without.

    A crash may have cut the line short within it: such a line discloses nothing, its answer was not sent.
    """
    _, _, after = line.partition(_BEFORE)
    agreement, end, _ = after.partition(b'"')
    return agreement.decode("ascii", "replace") if end else ""
