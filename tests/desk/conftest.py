"""An agency in memory with officers at its desk."""

import pytest

from tests.at_the_desk import C1, C2, D1, L1, L2, AtTheDesk, desk_with


@pytest.fixture(name="desk")
def _desk() -> AtTheDesk:
    return desk_with(C1, C2, D1, L1)


@pytest.fixture(name="between")
def _between() -> AtTheDesk:
    """D-1 has what C-2 carries to it along L-2."""
    return desk_with(C1, C2, D1, L1, L2)
