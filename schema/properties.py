"""A subject's properties as a partner sees them: each value, with the released documents that assert it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.model import OpaqueId
from graph.release import Value
from graph.view import by_name
from schema.context import Info

if TYPE_CHECKING:
    from schema.nodes import Document

ADocument = Annotated["Document", strawberry.lazy("schema.nodes")]


@strawberry.type(
    description="sources: the released documents that assert the value; empty where the subject record itself does."
)
class PropertyValue:
    """One value of a property."""

    value: str
    source_ids: strawberry.Private[tuple[OpaqueId, ...]]

    @strawberry.field
    def sources(self, info: Info) -> list[ADocument]:
        return info.context.documents(self.source_ids)


@strawberry.type
class Property:
    """The values of a subject that have one name."""

    name: str
    values: list[PropertyValue]

    @classmethod
    def grouped(cls, values: Iterable[Value]) -> "list[Property]":
        """A subject's properties; they come by name, then value, and stay so."""
        return [
            cls(name=name, values=[PropertyValue(value=v.value, source_ids=v.sources) for v in same])
            for name, same in by_name(values)
        ]
