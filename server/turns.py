"""The turn to write to a home's store, as long as a command needs it (graph/turn.py)."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from graph.errors import StoreError
from graph.turn import Turns, signs_given, take_turn
from server.home import Home


@contextmanager
def turn(home: Home, turns: Turns, tell: Callable[[str], None] | None = None) -> Iterator[None]:
    """The turn of one store. Hold the home's lock: who was killed leaves the turn to the next command of its home.

    tell: as in `take_turn`.
    """
    take_turn(turns, home.writer(), time.monotonic, time.sleep, tell)
    try:
        with signs_given(turns.give_sign):
            yield
    finally:
        with suppress(StoreError):  # where the store is gone: whoever waits for the turn takes it in the end
            turns.end()
