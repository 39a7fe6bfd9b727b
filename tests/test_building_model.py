"""No order of building, reading and kills shows what no version is; and the search finds each way to do it wrong."""

import pytest

from tests.building_model import Fault, Torn, search


def test_whatever_is_read_while_changes_are_built_is_the_version_that_the_header_says() -> None:
    assert search(versions=3) > 10_000


@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
def test_each_part_of_the_protocol_is_needed(fault: Fault) -> None:
    with pytest.raises(Torn):
        search(versions=3, fault=fault)
