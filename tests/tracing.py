"""What random examples reach is not traced for coverage: to trace it takes longer than all else in those tests.

So the number that coverage tells is what the tests with chosen examples reach by themselves. A few of those that do
very much are marked `untraced` as well. pytest-cov's own mark does nothing in a process of pytest-xdist: it ends one
tracer there, and another one that had begun before goes on.
"""

import sys
import threading
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import is_hypothesis_test


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark a test that has random examples."""
    if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj):
        item.add_marker(pytest.mark.untraced)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Trace neither such a test nor the threads that it begins."""
    here, in_threads = sys.gettrace(), threading.gettrace()
    if item.get_closest_marker("untraced"):
        sys.settrace(None)
        threading.settrace(None)
    try:
        return (yield)
    finally:
        if item.get_closest_marker("untraced"):
            sys.settrace(here)
            threading.settrace(in_threads)
