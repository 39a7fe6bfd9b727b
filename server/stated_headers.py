"""What a request's headers state to the endpoint, each header that it reads looked for once: all in one pass.

A header that comes several times is a list of as many values, for whoever reads it to decide.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

_READ: Final = {
    b"accept": 0,
    b"authorization": 1,
    b"content-type": 2,
    b"content-length": 3,
    b"x-purpose": 4,
    b"x-case-number": 5,
    b"content-encoding": 6,
}
_NONE: Final[Sequence[str]] = ()


class Stated(msgspec.Struct, frozen=True):
    """The values of each header, as they came."""

    accept: Sequence[str]
    authorization: Sequence[str]
    content_type: Sequence[str]
    content_length: Sequence[str]
    purpose: Sequence[str]
    case_number: Sequence[str]
    content_encoding: Sequence[str]


def stated(headers: Iterable[tuple[bytes, bytes]]) -> Stated:
    """headers: as ASGI has them, their names in lower case.

    >>> stated([(b"accept", b"*/*"), (b"host", b"a"), (b"accept", b"text/html")]).accept
    ['*/*', 'text/html']
    """
    found: list[Sequence[str]] = [_NONE] * len(_READ)
    for name, value in headers:
        place = _READ.get(name)
        if place is not None:
            found[place] = [*found[place], value.decode("latin-1")]
    return Stated(*found)
