"""A validated operation becomes one Python function over a View. Only names that the schema knows enter its text.

What is asked for by name of the client's (aliases), and all literals and variables, are values that the function is
given. Fields are collected by graphql-core, with the request's own values for @skip and @include: another choice of
them is another plan. What the table of meanings does not have is not compiled, and neither is what would become long.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from graphql import DocumentNode, GraphQLField, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet
from graphql.execution.values import VariableValues

from schema.arguments import Arguments, has_variables
from schema.collected import Collected
from schema.disclosed import is_node
from schema.errors import Refusal
from schema.meaning import Leaf, Make, Many, Meaning, One, Paged
from schema.meanings import KNOWN, STRUCTS, meaning_of
from schema.outcomes import Outcome, chosen
from schema.plan import Ask, FieldRefused, NotCompiled, Plan
from schema.plan_text import PlanText
from schema.told import Selection
from schema.writing import shape

_LONGEST: Final = 400
"""How many fields a plan may have: fragments are written out in it, each for each type that it may be of."""

_FEW: Final = 2
"""Up to so many fields of an element are told afresh each time; the JSON of more is kept (`schema.told`)."""

_OPENING: Final = {
    "view": "asking.view",
    "header": "view.header",
    "cursors": "asking.cursors",
    "seal": "cursors.seal",
    "check": "asking.deadline.check",
    "long_text": "asking.texts.tell",
    "take": "asking.texts.take",
    "disclosed": "asking.disclosed",
    "note": "disclosed.note",
    "note_all": "disclosed.note_all",
}

_SAME: Final = frozenset({"view", "header", "cursors", "seal", "check", "long_text", "note", "note_all"})
"""What gives the same whenever the same View is asked for the same, or says nothing of what is told."""


@dataclass(frozen=True, slots=True)
class _At:
    """Where in a plan a selection stands: the name of the struct, and its page's number and place of an element."""

    it: str = ""
    n: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class _Element:
    """What is told of an element of a list, by its name: an expression, and the lines before it."""

    name: str
    lines: Sequence[str]
    told: str


def compile_plan(
    schema: GraphQLSchema,
    arguments: Arguments,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    values: VariableValues,
) -> Plan:
    """The plan of an operation. Raises NotCompiled."""
    return _Writing(Collected(schema, document, operation, values), arguments, values).plan()


