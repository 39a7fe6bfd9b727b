"""What a resolver knows: one View, the orders of lists, and how cursors are sealed. Nothing else is in reach.

And where it notes what it tells: ids that stand in the answer without an object of their own (`schema.disclosed`).
"""

import msgspec
import strawberry

from graph.view import View
from schema.budget import Budget
from schema.cursors import Cursors
from schema.deadline import Deadline
from schema.disclosed import Disclosed
from schema.orders import Orders
from schema.told import Told


class Asking(msgspec.Struct, frozen=True):
    """One request's surroundings."""

    view: View
    orders: Orders
    cursors: Cursors
    budget: Budget
    deadline: Deadline
    told: Told
    disclosed: Disclosed = msgspec.field(default_factory=Disclosed)

    def anew(self) -> "Asking":
        """The same question, of which nothing has been told or paid for."""
        return Asking(self.view, self.orders, self.cursors, self.budget.anew(), self.deadline, self.told)


Info = strawberry.Info[Asking, None]
"""What strawberry hands to a resolver."""
