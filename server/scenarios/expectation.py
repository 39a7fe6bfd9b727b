"""What a scenario expects of one step for one agreement: short texts become records, links, causes and shown fields.

An id that no line has brought, a reason that there is not, and what is shown of an element that is not expected to be
released, are mistakes: an expectation with one could never fail for what it is about.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from graph.explaining.causes import Ground
from graph.explaining.closed import SOURCES
from graph.policy import Policy
from graph.release import ReleasedCase, ReleasedDocument, ReleasedLink, ReleasedSubject
from graph.scope import Out
from graph.strict import read_table
from server.scenarios.arrows import drawn, is_drawn
from server.scenarios.scenario import HELD_BACK, Expected, Shown, ShownValue, Why
from server.scenarios.words import LEFT_OUT, Misstated, assigned, several, stated_property, value, words

_SHOWN: Final = frozenset(
    field.encode_name
    for shape in (ReleasedCase, ReleasedDocument, ReleasedSubject, ReleasedLink)
    for field in msgspec.structs.fields(shape)
) - {"id", "properties", "sources"}


class ExpectTable(msgspec.Struct, frozen=True):
    """The table of one agreement in `expect`."""

    records: str = ""
    links: str = ""
    withheld: str = ""
    shown: str = ""


def reasons_of(policy: Policy) -> frozenset[str]:
    """Every reason that something can be withheld for."""
    scope = (str(way.name).lower() for way in Out)
    return frozenset((*policy.categories, *scope, *(ground.value for ground in Ground), SOURCES, HELD_BACK))


@dataclass(frozen=True, slots=True)
class Expecting:
    """Reads expectations. loaded: the ids that the lines so far have brought."""

    reasons: Collection[str]
    loaded: Collection[str]

    def read(self, table: object, path: str, mistakes: list[str]) -> Expected | None:
        """One agreement's expectation; None where its table cannot be read."""
        before = len(mistakes)
        raw = read_table(ExpectTable, table, path, mistakes)
        if raw is None:
            return None

        def each(name: str, read: Callable[[Sequence[str]], Iterator[Any]]) -> list[Any]:
            return list(self._each(getattr(raw, name), read, f"{path}.{name}", mistakes))

        expected = Expected(
            records=frozenset(each("records", self._ids)),
            links=frozenset(each("links", self._links)),
            withheld=dict(each("withheld", self._withheld)),
            shown=dict(each("shown", self._shown)),
        )
        if len(mistakes) == before:
            mistakes += _shown_of_nothing(expected, path)
        return expected

    def _each(
        self, text: str, read: Callable[[Sequence[str]], Iterator[Any]], path: str, mistakes: list[str]
    ) -> Iterator[Any]:
        """What each line of a text says; several lines never say something of one element."""
        met = set[str]()
        for place, line in enumerate(text.splitlines(), start=1):
            try:
                yield from _each_once(read(words(line)), met)
            except Misstated as mistake:
                mistakes.append(f"{path} line {place}: {mistake}")

    def _ids(self, said: Sequence[str]) -> Iterator[str]:
        for word in said:
            for id in several(word):
                yield self._known(id)

    def _links(self, said: Sequence[str]) -> Iterator[str]:
        if not is_drawn(said):
            yield from self._ids(said)
            return
        arrows, rest = drawn(said)
        if rest:
            raise Misstated(f"{rest[0]}: stands after a link; give it a line of its own")
        for arrow in arrows:
            yield self._known(arrow.id)

    def _withheld(self, said: Sequence[str]) -> Iterator[tuple[str, frozenset[Why]]]:
        elements, causes = self._about(said)
        if elements and not causes:
            raise Misstated(
                f"{elements[0]}: say why it is withheld, each reason as REASON or REASON<WHERE-FROM"
            )
        for element in elements:
            yield element, frozenset(map(self._why, causes))

    def _why(self, word: str) -> Why:
        reason, sign, bearer = word.partition("<")
        if reason not in self.reasons:
            raise Misstated(f"{reason}: there is no such reason; there are {', '.join(sorted(self.reasons))}")
        return Why(reason, bearer if sign else None)

    def _shown(self, said: Sequence[str]) -> Iterator[tuple[str, Shown]]:
        elements, rest = self._about(said)
        if elements and not rest:
            raise Misstated(f"{elements[0]}: say what is shown of it, as field=value, .name=value or @SOURCE")
        for element in elements:
            yield element, _shown(rest)

    def _about(self, said: Sequence[str]) -> tuple[list[str], list[str]]:
        """The elements that a line is about, and what it says of them."""
        if is_drawn(said):
            arrows, rest = drawn(said)
            return [self._known(arrow.id) for arrow in arrows], rest
        if said and "#" in said[0]:
            return [self._property(said[0])], list(said[1:])
        return [self._known(id) for word in said[:1] for id in several(word)], list(said[1:])

    def _property(self, word: str) -> str:
        reading, sign, text = word.partition("=")
        self._known(reading.partition("#")[0])
        return f"{reading}{sign}{value(text) if text else ''}"

    def _known(self, id: str) -> str:
        if id not in self.loaded:
            raise Misstated(f"{id}: no line so far has this id")
        return id


def _each_once(every: Iterable[Any], met: set[str]) -> Iterator[Any]:
    """What is said of each element, unless it was met before. met: grows by what is said."""
    for said in every:
        id = said[0] if isinstance(said, tuple) else said
        if id in met:
            raise Misstated(f"{id}: is there twice")
        met.add(id)
        yield said


def _shown_of_nothing(expected: Expected, path: str) -> Iterator[str]:
    for id in expected.shown:
        if id not in expected.records | expected.links:
            yield f"{path}.shown: {id}: nothing is shown of what is not among the records and links"


def _shown(said: Sequence[str]) -> Shown:
    fields: dict[str, str | None] = {}
    values: list[ShownValue] | None = None
    sources: tuple[str, ...] | None = None
    for word in said:
        if word.startswith("@"):
            sources = tuple(sorted(several(word[1:])))
        elif word == ".":
            values = values or []
        elif word.startswith(".{"):
            raise Misstated(f"{word}: what is shown is written .name=value@SOURCE,SOURCE")
        elif word.startswith("."):
            stated = stated_property(word)
            values = [
                *(values or []),
                ShownValue(stated["name"], stated["value"], tuple(sorted(stated["sources"]))),
            ]
        else:
            key, shown = assigned(word)
            fields[key] = _field(key, shown)
    return Shown(fields, None if values is None else tuple(sorted(values)), sources)


def _field(key: str, shown: object) -> str | None:
    if key not in _SHOWN:
        raise Misstated(f"{key}: nothing that is shown is called so; there are {', '.join(sorted(_SHOWN))}")
    if shown is LEFT_OUT:
        return None
    if not isinstance(shown, str):
        raise Misstated(f"{key}: what is shown is a text, or absent as {key}=")
    return shown