class _Writing:
    """Writes one plan."""

    def __init__(self, collected: Collected, arguments: Arguments, values: VariableValues) -> None:
        self._collected = collected
        self._arguments = arguments
        self._values = values
        self._text = PlanText({**KNOWN, "Refusal": Refusal, "FieldRefused": FieldRefused})
        self._asks: list[Ask | None] = []
        self._fixed: list[Any] = []
        self._selections: list[str] = []
        self._same = set(_SAME)
        self._keeping = False
        self._sealing: set[int] = set()
        self._fields = 0

    def plan(self) -> Plan:
        """The plan, whole."""
        result = self._object(*self._root())
        opening = [f"{name} = {text}" for name, text in _OPENING.items()]
        opening += [f"a{place} = asks[{place}]" for place in range(len(self._asks))]
        opening += [f"q{n} = asking.told.of(view, {name}).tell" for n, name in enumerate(self._selections)]
        return Plan(*self._text.whole(opening, result), self._asks, self._fixed)

    def _root(self) -> tuple[GraphQLObjectType, _At, GroupedFieldSet]:
        root, fields = self._collected.root()
        return root, _At(), fields

    def _object(self, type: GraphQLObjectType, at: _At, grouped: GroupedFieldSet) -> str:
        """The expression of a selection on what is of this type."""
        values = [self._field(type, at, group) for group in grouped.values()]
        return f"{self._text.constant(shape(tuple(grouped)))}({', '.join(values)})"

    def _field(self, type: GraphQLObjectType, at: _At, group: FieldDetailsList) -> str:
        self._fields += 1
        if self._fields > _LONGEST:
            raise NotCompiled
        node = group[0].node
        if node.name.value == "__typename":
            return repr(type.name)
        meaning = meaning_of(type.name, node.name.value)
        if meaning is None:
            raise NotCompiled
        return self._meant(meaning, type.fields[node.name.value], at, group)

    def _meant(self, meaning: Meaning, field: GraphQLField, at: _At, group: FieldDetailsList) -> str:
        match meaning:
            case Leaf(text, seals, notes):
                if seals:
                    self._sealing.add(at.n)
                if notes:
                    self._text.line(f"note({at.it})")
                return _filled(text, at)
            case One(text, nullable, make):
                asked = self._asked(make, field, group)
                if not text:
                    return self._value(field, at, group, nullable)
                name = self._text.named("r", _filled(text, at, asked=asked))
                return self._value(field, _At(name), group, nullable)
            case Many():
                return self._list(meaning, field, at, group)
            case Paged():
                return self._page(meaning, field, at, group)

    def _page(self, page: Paged, field: GraphQLField, at: _At, group: FieldDetailsList) -> str:
        """The page's own variables, then the connection."""
        asked = self._asked(page.make, field, group)
        near = self._text.once(page.near)
        n = self._text.number()
        place = _filled(page.place, at, asked=asked)
        belonging = _filled(page.belonging, at, asked=asked)
        if not at.it and asked in self._same:
            self._same.add(f"g{n}")
        cut = f"{asked}.cut"
        with self._refusing(at, group):
            self._text.line(f"w{n} = {_filled(page.whole, at, asked=asked, near=near)}")
            self._text.line(f"if {cut}.plain: b{n}, e{n} = 0, {cut}.size")
            self._text.line(f"else: b{n}, e{n} = {cut}.bounds(w{n}, {place}, cursors, {belonging})")
        self._text.line(f"s{n} = w{n}[b{n}:e{n}]")
        mark = self._text.place()
        told = self._value(field, _At("", n, place), group, nullable=False)
        if n in self._sealing:
            self._text.line_at(mark, f"g{n} = {belonging}")
        return told

    @contextmanager
    def _refusing(self, at: _At, group: FieldDetailsList) -> Iterator[None]:
        """Where these lines are a page of the query itself, their refusal is the whole answer.

        Every such page is of a type that cannot be null, and what comes before it was not refused.
        """
        if at.it:
            yield
            return
        with self._text.inside() as lines:
            yield
        nodes = self._text.constant([details.node for details in group])
        key = self._text.constant((group[0].node.alias or group[0].node.name).value)
        self._text.line("try:")
        self._text.lines(lines)
        self._text.line(f"except Refusal as refusal: raise FieldRefused(refusal.code, {nodes}, {key})")

    def _list(self, many: Many, field: GraphQLField, at: _At, group: FieldDetailsList) -> str:
        """A list that is kept (`schema.told`) where it may be and is worth it, and otherwise told afresh."""
        asked = self._asked(many.make, field, group)
        elements, name = self._text.named("y", _filled(many.text, at, asked=asked)), self._text.new("r")
        if many.charged:
            nodes = self._text.constant([details.node for details in group])
            self._text.line(f"asking.budget.take({nodes}, len({elements}))")
        note = ""
        if self._is_noted(field):
            note = f"if {name} is not None: note" if many.nullable else "note"
        may_keep = bool(many.key) and not self._keeping and not self._collected.varies_below(group)
        fields = self._fields
        with self._keeps(may_keep), self._text.inside() as lines:
            told = self._value(field, _At(name, at.n, at.place), group, many.nullable, noted=True)
        element = _Element(name, lines, told)
        is_worth_it = may_keep and self._fields - fields > _FEW
        if is_worth_it and self._text.depends(lines, told, [name]) <= self._same:
            return self._kept(element, elements, many.key, note)
        return self._afresh(element, elements, note, many.nullable)

    @contextmanager
    def _keeps(self, keeps: bool) -> Iterator[None]:
        """Whether what is written meanwhile is kept as part of a list, and need not be kept again."""
        kept, self._keeping = self._keeping, self._keeping or keeps
        try:
            yield
        finally:
            self._keeping = kept

    def _kept(self, element: _Element, elements: str, key: str, note: str) -> str:
        """A function that tells an element, and the list as whoever keeps it has it."""
        tell, name = self._text.new("t"), self._text.new("x")
        self._text.line(f"def {tell}({element.name}, note, note_all):")
        self._noted(element, note)
        with self._text.inside() as last:
            self._text.line(f"return {element.told}")
        self._text.lines([*element.lines, *last])
        self._selections.append(self._text.constant(Selection()))
        self._text.line(f"{name} = q{len(self._selections) - 1}(disclosed, take, {tell}, {key}, {elements})")
        return name

    def _afresh(self, element: _Element, elements: str, note: str, nullable: bool) -> str:
        """A comprehension, or where an element takes statements a loop."""
        if not element.lines:
            if note:
                all = f"[r for r in {elements} if r is not None]" if nullable else elements
                self._text.line(f"note_all({all})")
            return f"[{element.told} for {element.name} in {elements}]"
        name = self._text.new("x")
        self._text.line(f"{name} = []")
        self._text.line(f"for {element.name} in {elements}:")
        self._noted(element, note)
        with self._text.inside() as last:
            self._text.line(f"{name}.append({element.told})")
        self._text.lines([*element.lines, *last])
        return name

    def _noted(self, element: _Element, note: str) -> None:
        """The first lines of what is done with each element."""
        with self._text.inside() as first:
            self._text.line("check()")
            if note:
                self._text.line(f"{note}({element.name})")
        self._text.lines(first)

    def _value(
        self, field: GraphQLField, at: _At, group: FieldDetailsList, nullable: bool, noted: bool = False
    ) -> str:
        """What an object shows, by what it turns out to be. noted: whether its id is noted already."""
        types = self._collected.possible(field)
        if self._is_noted(field) and not noted:
            self._text.line(f"{f'if {at.it} is not None: ' if nullable else ''}note({at.it})")
        if len(types) == 1 and not nullable:
            return self._object(types[0], at, self._collected.below(types[0], group))
        outcomes = [Outcome(f"{at.it} is None", [], "None")] if nullable else []
        for type in types:
            with self._text.inside() as lines:
                told = self._object(type, at, self._collected.below(type, group))
            test = f"type({at.it}) is {STRUCTS[type.name].__name__}" if len(types) > 1 else ""
            outcomes.append(Outcome(test, lines, told))
        return chosen(self._text, outcomes)

    def _is_noted(self, field: GraphQLField) -> bool:
        """Whether what a field gives is noted by its id (`schema.disclosed`)."""
        return all(map(is_node, self._collected.possible(field)))

    def _asked(self, make: Make | None, field: GraphQLField, group: FieldDetailsList) -> str:
        """The name of what a field's arguments ask for; read now, if they are the same in each request."""
        if make is None:
            return ""
        node, name = group[0].node, f"a{len(self._asks)}"
        ask = Ask(field, node, make, self._arguments.texts(field, node))
        if has_variables(node):
            self._asks.append(ask)
            self._fixed.append(None)
        else:
            self._asks.append(None)
            self._fixed.append(ask.read(self._arguments, self._values))
            self._same.add(name)
        return name


def _filled(text: str, at: _At, **names: str) -> str:
    """The text of a meaning, with the names of this place."""
    return text.format(it=at.it, n=at.n, place=at.place, **names)
