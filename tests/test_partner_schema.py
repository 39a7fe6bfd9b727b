"""The partner's schema is the contract's: each type, field, argument, nullability and description."""

import re
from pathlib import Path

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
    is_specified_scalar_type,
)

import schema
from schema.partner import PARTNER_SCHEMA, partner_sdl
from tests import worked_example

CONTRACT = build_schema((worked_example.FOLDER / "partner.graphql").read_text(encoding="utf-8"))
COMMITTED = Path(schema.__file__).with_name("schema.graphql")

ADDED = {
    fact
    for type in ("Record", "Case", "Document", "Subject")
    for fact in (
        f"{type}.contact(): String",
        f"{type}.validated(): Date",
        f"{type}.linkCounts(): [LinkCount!]!",
    )
} | {
    "Query.linksAmong(ids: [ID!]! = Undefined): [Link!]!",
    "GraphQLObjectType LinkCount",
    "LinkCount.type(): String!",
    "LinkCount.direction(): Direction!",
    "LinkCount.kind(): RecordKind!",
    "LinkCount.count(): Int!",
}


def types_of(built: GraphQLSchema) -> list[GraphQLNamedType]:
    """The types that the schema itself defines."""
    return [
        type
        for type in built.type_map.values()
        if not is_introspection_type(type) and not is_specified_scalar_type(type)
    ]


def facts_of(built: GraphQLSchema) -> set[str]:
    """Each type, field, argument and enum value as a line."""
    return {fact for type in types_of(built) for fact in (f"{_sort_of(type)} {type.name}", *_facts(type))}


def _sort_of(type: GraphQLNamedType) -> str:
    """graphql-core's class of a type; strawberry has some of its own below them."""
    return next(each.__name__ for each in type.__class__.__mro__ if each.__module__.startswith("graphql."))


def _facts(type: GraphQLNamedType) -> list[str]:
    if isinstance(type, GraphQLEnumType):
        return [f"{type.name}: {' '.join(type.values)}"]
    if isinstance(type, GraphQLInputObjectType):
        return [f"{type.name}.{name}: {f.type} = {f.default_value}" for name, f in type.fields.items()]
    if isinstance(type, GraphQLObjectType | GraphQLInterfaceType):
        implemented = [f"{type.name} implements {interface.name}" for interface in type.interfaces]
        return implemented + [
            f"{type.name}.{name}({', '.join(f'{a}: {arg.type} = {arg.default_value}' for a, arg in f.args.items())})"
            f": {f.type}"
            for name, f in type.fields.items()
        ]
    return []


def descriptions_of(built: GraphQLSchema) -> dict[str, str]:
    """Each description, by what it describes."""
    described = {"schema": built.description}
    for type in types_of(built):
        described[type.name] = type.description
        if isinstance(type, GraphQLObjectType | GraphQLInterfaceType):
            described |= {f"{type.name}.{name}": field.description for name, field in type.fields.items()}
    return {name: text for name, text in described.items() if text}


def test_the_schema_has_exactly_what_the_contract_has_and_the_fields_added_to_it() -> None:
    assert facts_of(PARTNER_SCHEMA) == facts_of(CONTRACT) | ADDED


def test_the_comparison_with_the_contract_is_about_199_facts() -> None:
    assert len(facts_of(CONTRACT)) == 199


def test_every_description_of_the_contract_is_kept() -> None:
    kept = descriptions_of(PARTNER_SCHEMA)
    assert {name: kept.get(name) for name in descriptions_of(CONTRACT)} == descriptions_of(CONTRACT)


def test_the_only_further_descriptions_are_those_of_added_fields_and_that_a_kind_of_record_has_from_record() -> (
    None
):
    further = descriptions_of(PARTNER_SCHEMA).keys() - descriptions_of(CONTRACT).keys()
    added = {fact.partition("(")[0] for fact in ADDED if not fact.startswith(("LinkCount.", "GraphQL"))}
    assert further == added | {"Case.links", "Document.links", "Subject.links"}


def test_the_committed_schema_is_what_the_code_prints() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == partner_sdl()


def test_the_schema_names_no_category_no_code_and_no_partner() -> None:
    policy = worked_example.policy()
    partners = {
        word
        for ident in worked_example.AGREEMENTS
        for word in (ident, worked_example.agreement(ident)["partner"])
    }
    told = {*policy["categories"], *policy["codes"], *partners}
    assert told & set(re.findall(r"\w+", partner_sdl())) == set()
