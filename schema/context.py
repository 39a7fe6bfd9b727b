"""What a resolver knows: one View, the orders of lists, and how cursors are sealed. Nothing else is in reach.

And where it notes what it tells: ids that stand in the answer without an object of their own (`schema.disclosed`).
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec
import strawberry

from graph.model import OpaqueId
from graph.release import ReleasedDocument, ReleasedRecord
from graph.view import View
from schema.budget import Budget
from schema.cursors import Cursors
from schema.deadline import Deadline
from schema.disclosed import Disclosed
from schema.long_texts import LongTexts
from schema.orders import Orders
from schema.told import Told

if TYPE_CHECKING:
    from schema.nodes import Document, Record


class Asking(msgspec.Struct, frozen=True):
    """One request's surroundings. show, show_document: as the schema has them, for modules that those know."""

    view: View
    orders: Orders
    cursors: Cursors
    budget: Budget
    deadline: Deadline
    texts: LongTexts
    told: Told
    show: "Callable[[ReleasedRecord], Record]"
    show_document: "Callable[[ReleasedDocument], Document]"
    disclosed: Disclosed = msgspec.field(default_factory=Disclosed)

    def anew(self) -> "Asking":
        """The same question, of which nothing has been told or paid for."""
        return msgspec.structs.replace(
            self, budget=self.budget.anew(), texts=self.texts.anew(), disclosed=Disclosed()
        )

    def end(self, id: OpaqueId) -> "Record":
        """An end of a released link, which is released as well (R8)."""
        return self.show(self.view.end(id))

    def documents(self, ids: Iterable[OpaqueId]) -> "list[Document]":
        """The released documents among these."""
        return [self.show_document(document) for document in self.view.documents(ids)]


Info = strawberry.Info[Asking, None]
"""What strawberry hands to a resolver."""
