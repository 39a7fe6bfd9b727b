"""A validated operation becomes one Python function over a View. Only names that the schema knows enter its text.

What is asked for by name of the client's (aliases), and all literals and variables, are values that the function is
given. Fields are collected by graphql-core, with the request's own values for @skip and @include: another choice of
them is another plan. What the table of meanings does not have is not compiled, and neither is what would become long.
"""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    is_abstract_type,
)
from graphql.execution.collect_fields import (
    FieldDetailsList,
    FragmentDetails,
    GroupedFieldSet,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from schema.arguments import Arguments, has_variables
from schema.context import Asking
from schema.disclosed import is_node
from schema.errors import Code, Refusal
from schema.meanings import KNOWN, STRUCTS, Leaf, Make, Many, Meaning, One, Paged, meaning_of

_LONGEST: Final = 400
"""How many fields a plan may have: fragments are written out in it, each for each type that it may be of."""

_FEW: Final = 2
"""Up to so many fields of a record are told afresh each time; the JSON of more is kept (`schema.told`)."""

_START: Final = "def plan(asking, asks):"
_OPENING: Final = (
    "view = asking.view",
    "header = view.header",
    "check = asking.deadline.check",
    "seal = asking.cursors.seal",
    "note = asking.disclosed.note",
    "note_all = asking.disclosed.note_all",
)


class NotCompiled(Exception):
    """There is no plan for this operation; graphql-core executes it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One field's arguments, to be read with each request's variables. texts: as `Arguments.texts` has them."""

    field: GraphQLField
    node: FieldNode
    make: Make
    texts: Mapping[str, str] | None

    def read(self, arguments: Arguments, values: VariableValues) -> Any:
        """What the field asks for. It is refused where it is looked at, for nothing may lead to the field."""
        try:
            return self.make(**(self._as_they_are(values) or arguments.read(self.field, self.node, values)))
        except (Refusal, GraphQLError):
            return Refused()

    def _as_they_are(self, values: VariableValues) -> dict[str, Any] | None:
        """The arguments, if each is a text that is a variable with a value."""
        if self.texts is None:
            return None
        told = {name: values.coerced.get(variable) for name, variable in self.texts.items()}
        return told if all(type(text) is str for text in told.values()) else None


class Refused:
    """What a field asks for that will not do: whoever looks at it, or looks it up, is refused. graphql-core says why.

    It is kept with the plan, and what is raised is not: an exception holds all that was there when it was raised, the
    View that was asked included.
    """

    def __getattr__(self, _name: str) -> Any:
        raise Refusal(Code.BAD_ARGUMENT)

    def __iter__(self) -> Iterator[Any]:
        raise Refusal(Code.BAD_ARGUMENT)

    def __hash__(self) -> int:
        raise Refusal(Code.BAD_ARGUMENT)


@dataclass(frozen=True, slots=True)
class Plan:
    """run: gives the data; it is given what each of `asks` asks for with this request's variables.

    fixed: what does not depend on the variables, by its place among all that is asked.
    """

    text: str
    run: Callable[[Asking, Sequence[Any]], dict[str, Any]]
    asks: Sequence[Ask | None]
    fixed: Sequence[Any]

    def asked(self, arguments: Arguments, values: VariableValues) -> Sequence[Any]:
        """What the fields ask for."""
        return [
            fixed if ask is None else ask.read(arguments, values)
            for ask, fixed in zip(self.asks, self.fixed, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class _At:
    """Where in a plan a selection stands: the name of the struct, and its page's number and place of an element."""

    it: str = ""
    n: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Outcome:
    """What an object may turn out to be, how that is known, and what is told then."""

    test: str
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
    return _Writing(schema, arguments, document, operation, values).plan()


class _Writing:
    """Writes one plan."""

    def __init__(
        self,
        schema: GraphQLSchema,
        arguments: Arguments,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        values: VariableValues,
    ) -> None:
        self._schema = schema
        self._arguments = arguments
        self._operation = operation
        self._values = values
        self._fragments = {
            definition.name.value: FragmentDetails(definition)
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._known = dict(KNOWN)
        self._lines: list[str] = []
        self._indent = "    "
        self._first: dict[str, str] = {}
        self._tells: list[str] = []
        self._asks: list[Ask | None] = []
        self._fixed: list[Any] = []
        self._sealing: set[int] = set()
        self._count = 0
        self._fields = 0

    def plan(self) -> Plan:
        """The plan, whole."""
        root = self._schema.query_type
        assert root is not None
        collected = collect_fields(self._schema, self._fragments, self._values, root, self._operation, True)
        result = self._object(root, _At(), collected.grouped_field_set)
        opening = [*_OPENING, *(f"a{place} = asks[{place}]" for place in range(len(self._asks)))]
        opening += [f"{name} = {text}" for text, name in self._first.items()]
        opening += [f"q{place} = asking.told.of(view, t{place})" for place in range(len(self._tells))]
        body = [*(f"    {line}" for line in opening), *self._lines, f"    return {result}"]
        text = "\n".join([*self._tells, _START, *body, ""])
        names: dict[str, Any] = {"__builtins__": {}, **self._known}
        exec(compile(text, "<plan>", "exec"), names)
        return Plan(text, names["plan"], self._asks, self._fixed)

    def _object(self, type: GraphQLObjectType, at: _At, grouped: GroupedFieldSet) -> str:
        """The expression of a selection on what is of this type."""
        members = [
            f"{self._key(key, group)}: {self._field(type, at, group)}" for key, group in grouped.items()
        ]
        return "{" + ", ".join(members) + "}"

    def _key(self, key: str, group: FieldDetailsList) -> str:
        """The key of a field in the answer: its name, or the name of a constant that holds its alias."""
        if key == group[0].node.name.value:
            return repr(key)
        return self._constant(key)

    def _constant(self, value: Any) -> str:
        name = f"k{len(self._known)}"
        self._known[name] = value
        return name

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
                    self._line(f"note({self._text(text, at)})")
                return self._text(text, at)
            case One(text, nullable, make):
                asked = self._asked(make, field, group)
                if not text:
                    return self._value(field, at, group, nullable)
                name = self._named("r", self._text(text, at, asked=asked))
                return self._value(field, _At(name), group, nullable)
            case Many():
                return self._list(meaning, field, at, group)
            case Paged():
                return self._page(meaning, field, at, group)

    def _page(self, page: Paged, field: GraphQLField, at: _At, group: FieldDetailsList) -> str:
        """The page's own variables, then the connection."""
        asked = self._asked(page.make, field, group)
        near = self._once(page.near)
        n = self._number()
        place = self._text(page.place, at, asked=asked)
        belonging = self._text(page.belonging, at, asked=asked)
        cut = f"{asked}.cut"
        self._line(f"w{n} = {self._text(page.whole, at, asked=asked, near=near)}")
        self._line(f"if {cut}.plain: b{n}, e{n} = 0, {cut}.size")
        self._line(f"else: b{n}, e{n} = {cut}.bounds(w{n}, {place}, asking.cursors, {belonging})")
        self._line(f"s{n} = w{n}[b{n}:e{n}]")
        mark = len(self._lines)
        told = self._value(field, _At("", n, place), group, nullable=False)
        if n in self._sealing:
            self._lines.insert(mark, f"{self._indent}g{n} = {belonging}")
        return told

    def _list(self, many: Many, field: GraphQLField, at: _At, group: FieldDetailsList) -> str:
        """A comprehension, or where an element takes statements a loop."""
        asked = self._asked(many.make, field, group)
        elements, element = self._named("y", self._text(many.text, at, asked=asked)), self._new("r")
        if many.charged:
            nodes = self._constant([details.node for details in group])
            self._line(f"asking.budget.take({nodes}, len({elements}))")
        fields = self._fields
        with self._inside() as lines:
            told = self._value(field, _At(element, at.n, at.place), group, many.nullable, noted=True)
        is_worth_it = self._is_noted(field) and not many.nullable and self._fields - fields > _FEW
        if is_worth_it and self._is_its_own(told, lines, element):
            return self._kept(told, elements, element)
        note = self._is_noted(field) and (f"if {element} is not None: note" if many.nullable else "note")
        if not lines:
            if note:
                all = f"[r for r in {elements} if r is not None]" if many.nullable else elements
                self._line(f"note_all(map(id_of, {all}))")
            return f"[{told} for {element} in {elements}]"
        name = self._new("x")
        self._line(f"{name} = []")
        self._line(f"for {element} in {elements}:")
        self._line("    check()")
        if note:
            self._line(f"    {note}({element}.id)")
        self._lines += [*lines, f"{self._indent}    {name}.append({told})"]
        return name

    def _is_its_own(self, told: str, lines: Sequence[str], element: str) -> bool:
        """Whether what is told of an element needs nothing but the element."""
        names = {node.id for node in ast.walk(ast.parse(told, mode="eval")) if isinstance(node, ast.Name)}
        return not lines and names <= {element, *self._known}

    def _kept(self, told: str, elements: str, element: str) -> str:
        """The elements as JSON that is kept."""
        place, ids = len(self._tells), self._new("i")
        self._tells.append(f"def t{place}({element}): return {told}")
        self._line(f"{ids} = list(map(id_of, {elements}))")
        self._line(f"note_all({ids})")
        return f"q{place}({ids}, {elements})"

    def _value(
        self, field: GraphQLField, at: _At, group: FieldDetailsList, nullable: bool, noted: bool = False
    ) -> str:
        """What an object shows, by what it turns out to be. noted: whether its id is noted already."""
        types = self._possible(field)
        if self._is_noted(field) and not noted:
            self._line(f"{f'if {at.it} is not None: ' if nullable else ''}note({at.it}.id)")
        if len(types) == 1 and not nullable:
            return self._object(types[0], at, self._collected(types[0], group))
        outcomes = [_Outcome(f"{at.it} is None", [], "None")] if nullable else []
        for type in types:
            with self._inside() as lines:
                told = self._object(type, at, self._collected(type, group))
            test = f"type({at.it}) is {STRUCTS[type.name].__name__}" if len(types) > 1 else ""
            outcomes.append(_Outcome(test, lines, told))
        return self._chosen(outcomes)

    def _chosen(self, outcomes: Sequence[_Outcome]) -> str:
        """A conditional expression, or where an outcome takes statements a choice of them. The last needs no test."""
        *tested, last = outcomes
        if not any(outcome.lines for outcome in outcomes):
            while tested and tested[-1].told == last.told:
                tested.pop()
            choices = " ".join(f"{outcome.told} if {outcome.test} else" for outcome in tested)
            return f"({choices} {last.told})"
        name = self._new("x")
        for outcome in tested:
            self._line(f"{'if' if outcome is tested[0] else 'elif'} {outcome.test}:")
            self._lines += [*outcome.lines, f"{self._indent}    {name} = {outcome.told}"]
        self._line("else:")
        self._lines += [*last.lines, f"{self._indent}    {name} = {last.told}"]
        return name

    def _is_noted(self, field: GraphQLField) -> bool:
        """Whether what a field gives is noted by its id (`schema.disclosed`)."""
        return all(map(is_node, self._possible(field)))

    def _possible(self, field: GraphQLField) -> Sequence[GraphQLObjectType]:
        named = get_named_type(field.type)
        if is_abstract_type(named):
            return self._schema.get_possible_types(named)
        assert isinstance(named, GraphQLObjectType)
        return [named]

    def _collected(self, type: GraphQLObjectType, group: FieldDetailsList) -> GroupedFieldSet:
        collected = collect_subfields(
            self._schema, self._fragments, self._values, self._operation, type, group, True
        )
        return collected.grouped_field_set

    def _asked(self, make: Make | None, field: GraphQLField, group: FieldDetailsList) -> str:
        """The name of what a field's arguments ask for; read now, if they are the same in each request."""
        if make is None:
            return ""
        node = group[0].node
        ask = Ask(field, node, make, self._arguments.texts(field, node))
        if has_variables(ask.node):
            self._asks.append(ask)
            self._fixed.append(None)
        else:
            self._asks.append(None)
            self._fixed.append(ask.read(self._arguments, self._values))
        return f"a{len(self._asks) - 1}"

    def _text(self, text: str, at: _At, **names: str) -> str:
        return text.format(it=at.it, n=at.n, place=at.place, **names)

    def _once(self, text: str) -> str:
        """The name of what the plan looks up before anything else."""
        return self._first.setdefault(text, f"o{len(self._first)}") if text else ""

    def _named(self, letter: str, text: str) -> str:
        """The name of a value, which is given one where it has none."""
        if text.isidentifier():
            return text
        name = self._new(letter)
        self._line(f"{name} = {text}")
        return name

    def _line(self, text: str) -> None:
        self._lines.append(self._indent + text)

    @contextmanager
    def _inside(self) -> Iterator[list[str]]:
        """What is written meanwhile is gathered, one level in."""
        lines, indent = self._lines, self._indent
        self._lines, self._indent = [], indent + "    "
        try:
            yield self._lines
        finally:
            self._lines, self._indent = lines, indent

    def _number(self) -> int:
        self._count += 1
        return self._count

    def _new(self, letter: str) -> str:
        return f"{letter}{self._number()}"
