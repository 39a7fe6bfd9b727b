"""Who has been given a record, and what the office has done and was told: for those whose work that is.

For who may not know of all that is held, lines about what he may not know of are left out, and of the others only who
did what, when, and to which record: reasons, questions and numbers may tell of more.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import orjson
import strawberry

from graph.model import EntryId
from graph.officer import Role
from schema.cursors import Belonging, Position
from schema.office.context import Asking, Info
from schema.office.pages import Connection, connection_of, page_of
from schema.office.rights import require

Line = Mapping[str, Any]

_APART: Final = frozenset(("n", "at", "event", "who", "user", "previous", "log"))
_OF_AN_ACT: Final = frozenset(("restricting",))
"""Events that come of an act and do not say of which: it may have been on what a reader may not know of."""

_LATEST: Final = 10**17
"""Microseconds after which no line comes: what is later sorts before."""


@strawberry.type
class Disclosure:
    """An answer to a partner that had the record."""

    at: str
    agreement: strawberry.ID
    user: str
    purpose: str | None
    case_number: str | None


@strawberry.type
class AuditLine:
    """One line of the office's logs. text: the rest of it, as JSON."""

    at: str
    event: str
    user: str | None
    text: str


@strawberry.type
class LogQuery:
    """Logs."""

    @strawberry.field
    def disclosures(
        self, info: Info, record: strawberry.ID, first: int = 20, after: str | None = None
    ) -> Connection[Disclosure]:
        """Who has been given a record, the latest first. For supervisors, data quality and auditors."""
        asking = info.context
        require(asking.officer, Role.SUPERVISOR, Role.QUALITY, Role.AUDITOR)
        known = asking.seen.entry(EntryId(record)) is not None
        lines = sorted(asking.archive.disclosures(EntryId(record)), key=_position) if known else []
        page = page_of(lines, _position, Belonging(record, "disclosures"), asking.cursors, first, after)
        nodes = [
            Disclosure(
                at=line["at"],
                agreement=strawberry.ID(line["agreement"]),
                user=line["user"],
                purpose=line.get("purpose"),
                case_number=line.get("case_number"),
            )
            for line in page.shown
        ]
        return connection_of(page, nodes)

    @strawberry.field
    def audit(self, info: Info, first: int = 50, after: str | None = None) -> Connection[AuditLine]:
        """The latest lines of what the office has done and of what its officers were told. For auditors."""
        asking = info.context
        require(asking.officer, Role.AUDITOR)
        lines = sorted(asking.archive.done(lambda line: _is_shown(asking, line)), key=_position)
        page = page_of(lines, _position, Belonging("", "audit"), asking.cursors, first, after)
        return connection_of(page, (_line(asking, line) for line in page.shown))


def _is_shown(asking: Asking, line: Line) -> bool:
    if asking.audience.sees_all:
        return True
    if line["event"] in _OF_AN_ACT:
        return False
    return all(asking.seen.entry(EntryId(id)) for id in _named(line))


def _named(line: Line) -> list[str]:
    """The ids that a line is about."""
    about = [line[name] for name in ("id", "record", "link") if isinstance(line.get(name), str)]
    told = line.get("records")
    return [*about, *(told if isinstance(told, list) else ())]


def _line(asking: Asking, line: Line) -> AuditLine:
    rest = {name: value for name, value in line.items() if name not in _APART}
    if not asking.audience.sees_all:
        rest = {name: rest[name] for name in ("id", "record", "link") if name in rest}
    return AuditLine(
        at=str(line.get("at", "")),
        event=str(line.get("event", "")),
        user=line.get("who", line.get("user")),
        text=orjson.dumps(rest).decode(),
    )


def _position(line: Line) -> Position:
    """The latest first; then by the log and the number that it has there."""
    microseconds = int(datetime.fromisoformat(line["at"]).timestamp() * 1_000_000)
    return f"{_LATEST - microseconds:018d}", str(line.get("log", "")), f"{_LATEST - line['n']:018d}"
