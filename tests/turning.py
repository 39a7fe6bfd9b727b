"""Where the engine turns from rounds over arrays to one node after another: elsewhere than it does by itself.

Holdings that a test can afford are small, so without this they would never see a round. What is released must not
depend on where it turns.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from hypothesis import strategies as st

from graph import propagate, support

TURNS = ((0, 0), (1, 2), (3, 3), (propagate.FEW, propagate.HUB))
"""What is few, and what is a hub: always rounds, a mixture, and as the engine has it."""

turns = st.sampled_from(TURNS)


@contextmanager
def turning(few: int, hub: int) -> Iterator[None]:
    """Take up to so many nodes one by one, unless one of them has more than so many passages."""
    with ExitStack() as stack:
        for module in (propagate, support):
            stack.enter_context(patch.object(module, "FEW", few))
            stack.enter_context(patch.object(module, "HUB", hub))
        yield
