"""In no order of events does an answer begin from what was withdrawn and acknowledged (docs/publishing.md)."""

import pytest

from tests.publishing_model import Fault, Leak, search


def test_no_order_of_events_leaks() -> None:
    assert search(readers=1, writes=3) > 30_000


@pytest.mark.long
def test_no_order_of_events_leaks_with_two_readers() -> None:
    assert search(readers=2, writes=1) > 10_000


@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
def test_each_part_of_the_protocol_is_needed(fault: Fault) -> None:
    with pytest.raises(Leak):
        search(readers=1, writes=3, fault=fault)
