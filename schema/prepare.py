"""A query's text becomes a document that may be executed: parsed, within the limits, valid. Kept ready by its text.

In this order, so that what is too large is refused before it is validated. Nothing of a release is known here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OverlappingFieldsCanBeMergedRule,
    ValidationContext,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)

from schema.budget import Budget
from schema.errors import Code, Refusal
from schema.limits import Limits, Scale, Weight, whole_number
from schema.paging import PAGE_MAX
from schema.selections import conditions, introspects
from schema.shapes import ROOT, shapes_of

if TYPE_CHECKING:
    from schema.plan import Plan

Size = int | str | tuple[str, int] | None
"""Of one variable."""

_WEIGHTS: Final = 64
"""How many weights of one query are kept."""

_MAX_ERRORS: Final = 5
_COMPARISONS: Final = 3_000
_TOO_MANY: Final = "Syntax Error: Document contains more than"
_ABORTED: Final = "Validation aborted."
_NESTED: Final = "Syntax Error: Document is nested too deeply"


class Invalid(Exception):
    """The query does not parse, or does not fit the schema. errors: graphql-core's, with places in the query."""

    def __init__(self, code: Code, errors: list[GraphQLError]) -> None:
        super().__init__(code)
        self.code = code
        self.errors = errors


class FewComparisons(OverlappingFieldsCanBeMergedRule):
    """graphql-core's rule with a smaller budget: comparing each repeated field with each takes the square of them."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = _COMPARISONS


_RULES: Final = (
    *(rule for rule in specified_rules if rule is not OverlappingFieldsCanBeMergedRule),
    FewComparisons,
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query that may be executed, and the operation of it that is asked for.

    sizes: the variables that its weight depends on; weights: by their sizes. conditions: the variables that decide what
    is asked for at all. introspects: whether the schema is. plans: what it was compiled to, by the values of these
    conditions; None: it was not. Weights and plans are filled as they are needed.
    """

    document: DocumentNode
    operation: OperationDefinitionNode
    sizes: tuple[str, ...]
    conditions: tuple[str, ...]
    introspects: bool
    weights: dict[tuple[Size, ...], Weight] = field(default_factory=dict)
    plans: "dict[tuple[Any, ...], Plan | None]" = field(default_factory=dict)


class Preparation:
    """Prepares the queries to one schema."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._shapes = shapes_of(schema)
        self._kept = lru_cache(maxsize=limits.prepared)(self._prepare)

    def prepare(self, text: str, operation_name: str | None) -> Prepared:
        """The query, ready. Raises Refusal or Invalid."""
        return self._kept(text, operation_name)

    def cost(self, prepared: Prepared, variables: Mapping[str, Any]) -> int:
        """The objects that it asks for with these variables. Raises Refusal where they are too many."""
        weight = self._weight(prepared, variables)
        weight.check_cost(self._limits)
        return weight.cost

    def _weight(self, prepared: Prepared, variables: Mapping[str, Any]) -> Weight:
        sizes = tuple(_size(variables, name) for name in prepared.sizes)
        weight = prepared.weights.get(sizes)
        if weight is None:
            weight = self._scale(prepared.document, variables).weigh(prepared.operation)
            if len(prepared.weights) < _WEIGHTS:
                prepared.weights[sizes] = weight
        return weight

    def budget(self, prepared: Prepared, variables: Mapping[str, Any], cost: int) -> Budget:
        """What this request may still ask for when its execution begins. cost: what it costs."""

        def element(field: FieldNode) -> int:
            of = "Path" if ("Path", field.name.value) in self._shapes else ROOT
            return self._scale(prepared.document, variables).element(field, of)

        return Budget(self._limits.cost - cost, element)

    def _prepare(self, text: str, operation_name: str | None) -> Prepared:
        document = self._parse(text)
        operation = get_operation_ast(document, operation_name)
        if operation is None:
            raise Refusal(Code.BAD_OPERATION)
        scale = self._scale(document, {})
        weight = scale.weigh(operation)
        weight.check_form(self._limits)
        if not scale.sizes:
            weight.check_cost(self._limits)
        self._validate(document)
        return Prepared(
            document, operation, tuple(sorted(scale.sizes)), conditions(document), introspects(document)
        )

    def _validate(self, document: DocumentNode) -> None:
        errors = validate(self._schema, document, _RULES, max_errors=_MAX_ERRORS, hide_suggestions=True)
        if any(error.message == _ABORTED for error in errors):
            raise Refusal(Code.TOO_MANY_REPEATS)
        if errors:
            raise Invalid(Code.GRAPHQL_VALIDATION_FAILED, errors)

    def _parse(self, text: str) -> DocumentNode:
        tokens = self._limits.tokens
        try:
            return parse(text, max_lexical_tokens=tokens, max_comments=tokens)
        except GraphQLSyntaxError as error:
            if error.message.startswith(_TOO_MANY):
                raise Refusal(Code.TOO_MANY_TOKENS) from None
            if error.message.startswith(_NESTED):
                raise Refusal(Code.TOO_DEEP) from None
            raise Invalid(Code.GRAPHQL_PARSE_FAILED, [error]) from None

    def _scale(self, document: DocumentNode, variables: Mapping[str, Any]) -> Scale:
        return Scale(self._shapes, document, variables)


def _size(variables: Mapping[str, Any], name: str) -> Size:
    """What a weight depends on of a variable: a number as it is, of a list how long it is."""
    if name not in variables:
        return "left out"
    value = variables[name]
    if isinstance(value, list):
        return "a list", len(value)
    number = whole_number(value)
    return None if number is None else min(number, PAGE_MAX)
