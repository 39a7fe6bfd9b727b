"""Random questions that are valid for the partner's schema: every field, argument, fragment, directive and variable.

Ids, numbers and cursors are drawn from those of a View as well as from those that it does not have, and pages from
sizes that may be asked for as well as from those that may not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_composite_type,
    is_required_argument,
)
from hypothesis import strategies as st

from schema.execute import Question
from schema.partner import PARTNER_SCHEMA

_DEEPEST = 7
_WIDEST = 3
_SIZES = (0, 1, 2, 3, 20, 100, 101, -1)

Composite = GraphQLObjectType | GraphQLInterfaceType


@dataclass(frozen=True)
class Words:
    """What is asked by: the texts that a release has, ids, and cursors that its lists gave."""

    ids: Sequence[str]
    texts: Sequence[str]
    cursors: Sequence[str]


@dataclass
class _Drawing:
    """One question, as far as it has been drawn."""

    draw: st.DrawFn
    words: Words
    definitions: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    fragments: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    count: int = 0

    def chance(self, of: int) -> bool:
        return self.draw(st.integers(1, of)) == of

    def one(self, of: Sequence[Any]) -> Any:
        return self.draw(st.sampled_from(of))

    def new(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def selections(self, type: Composite, depth: int) -> str:
        width = self.draw(st.integers(1, _WIDEST if depth < 4 else 2))
        return "{ " + " ".join(self._selection(type, depth) for _ in range(width)) + " }"

    def _selection(self, type: Composite, depth: int) -> str:
        sort = self.draw(st.integers(0, 9))
        if sort == 0:
            return f"__typename{self._directives()}"
        if depth < _DEEPEST and sort == 1:
            return f"...{self._directives()} {self.selections(type, depth + 1)}"
        if depth < _DEEPEST and sort in (2, 3):
            other = self.one(_overlapping(type))
            if sort == 2:
                return f"... on {other.name}{self._directives()} {self.selections(other, depth + 1)}"
            return f"...{self._fragment(other, depth)}{self._directives()}"
        return self._field(type, depth)

    def _fragment(self, type: Composite, depth: int) -> str:
        """A fragment on the type, one that is there already or a new one."""
        there = [name for name, on in self.fragments if on == type.name]
        if there and self.chance(2):
            return str(self.one(there))
        name = self.new("F")
        body = f"fragment {name} on {type.name} {self.selections(type, depth + 1)}"
        self.fragments.append((name, type.name))
        self.bodies.append(body)
        return name

    def _field(self, type: Composite, depth: int) -> str:
        fields = [
            (name, each)
            for name, each in type.fields.items()
            if depth < _DEEPEST or not is_composite_type(get_named_type(each.type))
        ]
        if not fields:
            return "__typename"
        name, asked = self.one(fields)
        arguments = self._arguments(asked)
        # Fields of one name and other arguments, or of several types, cannot be merged: each has a name of its own.
        alias = f"{self.new('a')}: " if arguments or self.chance(4) or name in {"node", "number"} else ""
        inner = get_named_type(asked.type)
        below = (
            f" {self.selections(inner, depth + 1)}"
            if isinstance(inner, GraphQLObjectType | GraphQLInterfaceType)
            else ""
        )
        return f"{alias}{name}{arguments}{self._directives()}{below}"

    def _arguments(self, asked: GraphQLField) -> str:
        given = [
            f"{name}: {self._value(name, argument)}"
            for name, argument in asked.args.items()
            if is_required_argument(argument) or self.chance(5)
        ]
        return f"({', '.join(given)})" if given else ""

    def _value(self, name: str, argument: GraphQLArgument) -> str:
        value = self._drawn(argument.type, name)
        if self.chance(2):
            return self._variable(argument.type, value, name)
        return _written(value, argument.type)

    def _variable(self, type: Any, value: Any, called: str) -> str:
        name = self.new("v")
        default = ""
        if not isinstance(type, GraphQLNonNull) and self.chance(3):
            default = f" = {_written(self._drawn(type, called), type)}"
        self.definitions.append(f"${name}: {type}{default}")
        if isinstance(type, GraphQLNonNull) or not self.chance(4):
            self.variables[name] = value
        return f"${name}"

    def _directives(self) -> str:
        if not self.chance(6):
            return ""
        condition = self.one(["true", "false", "$"])
        if condition == "$":
            name = self.new("v")
            self.definitions.append(f"${name}: Boolean!")
            self.variables[name] = self.draw(st.booleans())
            condition = f"${name}"
        return f" @{self.one(['skip', 'include'])}(if: {condition})"

    def _drawn(self, type: Any, name: str) -> Any:
        if isinstance(type, GraphQLNonNull):
            return self._given(type.of_type, name)
        return None if self.chance(6) else self._given(type, name)

    def _given(self, type: Any, name: str) -> Any:
        if isinstance(type, GraphQLList):
            return [self._drawn(type.of_type, name) for _ in range(self.draw(st.integers(0, 3)))]
        if isinstance(type, GraphQLInputObjectType):
            return {
                part: self._drawn(each.type, part)
                for part, each in type.fields.items()
                if isinstance(each.type, GraphQLNonNull) or self.chance(3)
            }
        if isinstance(type, GraphQLEnumType):
            return self.one(list(type.values))
        return self._scalar(type.name, name)

    def _scalar(self, type: str, name: str) -> Any:
        if type == "Int":
            return self.one(_SIZES)
        if type == "ID":
            return self.one([*self.words.ids, "no such id"])
        if type == "Date":
            return self.one(["2003-01-01", "2003-04-05", "2030-12-31"])
        if name in ("after", "before"):
            return self.one([*self.words.cursors, "", "no cursor"])
        return self.one([*self.words.texts, "", "no such text", "N"])


@st.composite
def questions(draw: st.DrawFn, words: Words) -> Question:
    """A question."""
    drawing = _Drawing(draw, words)
    root = PARTNER_SCHEMA.query_type
    assert root is not None
    selections = drawing.selections(root, 0)
    declared = f"({', '.join(drawing.definitions)})" if drawing.definitions else ""
    text = " ".join([f"query Q{declared} {selections}", *drawing.bodies])
    return Question(text, draw(st.sampled_from([None, "Q"])), drawing.variables)


def _overlapping(type: Composite) -> list[Composite]:
    """The types that something of this type may be of as well."""
    mine = set(_possible(type))
    return [
        other
        for other in PARTNER_SCHEMA.type_map.values()
        if isinstance(other, GraphQLObjectType | GraphQLInterfaceType) and mine & set(_possible(other))
    ]


def _possible(type: Composite) -> Sequence[GraphQLObjectType]:
    return PARTNER_SCHEMA.get_possible_types(type) if isinstance(type, GraphQLInterfaceType) else [type]


def _written(value: Any, type: Any) -> str:
    """A value of a type as a literal."""
    named = type.of_type if isinstance(type, GraphQLNonNull) else type
    if value is None:
        return "null"
    if isinstance(named, GraphQLList):
        return "[" + ", ".join(_written(each, named.of_type) for each in value) + "]"
    if isinstance(value, Mapping):
        parts = (f"{name}: {_written(each, named.fields[name].type)}" for name, each in value.items())
        return "{" + ", ".join(parts) + "}"
    if isinstance(named, GraphQLEnumType) or isinstance(value, int):
        return str(value)
    return f'"{value}"'
