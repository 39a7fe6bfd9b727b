"""Why none of the documents that assert a link (R8) or a property (R9) is released, and which of them are."""

from collections.abc import Iterable

from graph.explaining.causes import Cause, Fact, Ground
from graph.explaining.closed import SOURCES
from graph.explaining.inquiry import Inquiry
from graph.linkage import KIND_BITS
from graph.model import EntryId, Kind

_WANTED = ("a released document",)


def released_sources(inquiry: Inquiry, sources: object) -> tuple[EntryId, ...]:
    """The sources that are released documents, by id. sources: as the line has them."""
    return tuple(id for id in _ids(sources) if _is_released(inquiry, id))


def source_causes(inquiry: Inquiry, withholds: str, sources: object, rule: str) -> tuple[Cause, ...]:
    """A cause for each source, none of which is a released document. sources: as the line has them."""
    ids = _ids(sources)
    inquiry.read(ids)
    return tuple(Cause(withholds, id, _fact(inquiry, id, rule)) for id in ids)


def _fact(inquiry: Inquiry, id: EntryId, rule: str) -> Fact:
    node, entry = inquiry.node(id), inquiry.entry(id)
    document = KIND_BITS[Kind.DOCUMENT]
    if node is not None and inquiry.linkage.nodes.kind[node] == document:
        return Fact(rule, SOURCES, Ground.SOURCE_WITHHELD, "sources", inquiry.reasons(node), _WANTED)
    found = "never loaded" if entry is None else entry.kind.value
    return Fact(rule, SOURCES, Ground.NO_DOCUMENT, "sources", (found,), _WANTED)


def _ids(sources: object) -> list[EntryId]:
    listed: Iterable[object] = sources if isinstance(sources, list) else ()
    return sorted({EntryId(source) for source in listed if isinstance(source, str)})


def _is_released(inquiry: Inquiry, id: EntryId) -> bool:
    node = inquiry.node(id)
    return node is not None and inquiry.is_released_document(node)
