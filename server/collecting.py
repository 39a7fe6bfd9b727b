"""What a View is made of has no cycles, and Python's collector of cycles is kept from looking for them there.

While millions of objects are made it would look at all of them again and again, and later stop every answer for as long
as it takes to walk through the View. They go by their counts of references, as soon as the View is let go of.
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
