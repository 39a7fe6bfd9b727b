"""Limits on what one request may ask, checked before anything is looked up, at a cost linear in the query's length.

A plain field costs nothing beside its object; by another name it costs as much as one, for under forty names one long
text would be written forty times for nothing.

A fragment is weighed once, however often it is spread: of fragments that each spread the next twice, the weights double
while the work does not. Weights are counted as if every fragment were written out where it is spread.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, cast

import msgspec
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
)

from schema.errors import Code, Refusal
from schema.paging import PAGE_DEFAULT, PAGE_MAX
from schema.shapes import LEAF, ROOT, Repeats, Shapes

HasDirectives = OperationDefinitionNode | VariableDefinitionNode | FragmentDefinitionNode | SelectionNode

UNPAGED: Final = 4
"""How many elements a list without pages (properties, values, sources, introspection's lists) counts as."""


LOOKING: Final = 1000
"""How many objects a filter, a search, a path and changes count as: they look at many that they do not give."""

_LOOK: Final = frozenset(("filter", "text", "from", "since"))
"""What such a field is given."""

Count = Annotated[int, msgspec.Meta(ge=0)]
Share = Annotated[int, msgspec.Meta(ge=1)]


class Limits(msgspec.Struct, frozen=True):
    """`[limits]` of caselink.toml. bytes: of a body. cost: objects asked for. prepared: queries that are kept ready.

    seconds: that an answer may take. answer_bytes: of its body.
    What one agreement, and one user, may ask in a minute, and at what cost (`server.partner.allowances`); None: any.
    """

    bytes: Count = 65_536
    tokens: Count = 1000
    depth: Count = 16
    aliases: Count = 40
    directives: Count = 40
    cost: Count = 20_000
    seconds: Count = 10
    answer_bytes: Count = 16_777_216
    prepared: Count = 256
    agreement_requests: Share | None = None
    agreement_cost: Share | None = None
    user_requests: Share | None = None
    user_cost: Share | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """What a selection asks for. cost: objects; per_element: those for each element of the page that it is on."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    cost: int = 0
    per_element: int = 0

    def __add__(self, other: "Weight") -> "Weight":
        """Both, side by side."""
        return Weight(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.cost + other.cost,
            self.per_element + other.per_element,
        )

    def check_form(self, limits: Limits) -> None:
        """Raises Refusal for the first limit on a query's form that is passed."""
        for code, weight, limit in (
            (Code.TOO_DEEP, self.depth, limits.depth),
            (Code.TOO_MANY_ALIASES, self.aliases, limits.aliases),
            (Code.TOO_MANY_DIRECTIVES, self.directives, limits.directives),
        ):
            if weight > limit:
                raise Refusal(code)

    def check_cost(self, limits: Limits) -> None:
        """Raises Refusal where too much is asked for."""
        if self.cost > limits.cost:
            raise Refusal(Code.TOO_COSTLY, self.cost)


NOTHING: Final = Weight()


class Scale:
    """Weighs one operation. Unknown fields and fragments weigh little: validation refuses them.

    variables: as sent. sizes: the names of those by which the weight would be another one.
    """

    def __init__(self, shapes: Shapes, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self.sizes: set[str] = set()
        self._shapes = shapes
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._variables = dict(variables)
        self._weighed: dict[str, Weight] = {}

    def weigh(self, operation: OperationDefinitionNode) -> Weight:
        """The weight of an operation. Raises Refusal TOO_DEEP where it nests beyond all measure."""
        definitions = operation.variable_definitions or ()
        for definition in definitions:
            if definition.default_value is not None:
                self._variables.setdefault(definition.variable.name.value, _literal(definition.default_value))
        stated = _directives(operation) + sum(_directives(definition) for definition in definitions)
        try:
            return Weight(directives=stated) + self._selections(operation.selection_set, ROOT)
        except RecursionError:
            raise Refusal(Code.TOO_DEEP) from None

    def element(self, field: FieldNode, type: str) -> int:
        """The objects that each element of a list has, which is given by this field of that type."""
        shape = self._shapes[type, field.name.value]
        inner = NOTHING if field.selection_set is None else self._selections(field.selection_set, shape.type)
        return 1 + inner.cost

    def _selections(self, selections: SelectionSetNode, type: str) -> Weight:
        return sum((self._selection(selection, type) for selection in selections.selections), NOTHING)

    def _selection(self, selection: SelectionNode, type: str) -> Weight:
        if isinstance(selection, FieldNode):
            return self._field(selection, type)
        stated = Weight(directives=_directives(selection))
        if isinstance(selection, FragmentSpreadNode):
            return stated + self._fragment(selection.name.value)
        inline = cast(InlineFragmentNode, selection)
        inside = inline.type_condition.name.value if inline.type_condition else type
        return stated + self._selections(inline.selection_set, inside)

    def _fragment(self, name: str) -> Weight:
        if name not in self._weighed:
            self._weighed[name] = NOTHING  # a fragment that spreads itself ends here; validation refuses it
            fragment = self._fragments.get(name)
            if fragment is not None:
                stated = Weight(directives=_directives(fragment))
                self._weighed[name] = stated + self._selections(
                    fragment.selection_set, fragment.type_condition.name.value
                )
        return self._weighed[name]

    def _field(self, field: FieldNode, parent: str) -> Weight:
        shape = self._shapes.get((parent, field.name.value), LEAF)
        inner = NOTHING if field.selection_set is None else self._selections(field.selection_set, shape.type)
        cost, per_element = self._cost(field, shape.repeats, inner)
        return Weight(
            depth=inner.depth + 1,
            aliases=inner.aliases + (field.alias is not None),
            directives=inner.directives + _directives(field),
            cost=cost,
            per_element=per_element,
        )

    def _cost(self, field: FieldNode, repeats: Repeats, inner: Weight) -> tuple[int, int]:
        """The objects that a field gives, and those that it gives for each element of its page."""
        one = 1 + inner.cost
        looked_at = LOOKING * sum(argument.name.value in _LOOK for argument in field.arguments or ())
        match repeats:
            case Repeats.NEVER:
                is_again = field.selection_set is None and field.alias is not None
                return inner.cost + is_again, 0
            case Repeats.ONCE:
                return one + looked_at, 0
            case Repeats.UNPAGED:
                return UNPAGED * one, 0
            case Repeats.ELEMENT:
                return 0, one
            case Repeats.BY_IDS:
                return self._length(field, "ids") * one, 0
        looked_at += self._length(field, "types", "kinds")
        return one + looked_at + self._size(field) * inner.per_element, 0

    def _size(self, field: FieldNode) -> int:
        """The size of a page; one that will be refused counts as the largest."""
        sent = map(whole_number, self._values(field, "first", "last"))
        asked = [size for size in sent if size is not None]
        return min(max(0, *asked), PAGE_MAX) if asked else PAGE_DEFAULT

    def _length(self, field: FieldNode, *names: str) -> int:
        """How much is listed in these arguments: each part of them is read for each time that the field is."""
        return sum(len(listed) if isinstance(listed, list) else 1 for listed in self._values(field, *names))

    def _values(self, field: FieldNode, *names: str) -> list[Any]:
        return [
            self._value(argument.value) for argument in field.arguments or () if argument.name.value in names
        ]

    def _value(self, node: ValueNode) -> Any:
        if isinstance(node, VariableNode):
            name = node.name.value
            self.sizes.add(name)
            return self._variables.get(name)
        return _literal(node)


def whole_number(sent: Any) -> int | None:
    """What is sent for an `Int`, as graphql-core takes it: JSON has one sort of numbers, and 100.0 is one hundred.

    >>> whole_number(100), whole_number(100.0), whole_number(99.5), whole_number("100")
    (100, 100, None, None)
    """
    if isinstance(sent, float) and sent.is_integer():
        return int(sent)
    return sent if isinstance(sent, int) else None


def _directives(node: HasDirectives) -> int:
    return len(node.directives or ())


def _literal(node: ValueNode) -> Any:
    """A number or a list as written; of anything else, nothing. A number of many digits is out of every range."""
    if isinstance(node, IntValueNode):
        return int(node.value) if len(node.value) < 10 else PAGE_MAX
    return list(node.values) if isinstance(node, ListValueNode) else None
