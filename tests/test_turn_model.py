"""In no order of two publishers' steps is a record shown whose withholding was acknowledged (docs/publishing.md)."""

import pytest

from tests.turn_model import Fault, Leak, search


def test_no_order_of_two_publishers_leaks() -> None:
    assert search(turns=4) > 3_000


@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
def test_each_part_of_the_turn_is_needed(fault: Fault) -> None:
    with pytest.raises(Leak):
        search(turns=4, fault=fault)
