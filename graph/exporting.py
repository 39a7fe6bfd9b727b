"""A release as JSON lines with the holdings' ids, for the office only: what the partner sees, to be compared or kept.

Opaque ids cannot be turned back; the office finds them by naming every id that it holds.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from graph.errors import NotOnFile
from graph.model import Entry, EntryId, OpaqueId
from graph.record_showing import Naming
from graph.release import Release, ReleasedLink, ReleasedRecord, ReleasedSubject, encode


def known_names(entries: Iterable[Entry], name: Naming) -> dict[OpaqueId, EntryId]:
    """The holdings' id of each opaque id that one agreement can have seen."""
    return {name(entry.id): entry.id for entry in entries}


def export_lines(release: Release, names: Mapping[OpaqueId, EntryId]) -> Iterator[dict[str, object]]:
    """The caveat, then records and links by id: in the form of DESIGN 3, with the fields as the partner sees them."""
    unknown = [id for id in (*release.content.records, *release.content.links) if id not in names]
    if unknown:
        raise NotOnFile(
            f"{len(unknown)} released elements are named by no id that is held: the release was made with another"
            " naming key, or from other holdings; publish again"
        )
    yield {"kind": "caveat", "text": release.header.caveat}
    records = {names[id]: record for id, record in release.content.records.items()}
    for id in sorted(records):
        yield _record(id, records[id], names)
    links = {names[id]: link for id, link in release.content.links.items()}
    for id in sorted(links):
        yield _link(id, links[id], names)


def _record(id: EntryId, record: ReleasedRecord, names: Mapping[OpaqueId, EntryId]) -> dict[str, object]:
    shown: dict[str, object] = msgspec.json.decode(encode(record))
    line: dict[str, object] = {"kind": shown.pop("kind"), **shown, "id": id}
    if isinstance(record, ReleasedSubject):
        line["properties"] = [
            {
                "name": value.name,
                "value": value.value,
                "sources": sorted(names[source] for source in value.sources),
            }
            for value in record.properties
        ]
    return line


def _link(id: EntryId, link: ReleasedLink, names: Mapping[OpaqueId, EntryId]) -> dict[str, object]:
    shown: dict[str, object] = msgspec.json.decode(encode(link))
    ends = {"from": names[link.head], "to": names[link.tail]}
    sources = sorted(names[source] for source in link.sources)
    return {"kind": "link", **shown, "id": id, **ends, "sources": sources}
