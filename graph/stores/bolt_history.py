"""How the releases of a Neo4j became what they are: versions and touches, written within a release's own change.

Nothing of what was shown is here: opaque ids, names of versions, times and marks (`graph.history`). They are nodes that
nothing is linked to, found by their agreement and place. Only versions make a history: touches at a place before the
first that is known, or after the last, are not seen, so that many can be written, or taken away, a part at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from graph.history import MARK_BYTES, History, Mark, Past, Touch, Version, forgotten_before, next_version
from graph.model import AgreementId, OpaqueId
from graph.release import Content, Header, decode_link, decode_record
from graph.release_store import Change
from graph.stores.bolt import Row, Transaction
from graph.stores.bolt_turn import BoltTurns
from graph.stores.statements import statement
from graph.touching import touches

_LAST = statement("releases_last_version")
_VERSIONS = statement("releases_versions")
_TOUCHES = statement("releases_touches")
_PAST = statement("releases_past")
_PUT_VERSION = statement("releases_put_version")
_PUT_TOUCHES = statement("releases_put_touches")
_OLDEST = statement("releases_oldest_version")
_FORGET_TOUCHES = statement("releases_forget_touches")
_FORGET_LATER = statement("releases_forget_later_touches")
_FORGET_VERSIONS = statement("releases_forget_versions")
_SOME_RECORDS = statement("releases_some_records")
_SOME_LINKS = statement("releases_some_links")

_AT_ONCE: Final = 10_000

_ALL: Final = (1 << 63) - 1
"""A place after every other."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted of a change. oldest: the first version that stays known, by its place; of it no touch is kept."""

    version: Version
    touches: Sequence[Touch]
    oldest: int


def note(transaction: Transaction, header: Header, change: Change, mark: Mark) -> Noted | None:
    """What is to be noted of a change before it is made; None where its content is the current one's."""
    agreement = header.agreement
    last = next((Version(*row) for row in transaction.run(_LAST, agreement=agreement)), None)
    new = next_version(last, header.version, header.published_at, mark)
    if new is None:
        return None
    if not new.follows(last):
        return Noted(new, (), new.place)
    found = touches(_replaced(transaction, agreement, change), change, new.place, mark)
    oldest = transaction.run(_OLDEST, agreement=agreement, minute=forgotten_before(new.minute))
    return Noted(new, found, next((place for (place,) in oldest), 0))


def in_parts(touches: Sequence[Touch]) -> Iterator[Sequence[Touch]]:
    """As many at a time as one transaction takes."""
    return (touches[at : at + _AT_ONCE] for at in range(0, len(touches), _AT_ONCE))


def put_touches(transaction: Transaction, agreement: AgreementId, touches: Sequence[Touch]) -> None:
    """Note what a version did. Until the version is there, nobody sees it."""
    transaction.run_rows(_PUT_TOUCHES, list(map(_row, touches)), agreement=agreement)


def put_version(transaction: Transaction, agreement: AgreementId, noted: Noted) -> None:
    """Note a version, and know none that is too old any more."""
    transaction.run(_FORGET_VERSIONS, agreement=agreement, place=noted.oldest)
    transaction.run(_PUT_VERSION, agreement=agreement, **_stated(noted.version))


def forget(turns: BoltTurns, agreement: AgreementId, noted: Noted) -> None:
    """Take away the touches of versions that are not known any more; nobody sees them."""
    if noted.oldest:
        turns.run_out(_FORGET_TOUCHES, agreement=agreement, place=noted.oldest, most=_AT_ONCE)


def forget_unseen(turns: BoltTurns, agreement: AgreementId) -> None:
    """Take away the touches of a version that never came."""
    last = turns.run(_LAST, agreement=agreement)
    place = last[0][0] if last else 0
    turns.run_out(_FORGET_LATER, agreement=agreement, place=place, most=_AT_ONCE)


def read_history(transaction: Transaction, agreement: AgreementId) -> History:
    """What is known of one release's versions."""
    names = read_names(transaction, agreement)
    if not names:
        return History()
    return History(names, read_touches(transaction, agreement, names[0][0], names[-1][0]))


def read_names(transaction: Transaction, agreement: AgreementId) -> tuple[tuple[int, str], ...]:
    """The versions that are known, by place."""
    return tuple((place, name) for place, name in transaction.run(_VERSIONS, agreement=agreement))


def read_touches(
    transaction: Transaction, agreement: AgreementId, after: int, last: int
) -> tuple[Touch, ...]:
    """What the versions after a place and up to another did to records, by place, then id."""
    rows = transaction.stream(_TOUCHES, agreement=agreement, after=after, last=last)
    return tuple(map(_touch, rows))


def read_past(transaction: Transaction, agreement: AgreementId) -> Past:
    """All that is kept of one release's history."""
    versions = tuple(Version(*row) for row in transaction.run(_PAST, agreement=agreement))
    return Past(versions, read_history(transaction, agreement).touches)


def put_past(turns: BoltTurns, agreement: AgreementId, past: Past) -> None:
    """Keep this history in place of the one that is there. No version is known until all of it is written."""
    turns.run(_FORGET_VERSIONS, agreement=agreement, place=_ALL)
    turns.run_out(_FORGET_TOUCHES, agreement=agreement, place=_ALL, most=_AT_ONCE)
    for some in in_parts(past.touches):
        turns.transact(partial(_put_touches, agreement=agreement, touches=some))
    turns.transact(lambda transaction, _: _put_versions(transaction, agreement, past.versions))


def _put_touches(transaction: Transaction, _: Row, agreement: AgreementId, touches: Sequence[Touch]) -> None:
    put_touches(transaction, agreement, touches)


def _put_versions(transaction: Transaction, agreement: AgreementId, versions: Sequence[Version]) -> None:
    for version in versions:
        transaction.run(_PUT_VERSION, agreement=agreement, **_stated(version))


def _stated(version: Version) -> dict[str, Any]:
    return {"place": version.place, "name": version.name, "minute": version.minute, "key": version.key}


def _replaced(transaction: Transaction, agreement: AgreementId, change: Change) -> Content:
    """The elements that a change replaces or takes away."""
    records = [*change.gone_records, *(record.id for record in change.records)]
    links = [*change.gone_links, *(link.id for link in change.links)]
    content = Content()
    for (body,) in transaction.run_rows(_SOME_RECORDS, records, agreement=agreement):
        record = decode_record(body)
        content.records[record.id] = record
    for (body,) in transaction.run_rows(_SOME_LINKS, links, agreement=agreement):
        link = decode_link(body)
        content.links[link.id] = link
    return content


def _row(touch: Touch) -> dict[str, Any]:
    shift = touch.shift.to_bytes(MARK_BYTES)
    return {
        "place": touch.place,
        "id": touch.id,
        "before": touch.before,
        "after": touch.after,
        "shift": shift,
    }


def _touch(row: Row) -> Touch:
    place, id, before, after, shift = row
    return Touch(place, OpaqueId(id), before, after, int.from_bytes(shift))
