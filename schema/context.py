"""What a resolver knows: one View, the orders of lists, and how cursors are sealed. Nothing else is in reach.

And where it notes what it tells: ids that stand in the answer without an object of their own (`schema.disclosed`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import strawberry

from graph.release import ReleasedRecord
from graph.view import View
from schema.budget import Budget
from schema.cursors import Belonging, Cursors
from schema.disclosed import Disclosed
from schema.orders import Orders, by_default
from schema.paging import Cut, Page, cut_page


@dataclass(frozen=True, slots=True)
class Asking:
    """One request's surroundings."""

    view: View
    orders: Orders
    cursors: Cursors
    budget: Budget
    disclosed: Disclosed = field(default_factory=Disclosed)

    def neighbours(
        self, records: Sequence[ReleasedRecord], parent: str, field: str, cut: Cut
    ) -> Page[ReleasedRecord]:
        """A page of a record's neighbours, which are in the default order. Raises Refusal."""
        return cut_page(records, by_default, cut, self.cursors, Belonging(parent, field))


Info = strawberry.Info[Asking, None]
"""What strawberry hands to a resolver."""
