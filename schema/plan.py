"""A plan: one Python function that gives the data of an operation, and what its fields ask for by their arguments.

What depends on no variable is read once, when the plan is made; the rest with each request. How a plan's text comes
about is `schema.compile`'s.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLError, GraphQLField
from graphql.execution.values import VariableValues

from schema.arguments import Arguments
from schema.context import Asking
from schema.errors import Code, Refusal
from schema.meaning import Make


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
        except Refusal as refusal:
            return Refused(refusal.code)
        except GraphQLError:
            return Refused(None)

    def _as_they_are(self, values: VariableValues) -> dict[str, Any] | None:
        """The arguments, if each is a text that is a variable with a value."""
        if self.texts is None:
            return None
        told = {name: values.coerced.get(variable) for name, variable in self.texts.items()}
        return told if all(type(text) is str for text in told.values()) else None


class Refused:
    """What a field asks for that will not do: whoever looks at it, or looks it up, is refused.

    code: why; None: graphql-core says why. It is kept with the plan, and what is raised is not: an exception holds all
    that was there when it was raised, the View that was asked included.
    """

    __slots__ = ("_code",)

    def __init__(self, code: Code | None) -> None:
        self._code = code

    def __getattr__(self, _name: str) -> Any:
        raise self._error()

    def __iter__(self) -> Iterator[Any]:
        raise self._error()

    def __hash__(self) -> int:
        raise self._error()

    def _error(self) -> Exception:
        return GraphQLError("an argument that cannot be read") if self._code is None else Refusal(self._code)


class FieldRefused(Exception):
    """A field of the query itself that cannot be null was refused: of the data nothing is left.

    nodes: where it is asked for. key: its name in the answer.
    """

    def __init__(self, code: Code, nodes: Sequence[FieldNode], key: str) -> None:
        super().__init__(code)
        self.code = code
        self.nodes = nodes
        self.key = key


@dataclass(frozen=True, slots=True)
class Plan:
    """run: gives the data; it is given what each of `asks` asks for with this request's variables. Raises FieldRefused.

    fixed: what does not depend on the variables, by its place among all that is asked.
    """

    text: str
    run: Callable[[Asking, Sequence[Any]], Any]
    asks: Sequence[Ask | None]
    fixed: Sequence[Any]

    def asked(self, arguments: Arguments, values: VariableValues) -> Sequence[Any]:
        """What the fields ask for."""
        return [
            fixed if ask is None else ask.read(arguments, values)
            for ask, fixed in zip(self.asks, self.fixed, strict=True)
        ]
