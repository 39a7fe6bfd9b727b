"""What many records and links of a release say alike is kept once: the ids at links' ends, types, offices, days.

Decoding gives each element texts of its own. Here it is given the text that was met first, which is the same text: an
element's value, bytes and hash are what they were. Of a release of a million records that is half of what it takes.
"""

from typing import Final

from msgspec.structs import force_setattr

from graph.model import OpaqueId
from graph.release import (
    ReleasedCase,
    ReleasedDocument,
    ReleasedLink,
    ReleasedRecord,
    ReleasedSubject,
    Value,
    decode_link,
    decode_record,
)

_ALIKE: Final[dict[type, tuple[str, ...]]] = {
    ReleasedCase: ("office", "status", "program", "opened", "closed", "contact", "validated"),
    ReleasedDocument: ("office", "type", "prepared", "author", "contact", "validated"),
    ReleasedSubject: ("office", "type", "contact", "validated"),
    Value: ("name",),
}
"""The fields of which many have the same; of a link it is all but its id."""

Element = ReleasedRecord | Value


class Sharing:
    """Reads the elements of one release, records first. What is shared goes with them, and not with this."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._sources: dict[tuple[OpaqueId, ...], tuple[OpaqueId, ...]] = {}

    def record(self, body: bytes | str) -> ReleasedRecord:
        """A record from its bytes."""
        record = decode_record(body)
        self._texts.setdefault(record.id, record.id)
        self._share(record)
        if isinstance(record, ReleasedSubject):
            for value in record.properties:
                self._share(value)
                if value.sources:
                    force_setattr(value, "sources", self._shared_sources(value.sources))
        return record

    def link(self, body: bytes | str) -> ReleasedLink:
        """A link from its bytes. There are many: it is made anew, which is quicker than changing what was decoded."""
        said, once = decode_link(body), self._texts.setdefault
        return ReleasedLink(
            id=said.id,
            type=once(said.type, said.type),
            head=OpaqueId(once(said.head, said.head)),
            tail=OpaqueId(once(said.tail, said.tail)),
            role=said.role and once(said.role, said.role),
            since=said.since and once(said.since, said.since),
            until=said.until and once(said.until, said.until),
            sources=self._shared_sources(said.sources) if said.sources else (),
        )

    def _share(self, element: Element) -> None:
        for name in _ALIKE[type(element)]:
            text = getattr(element, name)
            if text is not None:
                force_setattr(element, name, self._texts.setdefault(text, text))

    def _shared_sources(self, sources: tuple[OpaqueId, ...]) -> tuple[OpaqueId, ...]:
        known = self._sources.get(sources)
        if known is None:
            known = tuple(OpaqueId(self._texts.setdefault(id, id)) for id in sources)
            self._sources[known] = known
        return known
