"""The agreement under which a request is answered, and the release that it is answered from, as the header says."""

import strawberry

from graph.view import View
from schema.links import RecordKind
from schema.scalars import Date


@strawberry.type(
    description=(
        "version is opaque, changes exactly when this agreement's releasable subgraph changes,"
        " and may be sent back as `changes(since:)`."
    )
)
class Release:
    """What a release says of itself."""

    version: str
    published_at: str
    record_count: int
    link_count: int


@strawberry.type
class Agreement:
    """What the partner agreed to."""

    id: strawberry.ID
    partner: str
    effective: Date
    expires: Date
    caveat: str
    kinds: list[RecordKind]
    release: Release

    @classmethod
    def of(cls, view: View) -> "Agreement":
        """Of the release that is answered from."""
        header = view.header
        return cls(
            id=strawberry.ID(header.agreement),
            partner=header.partner,
            effective=Date(header.effective),
            expires=Date(header.expires),
            caveat=header.caveat,
            kinds=[RecordKind(kind) for kind in header.kinds],
            release=Release(
                version=header.version,
                published_at=header.published_at,
                record_count=view.record_count,
                link_count=view.link_count,
            ),
        )
