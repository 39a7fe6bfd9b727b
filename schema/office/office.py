"""The office's schema, put together once: what `caselink schema office` prints and every query is checked against."""

from typing import Final

import strawberry
from graphql import GraphQLSchema, print_schema
from strawberry.schema.config import StrawberryConfig

from schema.office.mutation import Mutation
from schema.office.query import Query

_DESCRIPTION: Final = (
    "The office schema: what is held, why it is withheld, and what its officers do about it."
)


def _build() -> GraphQLSchema:
    built = strawberry.Schema(query=Query, mutation=Mutation, config=StrawberryConfig())
    built._schema.description = _DESCRIPTION
    return built._schema


OFFICE_SCHEMA: Final = _build()


def office_sdl() -> str:
    """The schema as text."""
    return print_schema(OFFICE_SCHEMA) + "\n"
