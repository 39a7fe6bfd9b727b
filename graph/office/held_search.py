"""Which held records an officer finds by words: every field of every record that he may know of, and its id.

The same index, ranks and slips as a partner's search has (`graph.search_index`), over the lines as they are held.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

from graph.explaining.inquiry import shown
from graph.matches import Matches
from graph.model import RECORD_KINDS, Entry, EntryId, Kind, OpaqueId
from graph.office.held_record import TOKENS, text_of
from graph.office.survey import Survey
from graph.policy import Policy
from graph.reading import Line, line_of
from graph.release import ReleasedCase, ReleasedDocument, ReleasedRecord, ReleasedSubject, Value
from graph.search_index import SearchIndex

_NO_TEXT: Final = frozenset(("kind", "number", "title", "properties", "access_codes"))


class HeldIndex:
    """The index of one survey's records. earlier: of other surveys, the latest first.

    It goes on from the first of those that are nearest to it in size.
    """

    def __init__(self, survey: Survey, earlier: Sequence["HeldIndex"] = ()) -> None:
        self._readings = survey.readings
        self._records = cast(Mapping[OpaqueId, ReleasedRecord], survey.told_by_each(found_by))
        before = min(earlier, key=self._unlike, default=None)
        self._index: SearchIndex = (
            SearchIndex.of(self._records) if before is None else before._index.following(self._records)
        )

    def _unlike(self, other: "HeldIndex") -> int:
        return abs(len(self._records) - len(other._records))

    def search(self, words: list[str], kinds: frozenset[Kind] | None) -> Matches:
        """The records that match all words, the best first. kinds: None is any."""
        if not words:
            return Matches([])
        found = self._index.search(words)
        return (
            found
            if kinds is None
            else found.among(lambda id: self._readings[EntryId(id)].entry.kind in kinds)
        )


def found_by(entry: Entry, policy: Policy) -> ReleasedRecord | None:
    """A record as the index reads one: names, number and title as such, and all the rest as text."""
    del policy  # nothing is withheld
    if entry.kind not in RECORD_KINDS:
        return None
    line, id = line_of(entry), OpaqueId(entry.id)
    line = {name: value for name, value in line.items() if not entry.deleted or name != TOKENS}
    number = " ".join((text_of(line, "number") or "", entry.id))
    title, text = text_of(line, "title"), " ".join(_texts(line))
    if entry.kind is Kind.SUBJECT:
        return ReleasedSubject(id=id, type="", properties=(*_values(line), Value("id", f"{number} {text}")))
    if entry.kind is Kind.CASE:
        return ReleasedCase(id=id, number=number, title=title, synopsis=text)
    return ReleasedDocument(id=id, number=number, type="", title=title, narrative=text)


def _values(line: Line) -> tuple[Value, ...]:
    stated = (each for each in line.get("properties", ()) if isinstance(each, dict))
    return tuple(Value(shown(each.get("name")), shown(each.get("value"))) for each in stated)


def _texts(line: Line) -> Iterator[str]:
    for name, value in line.items():
        if name not in _NO_TEXT:
            yield from _texts_in(value)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in _texts_in(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts_in(part))
