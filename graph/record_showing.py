"""What a released record shows: R9, R10's masks, R14's words, and `omit` last of all.

It is told which records are released and how they are named, and judges nothing: so whoever holds no keys and no
judgement, a second process say, shows a record alike. Texts are masked against the numbers shown under the same
agreement, whatever else exists.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from sys import intern

from graph.agreement import Agreement
from graph.days import real_day
from graph.model import Entry, EntryId, Kind, OpaqueId, Property, Record
from graph.numbers import WITHHELD, fold
from graph.policy import Policy
from graph.reading import read_record
from graph.release import (
    UNKNOWN_TYPE_SHOWN,
    ReleasedCase,
    ReleasedDocument,
    ReleasedRecord,
    ReleasedSubject,
    Value,
)

Naming = Callable[[EntryId], OpaqueId]
"""How one agreement's ids are made of those of the holdings."""


@dataclass(frozen=True)
class RecordShowing:
    """How one agreement is shown the records released to it. records, documents: the ids of the released ones.

    numbers: those that are shown. names: the opaque ids of the records that were named; many elements share one.
    """

    policy: Policy
    agreement: Agreement
    name: Naming
    records: Collection[EntryId]
    documents: frozenset[EntryId]
    numbers: frozenset[str]
    names: dict[EntryId, OpaqueId] = field(default_factory=dict)

    def name_all(self) -> None:
        """Name every released record, so that it is shown without its key."""
        for id in self.records:
            self._named(id)

    def released(self, entry: Entry) -> ReleasedRecord | None:
        """What is shown of an entry, if it is a released record."""
        return self.record(read_record(entry)) if entry.id in self.records else None

    def record(self, record: Record) -> ReleasedRecord:
        """A released record as it is shown."""
        if record.kind is Kind.CASE:
            return self._case(record)
        return self._document(record) if record.kind is Kind.DOCUMENT else self._subject(record)

    def _case(self, record: Record) -> ReleasedCase:
        return ReleasedCase(
            id=self._named(record.id),
            number=self._number(record),
            office=self._text(record, "office"),
            title=self._text(record, "title"),
            status=self._kept("case.status", self._coded("case_status", record.fields.get("status"))),
            program=self._kept("case.program", self._coded("case_program", record.fields.get("program"))),
            opened=self._day(record, "opened"),
            closed=self._day(record, "closed"),
            synopsis=self._text(record, "synopsis"),
            contact=self._contact(record),
            validated=self._validated(record),
        )

    def _document(self, record: Record) -> ReleasedDocument:
        return ReleasedDocument(
            id=self._named(record.id),
            number=self._number(record),
            type=self._type(record, "document_type"),
            office=self._text(record, "office"),
            title=self._text(record, "title"),
            prepared=self._day(record, "prepared"),
            narrative=self._text(record, "narrative"),
            author=self._text(record, "author"),
            contact=self._contact(record),
            validated=self._validated(record),
        )

    def _subject(self, record: Record) -> ReleasedSubject:
        return ReleasedSubject(
            id=self._named(record.id),
            type=self._type(record, "subject_type"),
            office=self._text(record, "office"),
            properties=self._properties(record.properties),
            contact=self._contact(record),
            validated=self._validated(record),
        )

    def _properties(self, properties: Iterable[Property]) -> tuple[Value, ...]:
        """R9: values that are equal after masking are one, with all their released sources."""
        sources: dict[tuple[str, str], set[EntryId]] = {}
        for prop in properties:
            name = self._coded("property", prop.name)
            if name is None or not self._releases(prop) or f"property.{name}" in self.agreement.omit:
                continue
            asserting = sources.setdefault((name, self._mask(prop.value)), set())
            asserting |= self.documents.intersection(map(EntryId, prop.sources or ()))
        return tuple(
            Value(name, value, self._sources(sources[name, value])) for name, value in sorted(sources)
        )

    def _releases(self, prop: Property) -> bool:
        """R9: nothing unknown, no category of its own, and its sources are empty or one is a released document."""
        if not prop.sound or prop.sources is None or self.policy.categories_of(prop.codes, without=0):
            return False
        return not prop.sources or not self.documents.isdisjoint(map(EntryId, prop.sources))

    def _number(self, record: Record) -> str:
        number = record.fields["number"]
        return number if fold(number) in self.numbers else WITHHELD

    def _type(self, record: Record, vocabulary: str) -> str:
        return self._coded(vocabulary, record.fields.get("type")) or UNKNOWN_TYPE_SHOWN

    def _coded(self, vocabulary: str, value: str | None) -> str | None:
        """A coded value (R14); one without a list is text, and masked."""
        word = self.policy.word(vocabulary, value)
        if word is None or self.policy.words[vocabulary] is None:
            return None if word is None else self._mask(word)
        return intern(word)

    def _text(self, record: Record, field: str) -> str | None:
        text = record.fields.get(field)
        shown = None if text is None else self._mask(text)
        return self._of_record(record, field, _alike(shown) if field == "office" else shown)

    def _day(self, record: Record, field: str) -> str | None:
        return self._of_record(record, field, _alike(real_day(record.fields.get(field))))

    def _contact(self, record: Record) -> str | None:
        """Of the office as it is shown: where that is not, neither is its contact."""
        office = self._text(record, "office")
        contact = None if office is None else self.policy.contacts.get(office)
        return self._of_record(record, "contact", None if contact is None else self._mask(contact))

    def _validated(self, record: Record) -> str | None:
        approval = record.approval
        day = None if approval is None else real_day(approval.date)
        return self._of_record(record, "validated", _alike(day))

    def _named(self, record: EntryId) -> OpaqueId:
        name = self.names.get(record)
        if name is None:
            name = self.names[record] = self.name(record)
        return name

    def _of_record(self, record: Record, field: str, shown: str | None) -> str | None:
        return self._kept(f"{record.kind}.{field}", shown) if self.agreement.omit else shown

    def _kept(self, name: str, shown: str | None) -> str | None:
        return None if name in self.agreement.omit else shown

    def _mask(self, text: str) -> str:
        return self.policy.patterns.mask(text, self.numbers)

    def _sources(self, documents: Iterable[EntryId]) -> tuple[OpaqueId, ...]:
        return tuple(sorted(map(self._named, documents)))


def _alike(text: str | None) -> str | None:
    """What many elements say alike, their offices and days, is kept once (as `graph.sharing` does for a reader)."""
    return None if text is None else intern(text)
