"""How the releases of a Neo4j became what they are: versions and touches, written within a release's own change.

Nothing of what was shown is here: opaque ids, names of versions, times and marks (`graph.history`). They are nodes that
nothing is linked to, found by their agreement and place.
"""

from typing import Any, Final

from graph.history import MARK_BYTES, History, Mark, Past, Touch, Version, forgotten_before, next_version
from graph.model import AgreementId, OpaqueId
from graph.release import Content, Header, decode_link, decode_record
from graph.store import Change
from graph.stores.bolt import Row, Transaction
from graph.stores.statements import statement
from graph.touching import touches

_LAST = statement("releases_last_version")
_VERSIONS = statement("releases_versions")
_TOUCHES = statement("releases_touches")
_TOUCHES_SINCE = statement("releases_touches_since")
_PAST = statement("releases_past")
_PUT_VERSION = statement("releases_put_version")
_PUT_TOUCHES = statement("releases_put_touches")
_OLDEST = statement("releases_oldest_version")
_FORGET_TOUCHES = statement("releases_forget_touches")
_FORGET_VERSIONS = statement("releases_forget_versions")
_SOME_RECORDS = statement("releases_some_records")
_SOME_LINKS = statement("releases_some_links")

_ALL: Final = (1 << 63) - 1
"""A place after every other."""


def write_version(transaction: Transaction, header: Header, change: Change, mark: Mark) -> None:
    """Note what a change does, before it is made. A header of the content that is current already adds nothing."""
    agreement = header.agreement
    last = next((Version(*row) for row in transaction.run(_LAST, agreement=agreement)), None)
    new = next_version(last, header.version, header.published_at, mark)
    if new is None:
        return
    found: list[Touch] = []
    if new.follows(last):
        found = touches(_replaced(transaction, agreement, change), change, new.place, mark)
    else:
        _forget(transaction, agreement, _ALL)
    version = {"place": new.place, "name": new.name, "minute": new.minute, "key": new.key}
    transaction.run(_PUT_VERSION, agreement=agreement, **version)
    transaction.run_rows(_PUT_TOUCHES, list(map(_row, found)), agreement=agreement)
    oldest = transaction.run(_OLDEST, agreement=agreement, minute=forgotten_before(new.minute))
    for (place,) in oldest:
        _forget(transaction, agreement, place)


def read_history(transaction: Transaction, agreement: AgreementId) -> History:
    """What is known of one release's versions."""
    touched = transaction.run(_TOUCHES, agreement=agreement)
    return History(read_names(transaction, agreement), tuple(map(_touch, touched)))


def read_names(transaction: Transaction, agreement: AgreementId) -> tuple[tuple[int, str], ...]:
    """The versions that are known, by place."""
    return tuple((place, name) for place, name in transaction.run(_VERSIONS, agreement=agreement))


def read_touches(transaction: Transaction, agreement: AgreementId, after: int) -> tuple[Touch, ...]:
    """What the versions after a place did to records, by place, then id."""
    return tuple(map(_touch, transaction.run(_TOUCHES_SINCE, agreement=agreement, place=after)))


def read_past(transaction: Transaction, agreement: AgreementId) -> Past:
    """All that is kept of one release's history."""
    versions = tuple(Version(*row) for row in transaction.run(_PAST, agreement=agreement))
    return Past(versions, tuple(map(_touch, transaction.run(_TOUCHES, agreement=agreement))))


def put_past(transaction: Transaction, agreement: AgreementId, past: Past) -> None:
    """Keep this history in place of the one that is there."""
    _forget(transaction, agreement, _ALL)
    for v in past.versions:
        version = {"place": v.place, "name": v.name, "minute": v.minute, "key": v.key}
        transaction.run(_PUT_VERSION, agreement=agreement, **version)
    transaction.run_rows(_PUT_TOUCHES, list(map(_row, past.touches)), agreement=agreement)


def _forget(transaction: Transaction, agreement: AgreementId, oldest: int) -> None:
    """oldest: the first place that stays; what its version did goes as well."""
    transaction.run(_FORGET_TOUCHES, agreement=agreement, place=oldest)
    transaction.run(_FORGET_VERSIONS, agreement=agreement, place=oldest)


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
