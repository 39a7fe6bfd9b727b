"""The fields of an operation, as graphql-core collects them: of each type that an object may turn out to be.

Fragments are spread, fields that are asked for twice are one, and @skip and @include have been decided by the values of
one request; other values may give other fields.
"""

from collections.abc import Mapping, Sequence

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
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

from schema.arguments import has_variables


class Collected:
    """Of one operation, with the values of its variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        values: VariableValues,
    ) -> None:
        self._schema = schema
        self._operation = operation
        self._values = values
        self._fragments = {
            definition.name.value: FragmentDetails(definition)
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }

    def root(self) -> tuple[GraphQLObjectType, GroupedFieldSet]:
        """The fields of the query itself, and its type."""
        root = self._schema.query_type
        assert root is not None
        found = collect_fields(self._schema, self._fragments, self._values, root, self._operation, True)
        return root, found.grouped_field_set

    def below(self, type: GraphQLObjectType, group: FieldDetailsList) -> GroupedFieldSet:
        """The fields below a field, of what is of this type."""
        found = collect_subfields(
            self._schema, self._fragments, self._values, self._operation, type, group, True
        )
        return found.grouped_field_set

    def possible(self, field: GraphQLField) -> Sequence[GraphQLObjectType]:
        """What a field may turn out to give."""
        named = get_named_type(field.type)
        if is_abstract_type(named):
            return self._schema.get_possible_types(named)
        assert isinstance(named, GraphQLObjectType)
        return [named]

    def varies_below(self, group: FieldDetailsList) -> bool:
        """Whether anything below a field may be asked for with a variable, be it skipped this time or not."""
        below = [details.node.selection_set for details in group]
        return _varies([each for each in below if each is not None], self._fragments)


def _varies(waiting: list[SelectionSetNode], fragments: Mapping[str, FragmentDetails]) -> bool:
    spread: set[str] = set()
    while waiting:
        for selection in waiting.pop().selections:
            if isinstance(selection, FieldNode) and has_variables(selection):
                return True
            if isinstance(selection, FieldNode | InlineFragmentNode):
                if selection.selection_set is not None:
                    waiting.append(selection.selection_set)
            elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in spread:
                spread.add(selection.name.value)
                waiting.append(fragments[selection.name.value].definition.selection_set)
    return False
