"""What a publication would change for one agreement, element by element, and why: for the office, in its own ids.

It compares what is published with a draft. The reasons are those of two judgements: what withheld an added element
before, what withholds a withdrawn one then. It writes nothing and decides nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from graph.explaining.closed import closed_reasons
from graph.explaining.inquiry import Inquiry
from graph.model import EntryId, OpaqueId
from graph.release import Content, ReleasedLink, ReleasedRecord

Element = ReleasedRecord | ReleasedLink

Reasons = Callable[[EntryId], tuple[str, ...]]
"""Why a record or a link is withheld; nothing where it is not."""

NOT_HELD: Final = ("not held",)
END_WITHHELD: Final = "an end is withheld"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that is shown otherwise, in the holdings' ids; None: it is absent. Of properties, those that differ."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Told:
    """One element. reasons: what withheld an added one, or will withhold a withdrawn one. fields: those that change."""

    id: EntryId
    reasons: tuple[str, ...] = ()
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What is added, changed and withdrawn, each by id."""

    added: tuple[Told, ...]
    changed: tuple[Told, ...]
    withdrawn: tuple[Told, ...]


def reasons_by(inquiry: Inquiry) -> Reasons:
    """The reasons of a judgement, by id."""
    links = {id: place for place, id in enumerate(inquiry.linkage.links.ids)}

    def reasons(id: EntryId) -> tuple[str, ...]:
        node = inquiry.node(id)
        if node is not None:
            return inquiry.reasons(node)
        return _link_reasons(inquiry, links[id]) if id in links else NOT_HELD

    return reasons


def difference(
    before: Content, after: Content, names: Mapping[OpaqueId, EntryId], was: Reasons, will: Reasons
) -> Difference:
    """From what is published to what would be. names: the holdings' id of every opaque id in either."""
    old: dict[OpaqueId, Element] = {**before.records, **before.links}
    new: dict[OpaqueId, Element] = {**after.records, **after.links}
    added = (Told(names[id], reasons=was(names[id])) for id in new.keys() - old.keys())
    gone = (Told(names[id], reasons=will(names[id])) for id in old.keys() - new.keys())
    differing = (id for id in old.keys() & new.keys() if old[id] != new[id])
    changed = (Told(names[id], fields=tuple(_fields(old[id], new[id], names))) for id in differing)
    return Difference(_sorted(added), _sorted(changed), _sorted(gone))


def _link_reasons(inquiry: Inquiry, link: int) -> tuple[str, ...]:
    """Those of its own, then those of its ends."""
    links, released = inquiry.linkage.links, inquiry.judgement.released
    ends = bool(released[links.head[link]] and released[links.tail[link]])
    return (*closed_reasons(inquiry, link), *([] if ends else [END_WITHHELD]))


def _fields(old: Element, new: Element, names: Mapping[OpaqueId, EntryId]) -> Iterator[FieldChange]:
    before, after = _shown(old, names), _shown(new, names)
    for name in sorted(before.keys() | after.keys()):
        was, will = before.get(name), after.get(name)
        if name == "properties":
            was, will = _without(was, will), _without(will, was)
        if was != will:
            yield FieldChange(name, was, will)


def _shown(element: Element, names: Mapping[OpaqueId, EntryId]) -> dict[str, Any]:
    """An element as JSON has it, in the holdings' ids."""
    shown: dict[str, Any] = msgspec.to_builtins(element)
    for value in (shown, *shown.get("properties", ())):
        if "sources" in value:
            value["sources"] = [names[OpaqueId(id)] for id in value["sources"]]
    ends = {end: names[OpaqueId(shown[end])] for end in ("from", "to") if end in shown}
    return shown | ends


def _without(values: list[object] | None, others: list[object] | None) -> list[object]:
    return [value for value in values or () if value not in (others or ())]


def _sorted(told: Iterable[Told]) -> tuple[Told, ...]:
    return tuple(sorted(told, key=lambda one: one.id))
