"""A release without the records that a reader may not know of: what is left, under a name and counts of its own.

Links to them and their names as sources go with them. How the release became what it is goes too: it tells when
something was published that he may not know of.
"""

from collections.abc import Callable, Collection

import msgspec

from graph.model import OpaqueId
from graph.release import Content, Release, ReleasedLink, ReleasedRecord, ReleasedSubject

Named = Callable[[Content, tuple[str, ...]], tuple[str, str]]
"""The name of a content, and the keyed sum over it, in hex. The types are those that give support in it."""


def cut_release(release: Release, seen: Collection[OpaqueId], at: str, named: Named) -> Release:
    """What is left of it. seen: the ids that the reader may know of. at: when it became so for him."""
    records = {id: _record(record, seen) for id, record in release.content.records.items() if id in seen}
    links = {
        id: _link(link, seen)
        for id, link in release.content.links.items()
        if id in seen and link.head in seen and link.tail in seen
    }
    content = Content(records, links)
    types = {link.type for link in links.values()}
    supporting = tuple(type for type in release.header.supporting if type in types)
    version, total = named(content, supporting)
    header = msgspec.structs.replace(
        release.header, supporting=supporting, version=version, total=total, published_at=at
    )
    return Release(header, content)


def _record(record: ReleasedRecord, seen: Collection[OpaqueId]) -> ReleasedRecord:
    if not isinstance(record, ReleasedSubject):
        return record
    values = tuple(
        msgspec.structs.replace(value, sources=tuple(id for id in value.sources if id in seen))
        for value in record.properties
    )
    return msgspec.structs.replace(record, properties=values)


def _link(link: ReleasedLink, seen: Collection[OpaqueId]) -> ReleasedLink:
    return msgspec.structs.replace(link, sources=tuple(id for id in link.sources if id in seen))
