"""What is left of all that is held for who may not know of some categories: entries without what those categories hide.

A link with a hidden end is hidden too, also where that end is the id of a hidden link. Any other line that names a
hidden entry by its id, as a source or in any other field, loses that name and nothing else. What a text says is left,
and so are the numbers kept of a text that was erased: a document that has a hidden record's number in its text carries
its category, by the implied citation.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec
import numpy as np
import orjson

from graph.gist import gist_of
from graph.linkage import Bools, Linkage
from graph.model import EntryId, Kind
from graph.office.held_record import TOKENS
from graph.office.survey import Earlier, Part, Reading, Survey
from graph.policy import Policy
from graph.reading import Line, line_of
from graph.withdrawals import Withdrawal

_DECISIONS: Final = (Kind.CLEARANCE, Kind.CONSENT)
_NAMING: Final = ("link", "record", "from", "to")
"""Fields by which a decision says what it is for."""

_OWN: Final = ("id", "kind")
"""Fields that name no other entry, whatever they say: a hidden one may have the id `document`."""

MOST_MOVED: Final = 16
"""Ids that come to be hidden, or to be known, of which each is looked for in every line."""


def cut_down(whole: Survey, hidden: int, earlier: Earlier | None = None) -> Part:
    """The survey without what these categories (bits) hide. earlier: a part that is without the same ones."""
    gone = hidden_ids(whole, hidden)
    cutting = _Cutting(whole.rules.policy, gone, hidden)
    if earlier is not None and earlier.part.survey.is_followed_by(whole.rules):
        again = _to_be_cut(whole, gone, earlier)
        if again is not None:
            return Part(_cut_again(whole, cutting, earlier.part.survey, again), gone)
    readings = {
        id: left for id, reading in whole.readings.items() if (left := cutting.left(reading)) is not None
    }
    return Part(Survey(whole.rules, whole.day, readings, _known(whole, readings.__contains__), hidden), gone)


def _cut_again(whole: Survey, cutting: "_Cutting", before: Survey, ids: Iterable[EntryId]) -> Survey:
    """An earlier part after only these were cut anew."""
    found = {id: whole.readings.get(id) for id in ids}
    left = {id: reading and cutting.left(reading) for id, reading in found.items()}
    withdrawals = _known(whole, lambda id: (left[id] is not None) if id in left else id in before.readings)
    return before.following(whole.rules, whole.day, left, withdrawals)


def _known(whole: Survey, is_left: Callable[[EntryId], bool]) -> dict[EntryId, Withdrawal]:
    return {id: known for id, known in whole.withdrawals.items() if is_left(id)}


def _to_be_cut(whole: Survey, gone: frozenset[EntryId], earlier: Earlier) -> set[EntryId] | None:
    """What is written or hidden otherwise since, and the lines that name what is hidden otherwise; None: too much."""
    moved = gone ^ earlier.part.gone
    if len(moved) > MOST_MOVED:
        return None
    return {*earlier.written, *moved, *_naming(whole, moved)}


def _naming(whole: Survey, ids: Collection[EntryId]) -> Iterator[EntryId]:
    """The entries that may name one of these ids: a letter of it may stand there as an escape."""
    names = [orjson.dumps(id) for id in ids]
    for id, reading in whole.readings.items() if names else ():
        line = reading.entry.line
        if b"\\" in line or any(name in line for name in names):
            yield id


def hidden_ids(whole: Survey, hidden: int) -> frozenset[EntryId]:
    """The ids of the records and links that do not exist for who may not know of these categories."""
    linkage, word = whole.linkage, np.uint64(hidden)
    records: Bools = (whole.shared.closure.words & word) != 0
    links = linkage.links
    tied = ((links.own & word) != 0) | records[links.head] | records[links.tail]
    gone = {linkage.nodes.ids[node] for node in np.flatnonzero(records)}
    return frozenset(
        gone | _with_tied(linkage, {links.ids[link] for link in np.flatnonzero(tied[: links.held])})
    )


def _with_tied(linkage: Linkage, gone: set[EntryId]) -> set[EntryId]:
    """These links, those that have one of them as an end, and so on."""
    links, found = linkage.links, gone
    while nodes := [linkage.node_of[id] for id in found if id in linkage.node_of]:
        ends = np.zeros(len(linkage.nodes.ids), np.bool_)
        ends[nodes] = True
        tied = (ends[links.head] | ends[links.tail])[: links.held]
        found = {links.ids[link] for link in np.flatnonzero(tied)} - gone
        gone = gone | found
    return gone


class _Cutting:
    """gone: ids that do not exist any more. hidden: categories as bits."""

    def __init__(self, policy: Policy, gone: Collection[EntryId], hidden: int) -> None:
        self._policy = policy
        self._gone = gone
        self._hidden = hidden
        self._names = frozenset(policy.names_of(hidden))

    def left(self, reading: Reading) -> Reading | None:
        """What is left of an entry; None: nothing."""
        entry = reading.entry
        if entry.id in self._gone or (entry.deleted and entry.kind is Kind.LINK):
            return None
        line = line_of(entry)
        if entry.kind in _DECISIONS and self._is_hidden(line):
            return None
        own = (*_OWN, TOKENS) if entry.deleted else _OWN
        kept = self._without_names(line) | {name: line[name] for name in own if name in line}
        if entry.kind is Kind.SUBJECT and isinstance(kept.get("properties"), list):
            kept = {**kept, "properties": list(self._properties(kept["properties"]))}
        if kept == line:
            return reading
        cut = msgspec.structs.replace(entry, line=orjson.dumps(kept))
        return Reading(cut, gist_of(cut, self._policy))

    def _is_hidden(self, decision: Line) -> bool:
        """Whether a clearance or a consent is of a hidden category or about something hidden. A deleted one is gone."""
        return decision.get("category") in self._names or any(
            isinstance(decision.get(name), str) and decision[name] in self._gone for name in _NAMING
        )

    def _properties(self, stated: list[Any]) -> Iterator[Any]:
        for each in stated:
            codes = each.get("access_codes") if isinstance(each, dict) else None
            known = isinstance(codes, list) and self._policy.categories_of(
                tuple(code if isinstance(code, str) else None for code in codes), without=0
            )
            if not known or not known & self._hidden:
                yield each

    def _without_names(self, line: Line) -> dict[str, Any]:
        """The line without strings that are ids of what is gone: as members of lists, and as fields."""
        return {name: self._without(value) for name, value in line.items() if not self._names_gone(value)}

    def _without(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._without(member) for member in value if not self._names_gone(member)]
        if isinstance(value, Mapping):
            return self._without_names(value)
        return value

    def _names_gone(self, value: object) -> bool:
        return isinstance(value, str) and value in self._gone
