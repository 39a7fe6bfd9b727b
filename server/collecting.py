"""What releases and Views are made of has no cycles, and Python's collector of cycles is kept from looking there.

While millions of objects are made it would look at all of them again and again, and later stop every answer for as long
as it takes to walk through a View. They go by their counts of references, as soon as they are let go of.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """What is made meanwhile is never looked at for cycles. Several may do this at a time."""
    gc.collect()  # what is garbage now would stay for good
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def meanwhile_uncollected() -> Iterator[None]:
    """Nothing is looked at for cycles until this ends; then all is again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
