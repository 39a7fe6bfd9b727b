"""What two contents of one agreement both have: all that stays until `publish` adds (DESIGN 4, restrict first).

An element is in the meet only if both have it, and shows only what both show. Where both show the same text but for
masks, the masks of both hold. What must be there and differs reads as unknown: a masked number, the type `other`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import msgspec

from graph.model import OpaqueId
from graph.numbers import WITHHELD, Patterns, fold
from graph.release import (
    UNKNOWN_TYPE_SHOWN,
    Content,
    ReleasedCase,
    ReleasedDocument,
    ReleasedLink,
    ReleasedRecord,
    ReleasedSubject,
    Value,
)

_TEXTS = {
    ReleasedCase: ("office", "title", "status", "program", "synopsis", "contact"),
    ReleasedDocument: ("office", "title", "narrative", "author", "contact"),
    ReleasedSubject: ("office", "contact"),
}
_DAYS = {
    ReleasedCase: ("opened", "closed", "validated"),
    ReleasedDocument: ("prepared", "validated"),
    ReleasedSubject: ("validated",),
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What both contents have beyond the parts that are compared, and alike: folded numbers that are shown, records.

    has_other_numbers: whether some record there is shown with a number that it has not in both.
    """

    numbers: frozenset[str] = frozenset()
    records: frozenset[OpaqueId] = frozenset()
    has_other_numbers: bool = False


NOWHERE: Final = Elsewhere()


def meet(old: Content, new: Content, patterns: Patterns, elsewhere: Elsewhere = NOWHERE) -> Content:
    """The content that both have. `meet(meet(old, new), new)` is the same again.

    elsewhere: of contents of which these are parts, what their elements may mention or link.
    """
    before, after = _numbers(old), _numbers(new)
    shared = frozenset(fold(number) for id, number in before.items() if after.get(id) == number)
    numbers = elsewhere.numbers if shared <= elsewhere.numbers else shared | elsewhere.numbers
    unchanged = before == after and not elsewhere.has_other_numbers
    return _Meet(patterns, numbers, unchanged, elsewhere.records, old, new).content()


def _numbers(content: Content) -> dict[OpaqueId, str]:
    """The numbers that are shown, by record."""
    records = (r for r in content.records.values() if not isinstance(r, ReleasedSubject))
    return {record.id: record.number for record in records if record.number != WITHHELD}


@dataclass(frozen=True, slots=True)
class _Meet:
    """numbers: what texts may show. unchanged: both show just these, so that equal elements stay as they are.

    beyond: records of both that are not among these.
    """

    patterns: Patterns
    numbers: Collection[str]
    unchanged: bool
    beyond: Collection[OpaqueId]
    old: Content
    new: Content

    def content(self) -> Content:
        old, new, both = self.old, self.new, Content()
        for id in old.records.keys() & new.records.keys():
            record = self._record(old.records[id], new.records[id])
            if record is not None:
                both.records[id] = record
        for id in old.links.keys() & new.links.keys():
            link = self._link(old.links[id], new.links[id])
            if link is not None and all(
                end in both.records or end in self.beyond for end in (link.head, link.tail)
            ):
                both.links[id] = link
        return both

    def _record(self, old: ReleasedRecord, new: ReleasedRecord) -> ReleasedRecord | None:
        if old == new and self.unchanged:
            return old
        if type(old) is not type(new):
            return None
        shared: dict[str, object] = {"id": old.id}
        shared |= {name: self._text(getattr(old, name), getattr(new, name)) for name in _TEXTS[type(old)]}
        shared |= {name: _same(getattr(old, name), getattr(new, name)) for name in _DAYS[type(old)]}
        if not isinstance(old, ReleasedSubject) and not isinstance(new, ReleasedSubject):
            shared["number"] = _same(old.number, new.number) or WITHHELD
        if not isinstance(old, ReleasedCase) and not isinstance(new, ReleasedCase):
            shared["type"] = self._text(old.type, new.type) or UNKNOWN_TYPE_SHOWN
        if isinstance(old, ReleasedSubject) and isinstance(new, ReleasedSubject):
            shared["properties"] = self._values(old.properties, new.properties)
        return msgspec.convert(shared, type(old))

    def _values(self, old: tuple[Value, ...], new: tuple[Value, ...]) -> tuple[Value, ...]:
        before, after = self._merged(old), self._merged(new)
        shared = {key: _sources(before[key], after[key]) for key in before.keys() & after.keys()}
        return tuple(Value(*key, sources) for key, sources in sorted(shared.items()) if sources is not None)

    def _merged(self, values: tuple[Value, ...]) -> dict[tuple[str, str], tuple[OpaqueId, ...]]:
        """Values by what both may see of them; those that are equal after masking are one."""
        merged: dict[tuple[str, str], tuple[OpaqueId, ...]] = {}
        for value in values:
            key = (self._mask(value.name), self._mask(value.value))
            merged[key] = tuple(sorted({*merged.get(key, ()), *value.sources}))
        return merged

    def _link(self, old: ReleasedLink, new: ReleasedLink) -> ReleasedLink | None:
        if old == new and self.unchanged:
            return old
        sources = _sources(old.sources, new.sources)
        if (old.type, old.head, old.tail) != (new.type, new.head, new.tail) or sources is None:
            return None
        return ReleasedLink(
            id=old.id,
            type=old.type,
            head=old.head,
            tail=old.tail,
            role=self._text(old.role, new.role),
            since=_same(old.since, new.since),
            until=_same(old.until, new.until),
            sources=sources,
        )

    def _text(self, old: str | None, new: str | None) -> str | None:
        if old is None or new is None or (old == new and self.unchanged):
            return _same(old, new)
        return _same(self._mask(old), self._mask(new))

    def _mask(self, text: str) -> str:
        return self.patterns.mask(text, self.numbers)


def _same(old: str | None, new: str | None) -> str | None:
    return old if old == new else None


def _sources(old: tuple[OpaqueId, ...], new: tuple[OpaqueId, ...]) -> tuple[OpaqueId, ...] | None:
    """The sources of both; None where each has some and none is of both: nothing would assert it in either's name."""
    both = tuple(id for id in old if id in new)
    return None if old and new and not both else both
