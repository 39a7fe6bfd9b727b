"""What one thread lets go of is there for the next: without this a partner process grows with what it has followed.

glibc gives threads arenas of their own, and what is freed in one is not used by the others. Each View is made by a
thread of its own, and so is its search index; the memory of those before stood in other arenas, unused. With one arena
it is used again. Python's own small objects do not come from there, so that threads hardly wait for each other.
"""

import ctypes
from contextlib import suppress
from typing import Final

_M_ARENA_MAX: Final = -8
"""As mallopt(3) has it."""


def use_one_arena() -> None:
    """To be called before any thread is started. Where the C library is not glibc, nothing is done."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
