"""Random questions to a schema: each field, argument, alias, fragment, directive and variable of it; wrong ones too.

A question is the JSON body of a request. What stands where a text or an id is wanted is one of the words that the test
gives. The same seed gives the same questions, so that two worlds can be asked alike.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)

Composite = GraphQLObjectType | GraphQLInterfaceType
Question = dict[str, Any]

_SIZES: Final = (0, 1, 1, 2, 2, 3, 5, 20)
_WRONG_SIZES: Final = (-1, 101, 2**31 - 1)
_CURSORS: Final = ("after", "before")
_DAYS: Final = ("2003-01-01", "2003-04-05", "2003-04-06", "9999-12-31")
_WRONG_VALUES: Final[tuple[Any, ...]] = (
    None,
    7,
    "",
    [],
    {},
    2**31,
    1e400,
    True,
    "2003-02-30",
    ["x"],
    {"eq": 7},
)
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")


@dataclass
class Questions:
    """A source of questions.

    typed: each object is asked for its type too, so that an answer tells what was reached. known: by the name of an
    argument what may be given for it, such as cursors for `after`; of most lists a cursor is none.
    """

    schema: GraphQLSchema
    words: Sequence[str]
    rng: random.Random
    depth: int = 4
    typed: bool = False
    known: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)

    def right(self) -> Question:
        """A question that fits the schema. It may be refused as too costly, and a page or a cursor in it be none."""
        return _Writing(self).question()

    def any(self) -> Question:
        """A question, right or wrong."""
        question = self.right()
        if self.rng.random() < 0.75:
            return question
        spoil: Callable[[Question, random.Random], Question] = self.rng.choice(_SPOILING)
        return spoil(question, self.rng)


@dataclass
class _Writing:
    """One question while it is written."""

    of: Questions
    variables: dict[str, Any] = field(default_factory=dict)
    defined: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    names: int = 0

    def question(self) -> Question:
        query = self.of.schema.query_type
        assert query is not None
        selected = self.selections(query, self.of.depth)
        head = f"query Asked({', '.join(self.defined)})" if self.defined else "query Asked"
        text = "\n".join([f"{head} {selected}", *self.fragments])
        question: Question = {"query": text}
        if self.variables:
            question["variables"] = self.variables
        if self.chance(0.1):
            question["operationName"] = "Asked"
        return question

    def chance(self, share: float) -> bool:
        return self.of.rng.random() < share

    def new(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}_{self.names}"

    def selections(self, type: Composite, depth: int) -> str:
        """A selection set, in braces: some fields, and for an interface some of its types' own."""
        rng = self.of.rng
        usable = [
            name for name, f in type.fields.items() if depth > 0 or is_leaf_type(get_named_type(f.type))
        ]
        picked = self.picked(type.name, usable, rng.choice((1, 1, 2, 2, 3)))
        parts = [self.selection(name, type.fields[name], depth) for name in picked]
        parts += ["__typename"] if self.of.typed or not parts or self.chance(0.1) else []
        if isinstance(type, GraphQLInterfaceType) and depth > 0:
            possible = self.of.schema.get_possible_types(type)
            parts += [self.fragment(each, depth) for each in possible if self.chance(0.6)]
        elif self.chance(0.1):
            parts.append(self.fragment(type, depth))
        return "{ " + " ".join(parts) + " }"

    def picked(self, type: str, usable: list[str], count: int) -> list[str]:
        """So many of the fields: half of the time those that were asked for least, so that all are before long."""
        asked, rng = self.of.asked, self.of.rng
        rng.shuffle(usable)
        if self.chance(0.5):
            usable.sort(key=lambda name: asked[type, name])
        asked.update((type, name) for name in usable[:count])
        return usable[:count]

    def fragment(self, type: Composite, depth: int) -> str:
        """An inline fragment, or the spread of one that is written down for it."""
        inside = self.selections(type, depth - 1)
        if self.chance(0.2):
            name = self.new("Fragment")
            self.fragments.append(f"fragment {name} on {type.name} {inside}")
            return f"...{name}{self.directives()}"
        return f"... on {type.name}{self.directives()} {inside}"

    def selection(self, name: str, of: GraphQLField, depth: int) -> str:
        """One field. It has a name of its own in the answer where another could ask for it otherwise."""
        arguments = self.arguments(of.args)
        named = get_named_type(of.type)
        inside = f" {self.selections(named, depth - 1)}" if isinstance(named, Composite) else ""
        alias = f"{self.new(name)}: " if arguments or inside or self.chance(0.1) else ""
        return f"{alias}{name}{arguments}{self.directives()}{inside}"

    def directives(self) -> str:
        if not self.chance(0.05):
            return ""
        said = self.value(GraphQLNonNull(GraphQLBoolean))
        return f" @{self.of.rng.choice(['include', 'skip'])}(if: {said})"

    def arguments(self, known: dict[str, GraphQLArgument]) -> str:
        written = [
            f"{name}: {self.value(argument.type, name)}"
            for name, argument in known.items()
            if is_required_argument(argument) or self.chance(0.05 if name in _CURSORS else 0.25)
        ]
        return f"({', '.join(written)})" if written else ""

    def value(self, type: Any, of: str = "") -> str:
        """A value, of an argument, as it is written in a query, or a variable that has it."""
        known = self.of.known.get(of)
        drawn = self.of.rng.choice(known) if known and self.chance(0.9) else self.drawn(type)
        if not self.chance(0.3):
            return _literal(drawn, type)
        name = self.new("given")
        default = f" = {_literal(drawn, type)}" if self.chance(0.2) else ""
        self.defined.append(f"${name}: {type}{default}")
        if not default or self.chance(0.5):
            self.variables[name] = drawn
        return f"${name}"

    def drawn(self, type: Any) -> Any:
        """A value as JSON."""
        rng = self.of.rng
        if isinstance(type, GraphQLNonNull):
            return self.drawn(type.of_type)
        if isinstance(type, GraphQLList):
            return [self.drawn(type.of_type) for _ in range(rng.choice((0, 1, 1, 2, 3)))]
        if isinstance(type, GraphQLInputObjectType):
            return self.filled(type.fields)
        if isinstance(type, GraphQLEnumType):
            return rng.choice(list(type.values))
        match type.name:
            case "Int":
                return rng.choice(_WRONG_SIZES if self.chance(0.03) else _SIZES)
            case "Boolean":
                return self.chance(0.7)
            case "Date":
                return rng.choice(_DAYS)
        return rng.choice(self.of.words)

    def filled(self, fields: dict[str, GraphQLInputField]) -> dict[str, Any]:
        needed = [name for name, f in fields.items() if is_required_input_field(f)]
        optional = [name for name in fields if name not in needed]
        chosen = [
            *needed,
            *self.of.rng.sample(optional, min(len(optional), self.of.rng.choice((0, 1, 1, 2)))),
        ]
        return {name: self.drawn(fields[name].type) for name in chosen}


