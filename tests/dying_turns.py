"""A writer to Neo4j that is killed at one of its commits, in this process: nothing is caught, nothing more is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from graph.stores.bolt_turn import BoltTurns


class Killed(BaseException):
    """Nothing that a store could catch and go on."""


@dataclass
class Deaths:
    """Kills at the nth write of this store's turn, before or after its commit; without a place it counts them."""

    place: int | None
    after: bool = False
    seen: int = 0

    def wrap(self, patch: pytest.MonkeyPatch) -> None:
        transact = BoltTurns.transact

        def dying(turns: BoltTurns, work: Callable[..., Any]) -> Any:
            self.seen += 1
            dies = self.seen == self.place

            def worked(*given: Any) -> Any:
                done = work(*given)
                if dies and not self.after:
                    raise Killed
                return done

            told = transact(turns, worked)
            if dies and self.after:
                raise Killed
            return told

        patch.setattr(BoltTurns, "transact", dying)
