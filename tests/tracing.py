"""What random examples reach is not traced for coverage: to trace it takes longer than all else in those tests.

So the number that coverage tells is what the tests with chosen examples reach by themselves. A few of those that do
very much are marked `no_cover` as well.
"""

import pytest
from hypothesis import is_hypothesis_test


def pytest_itemcollected(item: pytest.Item) -> None:
    """Tell pytest-cov of a test that has them."""
    if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj):
        item.add_marker(pytest.mark.no_cover)
