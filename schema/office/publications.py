"""The versions of a release, as the reader may know of them (`graph.office.seen_publications`)."""

import strawberry

from graph.model import AgreementId
from graph.office.seen_publications import seen_publications
from schema.office.context import Asking


@strawberry.type
class Publication:
    """A version of one release. Numbers of records; null where they are not known, or not for this reader."""

    agreement: strawberry.ID
    version: str | None
    at: str
    added: int | None
    updated: int | None
    withdrawn: int | None


def publications_of(asking: Asking, agreement: AgreementId) -> list[Publication]:
    """The versions of one release, the latest first."""
    asking.deadline.check()
    sees_all = asking.audience.sees_all
    known = None if sees_all else asking.archive.names(agreement, asking.seen).keys()
    return [
        Publication(
            agreement=strawberry.ID(agreement),
            version=each.version,
            at=each.at,
            added=each.added,
            updated=each.updated,
            withdrawn=each.withdrawn,
        )
        for each in seen_publications(asking.archive.past(agreement), known)
    ]
