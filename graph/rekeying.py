"""The same release under other keys: other ids, another version, and not a value more or less.

Nothing is judged here. What waits to be added goes on waiting, and what is withdrawn comes with the next load.
"""

from collections.abc import Iterable, Mapping

import msgspec

from graph.keys import ReleaseKeys, naming, total, version
from graph.model import AgreementId, Entry, OpaqueId
from graph.release import Content, Release, ReleasedLink, ReleasedRecord, ReleasedSubject
from graph.release_store import Change, Releases
from graph.store import StoredHoldings

Renamed = Mapping[OpaqueId, OpaqueId]


def rekey(
    holdings: StoredHoldings, releases: Releases, old: ReleaseKeys, new: ReleaseKeys
) -> list[AgreementId]:
    """Put every release under the new keys, each in one transaction; one that is already is left alone.

    releases: opened to be marked by the new keys, so that each history begins anew. A release with an id that no entry
    stands behind is dropped, and named in what is returned: it has to be published again.
    """
    dropped = []
    for agreement in releases.headers():
        release = releases.read(agreement)
        if release is None:
            continue
        if is_made_with(release, new):
            releases.apply(release.header, Change())  # one that was killed may have told no reader of it
            continue
        names = _renamed(release.content, holdings.entries(), agreement, old, new)
        if names.keys() < {*release.content.records, *release.content.links}:
            releases.drop(agreement)
            dropped.append(agreement)
        else:
            _put(releases, release, rekeyed(release.content, names), new)
    return dropped


def is_made_with(release: Release, keys: ReleaseKeys) -> bool:
    """Whether its header states the total and the version that its content has under these keys."""
    header, summed = release.header, total(release.content, keys.version)
    named = version(header.agreement, summed, header.supporting, keys.version)
    return (header.total, header.version) == (f"{summed:064x}", named)


def rekeyed(content: Content, names: Renamed) -> Content:
    """The content with other ids. names: of every element."""
    records = [_record(record, names) for record in content.records.values()]
    links = [_link(link, names) for link in content.links.values()]
    return Content({record.id: record for record in records}, {link.id: link for link in links})


def _renamed(
    content: Content, entries: Iterable[Entry], agreement: AgreementId, old: ReleaseKeys, new: ReleaseKeys
) -> Renamed:
    before, after = naming(old, agreement), naming(new, agreement)
    ids = ((before(entry.id), entry.id) for entry in entries)
    return {opaque: after(id) for opaque, id in ids if opaque in content.records or opaque in content.links}


def _put(releases: Releases, release: Release, content: Content, keys: ReleaseKeys) -> None:
    header, summed = release.header, total(content, keys.version)
    named = version(header.agreement, summed, header.supporting, keys.version)
    old = release.content
    change = Change(
        list(content.records.values()), list(content.links.values()), list(old.records), list(old.links)
    )
    releases.apply(msgspec.structs.replace(header, total=f"{summed:064x}", version=named), change)


def _record(record: ReleasedRecord, names: Renamed) -> ReleasedRecord:
    if not isinstance(record, ReleasedSubject):
        return msgspec.structs.replace(record, id=names[record.id])
    properties = tuple(
        msgspec.structs.replace(value, sources=_sources(value.sources, names)) for value in record.properties
    )
    return msgspec.structs.replace(record, id=names[record.id], properties=properties)


def _link(link: ReleasedLink, names: Renamed) -> ReleasedLink:
    return msgspec.structs.replace(
        link,
        id=names[link.id],
        head=names[link.head],
        tail=names[link.tail],
        sources=_sources(link.sources, names),
    )


def _sources(sources: Iterable[OpaqueId], names: Renamed) -> tuple[OpaqueId, ...]:
    return tuple(sorted(names[source] for source in sources))
