"""The requests that are told in lists: all of a record or a link, and those that wait.

What a reader may not know of is in no list, and no list is longer or shorter for it.
"""

from collections.abc import Iterator

import strawberry

from graph import dossier
from graph.dossier import request_id
from graph.model import EntryId
from graph.office.desk_sight import Sight
from graph.office.held_record import version_of
from schema.cursors import Belonging, Position
from schema.office.context import Asking, Info
from schema.office.held import OfLink, OfRecord
from schema.office.pages import Connection, connection_of, page_of
from schema.office.request import Request, RequestKind, desk_sight, request_of


@strawberry.type
class WithRequests(OfRecord):
    """What was asked for of a record."""

    @strawberry.field
    def requests(self, info: Info) -> list[Request]:
        """All of them, the first one first."""
        return _all_of(info.context, self.entry.id)


@strawberry.type
class LinkWithRequests(OfLink):
    """What was asked for of a link, and the version that a recoding of it names."""

    @strawberry.field
    def version(self, info: Info) -> str:
        """Another one whenever its line, or what the desk did to it, is another one."""
        return version_of(self.entry, info.context.seen.withdrawals.get(self.entry.id))

    @strawberry.field
    def requests(self, info: Info) -> list[Request]:
        """All of them, the first one first."""
        return _all_of(info.context, self.entry.id)


@strawberry.type
class RequestQuery:
    """Requests by their names, and those that wait."""

    @strawberry.field
    def request(self, info: Info, id: strawberry.ID) -> Request | None:
        return request_of(info.context, id)

    @strawberry.field
    def requests(
        self,
        info: Info,
        office: str | None = None,
        kinds: list[RequestKind] | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[Request]:
        """Those that wait: open ones for a second person, ended ones for somebody to ask anew. The oldest first."""
        asking = info.context
        wanted = None if kinds is None else {kind.value for kind in kinds}
        waiting = sorted(_waiting(asking, office, wanted), key=_position)
        stated = repr((office, sorted(wanted or ())))
        page = page_of(waiting, _position, Belonging("", "requests", stated), asking.cursors, first, after)
        for request in page.shown:
            asking.tell(request.target)
        return connection_of(page, page.shown)


def _all_of(asking: Asking, id: EntryId) -> list[Request]:
    file = asking.door.dossier(id)
    names = (request_id(id, file, asked) for asked in file.requests)
    found = (request_of(asking, name) for name in names)
    return [request for request in found if request is not None]


def _waiting(asking: Asking, office: str | None, kinds: set[str] | None) -> Iterator[Request]:
    sight = desk_sight(asking)
    for target, file in asking.door.waiting().items():
        for asked in file.requests:
            is_wanted = asked.waits and (kinds is None or asked.kind.value in kinds)
            if (
                is_wanted
                and _is_told(asking, sight, target, asked)
                and (office is None or office == asked.office or office in sight.offices(target))
            ):
                yield Request(target=target, file=file, asked=asked)


def _is_told(asking: Asking, sight: Sight, target: EntryId, asked: dossier.Request) -> bool:
    """Whether the reader may know of what it asks for, and of all that it rests on."""
    return asking.shows_request(asked) and all(map(sight.look.shows, sight.rests_on(target, asked)))


def _position(request: Request) -> Position:
    return request.asked.by.at, request.name, request.target
