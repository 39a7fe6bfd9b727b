"""Ids of requests: 32 hexadecimal digits at random, drawn from the operating system for many requests at a time.

They say nothing and open nothing, so it does not matter that the next ones lie in memory. A process that is copied
would give the same ones as its copy: each draws its first when it answers its first request.
"""

from collections.abc import Iterator
from os import urandom
from typing import Final

_BYTES: Final = 16
_DRAWN: Final = 256


def request_ids() -> Iterator[str]:
    """Without end."""
    while True:
        digits = urandom(_BYTES * _DRAWN).hex()
        for start in range(0, len(digits), 2 * _BYTES):
            yield digits[start : start + 2 * _BYTES]