def _literal(drawn: Any, type: Any) -> str:
    """A JSON value as GraphQL writes it."""
    if isinstance(type, GraphQLNonNull):
        return _literal(drawn, type.of_type)
    if isinstance(type, GraphQLList):
        return f"[{', '.join(_literal(each, type.of_type) for each in drawn)}]"
    if isinstance(type, GraphQLInputObjectType):
        written = (f"{name}: {_literal(each, type.fields[name].type)}" for name, each in drawn.items())
        return f"{{{', '.join(written)}}}"
    return str(drawn) if isinstance(type, GraphQLEnumType) else json.dumps(drawn)


# --- what spoils a question ---


def _without_a_token(question: Question, rng: random.Random) -> Question:
    found = list(_TOKEN.finditer(question["query"]))
    gone = rng.choice(found)
    text = question["query"]
    return question | {"query": text[: gone.start()] + text[gone.end() :]}


def _with_another_token(question: Question, rng: random.Random) -> Question:
    found = list(_TOKEN.finditer(question["query"]))
    one, other = rng.choice(found), rng.choice(found)
    text = question["query"]
    return question | {"query": text[: one.start()] + other[0] + text[one.end() :]}


def _with_a_misspelling(question: Question, rng: random.Random) -> Question:
    names = [found for found in _TOKEN.finditer(question["query"]) if len(found[0]) > 2]
    text, at = question["query"], rng.choice(names).start() + 1
    return question | {"query": text[:at] + text[at + 1 :]}


def _with_a_wrong_value(question: Question, rng: random.Random) -> Question:
    given = question.get("variables", {})
    wrong = rng.choice(_WRONG_VALUES)
    named = rng.choice(list(given)) if given else "none"
    return question | {"variables": {**given, named: wrong}}


def _without_variables(question: Question, _rng: random.Random) -> Question:
    return {name: part for name, part in question.items() if name != "variables"}


def _with_another_operation(question: Question, _rng: random.Random) -> Question:
    return question | {"operationName": "Other"}


_SPOILING: Final = (
    _without_a_token,
    _with_another_token,
    _with_a_misspelling,
    _with_a_misspelling,
    _with_a_wrong_value,
    _without_variables,
    _with_another_operation,
)
